/// A tag as it stands in the source.
struct Tag: Sendable {
  let name: String
  /// The bytes behind the name.
  let markup: Range<Int>
  /// The byte at which the tag begins.
  let at: Int
  /// Which `liquid` tag it is a line of, 0 for none: a block ends where it began.
  let group: Int
}

/// A template cut into text, outputs and tags, with whitespace control applied.
struct Lexer {
  /// A piece of the source.
  enum Token {
    case text(String, at: Int)
    /// What stands between `{{` and `}}`.
    case output(Range<Int>, at: Int)
    case tag(Tag)
  }

  private let bytes: [UInt8]
  private(set) var tokens: [Token] = []
  private(set) var faults: [Fault] = []
  private var groups = 0

  /// Cuts a template.
  /// - Parameter bytes: the template.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var place = 0
    var trimsNext = false
    while place < bytes.count {
      guard let open = nextOpening(from: place) else {
        append(text: place..<bytes.count, trimStart: trimsNext, trimEnd: false)
        break
      }
      let isTag = bytes[open + 1] == UInt8(ascii: "%")
      let trimsBefore = byte(open + 2) == UInt8(ascii: "-")
      append(text: place..<open, trimStart: trimsNext, trimEnd: trimsBefore)
      let start = open + (trimsBefore ? 3 : 2)
      guard let close = next(isTag ? "%}" : "}}", from: start) else {
        report(
          "unclosed", at: open, "'\(isTag ? "{%" : "{{")' is never closed",
          "write '\(isTag ? "%}" : "}}")' after it")
        break
      }
      trimsNext = close > start && bytes[close - 1] == UInt8(ascii: "-")
      let markup = start..<(trimsNext ? close - 1 : close)
      place = close + 2
      if isTag {
        append(tagAt: open, markup, &place, &trimsNext)
      } else {
        tokens.append(.output(markup, at: open))
      }
    }
  }

  private mutating func append(
    tagAt open: Int, _ markup: Range<Int>, _ place: inout Int, _ trimsNext: inout Bool
  ) {
    let (name, rest) = tagName(in: markup)
    switch name {
    case "raw", "doc":
      if !bytes[rest].allSatisfy(isSpace) {
        report(
          "invalid-syntax", at: open, "'\(name)' takes no arguments",
          "write '{% \(name) %}'")
      }
      place = verbatim(name, from: place, at: open, trimStart: &trimsNext)
    case "liquid": append(lines: rest)
    default: tokens.append(.tag(Tag(name: name, markup: rest, at: open, group: 0)))
    }
  }

  /// Takes every line of a `liquid` tag as a tag of its own.
  private mutating func append(lines markup: Range<Int>) {
    groups += 1
    let group = groups
    var start = markup.lowerBound
    while start < markup.upperBound {
      let end =
        bytes[start..<markup.upperBound].firstIndex(of: UInt8(ascii: "\n")) ?? markup.upperBound
      var (name, rest) = tagName(in: start..<end)
      // Lines may begin with the word again, and again.
      while name == "liquid" { (name, rest) = tagName(in: rest) }
      if !bytes[start..<end].allSatisfy(isSpace), !(name.isEmpty && rest.isEmpty) {
        let at = bytes[start..<end].firstIndex { !isSpace($0) } ?? start
        tokens.append(.tag(Tag(name: name, markup: rest, at: at, group: group)))
      }
      start = end + 1
    }
  }

  /// Takes everything up to the end of `raw` as text, or of `doc` as nothing.
  private mutating func verbatim(
    _ name: String, from start: Int, at open: Int, trimStart: inout Bool
  ) -> Int {
    var place = start
    while let tag = next("{%", from: place) {
      let trimsBefore = byte(tag + 2) == UInt8(ascii: "-")
      let inside = tag + (trimsBefore ? 3 : 2)
      if let close = next("%}", from: inside) {
        let trimsAfter = close > inside && bytes[close - 1] == UInt8(ascii: "-")
        let markup = inside..<(trimsAfter ? close - 1 : close)
        let found = tagName(in: markup).name
        if found == "end" + name {
          if name == "raw" {
            append(text: start..<tag, trimStart: trimStart, trimEnd: trimsBefore)
          }
          trimStart = trimsAfter
          return close + 2
        }
        if found == "doc", name == "doc" {
          report(
            "invalid-syntax", at: tag, "'doc' cannot stand inside 'doc'", "close the first one")
        }
      }
      place = tag + 2
    }
    report(
      "unclosed", at: open, "'\(name)' is never closed", "write '{% end\(name) %}' after it")
    return bytes.count
  }

  private func tagName(in markup: Range<Int>) -> (name: String, rest: Range<Int>) {
    var start = markup.lowerBound
    while start < markup.upperBound, isSpace(bytes[start]) { start += 1 }
    var end = start
    if end < markup.upperBound, bytes[end] == UInt8(ascii: "#") {
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
      tokens.append(.text(String(decoding: bytes[start..<end], as: UTF8.self), at: start))
    }
  }

  private func byte(_ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }

  /// The next place at which an output or a tag begins.
  private func nextOpening(from start: Int) -> Int? {
    var place = start
    while place + 1 < bytes.count {
      if bytes[place] == UInt8(ascii: "{"),
        bytes[place + 1] == UInt8(ascii: "{") || bytes[place + 1] == UInt8(ascii: "%")
      {
        return place
      }
      place += 1
    }
    return nil
  }

  /// The next place at which a mark of two bytes stands.
  private func next(_ mark: String, from start: Int) -> Int? {
    let wanted = Array(mark.utf8)
    var place = start
    while place + 1 < bytes.count {
      if bytes[place] == wanted[0], bytes[place + 1] == wanted[1] { return place }
      place += 1
    }
    return nil
  }

  private mutating func report(
    _ code: String, at offset: Int, _ message: String, _ remedy: String
  ) {
    faults.append(Fault(code: code, at: offset, message: message, remedy: remedy))
  }
}
