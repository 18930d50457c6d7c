public import Foundation

/// A time within which a seller must do something, as law or a marketplace counts it.
public struct Deadline: Sendable, Hashable {
  /// How long a deadline is, and in what it is counted.
  public enum Length: Sendable, Hashable {
    /// Hours from the event on.
    case hours(Double)
    /// Calendar days, the first of which is the day after the event.
    case days(Int)
    /// Working days, the first of which is the first one after the event.
    case workingDays(Int)
    /// Months, until the day that has the number of the day of the event.
    case months(Int)
  }

  /// What a deadline is for, where each country has its own.
  public enum Purpose: String, CaseIterable, Sendable {
    /// The answer to a complaint about faulty goods.
    case complaint
  }

  /// The deadline's name: `complaint-pl`.
  public let id: String
  /// How long it is.
  public let length: Length
  /// Whether the clock of a deadline in hours stands still on Saturdays, Sundays and public
  /// holidays, whole days.
  public let restsOnDaysOff: Bool
  /// Whose holidays and time zone count (ISO 3166-1); nil for those of the buyer's country.
  public let country: String?
  /// What it is for, where each country has its own.
  public let purpose: Purpose?
  /// The law or page that it comes from.
  public let source: String
  /// Whether it has been checked against its source, and is not mere general knowledge.
  public let isVerified: Bool

  /// Makes a deadline.
  /// - Parameters:
  ///   - id: its name.
  ///   - length: how long it is.
  ///   - restsOnDaysOff: whether the clock of hours stands still on days off.
  ///   - country: whose holidays and time zone count; nil for those of the buyer's country.
  ///   - purpose: what it is for, where each country has its own.
  ///   - source: the law or page that it comes from.
  ///   - isVerified: whether it has been checked against its source.
  public init(
    _ id: String, _ length: Length, restsOnDaysOff: Bool = false, country: String? = nil,
    purpose: Purpose? = nil, source: String, isVerified: Bool = true
  ) {
    self.id = id
    self.length = length
    self.restsOnDaysOff = restsOnDaysOff
    self.country = country
    self.purpose = purpose
    self.source = source
    self.isVerified = isVerified
  }

  /// The last moment at which it is kept.
  ///
  /// Days and months end with the last second of a day: the day of the event does not count, and a
  /// period whose last day is a Saturday, Sunday or public holiday ends with the next working day
  /// (Regulation (EEC, Euratom) No 1182/71, Article 3). A month without the day of the event ends
  /// the period with its own last day (Article 3(2)(c)).
  /// - Parameters:
  ///   - start: the event.
  ///   - country: the buyer's country (ISO 3166-1), where it is known.
  ///   - zone: where days begin if the country's zone is not known.
  ///   - countries: what knows the zones and public holidays.
  /// - Returns: the moment. In a country that is not known only Saturdays and Sundays are days off.
  public func due(
    after start: Date, in country: String?, zone: TimeZone, _ countries: Countries
  ) -> Date {
    let country = self.country ?? country ?? ""
    let zone = countries.countries[country]?.zone ?? zone
    let event = CalendarDay(of: start, in: zone)
    let last: CalendarDay
    switch length {
    case .hours(let hours):
      let clock = AnswerClock(restsOnDaysOff: restsOnDaysOff, country: country, zone: zone)
      return clock.moment(hours, after: start, countries)
    case .days(let days):
      last = countries.workingDay(from: event + days, in: country)
    case .months(let months):
      last = countries.workingDay(from: event.sameDay(monthsLater: months), in: country)
    case .workingDays(let days):
      last = (0..<max(0, days)).reduce(event) { day, _ in
        countries.workingDay(from: day + 1, in: country)
      }
    }
    return (last + 1).start(in: zone).addingTimeInterval(-1)
  }
}
