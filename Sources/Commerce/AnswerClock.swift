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
      countries.isWorkingDay($0, in: country)
    }
  }

  /// The moment some time after another on a clock that stands still on some days.
  static func moment(
    _ seconds: TimeInterval, after start: Date, in zone: TimeZone,
    where runs: (CalendarDay) -> Bool
  ) -> Date {
    var left = seconds
    var moment = start
    // A year of days is far beyond any deadline of hours.
    for _ in 0..<366 {
      let day = CalendarDay(of: moment, in: zone)
      let end = (day + 1).start(in: zone)
      if runs(day) {
        let room = end.timeIntervalSince(moment)
        if left <= room { return moment.addingTimeInterval(left) }
        left -= room
      }
      moment = end
    }
    return moment
  }
}
