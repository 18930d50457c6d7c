internal import Commerce
public import Diagnostics
internal import Language
internal import Patterns

/// The rules of one file of `Policies/`: a marketplace's, a law's, or the house's own.
public struct PolicyPack: Sendable {
  /// A rule as its author wrote it, with its expressions compiled.
  struct Rule: Sendable {
    let id: String
    let action: PolicyFinding.Action
    let message: String
    let source: String
    let scope: Scope
    let detectors: [Detector]
    let patterns: [Pattern]
    /// A sentence with one of these is no violation: a negation, a warning, another sense.
    let exceptions: [Pattern]
    let removes: Removal
    let violates: [(locale: LocaleTag, text: Located<String>)]
    let complies: [(locale: LocaleTag, text: Located<String>)]
  }

  /// Where a rule holds; what is empty does not restrict it.
  struct Scope: Sendable {
    var platformOnly = false
    var channels: Set<String> = []
    var kinds: Set<String> = []
    var authors: Set<String> = []

    func holds(for occasion: Occasion) -> Bool {
      let places = [occasion.channel, occasion.marketplace].compactMap { $0?.description }
      return (!platformOnly || occasion.isPlatformMessage)
        && (channels.isEmpty || !channels.isDisjoint(with: places))
        && (kinds.isEmpty || kinds.contains(occasion.kind.rawValue))
        && (authors.isEmpty || authors.contains(occasion.author.rawValue))
    }
  }

  /// What is taken away where a rule redacts.
  enum Removal: String, CaseIterable, Sendable {
    /// The sentence, or the brackets, that the offending part stands in.
    case sentence
    /// The offending part alone: where a text without it is still whole.
    case match
    /// All but two line ends.
    case lineBreaks = "line_breaks"
  }

  let rules: [Rule]
  let links: LinkRules?
  /// Small words of each language, by which a text's language is told.
  let languages: [LocaleTag: [String]]

  /// Reads a pack.
  /// - Parameter source: the file.
  /// - Throws: `InvalidFiles` with everything that is wrong in it.
  public init(_ source: SourceText) throws(InvalidFiles) {
    let reader = YAMLReader(source)
    var rules: [Rule] = []
    var links: LinkRules?
    var languages: [LocaleTag: [String]] = [:]
    if let file = reader.root {
      _ = file.string("pack")
      _ = file.optionalString("title")
      let words = file.optionalMapping("words")
      let macros = Dictionary(
        (words?.entries ?? []).compactMap { name in
          words?.optionalString(name.value).map { (name.value, $0.value) }
        }, uniquingKeysWith: { first, _ in first })
      rules = file.mappings("rules").compactMap { Rule(reading: $0, macros: macros) }
      links = file.optionalMapping("links").map(LinkRules.init(reading:))
      if let list = file.optionalMapping("languages") {
        for name in list.entries {
          if let tag = LocaleTag(name.value) {
            languages[tag] = list.strings(name.value).map(\.value)
          }
        }
      }
      file.finish()
    }
    if let error = InvalidFiles(reader.diagnostics) { throw error }
    self.rules = rules
    self.links = links
    self.languages = languages
  }
}

extension PolicyPack.Rule {
  /// Reads a rule.
  /// - Parameters:
  ///   - entry: the rule's mapping; faults go to its reader.
  ///   - macros: parts of expressions by name; `{name}` stands for one.
  fileprivate init?(reading entry: YAMLMapping, macros: [String: String]) {
    let id = entry.string("id")
    _ = entry.string("title")
    let action: PolicyFinding.Action? = entry.optionalChoice("action")
    if action == nil, !entry.has("action") {
      entry.report("missing-key", at: entry.location, "the key 'action' is missing here")
    }
    message = entry.string("message")?.value ?? ""
    source = entry.string("source")?.value ?? ""
    if let date = entry.string("source_date"), CalendarDay(date.value) == nil {
      entry.report(
        "invalid-date", at: date.location, "'\(date.value)' is no date such as '2026-11-20'")
    }
    var scope = PolicyPack.Scope()
    if let applies = entry.optionalMapping("applies") {
      scope.platformOnly = applies.flag("platform")
      scope.channels = Set(applies.strings("channels").map(\.value))
      scope.kinds = Set(applies.strings("kinds").map(\.value))
      scope.authors = Set(applies.strings("authors").map(\.value))
      applies.finish()
    }
    self.scope = scope
    detectors = entry.strings("detectors").compactMap { name in
      if let detector = Detector(rawValue: name.value) { return detector }
      let known = Detector.allCases.map(\.rawValue)
      entry.report(
        "unknown-detector", at: name.location, "there is no detector '\(name.value)'",
        remedy: nearest(to: name.value, among: known).map { "did you mean '\($0)'?" }
          ?? "known: \(known.joined(separator: ", "))")
      return nil
    }
    func expressions(_ key: String) -> [Pattern] {
      guard let lists = entry.optionalMapping(key) else { return [] }
      return lists.entries.flatMap { locale in lists.strings(locale.value) }.compactMap { written in
        var source = Folding.pattern(written.value)
        for (name, value) in macros {
          source = source.replacing("{\(name)}", with: "(?:\(Folding.pattern(value)))")
        }
        do throws(PatternError) {
          return try Pattern(source)
        } catch {
          entry.report(
            "invalid-pattern", at: written.location,
            "'\(written.value)' is not a pattern: \(error)")
          return nil
        }
      }
    }
    patterns = expressions("patterns")
    exceptions = expressions("unless")
    removes = entry.optionalChoice("removes") ?? .sentence
    func examples(_ key: String) -> [(locale: LocaleTag, text: Located<String>)] {
      guard let lists = entry.optionalMapping(key) else { return [] }
      return lists.entries.flatMap { name -> [(locale: LocaleTag, text: Located<String>)] in
        guard let locale = LocaleTag(name.value) else { return [] }
        return lists.strings(name.value).map { (locale, $0) }
      }
    }
    violates = examples("violates")
    complies = examples("complies")
    entry.finish()
    guard let id, let action else { return nil }
    self.id = id.value
    self.action = action
  }
}
