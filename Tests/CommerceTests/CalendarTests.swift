import Commerce
import Foundation
import Testing

@Suite struct CalendarTests {
  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026-1-1", "", "2026-04-31",
  ])
  func `a day that does not exist is refused`(text: String) {
    #expect(CalendarDay(text) == nil)
  }

  @Test func `days count through leap years and back`() throws {
    let start = try #require(CalendarDay("1999-12-31"))
    for days in stride(from: 0, to: 40_000, by: 37) {
      let day = start + days
      #expect(CalendarDay(day.description) == day)
    }
    #expect(try #require(CalendarDay("2024-02-29")).weekday == 4)
    #expect(try #require(CalendarDay("2026-11-20")).weekday == 5)
  }

  @Test(arguments: [
    ("2026-11-16T09:12:00+01:00", 1_794_816_720.0), ("2026-11-16T08:12:00Z", 1_794_816_720.0),
    ("2026-11-16t08:12:00.5z", 1_794_816_720.5), ("1969-12-31T23:59:59Z", -1),
  ])
  func `times are those of RFC 3339`(text: String, seconds: Double) {
    #expect(Timestamp.parse(text)?.timeIntervalSince1970 == seconds)
  }

  @Test(arguments: [
    "2026-11-16", "2026-11-16T09:12:00", "2026-11-16T24:00:00Z", "2026-11-16T09:12:00+1:00",
    "2026-11-16T09:12:00.Z", "yesterday", "",
  ])
  func `what is no time is refused`(text: String) {
    #expect(Timestamp.parse(text) == nil)
  }

  @Test func `a time is written in the seller's zone, summer and winter`() throws {
    let zone = try #require(TimeZone(identifier: "Europe/Warsaw"))
    let winter = try #require(Timestamp.parse("2026-11-16T08:12:00Z"))
    let summer = try #require(Timestamp.parse("2026-07-16T22:12:00Z"))
    #expect(Timestamp.format(winter, in: zone) == "2026-11-16T09:12:00+01:00")
    #expect(Timestamp.format(summer, in: zone) == "2026-07-17T00:12:00+02:00")
    #expect(CalendarDay(of: summer, in: zone) == CalendarDay("2026-07-17"))
  }

  @Test(arguments: [
    // Received Thursday 12 November: the 26th is a Thursday.
    ("2026-11-12", "2026-11-26"),
    // The 28th is a Saturday: Monday.
    ("2026-11-14", "2026-11-30"),
    // 24 to 26 December are holidays, then a weekend.
    ("2026-12-10", "2026-12-28"),
  ])
  func `a period that would end on a day off ends with the next working day`(
    event: String, last: String
  ) throws {
    let holidays = ["2026-12-24", "2026-12-25", "2026-12-26"].compactMap { CalendarDay($0) }
    let calendar = BusinessCalendar(zone: .gmt, holidays: Set(holidays))
    #expect(calendar.lastDay(of: 14, after: try #require(CalendarDay(event))) == CalendarDay(last))
  }
}
