internal import Commerce
internal import Diagnostics
internal import Foundation

/// What a rule of context looks for, with the figures and words that its author gave.
struct ContextRule: Sendable {
  let condition: ContextCondition
  /// Whole numbers by name: `first_day`, `hours`.
  private let figures: [String: Int]
  /// Words by name: `purposes`, `intents`.
  private let words: [String: Set<String>]
  /// Which clock counts the hours of a deadline.
  let clock: AnswerClock?
  /// What is put behind the text where something is missing, by language.
  let supplies: [String: String]

  /// Reads `context:` of a rule.
  init?(reading entry: YAMLMapping) {
    if !entry.has("condition") { _ = entry.string("condition") }
    let condition: ContextCondition? = entry.optionalChoice("condition")
    var figures: [String: Int] = [:]
    for name in ["first_day", "last_day", "days", "hours", "from", "until", "most"] {
      figures[name] = entry.optionalNumber(name, in: 0...10_000).map { Int($0.value) }
    }
    self.figures = figures
    var words: [String: Set<String>] = [:]
    for name in [
      "purposes", "only_purposes", "intents", "categories", "last_day_on", "rest_days_for",
      "starts", "unless_words",
    ] {
      words[name] = Set(entry.strings(name).map(\.value))
    }
    self.words = words
    let zone = entry.optionalString("time_zone").flatMap { written in
      let zone = TimeZone(identifier: written.value)
      if zone == nil {
        entry.report(
          "unknown-time-zone", at: written.location,
          "'\(written.value)' is no time zone such as 'Europe/Warsaw'")
      }
      return zone
    }
    let country = entry.optionalString("country")
    clock = zone.map {
      AnswerClock(
        restsOnDaysOff: entry.flag("rests"), country: country?.value ?? "", zone: $0)
    }
    var supplies: [String: String] = [:]
    if let list = entry.optionalMapping("supplies") {
      for name in list.entries { supplies[name.value] = list.string(name.value)?.value }
    }
    self.supplies = supplies
    entry.finish()
    guard let condition else { return nil }
    self.condition = condition
  }

  func figure(_ name: String) -> Int? { figures[name] }
  func words(_ name: String) -> Set<String> { words[name] ?? [] }

  /// Whether a purpose is among the words of a name; `safety_*` is every one that begins so.
  func has(_ purpose: String?, among name: String) -> Bool {
    guard let purpose else { return false }
    return words(name).contains {
      $0 == purpose || $0.hasSuffix("*") && purpose.hasPrefix($0.dropLast())
    }
  }
}
