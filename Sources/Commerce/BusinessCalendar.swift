public import Foundation

/// Which days count, and where: the seller's time zone and days off.
public struct BusinessCalendar: Sendable {
  /// The seller's time zone.
  public let zone: TimeZone
  /// Days off besides Saturdays and Sundays: public holidays and the seller's own.
  public let holidays: Set<CalendarDay>
  /// When people work; all day where nil.
  public let hours: BusinessHours?

  /// Makes a calendar.
  /// - Parameters:
  ///   - zone: the seller's time zone.
  ///   - holidays: days off besides Saturdays and Sundays.
  ///   - hours: when people work; all day on every day but those where nil.
  public init(zone: TimeZone, holidays: Set<CalendarDay> = [], hours: BusinessHours? = nil) {
    self.zone = zone
    self.holidays = holidays
    self.hours = hours
  }

  /// Whether people work on a day.
  /// - Parameter day: the day.
  /// - Returns: false on Saturdays, Sundays and holidays.
  public func isWorkingDay(_ day: CalendarDay) -> Bool {
    day.weekday <= 5 && !holidays.contains(day)
  }

  /// The last day of a period of calendar days that begins the day after an event.
  ///
  /// One that would end on a Saturday, Sunday or holiday ends with the next working day (Regulation
  /// (EEC, Euratom) No 1182/71, Article 3).
  /// - Parameters:
  ///   - days: the length of the period.
  ///   - event: the day of the event.
  /// - Returns: the last day.
  public func lastDay(of days: Int, after event: CalendarDay) -> CalendarDay {
    var last = event + days
    // Never more than a week or two of days off in a row; the bound guards against odd lists.
    for _ in 0..<31 where !isWorkingDay(last) { last = last + 1 }
    return last
  }

  /// The moment some time after another on a clock that runs while people work: in the business
  /// hours, on days that are no holidays; without hours, all day on every working day.
  /// - Parameters:
  ///   - seconds: how long after.
  ///   - start: when the clock starts.
  /// - Returns: the moment.
  public func moment(_ seconds: TimeInterval, after start: Date) -> Date {
    AnswerClock.moment(seconds, after: start, in: zone) { day in
      guard let hours else { return isWorkingDay(day) ? AnswerClock.whole(day, in: zone) : nil }
      return holidays.contains(day) ? nil : hours.hours(of: day, in: zone)
    }
  }

  /// The day that a moment falls on for the seller.
  /// - Parameter moment: the moment.
  /// - Returns: the day.
  public func day(of moment: Date) -> CalendarDay { CalendarDay(of: moment, in: zone) }
}
