/// Values of words, found by their bytes without making a text of them.
///
/// Small words are asked for in every message: a dictionary of strings would build and hash a string
/// for each word that it does not have.
public struct WordTable<Value: Sendable>: Sendable {
  /// A word of up to sixteen bytes, as two numbers; no word has a zero byte.
  @usableFromInline
  struct ShortWord: Hashable, Sendable {
    @usableFromInline var first: UInt64 = 0
    @usableFromInline var second: UInt64 = 0

    @inlinable
    init?(_ word: ArraySlice<UInt8>) {
      guard word.count <= 16 else { return nil }
      for (place, byte) in word.enumerated() {
        if place < 8 {
          first |= UInt64(byte) << UInt64(place * 8)
        } else {
          second |= UInt64(byte) << UInt64((place - 8) * 8)
        }
      }
    }
  }

  @usableFromInline var short: [ShortWord: Value] = [:]
  @usableFromInline var long: [[UInt8]: Value] = [:]

  /// Makes an empty table.
  @inlinable
  public init() {}

  /// The value of a word.
  /// - Complexity: O(n) in the word's length.
  @inlinable
  public subscript(word: ArraySlice<UInt8>) -> Value? {
    get {
      if let key = ShortWord(word) { return short[key] }
      return long.isEmpty ? nil : long[Array(word)]
    }
    set {
      if let key = ShortWord(word) { short[key] = newValue } else { long[Array(word)] = newValue }
    }
  }
}
