public import Diagnostics
internal import Language

extension Intent {
  /// Reads what an intent's file says about understanding; what it says about answering is read
  /// where answers are decided.
  /// - Parameters:
  ///   - file: the file's mapping; faults go to its reader.
  ///   - name: the file's name without its ending, which the identifier must equal.
  public init?(reading file: YAMLMapping, named name: String) {
    guard let written = file.string("intent") else { return nil }
    guard let id = IntentID(written.value), written.value == name else {
      file.report(
        "wrong-name", at: written.location,
        "'\(written.value)' is not the name of this file, '\(name)'",
        remedy: "name the file after the intent")
      return nil
    }
    self.id = id
    location = written.location
    meaning = file.string("meaning")?.value ?? ""
    // The border is for people; reading it makes the key known.
    _ = file.strings("border")
    risk = Int(file.optionalNumber("risk", in: 0...7)?.value ?? 0)
    let yields = file.strings("yields_to")
    yieldsToAll = yields.contains { $0.value == "all" }
    yieldsTo = Set(yields.filter { $0.value != "all" }.compactMap { IntentID($0.value) })
    rules = file.mappings("rules").compactMap(Rule.init(reading:))
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

extension Intent.Rule {
  init?(reading entry: YAMLMapping) {
    all = entry.strings("all")
    none = entry.strings("none")
    inOrder = entry.flag("in_order")
    within = entry.optionalNumber("within", in: 1...100).map { Int($0.value) }
    only = entry.strings("only")
    let weight = entry.number("weight", in: -1...1)
    entry.finish()
    guard let weight else { return nil }
    self.weight = weight.value
    if all.isEmpty {
      entry.report(
        "empty-rule", at: entry.location, "the rule names no concept under 'all'",
        remedy: "name the concepts that must occur together")
      return nil
    }
  }
}

extension Intent.Wording {
  init(reading entry: YAMLMapping, needsLabel: Bool) {
    label = (needsLabel ? entry.string("label") : entry.optionalString("label"))?.value ?? ""
    patterns = entry.mappings("patterns").compactMap { pattern in
      let match = pattern.string("match")
      let weight = pattern.number("weight", in: -1...1)
      pattern.finish()
      guard let match, let weight else { return nil }
      return (match, weight.value)
    }
    if let list = entry.optionalMapping("keywords") {
      keywords = list.entries.compactMap { key in
        list.number(key.value, in: -1...1).map { (key, $0.value) }
      }
    } else {
      keywords = []
    }
    examples = entry.strings("examples")
    counterExamples = entry.strings("counter_examples")
    entry.finish()
  }
}
