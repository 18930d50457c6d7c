extension ReadableText {
  /// The text with long numbers in words as digits.
  ///
  /// `pięćset jeden dwieście trzydzieści cztery …` → `501234…`, `double five` → `55`; and those whose parts are
  /// told one after another: `first 501, then 234 and 567`. Shorter ones stay: "two or three days" is no telephone.
  /// - Parameter rules: the number words, and the words between the parts of a number.
  /// - Returns: the text, with every run of seven digits or more as digits; nil where there is none.
  func withDigitsForWords(_ rules: ReadingRules) -> ReadableText? {
    var result: ReadableText?
    var place = 0
    while place < bytes.count {
      let isStart = place == 0 || !isWord(bytes[place - 1])
      if isStart, let run = numberRun(from: place, rules), run.hasWords, run.digits.count >= 7 {
        if result == nil { result = beginning(upTo: place) }
        if isPlus(before: place) {
          result?.append(UInt8(ascii: "+"), from: originalRange(of: place - 1..<place))
        }
        result?.append(run.digits, from: originalRange(of: place..<run.end))
        place = run.end
      } else {
        result?.append(self, place..<place + 1)
        place += 1
      }
    }
    return result
  }

  /// Whether a word says that a number is an international one: *plus four eight*.
  private func isPlus(before place: Int) -> Bool {
    ["plus ", "plusz "].contains { bytes[..<place].suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  private struct NumberRun {
    var digits: [UInt8] = []
    var end = 0
    var hasWords = false
  }

  /// More words in a row do not join two parts of a number.
  private static let mostJoins = 3

  /// The longest run of numbers from a place, in words or digits, with little between them.
  private func numberRun(from start: Int, _ rules: ReadingRules) -> NumberRun? {
    var run = NumberRun()
    var open: SpokenNumber?
    var repeats = 1
    var joins = 0
    var isJoined = false
    // Of a date, a time or a price: `05.11. and 06.11.` are no parts of a number.
    var hasFigures = false
    func close() {
      if let number = open { run.digits += String(number.value).utf8 }
      open = nil
    }
    var place = start
    while place < bytes.count {
      var end = place
      while end < bytes.count, isWord(bytes[end]) { end += 1 }
      let word = bytes[place..<end]
      if !word.isEmpty, word.allSatisfy(isDigit) {
        close()
        run.digits += word
        isJoined = isJoined || joins > 0
        joins = 0
      } else if let value = rules.numbers.value(of: word) {
        run.hasWords = true
        joins = 0
        if value < 0 {
          repeats = -value
        } else if let whole = open?.followed(by: value) {
          open = whole
        } else {
          close()
          open = SpokenNumber(value)
          if repeats > 1 {
            for _ in 1..<repeats { run.digits += String(value).utf8 }
            repeats = 1
          }
        }
      } else if place > start, joins < Self.mostJoins, rules.joins.contains(Array(word)) {
        joins += 1
      } else {
        break
      }
      if joins == 0 { run.end = end }
      var next = end
      while next < bytes.count, next - end < 3, Self.between.contains(bytes[next]) { next += 1 }
      guard next > end, next < bytes.count else { break }
      if next == end + 1, isDigit(bytes[next]), Self.insideFigures.contains(bytes[end]) {
        hasFigures = true
      }
      place = next
    }
    close()
    run.hasWords = run.hasWords || isJoined && !hasFigures
    return run.end > start ? run : nil
  }

  private static let between: Set<UInt8> = Set(" ,-./;:\n".utf8)

  private static let insideFigures: Set<UInt8> = Set(".,:".utf8)

  private func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}
