/// A number below a thousand that is put together from words: *twenty eight*, *dreiundvierzig*,
/// *kétszáznegyvenöt*.
struct SpokenNumber: Sendable {
  private(set) var value: Int
  /// The worth of its last word: after a hundred may come tens, after tens a unit.
  private var last: Int

  init(_ value: Int) {
    self.value = value
    last = value
  }

  /// The number with one more word; nil where that word begins another number.
  func followed(by word: Int) -> SpokenNumber? {
    var whole = self
    if word == 100, (2...9).contains(value) {
      whole.value *= 100
    } else if last >= 20, word > 0, word < last, last >= 100 || word < 10, word < 100 {
      whole.value += word
    } else {
      return nil
    }
    whole.last = word
    return whole
  }

  /// What a word is worth, by itself or as a compound.
  /// - Parameters:
  ///   - word: the word, in readable form.
  ///   - numbers: the words that are known.
  /// - Returns: the worth, below zero for words that repeat what follows; nil for other words.
  static func value(of word: ArraySlice<UInt8>, _ numbers: [String: Int]) -> Int? {
    let whole = String(decoding: word, as: UTF8.self)
    if let value = numbers[whole] { return value }
    // *siedem* is no compound, and the longest one has four parts.
    guard (6...40).contains(whole.utf8.count) else { return nil }
    return compound(whole[...], nil, numbers, depth: 0)
  }

  private static func compound(
    _ rest: Substring, _ before: SpokenNumber?, _ numbers: [String: Int], depth: Int
  ) -> Int? {
    if rest.isEmpty { return depth > 1 ? before?.value : nil }
    guard depth < 5 else { return nil }
    for length in stride(from: rest.utf8.count, through: 2, by: -1) {
      let end = rest.utf8.index(rest.startIndex, offsetBy: length)
      guard let value = numbers[String(rest[..<end])], value > 0 else { continue }
      let next = rest[end...]
      // *drei-und-vierzig*: the unit stands before the tens.
      if before == nil || before?.value ?? 0 >= 100, value < 10, next.hasPrefix("und"),
        let tens = numbers[String(next.dropFirst(3))], (20...90).contains(tens)
      {
        return (before?.value ?? 0) + tens + value
      }
      guard let whole = before.map({ $0.followed(by: value) }) ?? SpokenNumber(value) else {
        continue
      }
      if let found = compound(next, whole, numbers, depth: depth + 1) { return found }
    }
    return nil
  }

  /// Whether a word joins two parts of a number: *one hundred and five*, *douăzeci și opt*.
  static func isJoiner(_ word: ArraySlice<UInt8>) -> Bool {
    ["and", "und", "si", "a", "es"].contains(String(decoding: word, as: UTF8.self))
  }
}
