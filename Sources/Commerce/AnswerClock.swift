public import Foundation

/// How the hours of a deadline are counted (policy-facts, section 3).
public struct AnswerClock: Sendable, Hashable {
  /// Whether the clock stands still on Saturdays, Sundays and public holidays, whole days.
  public var restsOnDaysOff: Bool
  /// Whose holidays these are (ISO 3166-1).
  public var country: String
  /// Where its days begin.
  public var zone: TimeZone

  /// Makes a clock.
  /// - Parameters:
  ///   - restsOnDaysOff: whether it stands still on days off.
  ///   - country: whose holidays these are.
  ///   - zone: where its days begin.
  public init(restsOnDaysOff: Bool, country: String, zone: TimeZone) {
    self.restsOnDaysOff = restsOnDaysOff
    self.country = country
    self.zone = zone
  }

  /// The moment some hours after another on this clock.
  /// - Parameters:
  ///   - hours: how many.
  ///   - start: when the clock starts.
  ///   - countries: what knows the public holidays.
  /// - Returns: the moment.
  public func moment(
    _ hours: Double, after start: Date, _ countries: Countries
  ) -> Date {
    guard restsOnDaysOff else { return start.addingTimeInterval(hours * 3600) }
    return Self.moment(hours * 3600, after: start, in: zone) {
      countries.isWorkingDay($0, in: country) ? Self.whole($0, in: zone) : nil
    }
  }

  /// The moment some time after another on a clock that runs on some days, at some hours.
  static func moment(
    _ seconds: TimeInterval, after start: Date, in zone: TimeZone,
    runs: (CalendarDay) -> Range<Date>?
  ) -> Date {
    var left = seconds
    var day = CalendarDay(of: start, in: zone)
    // A year of days is far beyond any deadline of hours.
    for _ in 0..<366 {
      if let hours = runs(day), hours.upperBound > start {
        let from = max(hours.lowerBound, start)
        let room = hours.upperBound.timeIntervalSince(from)
        if left <= room { return from.addingTimeInterval(left) }
        left -= room
      }
      day = day + 1
    }
    return day.start(in: zone)
  }

  /// A day from midnight to midnight.
  static func whole(_ day: CalendarDay, in zone: TimeZone) -> Range<Date> {
    day.start(in: zone)..<(day + 1).start(in: zone)
  }
}
