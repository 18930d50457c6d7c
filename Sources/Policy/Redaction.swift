internal import Foundation

/// A text from which offending parts are taken, with a way back to the text that was handed in.
struct Redaction {
  private var bytes: [UInt8]
  /// For each byte where it stood in the text that was handed in.
  private var origins: [Int]
  private let original: String
  private let originalCount: Int
  private var isMarked: [Bool]

  init(_ text: String) {
    bytes = Array(text.utf8)
    origins = Array(bytes.indices)
    originalCount = bytes.count
    original = text
    isMarked = Array(repeating: false, count: bytes.count)
  }

  /// What is left of the text.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether too little is left to be an answer.
  var isTorso: Bool {
    let words = Self.words(in: text)
    return words * 2 < Self.words(in: original) || words < 4
  }

  /// Where some bytes stood in the text that was handed in.
  func originalRange(of range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else { return 0..<0 }
    return origins[range.lowerBound]..<origins[range.upperBound - 1] + 1
  }

  /// Marks what is to be removed for a hit.
  mutating func mark(_ hit: PolicyFilter.Hit) {
    let removed: Range<Int>
    switch hit.rule.removes {
    case .match: removed = hit.range
    case .lineBreaks:
      // The first two line ends stay.
      let ends = hit.range.filter { bytes[$0] == 10 }
      removed =
        (ends.dropFirst().first.map { $0 + 1 } ?? hit.range.upperBound)..<hit.range.upperBound
    case .markup:
      if bytes[hit.range.lowerBound] == UInt8(ascii: "&"),
        let character = Self.entities[String(decoding: bytes[hit.range], as: UTF8.self)]
      {
        bytes[hit.range.lowerBound] = character
        removed = hit.range.dropFirst()
      } else {
        removed = hit.range
      }
    case .sentence: removed = brackets(around: hit.range) ?? sentence(around: hit.range)
    }
    for place in removed { isMarked[place] = true }
  }

  /// The entities that stand for ASCII; what they make is reviewed again with the rest.
  private static let entities: [String: UInt8] = [
    "&amp;": 38, "&lt;": 60, "&gt;": 62, "&quot;": 34, "&#39;": 39, "&apos;": 39, "&nbsp;": 32,
  ]

  /// Takes the marked parts out, and the spaces and empty lines that they leave.
  mutating func remove() {
    let marked = isMarked
    keep { !marked[$0] }
    var result: [Int] = []
    for place in bytes.indices {
      let last = result.last.map { bytes[$0] } ?? 10
      let byte = bytes[place]
      // No space after a space, at the beginning of a line, or before a stop.
      if byte == 32, last == 32 || last == 10 { continue }
      if byte == 10 || byte == 46 || byte == 44, last == 32 { result.removeLast() }
      if byte == 10, result.isEmpty || isAfterEmptyLine(result) { continue }
      result.append(place)
    }
    while let last = result.last, bytes[last] == 10 || bytes[last] == 32 { result.removeLast() }
    bytes = result.map { bytes[$0] }
    origins = result.map { origins[$0] }
    isMarked = Array(repeating: false, count: bytes.count)
  }

  private func isAfterEmptyLine(_ places: [Int]) -> Bool {
    places.count > 1 && places.suffix(2).allSatisfy { bytes[$0] == 10 }
  }

  private mutating func keep(_ isKept: (Int) -> Bool) {
    let places = bytes.indices.filter(isKept)
    bytes = places.map { bytes[$0] }
    origins = places.map { origins[$0] }
  }

  /// The sentence around a place, with its stop.
  ///
  /// Line ends are borders too.
  private func sentence(around range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start > 0, !isBorder(start - 1) { start -= 1 }
    while start < range.lowerBound, bytes[start] == 32 { start += 1 }
    // The hit may end with the sentence's own stop.
    var end = max(range.lowerBound, range.upperBound - 1)
    while end < bytes.count, bytes[end] != 10, !isBorder(end) { end += 1 }
    return
      start..<max(
        range.upperBound, min(bytes.count, end < bytes.count && bytes[end] != 10 ? end + 1 : end))
  }

  /// Whether a sentence ends with this byte: a stop before a space and something that begins one,
  /// or a line's end.
  private func isBorder(_ place: Int) -> Bool {
    switch bytes[place] {
    case 10: return true
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
      guard let next = bytes[(place + 1)...].first else { return true }
      guard next == 32 || next == 10 else { return false }
      // `tel. 501`, `np. sklep`: the sentence goes on.
      guard let begin = bytes[(place + 1)...].first(where: { $0 != 32 }) else { return true }
      return !isLetter(begin) && !(isDigit(begin) && bytes[place] == 46)
    default: return false
    }
  }

  /// The brackets that a place stands in, within its sentence.
  private func brackets(around range: Range<Int>) -> Range<Int>? {
    let sentence = sentence(around: range)
    guard
      let open = bytes[sentence.lowerBound..<range.lowerBound].lastIndex(of: UInt8(ascii: "(")),
      !bytes[open..<range.lowerBound].contains(UInt8(ascii: ")")),
      let close = bytes[range.upperBound..<sentence.upperBound].firstIndex(of: UInt8(ascii: ")"))
    else { return nil }
    return open..<close + 1
  }

  /// How many words a text has.
  private static func words(in text: String) -> Int {
    text.split { !$0.isLetter && !$0.isNumber }.count
  }
}
