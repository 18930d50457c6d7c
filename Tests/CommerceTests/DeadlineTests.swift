import Commerce
import Foundation
import Testing

/// What holds of deadlines whatever `deadlines.yaml` and `countries.yaml` say.
@Suite struct DeadlineTests {
  private let warsaw: TimeZone
  private let countries: Countries

  init() throws {
    warsaw = try #require(TimeZone(identifier: "Europe/Warsaw"))
    var poland = Countries.Country()
    poland.zone = warsaw
    poland.fixed = ["12-24", "12-25", "12-26"].compactMap(Countries.Anniversary.init)
    countries = Countries(["PL": poland])
  }

  private func due(
    _ length: Deadline.Length, rests: Bool = false, of fixed: String? = nil, in country: String?,
    after start: String
  ) throws -> String {
    let deadline = Deadline("a", length, restsOnDaysOff: rests, country: fixed, source: "law")
    let start = try #require(Timestamp.parse(start))
    let zone = try #require(TimeZone(identifier: "Europe/London"))
    return Timestamp.format(
      deadline.due(after: start, in: country, zone: zone, countries), in: warsaw)
  }

  // 10 + 14 = 24 December 2026, a Thursday and a holiday; Monday is the 28th.
  @Test(arguments: [
    // The buyer's country.
    (nil, "PL", "2026-12-28T23:59:59+01:00"),
    // The deadline's own, whatever the buyer's is.
    ("PL", nil, "2026-12-28T23:59:59+01:00"), ("PL", "XX", "2026-12-28T23:59:59+01:00"),
    // Neither is known: no holidays, and the end of the day in the zone handed in, London.
    (nil, nil, "2026-12-25T00:59:59+01:00"), (nil, "XX", "2026-12-25T00:59:59+01:00"),
  ])
  func `the deadline's country counts, then the buyer's, then the zone`(
    fixed: String?, buyer: String?, end: String
  ) throws {
    #expect(
      try due(.days(14), of: fixed, in: buyer, after: "2026-12-10T12:00:00+01:00") == end)
  }

  @Test func `without a country a clock rests on weekends`() throws {
    // Friday noon to Monday noon, in London an hour later.
    #expect(
      try due(.hours(24), rests: true, in: nil, after: "2026-11-20T12:00:00+01:00")
        == "2026-11-23T12:00:00+01:00")
    // Thursday noon to Friday noon: Christmas is nobody's holiday.
    #expect(
      try due(.hours(24), rests: true, in: nil, after: "2026-12-24T12:00:00+01:00")
        == "2026-12-25T12:00:00+01:00")
  }

  @Test(arguments: [
    // Half an hour of running hours.
    (Deadline.Length.hours(0.5), "2026-12-26T10:00:00+01:00", "2026-12-26T10:30:00+01:00"),
    // The day after a Monday.
    (.days(1), "2026-06-15T00:00:00+02:00", "2026-06-16T23:59:59+02:00"),
    // The last second of a Monday is Monday still.
    (.days(1), "2026-06-15T23:59:59+02:00", "2026-06-16T23:59:59+02:00"),
    // A Saturday's event: Monday is the first working day.
    (.workingDays(1), "2026-06-13T10:00:00+02:00", "2026-06-15T23:59:59+02:00"),
    // 24 to 27 December are off: Monday the 28th is the first, Tuesday the second.
    (.workingDays(2), "2026-12-23T10:00:00+01:00", "2026-12-29T23:59:59+01:00"),
    // 31 December + 2 months: February 2027 ends with a Sunday, so Monday, 1 March.
    (.months(2), "2026-12-31T10:00:00+01:00", "2027-03-01T23:59:59+01:00"),
    // 29 February 2028 + 12 months: 28 February 2029, a Wednesday.
    (.months(12), "2028-02-29T10:00:00+01:00", "2029-02-28T23:59:59+01:00"),
    // 15 November + 1 month: a Tuesday.
    (.months(1), "2026-11-15T10:00:00+01:00", "2026-12-15T23:59:59+01:00"),
  ])
  func `a period ends by the rules of Regulation 1182 of 1971`(
    length: Deadline.Length, start: String, end: String
  ) throws {
    #expect(try due(length, in: "PL", after: start) == end)
  }

  @Test func `a country that never works has an end of days`() throws {
    var country = Countries.Country()
    country.fromEaster = Array(-200...300)
    let deadline = Deadline("a", .workingDays(3), source: "law")
    let start = try #require(Timestamp.parse("2026-06-15T10:00:00Z"))
    let due = deadline.due(after: start, in: "XX", zone: .gmt, Countries(["XX": country]))
    #expect(due > start)
  }

  @Test func `of two deadlines with one name or purpose the first counts`() {
    let first = Deadline("a", .days(1), country: "PL", purpose: .complaint, source: "law")
    let second = Deadline("b", .days(2), country: "PL", purpose: .complaint, source: "law")
    let namesake = Deadline("a", .days(3), source: "law")
    let deadlines = Deadlines([first, second, namesake])
    #expect(deadlines.ids == ["a", "b"])
    #expect(deadlines["a"] == first)
    #expect(deadlines["c"] == nil)
    #expect(deadlines.complaint(in: "PL") == first)
    #expect(deadlines.complaint(in: nil) == nil)
  }
}
