import Commerce
import Foundation
import Testing

@Suite struct CountriesTests {
  private func country(_ set: (inout Countries.Country) -> Void) -> Countries {
    var country = Countries.Country()
    set(&country)
    return Countries(["XX": country])
  }

  private func holidays(_ countries: Countries, in year: Int) throws -> [String] {
    let first = try #require(CalendarDay(year: year, month: 1, day: 1))
    return (0..<366).map { first + $0 }
      .filter { $0.components.year == year && countries.isHoliday($0, in: "XX") }
      .map(\.description)
  }

  // Dates of Easter: the tables of the western and the eastern churches.
  @Test(arguments: [
    (1999, "1999-04-04", "1999-04-11"), (2024, "2024-03-31", "2024-05-05"),
    (2026, "2026-04-05", "2026-04-12"), (2027, "2027-03-28", "2027-05-02"),
    (2038, "2038-04-25", "2038-04-25"),
  ])
  func `Easter is on the day that the churches give`(
    year: Int, western: String, orthodox: String
  ) throws {
    #expect(try holidays(country { $0.fromEaster = [0] }, in: year) == [western])
    let east = country {
      $0.fromEaster = [0]
      $0.isOrthodox = true
    }
    #expect(try holidays(east, in: year) == [orthodox])
  }

  @Test func `a day of the year may begin, end and pause`() throws {
    let countries = country {
      $0.fixed = ["12-24 from 2025", "05-08 except 2026", "10-26 until 2026"].compactMap(
        Countries.Anniversary.init)
    }
    #expect(try holidays(countries, in: 2024) == ["2024-05-08", "2024-10-26"])
    #expect(try holidays(countries, in: 2026) == ["2026-10-26", "2026-12-24"])
    #expect(try holidays(countries, in: 2027) == ["2027-05-08", "2027-12-24"])
  }

  @Test(arguments: ["13-01", "02-30", "1-1", "12-24 since 2025", "12-24 from MMXXV", ""])
  func `a day that does not exist is refused`(text: String) {
    #expect(Countries.Anniversary(text) == nil)
  }

  @Test func `Mondays and substitute days are those of England`() throws {
    let countries = country {
      $0.fixed = ["01-01", "12-25", "12-26"].compactMap(Countries.Anniversary.init)
      $0.mondays = ["first 05", "last 05", "last 08"].compactMap(Countries.Monday.init)
      $0.hasSubstitutes = true
    }
    // 2027: Christmas on a Saturday, Boxing Day on a Sunday.
    #expect(
      try holidays(countries, in: 2027) == [
        "2027-01-01", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-25", "2027-12-26",
        "2027-12-27", "2027-12-28",
      ])
  }

  @Test func `a Saturday that is worked for another day counts as a working day`() throws {
    let saturday = try #require(CalendarDay("2026-12-12"))
    let countries = country { $0.worked = [saturday] }
    #expect(countries.isWorkingDay(saturday, in: "XX"))
    #expect(!countries.isWorkingDay(saturday + 7, in: "XX"))
  }

  // Twenty-four hours that stand still on days off, Europe/Warsaw, with Polish holidays.
  @Test(arguments: [
    // Friday noon to Monday noon.
    ("2026-11-20T12:00:00+01:00", 24.0, "2026-11-23T12:00:00+01:00"),
    // Opened on a Saturday: Monday counts whole.
    ("2026-11-21T15:00:00+01:00", 24, "2026-11-24T00:00:00+01:00"),
    // Independence Day on a Wednesday.
    ("2026-11-10T18:00:00+01:00", 24, "2026-11-12T18:00:00+01:00"),
    // Christmas Eve to the day after Boxing Day, which is a Sunday: Monday.
    ("2026-12-23T10:00:00+01:00", 24, "2026-12-28T10:00:00+01:00"),
    // The night in which clocks go forward lies on a Sunday: nothing is lost.
    ("2027-03-26T10:00:00+01:00", 24, "2027-03-30T10:00:00+02:00"),
    // 48 hours on working days over the turn of the year.
    ("2026-12-31T10:00:00+01:00", 48, "2027-01-05T10:00:00+01:00"),
  ])
  func `a clock that rests on days off`(start: String, hours: Double, end: String) throws {
    var poland = Countries.Country()
    poland.fixed = ["01-01", "01-06", "11-11", "12-24", "12-25", "12-26"].compactMap(
      Countries.Anniversary.init)
    poland.fromEaster = [0, 1]
    let clock = AnswerClock(
      restsOnDaysOff: true, country: "PL", zone: try #require(TimeZone(identifier: "Europe/Warsaw"))
    )
    let moment = clock.moment(
      hours, after: try #require(Timestamp.parse(start)), Countries(["PL": poland]))
    #expect(moment == Timestamp.parse(end), "\(moment)")
  }
}
