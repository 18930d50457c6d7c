internal import Foundation

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

  /// The original bytes behind some of these.
  func originalRange(of range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else { return 0..<0 }
    let parts = origins[range]
    // Not first and last alone: a reversed text runs the other way.
    let start = parts.map(\.lowerBound).min() ?? 0
    return start..<(parts.map(\.upperBound).max() ?? start)
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

  /// The text with single spaces.
  func withSingleSpaces() -> ReadableText {
    var result = ReadableText()
    for (byte, origin) in zip(bytes, origins)
    where byte != 32 || (result.bytes.last ?? 10) != 32 && (result.bytes.last ?? 10) != 10 {
      result.append(byte, from: origin)
    }
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
