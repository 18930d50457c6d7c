extension ReadableText {
  /// Spans of time in a text: `30 dni`, `six weeks`, `14 Werktage`, `a month`.
  /// - Parameters:
  ///   - units: where words for units stand, with their length in days.
  ///   - working: where it is said that only working days count.
  ///   - numbers: numbers in words.
  /// - Returns: the bytes of each span and its length in calendar days.
  func durations(
    units: [(range: Range<Int>, days: Int)], working: [Range<Int>], numbers: NumberLexicon
  ) -> [(range: Range<Int>, days: Int)] {
    units.compactMap { unit in
      var start = unit.range.lowerBound
      var isWorking = working.contains {
        $0.lowerBound >= unit.range.upperBound && $0.lowerBound <= unit.range.upperBound + 1
      }
      if let before = working.first(where: { $0.upperBound + 1 == start }) {
        start = before.lowerBound
        isWorking = true
      }
      let count: Int
      if let number = number(before: start, numbers) {
        count = number.value
        start = number.range.lowerBound
      } else {
        // "Within a month" needs no number; "days" alone says nothing.
        guard unit.days > 1 else { return nil }
        count = 1
      }
      let days = count * unit.days
      return (start..<unit.range.upperBound, isWorking ? days * 7 / 5 : days)
    }
  }

  /// The number that ends before a place: `30`, `twenty-eight`, `30 (thirty)`.
  private func number(
    before place: Int, _ numbers: NumberLexicon
  ) -> (value: Int, range: Range<Int>)? {
    var words: [Range<Int>] = []
    var start = skippingBrackets(before: place)
    // The longest has a unit, "hundred", tens and a unit, and words that join them.
    while words.count < 6 {
      let word = self.word(before: start)
      let written = bytes[word]
      guard !written.isEmpty else { break }
      if written.allSatisfy(isDigit) {
        guard words.isEmpty, written.count < 5 else { break }
        return Int(String(decoding: written, as: UTF8.self)).map { ($0, word) }
      }
      guard
        numbers.value(of: written) ?? 0 > 0
          || !words.isEmpty && SpokenNumber.isJoiner(written)
      else { break }
      words.insert(word, at: 0)
      start = word.lowerBound
    }
    // What stands before may be another number: the last one that all words to the end make counts.
    for first in words.indices {
      var number: SpokenNumber?
      var isOne = true
      for word in words[first...] where isOne {
        if let value = numbers.value(of: bytes[word]), value > 0 {
          let whole = number.map { $0.followed(by: value) } ?? SpokenNumber(value)
          isOne = whole != nil
          number = whole
        } else if number == nil {
          isOne = false
        }
      }
      if isOne, let number, let last = words.last {
        return (number.value, words[first].lowerBound..<last.upperBound)
      }
    }
    return nil
  }

  /// The place before a remark in brackets that ends before a place.
  private func skippingBrackets(before place: Int) -> Int {
    var end = place
    while end > 0, bytes[end - 1] == 32 { end -= 1 }
    guard end > 0, bytes[end - 1] == UInt8(ascii: ")"),
      let open = bytes[max(0, end - 40)..<end].lastIndex(of: UInt8(ascii: "("))
    else { return place }
    return open
  }

  /// The word that ends before a place, with one mark at most between.
  private func word(before place: Int) -> Range<Int> {
    var end = place
    while end > 0, place - end < 2, [32, 45, 46].contains(bytes[end - 1]) { end -= 1 }
    var start = end
    while start > 0, isLetter(bytes[start - 1]) || isDigit(bytes[start - 1]) { start -= 1 }
    return start..<end
  }
}
