internal import Foundation
internal import Patterns

/// A text as a person reads it, whatever it is made of: the form that rules are matched against,
/// with a way back to the original bytes.
///
/// Compatibility forms are plain, invisible characters are gone, digits of every script are ASCII,
/// letters are lower case without diacritics, look-alike letters are Latin (policy-facts, section
/// 2.6). **One sentence is one line**: a stop, a colon or an abbreviation inside a sentence ends
/// nothing, and a soft line break is a space, so that `.` in an expression stays in its sentence.
struct ReadableText: Sendable {
  private(set) var bytes: [UInt8] = []
  /// For each byte the original bytes that it came from.
  private(set) var origins: [Range<Int>] = []

  /// Makes an empty text.
  /// - Parameter capacity: how many bytes there is to be room for.
  init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
    origins.reserveCapacity(capacity)
  }

  /// The original bytes behind some of these.
  func originalRange(of range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else { return 0..<0 }
    var whole = origins[range.lowerBound]
    // Not first and last alone: a reversed text runs the other way.
    for origin in origins[range] {
      whole =
        min(whole.lowerBound, origin.lowerBound)..<max(whole.upperBound, origin.upperBound)
    }
    return whole
  }

  mutating func append(_ text: some Sequence<UInt8>, from origin: Range<Int>) {
    for byte in text {
      bytes.append(byte)
      origins.append(origin)
    }
  }

  mutating func append(_ byte: UInt8, from origin: Range<Int>) {
    bytes.append(byte)
    origins.append(origin)
  }

  /// Puts another byte in the place of one.
  mutating func replace(at place: Int, with byte: UInt8) { bytes[place] = byte }

  /// Takes over a part of another form.
  mutating func append(_ other: ReadableText, _ range: Range<Int>) {
    bytes += other.bytes[range]
    origins += other.origins[range]
  }

  /// The line that a place stands in.
  func sentence(around place: Int) -> Range<Int> {
    let start = bytes[..<place].lastIndex(of: 10).map { $0 + 1 } ?? 0
    return start..<(bytes[place...].firstIndex(of: 10) ?? bytes.count)
  }

  /// Calls the body for every sentence as keywords are looked for: words with single spaces between.
  /// - Parameter body: receives the words of a sentence, and for each byte its place in this form.
  func forEachSentence(_ body: (_ words: [UInt8], _ places: [Int]) -> Void) {
    var words: [UInt8] = []
    var places: [Int] = []
    func finish() {
      body(words, places)
      words.removeAll(keepingCapacity: true)
      places.removeAll(keepingCapacity: true)
    }
    for (place, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n") {
        finish()
      } else if isWordByte(byte) {
        words.append(byte)
        places.append(place)
      } else if byte != UInt8(ascii: "'"), let last = words.last, last != UInt8(ascii: " ") {
        words.append(UInt8(ascii: " "))
        places.append(place)
      }
    }
    finish()
  }

  /// The text with single spaces.
  func withSingleSpaces() -> ReadableText {
    guard let first = bytes.indices.first(where: isSpare) else { return self }
    var result = beginning(upTo: first)
    for place in first..<bytes.count
    where bytes[place] != 32 || (result.bytes.last ?? 10) != 32 && (result.bytes.last ?? 10) != 10 {
      result.append(bytes[place], from: origins[place])
    }
    return result
  }

  /// Whether a space stands where there is one already, or where a sentence begins.
  private func isSpare(_ place: Int) -> Bool {
    bytes[place] == 32 && (place == 0 || bytes[place - 1] == 32 || bytes[place - 1] == 10)
  }

  /// What stands before a place, with room for the rest.
  func beginning(upTo place: Int) -> ReadableText {
    var result = ReadableText(capacity: bytes.count)
    result.append(self, 0..<place)
    return result
  }

  /// The text from its end to its beginning, as it reads where the direction of writing is turned.
  func backwards() -> ReadableText {
    var result = ReadableText()
    // By characters, so that the bytes of one stay in their order.
    var end = bytes.count
    while end > 0 {
      var start = end - 1
      while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
      result.append(self, start..<end)
      end = start
    }
    return result
  }
}

/// Whether a byte is an ASCII letter of a readable text.
func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }

/// Whether a byte is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
