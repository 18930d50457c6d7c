internal import Language

/// What number words are worth, in all languages that texts are read in.
struct NumberLexicon: Sendable {
  private var values = WordTable<Int>()
  /// The first two bytes of every word: most words of a text begin like no number.
  private var beginnings: Set<UInt16> = []

  /// Takes words, unless they are known already.
  mutating func merge(_ words: [String: Int]) {
    for (word, value) in words {
      let bytes = Array(word.utf8)
      guard values[bytes[...]] == nil else { continue }
      values[bytes[...]] = value
      if let beginning = Self.beginning(of: bytes[...]) { beginnings.insert(beginning) }
    }
  }

  /// What a word is worth, by itself or as a compound.
  /// - Parameter word: the word, in readable form.
  /// - Returns: the worth, below zero for words that repeat what follows; nil for other words.
  func value(of word: ArraySlice<UInt8>) -> Int? {
    guard let beginning = Self.beginning(of: word), beginnings.contains(beginning) else {
      return nil
    }
    if let value = values[word] { return value }
    // *siedem* is no compound, and the longest one has four parts.
    guard (6...40).contains(word.count) else { return nil }
    return compound(word, nil, depth: 0)
  }

  private func compound(
    _ rest: ArraySlice<UInt8>, _ before: SpokenNumber?, depth: Int
  ) -> Int? {
    if rest.isEmpty { return depth > 1 ? before?.value : nil }
    guard depth < 5 else { return nil }
    for length in stride(from: rest.count, through: 2, by: -1) {
      guard let value = values[rest.prefix(length)], value > 0 else { continue }
      let next = rest.dropFirst(length)
      // *drei-und-vierzig*: the unit stands before the tens.
      if before == nil || before?.value ?? 0 >= 100, value < 10, next.starts(with: "und".utf8),
        let tens = values[next.dropFirst(3)], (20...90).contains(tens)
      {
        return (before?.value ?? 0) + tens + value
      }
      guard let whole = before.map({ $0.followed(by: value) }) ?? SpokenNumber(value) else {
        continue
      }
      if let found = compound(next, whole, depth: depth + 1) { return found }
    }
    return nil
  }

  private static func beginning(of word: ArraySlice<UInt8>) -> UInt16? {
    guard let first = word.first else { return nil }
    return UInt16(first) << 8 | UInt16(word.dropFirst().first ?? 0)
  }
}
