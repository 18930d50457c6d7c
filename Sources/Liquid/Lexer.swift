internal import Diagnostics

/// A template cut into text, outputs and tags, with whitespace control applied.
struct Lexer {
  /// A piece of the source.
  enum Token {
    case text(String)
    /// What stands between `{{` and `}}`, and where.
    case output(Range<Int>)
    /// A tag's name, what follows it, and where.
    case tag(String, Range<Int>, at: Int)
  }

  private let bytes: [UInt8]
  private let source: SourceText
  private(set) var tokens: [Token] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// Cuts a template.
  /// - Parameter source: the template.
  init(_ source: SourceText) {
    self.source = source
    bytes = Array(source.text.utf8)
    var place = 0
    var trimsNext = false
    while place < bytes.count {
      guard let open = next(["{{", "{%"], from: place) else {
        append(text: place..<bytes.count, trimStart: trimsNext, trimEnd: false)
        break
      }
      let isTag = bytes[open + 1] == UInt8(ascii: "%")
      let trimsBefore = byte(open + 2) == UInt8(ascii: "-")
      append(text: place..<open, trimStart: trimsNext, trimEnd: trimsBefore)
      let start = open + (trimsBefore ? 3 : 2)
      guard let close = next([isTag ? "%}" : "}}"], from: start) else {
        report(
          "unclosed", at: open, "'\(isTag ? "{%" : "{{")' is never closed",
          "write '\(isTag ? "%}" : "}}")' after it")
        break
      }
      trimsNext = close > start && bytes[close - 1] == UInt8(ascii: "-")
      let markup = start..<(trimsNext ? close - 1 : close)
      place = close + 2
      if isTag {
        let (name, rest) = tagName(in: markup)
        if name == "raw" {
          place = raw(from: place, at: open, trimStart: &trimsNext)
        } else {
          tokens.append(.tag(name, rest, at: open))
        }
      } else {
        tokens.append(.output(markup))
      }
    }
  }

  /// Takes everything up to `endraw` as text.
  private mutating func raw(from start: Int, at open: Int, trimStart: inout Bool) -> Int {
    var place = start
    while let tag = next(["{%"], from: place) {
      let trimsBefore = byte(tag + 2) == UInt8(ascii: "-")
      if let close = next(["%}"], from: tag) {
        let trimsAfter = bytes[close - 1] == UInt8(ascii: "-")
        let inside = tag + (trimsBefore ? 3 : 2)
        let markup = inside..<max(inside, trimsAfter ? close - 1 : close)
        if tagName(in: markup).name == "endraw" {
          append(text: start..<tag, trimStart: trimStart, trimEnd: trimsBefore)
          trimStart = trimsAfter
          return close + 2
        }
      }
      place = tag + 2
    }
    report("unclosed", at: open, "'raw' is never closed", "write '{% endraw %}' after it")
    return bytes.count
  }

  private func tagName(in markup: Range<Int>) -> (name: String, rest: Range<Int>) {
    var start = markup.lowerBound
    while start < markup.upperBound, isSpace(bytes[start]) { start += 1 }
    var end = start
    if byte(end) == UInt8(ascii: "#") {
      end += 1
    } else {
      while end < markup.upperBound, isName(bytes[end]) { end += 1 }
    }
    return (String(decoding: bytes[start..<end], as: UTF8.self), end..<markup.upperBound)
  }

  private mutating func append(text range: Range<Int>, trimStart: Bool, trimEnd: Bool) {
    var (start, end) = (range.lowerBound, range.upperBound)
    if trimStart { while start < end, isSpace(bytes[start]) { start += 1 } }
    if trimEnd { while start < end, isSpace(bytes[end - 1]) { end -= 1 } }
    if start < end {
      tokens.append(.text(String(decoding: bytes[start..<end], as: UTF8.self)))
    }
  }

  private func byte(_ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }

  /// The next place at which one of some two-byte marks stands.
  private func next(_ marks: [StaticString], from start: Int) -> Int? {
    let wanted = marks.map { Array($0.description.utf8) }
    var place = start
    while place + 1 < bytes.count {
      for mark in wanted where bytes[place] == mark[0] && bytes[place + 1] == mark[1] {
        return place
      }
      place += 1
    }
    return nil
  }

  private mutating func report(
    _ code: String, at offset: Int, _ message: String, _ remedy: String
  ) {
    diagnostics.append(
      Diagnostic(
        code: code, at: source.location(utf8Offset: offset), message, remedy: remedy))
  }
}

func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

func isName(_ byte: UInt8) -> Bool {
  (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || byte == UInt8(ascii: "_")
    || byte == UInt8(ascii: "-")
}
