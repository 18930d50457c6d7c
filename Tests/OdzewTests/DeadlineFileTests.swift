import Commerce
import Diagnostics
import Foundation
import Odzew
import Testing

@Suite struct DeadlineFileTests {
  private let countries = Countries(["PL": Countries.Country(), "SK": Countries.Country()])

  private func read(_ text: String) -> (deadlines: Deadlines?, findings: [String]) {
    let reader = YAMLReader(SourceText(file: "deadlines.yaml", text: text))
    let deadlines = reader.root.flatMap { Deadlines(reading: $0, countries) }
    return (deadlines, reader.diagnostics.map(\.description))
  }

  private static let remedy =
    "write '24 hours', '24 working hours', '14 days', '5 working days' or '1 month'"

  @Test(arguments: [
    ("24 hours", Deadline.Length.hours(24), false), ("1 hour", .hours(1), false),
    ("24 working hours", .hours(24), true), ("1 working hour", .hours(1), true),
    ("14 days", .days(14), false), ("1 day", .days(1), false),
    ("5 working days", .workingDays(5), false), ("1 working day", .workingDays(1), false),
    ("1 month", .months(1), false), ("1000 months", .months(1000), false),
  ])
  func `a length is a number and a unit`(text: String, length: Deadline.Length, rests: Bool) {
    let file = read("deadlines:\n  a: {within: \(text), country: PL, source: law}\n")
    #expect(file.findings == [])
    #expect(
      file.deadlines?["a"]
        == Deadline("a", length, restsOnDaysOff: rests, country: "PL", source: "law"))
  }

  @Test(arguments: [
    "14 dyas", "14", "days", "two weeks", "1.5 hours", "1 working month", "14 Days", "days 14",
  ])
  func `what is no length of time is refused`(text: String) {
    let file = read("deadlines:\n  a: {within: \(text), source: law}\n")
    #expect(
      file.findings == [
        "deadlines.yaml:2:15: error: '\(text)' is no length of time; \(Self.remedy)"
      ])
    #expect(file.deadlines?["a"] == nil)
  }

  @Test(arguments: ["0 days", "-1 month", "1001 working hours"])
  func `a length that is none, or longer than years, is refused`(text: String) {
    let file = read("deadlines:\n  a: {within: \(text), source: law}\n")
    #expect(
      file.findings == ["deadlines.yaml:2:15: error: '\(text)' must count from 1 to 1000"])
  }

  @Test func `a country must be known`() {
    let file = read("deadlines:\n  a: {within: 1 day, country: UK, source: law}\n")
    #expect(
      file.findings == [
        "deadlines.yaml:2:31: error: 'UK' is no country of countries.yaml; known: PL, SK"
      ])
  }

  @Test func `a name stands once`() {
    let file = read(
      "deadlines:\n  a: {within: 1 day, source: law}\n  a: {within: 2 days, source: law}\n")
    #expect(
      file.findings == ["deadlines.yaml:2:3: error: a key stands twice: 'a'"])
  }

  @Test func `a country has one time for complaints`() {
    let file = read(
      """
      deadlines:
        a: {within: 1 day, for: complaint, country: PL, source: law}
        b: {within: 2 days, for: complaint, country: SK, source: law}
        c: {within: 3 days, for: complaint, country: PL, source: law}
      """)
    #expect(
      file.findings == [
        "deadlines.yaml:4:3: error: 'c' is for 'complaint' in PL, and so is 'a'; "
          + "leave 'for' out of one of them"
      ])
    #expect(file.deadlines?.complaint(in: "PL")?.id == "a")
    #expect(file.deadlines?.complaint(in: "SK")?.id == "b")
  }

  @Test func `a time for complaints says in which country`() {
    let file = read("deadlines:\n  a: {within: 1 day, for: complaint, source: law}\n")
    #expect(
      file.findings == [
        "deadlines.yaml:2:3: error: 'a' is for 'complaint', but does not say in which country; "
          + "write 'country: PL', or leave 'for' out"
      ])
  }

  @Test func `all faults are found at once`() {
    let file = read(
      """
      deadlines:
        a:
        b: {within: 1 day, for: complaints, country: PL, source: law}
        c: {country: PL, unverified: maybe, sourse: law}
      deadline: {}
      """)
    #expect(
      file.findings == [
        "deadlines.yaml:2:3: error: 'a' says nothing; write 'a: {within: 14 days, source: …}'",
        "deadlines.yaml:3:27: error: 'complaints' is not a value of 'for'; "
          + "did you mean 'complaint'?",
        "deadlines.yaml:4:6: error: the key 'within' is missing here",
        "deadlines.yaml:4:6: error: the key 'source' is missing here",
        "deadlines.yaml:4:32: error: 'unverified' must be true or false",
        "deadlines.yaml:4:39: error: unknown key 'sourse'; did you mean 'source'?",
        "deadlines.yaml:5:1: error: unknown key 'deadline'; did you mean 'deadlines'?",
      ])
  }

  @Test func `a file without deadlines is refused`() {
    let file = read("deadline: {}\n")
    #expect(file.deadlines == nil)
    #expect(
      file.findings == ["deadlines.yaml:1:1: error: the key 'deadlines' is missing here"])
  }
}
