import Commerce
import Foundation
import Testing

@Suite struct BusinessHoursTests {
  @Test(arguments: [
    "", "9-17", "Mon-Fri", "Mon-Fri 9", "Mon-Fri 17-9", "Mon-Fri 9-25", "Fri-Mon 9-17",
    "Mon-Fri 9-17, Wed 10-12", "Mondays 9-17", "Mon-Fri 9:60-17", "Mon-Fri 9-17,",
    "Mon-Tue-Wed 9-17",
    "Mon-Fri -1-17", "Mon-Fri 9:-17",
  ])
  func `what are no business hours is refused`(text: String) {
    #expect(BusinessHours(text) == nil)
  }

  /// Warsaw, 20 November 2026, a Friday; the 23rd is a Monday.
  @Test(
    arguments: [
      // Without hours the whole Friday counts, and the whole Monday.
      (nil, "2026-11-20T16:00:00+01:00", 4.0, "2026-11-20T20:00:00+01:00"),
      ("Mon-Fri 9-17", "2026-11-20T10:00:00+01:00", 4, "2026-11-20T14:00:00+01:00"),
      ("Mon-Fri 9-17", "2026-11-20T16:00:00+01:00", 4, "2026-11-23T12:00:00+01:00"),
      ("Mon-Fri 9-17", "2026-11-20T22:00:00+01:00", 4, "2026-11-23T13:00:00+01:00"),
      ("Mon-Fri 9-17", "2026-11-20T06:00:00+01:00", 8, "2026-11-20T17:00:00+01:00"),
      (
        "monday–thursday 8:30-16:30, Sat 10-13", "2026-11-20T10:00:00+01:00", 4,
        "2026-11-23T09:30:00+01:00"
      ),
      // The 24th to the 26th of December are holidays, and a Saturday is worked only where it has hours.
      ("Mon-Sat 9-17", "2026-12-23T16:00:00+01:00", 2, "2026-12-28T10:00:00+01:00"),
      ("Mon-Sun 0-24", "2026-11-20T23:00:00+01:00", 2, "2026-11-21T01:00:00+01:00"),
    ] as [(String?, String, Double, String)])
  func `a promise runs while people work`(hours: String?, from: String, length: Double, due: String)
    throws
  {
    let zone = try #require(TimeZone(identifier: "Europe/Warsaw"))
    let holidays = ["2026-12-24", "2026-12-25", "2026-12-26"].compactMap { CalendarDay($0) }
    let calendar = BusinessCalendar(
      zone: zone, holidays: Set(holidays),
      hours: try hours.map { try #require(BusinessHours($0)) })
    let start = try #require(Timestamp.parse(from))
    #expect(Timestamp.format(calendar.moment(length * 3600, after: start), in: zone) == due)
  }

  @Test func `periods of the law end by days, whatever the hours`() throws {
    let calendar = BusinessCalendar(zone: .gmt, hours: BusinessHours("Sat-Sun 9-17"))
    // The 28th is a Saturday: Monday.
    let event = try #require(CalendarDay("2026-11-14"))
    #expect(calendar.lastDay(of: 14, after: event) == CalendarDay("2026-11-30"))
  }
}
