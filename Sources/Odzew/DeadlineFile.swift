package import Commerce
package import Diagnostics

extension Deadlines {
  /// Reads `deadlines.yaml`.
  /// - Parameters:
  ///   - file: the file's mapping; faults go to its reader.
  ///   - countries: the countries that a deadline may name.
  package init?(reading file: YAMLMapping, _ countries: Countries) {
    guard let list = file.mapping("deadlines") else { return nil }
    var deadlines: [Deadline] = []
    for id in list.entries {
      guard let entry = list.optionalMapping(id.value) else {
        if !list.has(id.value) {
          list.report(
            "missing-deadline", at: id.location, "'\(id.value)' says nothing",
            remedy: "write '\(id.value): {within: 14 days, source: …}'")
        }
        continue
      }
      let length = entry.string("within").flatMap { Self.length($0, in: entry) }
      let purpose: Deadline.Purpose? = entry.optionalChoice("for")
      let country = Self.country(in: entry, countries)
      if let purpose {
        Self.check(purpose, in: country, of: id, against: deadlines, entry)
      }
      let source = entry.string("source")
      let isVerified = !entry.flag("unverified")
      entry.finish()
      guard let length, let source else { continue }
      deadlines.append(
        Deadline(
          id.value, length.length, restsOnDaysOff: length.rests, country: country,
          purpose: purpose, source: source.value, isVerified: isVerified))
    }
    file.finish()
    self.init(deadlines)
  }

  /// Reads `24 hours`, `24 working hours`, `14 days`, `5 working days`, `1 month`.
  private static func length(
    _ written: Located<String>, in entry: YAMLMapping
  ) -> (length: Deadline.Length, rests: Bool)? {
    let words = written.value.split(separator: " ").map(String.init)
    let count = words.first.flatMap { Int($0) }
    let unit = words.dropFirst().joined(separator: " ")
    let length: (length: Deadline.Length, rests: Bool)? = count.flatMap { count in
      switch unit {
      case "hour", "hours": (.hours(Double(count)), false)
      case "working hour", "working hours": (.hours(Double(count)), true)
      case "day", "days": (.days(count), false)
      case "working day", "working days": (.workingDays(count), false)
      case "month", "months": (.months(count), false)
      default: nil
      }
    }
    guard let count, let length else {
      entry.report(
        "invalid-length", at: written.location, "'\(written.value)' is no length of time",
        remedy: "write '24 hours', '24 working hours', '14 days', '5 working days' or '1 month'")
      return nil
    }
    // The longest deadline of a seller is a month; a clock of working hours looks a year ahead.
    guard (1...1000).contains(count) else {
      entry.report(
        "invalid-number", at: written.location, "'\(written.value)' must count from 1 to 1000")
      return nil
    }
    return length
  }

  private static func country(in entry: YAMLMapping, _ countries: Countries) -> String? {
    guard let written = entry.optionalString("country") else { return nil }
    if countries.countries[written.value] != nil { return written.value }
    // The nearest code would turn 'UK' into 'SK'.
    entry.report(
      "unknown-country", at: written.location,
      "'\(written.value)' is no country of countries.yaml",
      remedy: "known: \(countries.countries.keys.sorted().joined(separator: ", "))")
    return nil
  }

  /// Holds a deadline of each country's own against those before it.
  private static func check(
    _ purpose: Deadline.Purpose, in country: String?, of id: Located<String>,
    against deadlines: [Deadline], _ entry: YAMLMapping
  ) {
    if !entry.has("country") {
      entry.report(
        "missing-country", at: id.location,
        "'\(id.value)' is for '\(purpose.rawValue)', but does not say in which country",
        remedy: "write 'country: PL', or leave 'for' out")
    }
    guard let country,
      let other = deadlines.first(where: { $0.purpose == purpose && $0.country == country })
    else { return }
    entry.report(
      "duplicate-deadline", at: id.location,
      "'\(id.value)' is for '\(purpose.rawValue)' in \(country), and so is '\(other.id)'",
      remedy: "leave 'for' out of one of them")
  }
}
