/// Takes offending parts out of a text and leaves one that is well formed.
enum Redaction {
  /// The text without some parts: each with the sentence or the brackets that it stands in, where
  /// the rule says so.
  static func text(_ text: String, without found: [PolicyFilter.Fired]) -> String {
    var bytes = Array(text.utf8)
    let ranges = found.map { located -> (Range<Int>, [UInt8]) in
      let range = located.finding.range
      switch located.removes {
      case .match: return (range, [])
      case .lineBreaks: return (range, [10, 10])
      case .sentence:
        return (brackets(around: range, in: bytes) ?? sentence(around: range, in: bytes), [])
      }
    }
    var last = bytes.count + 1
    for (range, replacement) in ranges.sorted(by: { $0.0.lowerBound > $1.0.lowerBound })
    where range.upperBound <= last {
      bytes.replaceSubrange(range, with: replacement)
      last = range.lowerBound
    }
    return tidied(String(decoding: bytes, as: UTF8.self))
  }

  /// The sentence around a place: from the end of the one before to its own end.
  ///
  /// Line ends are borders too.
  static func sentence(around range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    var start = range.lowerBound
    while start > 0, !isBorder(bytes, start - 1) { start -= 1 }
    while start < range.lowerBound, bytes[start] == 32 { start += 1 }
    var end = max(range.upperBound, range.lowerBound)
    while end < bytes.count, bytes[end] != 10,
      end == 0 || !isBorder(bytes, end - 1) || end == range.upperBound
    {
      end += 1
      if isBorder(bytes, end - 1) { break }
    }
    return start..<end
  }

  /// Whether a sentence ends with this byte: a stop before a space or the end, or a line's end.
  private static func isBorder(_ bytes: [UInt8], _ place: Int) -> Bool {
    switch bytes[place] {
    case 10: true
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
      place + 1 == bytes.count || bytes[place + 1] == 32 || bytes[place + 1] == 10
    default: false
    }
  }

  /// The brackets that a place stands in, within its sentence.
  private static func brackets(around range: Range<Int>, in bytes: [UInt8]) -> Range<Int>? {
    let sentence = sentence(around: range, in: bytes)
    guard
      let open = bytes[sentence.lowerBound..<range.lowerBound].lastIndex(of: UInt8(ascii: "(")),
      !bytes[open..<range.lowerBound].contains(UInt8(ascii: ")")),
      let close = bytes[range.upperBound..<sentence.upperBound].firstIndex(of: UInt8(ascii: ")"))
    else { return nil }
    return open..<close + 1
  }

  /// How many words a text has.
  static func words(in text: String) -> Int {
    text.split { !$0.isLetter && !$0.isNumber }.count
  }

  /// The text without the spaces and empty lines that a removal left.
  private static func tidied(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      let tidy = words.joined(separator: " ").replacing(" .", with: ".").replacing(" ,", with: ",")
      if tidy.isEmpty, lines.last?.isEmpty ?? true { continue }
      lines.append(tidy)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
