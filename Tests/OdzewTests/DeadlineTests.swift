import Commerce
import Diagnostics
import Foundation
import Odzew
import Testing

/// The shipped deadlines, on the shipped countries' days.
@Suite struct DeadlineTests {
  private let countries: Countries
  private let deadlines: Deadlines

  init() throws {
    let countries = try Self.read("countries.yaml") { Countries(reading: $0) }
    deadlines = try Self.read("deadlines.yaml") { Deadlines(reading: $0, countries) }
    self.countries = countries
  }

  private static func read<Content>(
    _ file: String, _ make: (YAMLMapping) -> Content?
  ) throws -> Content {
    let text = try String(contentsOf: ShippedBot.root.appending(path: file), encoding: .utf8)
    let reader = YAMLReader(SourceText(file: file, text: text))
    let content = reader.root.flatMap(make)
    #expect(reader.diagnostics.map(\.description) == [])
    return try #require(content)
  }

  private func zone(_ deadline: Deadline, _ country: String) throws -> TimeZone {
    try #require(countries.countries[deadline.country ?? country]?.zone)
  }

  @Test(arguments: deadlineRows)
  func `a deadline ends when a person reckons that it does`(row: DeadlineRow) throws {
    let deadline = try #require(deadlines[row.deadline])
    let start = try #require(Timestamp.parse(row.start))
    // The zone handed in counts only where no country does.
    let due = deadline.due(after: start, in: row.country, zone: .gmt, countries)
    #expect(Timestamp.format(due, in: try zone(deadline, row.country)) == row.due)
  }

  @Test func `every shipped deadline is reckoned at least once`() {
    #expect(Set(deadlineRows.map(\.deadline)) == Set(deadlines.ids))
  }

  @Test func `the page about deadlines shows these very rows`() throws {
    let page = try String(
      contentsOf: ShippedBot.root.appending(path: "docs/deadlines.md"), encoding: .utf8)
    let lines = try deadlineRows.map { row in
      "| `\(row.deadline)` | \(row.country) | \(try wall(row.start)) | \(try wall(row.due)) "
        + "| \(row.reckoning) |"
    }
    #expect(page.contains(lines.joined(separator: "\n")), "\(lines.joined(separator: "\n"))")
  }

  /// `Mon 2026-06-15 10:00`.
  private func wall(_ moment: String) throws -> String {
    let day = try #require(CalendarDay(String(moment.prefix(10))))
    let name = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday - 1]
    return "\(name) \(day) \(moment.dropFirst(11).prefix(5))"
  }

  @Test(arguments: ["PL", "CZ", "SK", "HU", "RO", "DE", "GB", "AT"])
  func `a later event is never due earlier, and no day ends on a day off`(country: String) throws {
    let start = try #require(Timestamp.parse("2025-12-20T00:30:00Z"))
    for id in deadlines.ids {
      let deadline = try #require(deadlines[id])
      // A deadline of one country is the same for all buyers.
      guard deadline.country == nil || deadline.country == country else { continue }
      let zone = try zone(deadline, country)
      var last = Date.distantPast
      // Every 29th hour of thirteen months: all hours of the day, on all days of the week.
      for hours in stride(from: 0, to: 9500, by: 29) {
        let event = start.addingTimeInterval(Double(hours) * 3600)
        let due = deadline.due(after: event, in: country, zone: .gmt, countries)
        #expect(due > event && due >= last, "\(id) \(event)")
        last = due
        if case .hours = deadline.length { continue }
        let day = CalendarDay(of: due, in: zone)
        #expect(countries.isWorkingDay(day, in: country), "\(id) \(event)")
        #expect(due == (day + 1).start(in: zone).addingTimeInterval(-1), "\(id) \(event)")
      }
    }
  }

  @Test(arguments: [
    ("PL", "complaint-pl"), ("CZ", "complaint-cz"), ("SK", "complaint-sk"),
    ("HU", "complaint-hu"), ("RO", "repair-ro"), ("DE", nil), ("GB", nil), ("AT", nil),
    ("XX", nil), (nil, nil),
  ])
  func `complaints have the time that the buyer's country gives`(country: String?, id: String?) {
    #expect(deadlines.complaint(in: country)?.id == id)
  }

  @Test func `what nobody has checked says so`() {
    let unverified = deadlines.ids.filter { deadlines[$0]?.isVerified == false }
    #expect(unverified == ["complaint-sk", "repair-ro", "withdrawal-refund-uk"])
  }
}
