package import Commerce
package import Diagnostics
internal import Foundation

extension Countries {
  /// Reads `countries.yaml`.
  /// - Parameter file: the file's mapping; faults go to its reader.
  package init?(reading file: YAMLMapping) {
    guard let list = file.mapping("countries") else { return nil }
    var countries: [String: Country] = [:]
    for code in list.entries {
      guard let entry = list.optionalMapping(code.value) else { continue }
      func read<Value>(_ key: String, _ form: String, _ make: (String) -> Value?) -> [Value] {
        entry.strings(key).compactMap { written in
          let value = make(written.value)
          if value == nil {
            entry.report(
              "invalid-date", at: written.location, "'\(written.value)' is not \(form)")
          }
          return value
        }
      }
      var country = Country()
      country.language = entry.optionalString("language")?.value
      country.zone =
        read(
          "time_zone", "a time zone such as 'Europe/Warsaw'", TimeZone.init(identifier:)
        ).first
      country.fixed = read(
        "fixed", "a day such as '12-24' or '12-24 from 2025'", Anniversary.init)
      country.fromEaster = read("from_easter", "a number of days such as -2", { Int($0) })
      country.mondays = read("mondays", "'first 05' or 'last 08'", Monday.init)
      country.off = Set(read("off", "a date such as '2026-12-24'") { CalendarDay($0) })
      country.worked = Set(read("worked", "a date such as '2026-12-12'") { CalendarDay($0) })
      country.hasSubstitutes = entry.flag("substitutes")
      if let easter = entry.optionalString("easter") {
        country.isOrthodox = easter.value == "orthodox"
        if !["orthodox", "western"].contains(easter.value) {
          entry.report(
            "unknown-value", at: easter.location,
            "'\(easter.value)' is not 'orthodox' or 'western'")
        }
      }
      entry.finish()
      countries[code.value] = country
    }
    file.finish()
    self.init(countries)
  }
}
