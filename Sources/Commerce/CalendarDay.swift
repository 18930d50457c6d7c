public import Foundation

/// A day of the Gregorian calendar, without a time or a zone: 2026-11-20.
public struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public let daysSince1970: Int

  /// A day by its distance from 1970-01-01.
  /// - Parameter daysSince1970: the distance in days.
  public init(daysSince1970: Int) { self.daysSince1970 = daysSince1970 }

  /// A day of the calendar; nil for one that does not exist.
  /// - Parameters:
  ///   - year: 1 to 9999.
  ///   - month: 1 to 12.
  ///   - day: 1 to the length of the month.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return nil
    }
    // Days from civil, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms":
    // years begin in March, so that the leap day is the last of its year.
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(daysSince1970: era * 146_097 + dayOfEra - 719_468)
    // A 31 April has become a 1 May by now.
    guard components == (year, month, day) else { return nil }
  }

  /// Reads `2026-11-20` (ISO 8601, calendar date, extended format).
  /// - Parameter text: the date.
  public init?(_ text: String) {
    guard text.utf8.count == 10 else { return nil }
    var numbers = [0, 0, 0]
    var part = 0
    for (place, byte) in text.utf8.enumerated() {
      if place == 4 || place == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
        part += 1
      } else {
        guard (48...57).contains(byte) else { return nil }
        numbers[part] = numbers[part] * 10 + Int(byte - 48)
      }
    }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// The day that a moment falls on.
  /// - Parameters:
  ///   - moment: the moment.
  ///   - zone: where.
  public init(of moment: Date, in zone: TimeZone) {
    let seconds = moment.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: moment))
    self.init(daysSince1970: Int((seconds / 86_400).rounded(.down)))
  }

  /// Year, month and day.
  public var components: (year: Int, month: Int, day: Int) {
    let z = daysSince1970 + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
  public var weekday: Int {
    let fromMonday = (daysSince1970 + 3) % 7
    return (fromMonday + 7) % 7 + 1
  }

  /// When the day begins.
  /// - Parameters:
  ///   - zone: where.
  ///   - hour: which hour of it is asked for, on the clock on the wall.
  /// - Returns: the moment.
  public func start(in zone: TimeZone, hour: Int = 0) -> Date {
    let wall = Double(daysSince1970) * 86_400 + Double(hour) * 3600
    let guess = Date(timeIntervalSince1970: wall - Double(zone.secondsFromGMT(for: noon(in: zone))))
    // The offset of noon is another one than that of the morning when the clocks change.
    return Date(timeIntervalSince1970: wall - Double(zone.secondsFromGMT(for: guess)))
  }

  /// Noon of the day: a moment that falls on it under every usual offset of the zone.
  /// - Parameter zone: where.
  /// - Returns: the moment.
  public func noon(in zone: TimeZone) -> Date {
    let utc = Date(timeIntervalSince1970: Double(daysSince1970) * 86_400 + 43_200)
    return utc.addingTimeInterval(-Double(zone.secondsFromGMT(for: utc)))
  }

  /// The day with the same number some months later.
  /// - Parameter months: how many, not below 0.
  /// - Returns: the day; the last one of a month that has no such day.
  func sameDay(monthsLater months: Int) -> CalendarDay {
    let (year, month, day) = components
    let target = year * 12 + month - 1 + months
    // The shortest month lacks three days of the longest.
    let found = (0...3).lazy.compactMap {
      CalendarDay(year: target / 12, month: target % 12 + 1, day: day - $0)
    }
    // Beyond the year 9999.
    return found.first ?? self + 31 * months
  }

  /// The day some days later, or earlier for a negative number.
  public static func + (day: CalendarDay, days: Int) -> CalendarDay {
    CalendarDay(daysSince1970: day.daysSince1970 + days)
  }

  /// How many days lie between.
  public static func - (later: CalendarDay, earlier: CalendarDay) -> Int {
    later.daysSince1970 - earlier.daysSince1970
  }

  /// Orders days by time.
  public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
    left.daysSince1970 < right.daysSince1970
  }

  /// `2026-11-20`.
  public var description: String {
    let (year, month, day) = components
    return padded(year, to: 4) + "-" + padded(month, to: 2) + "-" + padded(day, to: 2)
  }
}

func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  if digits.utf8.count >= width { return digits }
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
