extension ReadableText {
  /// Spans of time in a text: `30 dni`, `six weeks`, `14 Werktage`, `a month`.
  /// - Parameters:
  ///   - units: where words for units stand, with their length in days.
  ///   - working: where it is said that only working days count.
  ///   - numbers: numbers in words.
  /// - Returns: the bytes of each span and its length in calendar days.
  func durations(
    units: [(range: Range<Int>, days: Int)], working: [Range<Int>], numbers: [String: Int]
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
      let word = self.word(before: start)
      let count: Int
      if let number = number(in: word, numbers) {
        count = number
        start = word.lowerBound
      } else {
        // "Within a month" needs no number; "days" alone says nothing.
        guard unit.days > 1 else { return nil }
        count = 1
      }
      let days = count * unit.days
      return (start..<unit.range.upperBound, isWorking ? days * 7 / 5 : days)
    }
  }

  private func number(in word: Range<Int>, _ numbers: [String: Int]) -> Int? {
    let written = bytes[word]
    if !written.isEmpty, written.count < 5, written.allSatisfy(isDigit) {
      return Int(String(decoding: written, as: UTF8.self))
    }
    return numbers[String(decoding: written, as: UTF8.self)].flatMap { $0 > 0 ? $0 : nil }
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
