public import Diagnostics
internal import Language

extension Intent {
  /// Reads what an intent's file says about understanding; what it says about answering is read
  /// where answers are decided.
  /// - Parameters:
  ///   - file: the file's mapping; faults go to its reader.
  ///   - name: the file's name without its ending, which the identifier must equal.
  public init?(reading file: YAMLMapping, named name: String) {
    let written = file.string("intent")
    let id = IntentID(name)
    // The rest is read all the same, so that nothing in it is taken for unknown.
    if let written, id == nil || written.value != name {
      file.report(
        "wrong-name", at: written.location,
        "'\(written.value)' is not the name of this file, '\(name)'",
        remedy: "name the file after the intent")
    }
    guard let id else { return nil }
    self.id = id
    location = written?.location ?? file.location
    meaning = file.string("meaning")?.value ?? ""
    // The border is for people; reading it makes the key known.
    _ = file.strings("border")
    risk = Int(file.optionalNumber("risk", in: 0...7)?.value ?? 0)
    isSmallTalk = file.flag("small_talk")
    isNeverAsked = file.flag("never_asked")
    yieldsTo = Set(file.strings("yields_to").compactMap { IntentID($0.value) })
    bias = file.optionalNumber("bias", in: Self.pointBounds)?.value ?? 0
    rules = Self.points(file, "points").map { Rule(combination: $0.entry, points: $0.points) }
    var wordings: [LocaleTag: Wording] = [:]
    if let locales = file.mapping("locales") {
      for entry in locales.entries {
        guard let locale = LocaleTag(entry.value) else {
          file.report("unknown-locale", at: entry.location, "'\(entry.value)' is not a locale")
          continue
        }
        guard let wording = locales.optionalMapping(entry.value) else { continue }
        wordings[locale] = Wording(reading: wording, needsLabel: name != Intent.outOfScope)
      }
    }
    self.wordings = wordings
  }
}

extension Intent {
  /// What one thing may count: six points ahead of everything else are as good as certain.
  static let pointBounds = -20.0...20.0

  /// A mapping of texts to points.
  fileprivate static func points(
    _ file: YAMLMapping, _ key: String
  ) -> [(entry: Located<String>, points: Double)] {
    guard let list = file.optionalMapping(key) else { return [] }
    return list.entries.compactMap { entry in
      list.number(entry.value, in: pointBounds).map { (entry, $0.value) }
    }
  }
}

extension Intent.Wording {
  init(reading entry: YAMLMapping, needsLabel: Bool) {
    label = (needsLabel ? entry.string("label") : entry.optionalString("label"))?.value ?? ""
    patterns = entry.mappings("patterns").compactMap { pattern in
      let match = pattern.string("match")
      let gate = pattern.strings("with")
      let points = pattern.number("points", in: Intent.pointBounds)
      if gate.isEmpty {
        pattern.report(
          "ungated-pattern", at: pattern.location, "the pattern would run over every clause",
          remedy: "name under 'with' the concepts that must stand in the clause")
      }
      pattern.finish()
      guard let match, let points else { return nil }
      return Intent.Pattern(match: match, gate: gate, points: points.value)
    }
    keywords = Intent.points(entry, "keywords")
    examples = entry.strings("examples")
    counterExamples = entry.strings("counter_examples")
    entry.finish()
  }
}
