internal import Commerce
internal import Diagnostics
internal import Language

/// How a language speaks of days: the `dates` of a lexicon.
///
/// What is told without a doubt is told: "yesterday", "3 days ago", "12 November", "last Friday". A
/// bare "Friday" is not: it may have been or be to come.
struct DateWords: Sendable {
  private enum Word: Sendable {
    case exact([UInt8])
    case beginning([UInt8])
    case number

    func matches(_ word: ArraySlice<UInt8>) -> Bool {
      switch self {
      case .exact(let bytes): word.elementsEqual(bytes)
      case .beginning(let bytes): word.starts(with: bytes)
      case .number: false
      }
    }
  }

  /// Words, and how many days they lead away; a number among them multiplies the days.
  private var phrases: [(words: [Word], days: Int)] = []
  private var months: [[Word]] = []
  private var weekdays: [[Word]] = []
  private var last: [Word] = []
  private var next: [Word] = []
  private var numbers: [[UInt8]: Int] = [:]
  /// The bytes with which a phrase may begin: most words begin none.
  private var beginnings: Set<UInt8> = []

  init() {}

  /// Reads the words.
  /// - Parameter file: the mapping under `dates`; faults go to its reader.
  init(reading file: YAMLMapping) {
    if let list = file.optionalMapping("days") {
      for entry in list.entries {
        guard let days = list.number(entry.value, in: -400...400) else { continue }
        phrases.append((Self.words(entry.value), Int(days.value)))
      }
    }
    // The longest phrase is meant: "the day after tomorrow" is not tomorrow.
    phrases.sort { $0.words.count > $1.words.count }
    months = Self.series(file, "months", count: 12)
    weekdays = Self.series(file, "weekdays", count: 7)
    last = file.strings("last").flatMap { Self.words($0.value) }
    next = file.strings("next").flatMap { Self.words($0.value) }
    if let list = file.optionalMapping("numbers") {
      for entry in list.entries {
        guard let value = list.number(entry.value, in: 1...100) else { continue }
        numbers[Folding.keyword(entry.value)] = Int(value.value)
      }
    }
    file.finish()
    for phrase in phrases {
      switch phrase.words.first {
      case .exact(let bytes), .beginning(let bytes): beginnings.formUnion(bytes.prefix(1))
      case .number:
        beginnings.formUnion(UInt8(ascii: "0")...UInt8(ascii: "9"))
        beginnings.formUnion(numbers.keys.compactMap(\.first))
      case nil: break
      }
    }
  }

  /// Lists of equal meaning in their natural order, each written as words with `|` between.
  private static func series(_ file: YAMLMapping, _ key: String, count: Int) -> [[Word]] {
    let entries = file.strings(key)
    if !entries.isEmpty, entries.count != count {
      file.report(
        "wrong-count", at: entries[0].location, "'\(key)' must have \(count) entries, in order",
        remedy: "write several words for one as 'jan*|january'")
      return []
    }
    return entries.map { entry in
      entry.value.split(separator: "|").flatMap { words(String($0)) }
    }
  }

  private static func words(_ phrase: String) -> [Word] {
    phrase.split(separator: " ").map { word in
      if word == "#" { return .number }
      let folded = Folding.keyword(String(word))
      return folded.last == UInt8(ascii: "*") ? .beginning(folded.dropLast()) : .exact(folded)
    }
  }

  /// The days that a message names.
  /// - Parameters:
  ///   - utterance: the message.
  ///   - today: the day on which it was written.
  /// - Returns: each with its place in the folded bytes, from left to right.
  func days(in utterance: Utterance, on today: CalendarDay) -> [(Range<Int>, CalendarDay)] {
    let bytes = utterance.folded.bytes
    let words = ReadingPass.words(of: bytes)
    var found: [(Range<Int>, CalendarDay)] = []
    var index = 0
    while index < words.count {
      guard let (count, day) = day(at: index, words, bytes, today) else {
        index += 1
        continue
      }
      found.append((words[index].lowerBound..<words[index + count - 1].upperBound, day))
      index += count
    }
    return found
  }

  private func day(
    at index: Int, _ words: [Range<Int>], _ bytes: [UInt8], _ today: CalendarDay
  ) -> (words: Int, CalendarDay)? {
    let beginsPhrase = beginnings.contains(bytes[words[index].lowerBound])
    for phrase in phrases where beginsPhrase && index + phrase.words.count <= words.count {
      if let factor = factor(of: phrase.words, at: index, words, bytes) {
        return (phrase.words.count, today + factor * phrase.days)
      }
    }
    guard index + 1 < words.count else { return nil }
    let first = bytes[words[index]]
    let second = bytes[words[index + 1]]
    for (number, month) in [(first, second), (second, first)] {
      if let day = dayOfMonth(number), let month = place(of: month, in: months),
        let date = nearest(month: month + 1, day: day, to: today)
      {
        return (2, date)
      }
    }
    let isLast = last.contains { $0.matches(first) }
    guard isLast || next.contains(where: { $0.matches(first) }),
      let weekday = place(of: second, in: weekdays)
    else { return nil }
    let days =
      isLast
      ? -((today.weekday - weekday + 5) % 7 + 1) : (weekday - today.weekday + 7) % 7 + 1
    return (2, today + days)
  }

  /// The number in a phrase, or 1; nil where the phrase does not stand there.
  private func factor(
    of phrase: [Word], at index: Int, _ words: [Range<Int>], _ bytes: [UInt8]
  ) -> Int? {
    var factor = 1
    for (offset, word) in phrase.enumerated() {
      let written = bytes[words[index + offset]]
      if case .number = word {
        guard let number = number(written), number <= 400 else { return nil }
        factor = number
      } else if !word.matches(written) {
        return nil
      }
    }
    return factor
  }

  private func place(of word: ArraySlice<UInt8>, in series: [[Word]]) -> Int? {
    series.firstIndex { $0.contains { $0.matches(word) } }
  }

  private func number(_ word: ArraySlice<UInt8>) -> Int? {
    numbers[Array(word)] ?? (word.count <= 3 ? Int(String(decoding: word, as: UTF8.self)) : nil)
  }

  /// "12", "12th"; the full stop of "12." is gone by now.
  private func dayOfMonth(_ word: ArraySlice<UInt8>) -> Int? {
    let digits = word.prefix { (48...57).contains($0) }
    guard !digits.isEmpty else { return nil }
    let ending = String(decoding: word.dropFirst(digits.count), as: UTF8.self)
    guard ["", "st", "nd", "rd", "th"].contains(ending), digits.count <= 2 else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// The day of that name nearest to today: buyers name a year only where it is another one.
  private func nearest(month: Int, day: Int, to today: CalendarDay) -> CalendarDay? {
    let year = today.components.year
    return [year - 1, year, year + 1]
      .compactMap { CalendarDay(year: $0, month: month, day: day) }
      .min { abs($0 - today) < abs($1 - today) }
  }
}
