internal import Foundation

extension FilterTable {
  /// Adds `date`, which writes a time by a pattern of `strftime(3)` directives.
  ///
  /// It takes seconds since 1970, ISO 8601 (`2026-11-20`, `2026-11-20T10:00:00+01:00`), and days as
  /// English writes them (`March 14, 2016`, `14 March 2016`). What it cannot read stays as it is,
  /// as in the reference.
  /// - Parameter zone: the time zone of the output, and of input without one.
  mutating func addDate(in zone: TimeZone) {
    add("date", arguments: 1...1) { value, arguments throws(FilterError) in
      let pattern = try arguments.text(arguments[0])
      guard let moment = WrittenTime(zone: zone, now: arguments.now).moment(value) else {
        if arguments.undefined == .strict { throw FilterError("needs a date") }
        return value
      }
      guard !pattern.isEmpty else { return value }
      let text = TimePattern(moment, in: zone).text(pattern)
      try arguments.checkLength(text.utf8.count, plus: 0, times: 0)
      return .string(text)
    }
  }
}

/// Reads the times that templates are given.
private struct WrittenTime {
  let zone: TimeZone
  let now: Date?

  func moment(_ value: Value) -> Date? {
    switch value {
    case .integer(let seconds): return Date(timeIntervalSince1970: Double(seconds))
    case .string(let text):
      if ["now", "today"].contains(text) { return now }
      // The reference takes digits alone for seconds, and no sign.
      if !text.isEmpty, text.utf8.allSatisfy(isDigit), let seconds = Int(text) {
        return Date(timeIntervalSince1970: Double(seconds))
      }
      return iso(text) ?? english(text)
    default: return nil
    }
  }

  /// `2026-11-20`, and behind a `T` or a space `10:00`, `10:00:30`, `10:00:30.5`, with a zone.
  private func iso(_ text: String) -> Date? {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ count: Int) -> Int? {
      guard bytes.count >= start + count, bytes[start..<start + count].allSatisfy(isDigit) else {
        return nil
      }
      return bytes[start..<start + count].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
    func has(_ byte: Character, at place: Int) -> Bool {
      place < bytes.count && bytes[place] == byte.asciiValue
    }
    guard let year = number(0, 4), has("-", at: 4), let month = number(5, 2), has("-", at: 7),
      let day = number(8, 2)
    else { return nil }
    if bytes.count == 10 { return date([year, month, day, 0, 0, 0], in: zone) }
    guard has("T", at: 10) || has(" ", at: 10), let hour = number(11, 2), has(":", at: 13),
      let minute = number(14, 2)
    else { return nil }
    var (place, second) = (16, 0)
    if has(":", at: 16) {
      guard let written = number(17, 2) else { return nil }
      (place, second) = (19, written)
      if has(".", at: 19) { place = 20 + bytes[20...].prefix(while: isDigit).count }
    }
    let rest = String(decoding: bytes[place...].drop(while: isSpace), as: UTF8.self)
    guard let zone = rest.isEmpty ? zone : zone(offset: rest) else { return nil }
    return date([year, month, day, hour, minute, second], in: zone)
  }

  /// `Z`, `UTC`, or a sign with four digits.
  private func zone(offset: String) -> TimeZone? {
    if offset == "Z" || offset == "UTC" { return .gmt }
    let digits = offset.dropFirst().filter { $0 != ":" }
    guard let sign = offset.first, sign == "+" || sign == "-", digits.count == 4,
      let number = Int(digits)
    else { return nil }
    let seconds = (number / 100 * 60 + number % 100) * 60
    return TimeZone(secondsFromGMT: sign == "-" ? -seconds : seconds)
  }

  private func english(_ text: String) -> Date? {
    let words = text.split { $0 == " " || $0 == "," }.map { $0.lowercased() }
    guard words.count == 3 else { return nil }
    for (dayWord, monthWord) in [(words[1], words[0]), (words[0], words[1])] {
      let month = TimePattern.months.firstIndex {
        let name = $0.lowercased()
        return name == monthWord || name.prefix(3) == monthWord
      }
      if let month, let day = Int(dayWord), let year = Int(words[2]) {
        return date([year, month + 1, day, 0, 0, 0], in: zone)
      }
    }
    return nil
  }

  private func date(_ numbers: [Int], in zone: TimeZone) -> Date? {
    let calendar = Calendar.gregorian(in: zone)
    let components = DateComponents(
      calendar: calendar, year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3],
      minute: numbers[4], second: numbers[5])
    // 30 February is no day; the second 60 is none either.
    return components.isValidDate ? components.date : nil
  }
}

/// A time, and how the directives of `strftime` write it.
private struct TimePattern {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  /// Directives that stand for others.
  private static let short: [Character: String] = [
    "c": "%a %b %e %H:%M:%S %Y", "D": "%m/%d/%y", "F": "%Y-%m-%d", "h": "%b", "r": "%I:%M:%S %p",
    "R": "%H:%M", "T": "%H:%M:%S", "v": "%e-%^b-%Y", "x": "%m/%d/%y", "X": "%H:%M:%S",
    "+": "%a %b %e %H:%M:%S %Z %Y",
  ]

  private let moment: Date
  private let zone: TimeZone
  private let parts: DateComponents
  private let dayOfYear: Int

  init(_ moment: Date, in zone: TimeZone) {
    self.moment = moment
    self.zone = zone
    let calendar = Calendar.gregorian(in: zone)
    parts = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second, .nanosecond, .weekday], from: moment)
    dayOfYear = calendar.ordinality(of: .day, in: .year, for: moment) ?? 1
  }

  /// Writes the time: `%`, flags (`-` `0` `^` `#` `_` `:`), a width, and a directive.
  func text(_ pattern: String) -> String {
    var text = ""
    var rest = pattern[...]
    while let percent = rest.firstIndex(of: "%") {
      text += rest[..<percent]
      let directive = rest[rest.index(after: percent)...]
      let flags = directive.prefix { "-0^#_:".contains($0) }
      let width = directive[flags.endIndex...].prefix { $0.isASCII && $0.isNumber }
      guard let letter = directive[width.endIndex...].first else {
        return text + rest[percent...]
      }
      rest = directive[directive.index(after: width.endIndex)...]
      if let written = written(letter, flags, width: Int(width).map { min($0, 64) }) {
        text += written
      } else {
        text += "%\(flags)\(width)\(letter)"
      }
    }
    return text + rest
  }

  private func written(_ letter: Character, _ flags: Substring, width: Int?) -> String? {
    if let long = Self.short[letter] { return styled(text(long), flags, pad: " ", width ?? 0) }
    if let (number, digits, pad) = number(letter) {
      if flags.contains("-") { return String(number) }
      return styled(String(number), flags, pad: pad, width ?? digits)
    }
    return word(letter, flags).map { styled($0, flags, pad: " ", width ?? 0) }
  }

  private func styled(_ text: String, _ flags: Substring, pad: Character, _ width: Int) -> String {
    let cased = flags.contains("^") ? text.uppercased() : text
    let filler = flags.contains("_") ? " " : flags.contains("0") ? "0" : pad
    return String(repeating: filler, count: max(0, width - cased.count)) + cased
  }

  /// Directives that are numbers, with how many digits they have and what fills them up.
  private func number(_ letter: Character) -> (Int, digits: Int, pad: Character)? {
    let year = parts.year ?? 0
    let hour = parts.hour ?? 0
    let twelve = (hour + 11) % 12 + 1
    let weekday = (parts.weekday ?? 1) - 1
    switch letter {
    case "Y": return (year, 4, "0")
    case "C": return (year / 100, 2, "0")
    case "y": return (year % 100, 2, "0")
    case "G": return (weekOfYear.year, 4, "0")
    case "g": return (weekOfYear.year % 100, 2, "0")
    case "V": return (weekOfYear.week, 2, "0")
    case "U": return ((dayOfYear + 6 - weekday) / 7, 2, "0")
    case "W": return ((dayOfYear + 6 - (weekday + 6) % 7) / 7, 2, "0")
    case "m": return (parts.month ?? 1, 2, "0")
    case "d": return (parts.day ?? 1, 2, "0")
    case "e": return (parts.day ?? 1, 2, " ")
    case "j": return (dayOfYear, 3, "0")
    case "u": return (weekday == 0 ? 7 : weekday, 1, "0")
    case "w": return (weekday, 1, "0")
    case "H": return (hour, 2, "0")
    case "k": return (hour, 2, " ")
    case "I": return (twelve, 2, "0")
    case "l": return (twelve, 2, " ")
    case "M": return (parts.minute ?? 0, 2, "0")
    case "S": return (parts.second ?? 0, 2, "0")
    case "s": return (Int(moment.timeIntervalSince1970.rounded(.down)), 1, "0")
    default: return nil
    }
  }

  private func word(_ letter: Character, _ flags: Substring) -> String? {
    let month = Self.months[((parts.month ?? 1) - 1) % 12]
    let weekday = Self.weekdays[((parts.weekday ?? 1) - 1) % 7]
    let isMorning = (parts.hour ?? 0) < 12
    switch letter {
    case "a": return String(weekday.prefix(3))
    case "A": return weekday
    case "b": return String(month.prefix(3))
    case "B": return month
    case "p" where !flags.contains("#"): return isMorning ? "AM" : "PM"
    case "p", "P": return isMorning ? "am" : "pm"
    case "L": return padded((parts.nanosecond ?? 0) / 1_000_000, to: 3)
    case "N": return padded(parts.nanosecond ?? 0, to: 9)
    case "z": return offset(flags.contains(":") ? ":" : "")
    case "Z": return zone.secondsFromGMT(for: moment) == 0 ? "UTC" : zone.abbreviation(for: moment)
    case "n": return "\n"
    case "t": return "\t"
    case "%": return "%"
    default: return nil
    }
  }

  private func offset(_ separator: String) -> String {
    let seconds = zone.secondsFromGMT(for: moment)
    let minutes = abs(seconds) / 60
    return (seconds < 0 ? "-" : "+") + padded(minutes / 60, to: 2) + separator
      + padded(minutes % 60, to: 2)
  }

  private func padded(_ number: Int, to digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// ISO 8601: weeks begin on Monday, and the first has the year's first Thursday.
  private var weekOfYear: (year: Int, week: Int) {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = zone
    let found = calendar.dateComponents([.yearForWeekOfYear, .weekOfYear], from: moment)
    return (found.yearForWeekOfYear ?? 0, found.weekOfYear ?? 1)
  }
}

extension Calendar {
  /// The calendar by which templates reckon.
  fileprivate static func gregorian(in zone: TimeZone) -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
  }
}
