internal import Commerce
internal import Diagnostics
internal import Language
internal import Patterns

extension PolicyPack.Rule {
  /// Reads a rule.
  /// - Parameter entry: the rule's mapping; faults go to its reader.
  init?(reading entry: YAMLMapping) {
    let id = entry.string("id")
    reportsAs = entry.optionalString("reports_as")?.value
    title = entry.string("title")?.value ?? ""
    if !entry.has("action") { _ = entry.string("action") }
    let action: PolicyFinding.Action? = entry.optionalChoice("action")
    message = entry.string("message")?.value ?? ""
    source = entry.string("source")?.value ?? ""
    let date = entry.string("source_date")
    if let date, CalendarDay(date.value) == nil {
      entry.report(
        "invalid-date", at: date.location, "'\(date.value)' is no date such as '2026-11-20'")
    }
    sourceDate = date?.value ?? ""
    scope = entry.optionalMapping("applies").map(PolicyPack.Scope.init(reading:)) ?? .init()
    detectors = Self.detectors(of: entry, "detectors")
    blocking = Self.detectors(of: entry, "blocks")
    var locales: [String] = []
    func list(_ key: String, _ read: (YAMLMapping) -> (patterns: [Pattern], locales: [String]))
      -> [Pattern]
    {
      guard let found = entry.optionalMapping(key).map(read) else { return [] }
      if key != "unless" { locales += found.locales }
      return found.patterns
    }
    patterns = list("phrases", Expressions.phrases) + list("patterns", Expressions.patterns)
    exceptions = list("unless", Expressions.patterns)
    combinations = entry.mappings("when").map(PolicyPack.Combination.init(reading:))
    excepted = entry.strings("except")
    exceptedNearby = entry.strings("except_nearby")
    exceptedAnywhere = entry.strings("except_anywhere")
    context = entry.optionalMapping("context").flatMap(ContextRule.init(reading:))
    removes = entry.optionalChoice("removes") ?? .sentence
    violates = Self.examples(of: entry, "violates")
    complies = Self.examples(of: entry, "complies")
    self.locales = Set(locales).sorted()
    location = id?.location ?? entry.location
    entry.finish()
    guard let id, let action else { return nil }
    self.id = id.value
    self.action = action
    let finders = ["detectors", "blocks", "phrases", "patterns", "when", "context"]
    if !finders.contains(where: { entry.has($0) }) {
      entry.report(
        "empty-rule", at: location, "the rule '\(id.value)' looks for nothing",
        remedy: "give it 'when', 'phrases', 'patterns', 'detectors' or 'context'")
    }
  }

  private static func detectors(of entry: YAMLMapping, _ key: String) -> [Detector] {
    entry.strings(key).compactMap { name in
      if let detector = Detector(rawValue: name.value) { return detector }
      let known = Detector.allCases.map(\.rawValue)
      entry.report(
        "unknown-detector", at: name.location, "there is no detector '\(name.value)'",
        remedy: nearest(to: name.value, among: known).map { "did you mean '\($0)'?" }
          ?? "known: \(known.joined(separator: ", "))")
      return nil
    }
  }

  private static func examples(of entry: YAMLMapping, _ key: String) -> [PolicyPack.Example] {
    guard let lists = entry.optionalMapping(key) else { return [] }
    return Policy.locales(of: lists).flatMap { locale, name in
      lists.strings(name.value).map { PolicyPack.Example(locale: locale, text: $0) }
    }
  }
}

extension PolicyPack.Scope {
  fileprivate init(reading applies: YAMLMapping) {
    func words(_ key: String, known: [String]? = nil) -> Set<String> {
      let written = applies.strings(key)
      for word in written where known?.contains(word.value) == false {
        applies.report(
          "unknown-value", at: word.location, "'\(word.value)' is not a value of '\(key)'",
          remedy: known.map { "known: \($0.joined(separator: ", "))" })
      }
      return Set(written.map(\.value))
    }
    platformOnly = applies.flag("platform")
    channels = words("channels")
    marketplaces = words("marketplaces")
    kinds = words("kinds", known: Occasion.Kind.allCases.map(\.rawValue))
    authors = words("authors", known: Occasion.Author.allCases.map(\.rawValue))
    locales = words("locales")
    threads = words("threads", known: ["discussion", "claim", "ticket", "message"])
    applies.finish()
  }
}
