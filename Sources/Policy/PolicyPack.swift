internal import Commerce
public import Diagnostics
internal import Language
internal import Patterns

/// The rules of one file of `Policies/`: a marketplace's, a law's, or the house's own.
///
/// The expressions of every locale are tried on every text: a violation in another language than
/// the conversation's is one too.
public struct PolicyPack: Sendable {
  let rules: [Rule]
  let links: LinkRules?
  let reading: ReadingRules?
  /// What each language is told by.
  let languages: [LocaleTag: LanguageContrast.Wording]
  /// The words of a language that rules of all packs are written with.
  let lexicon: PolicyLexicon?
  /// What the hints of all languages come to.
  let weighing: Weighing.Scale?

  /// Reads a pack.
  /// - Parameter source: the file.
  /// - Throws: `InvalidFiles` with everything that is wrong in it.
  public init(_ source: SourceText) throws(InvalidFiles) { try self.init(YAMLReader(source)) }

  /// Reads a pack.
  /// - Parameter reader: what reads the file.
  /// - Throws: `InvalidFiles` with everything that is wrong in it.
  package init(_ reader: YAMLReader) throws(InvalidFiles) {
    var rules: [Rule] = []
    var links: LinkRules?
    var reading: ReadingRules?
    var languages: [LocaleTag: LanguageContrast.Wording] = [:]
    var lexicon: PolicyLexicon?
    var weighing: Weighing.Scale?
    if let file = reader.root {
      _ = file.string("pack")
      _ = file.optionalString("title")
      lexicon = file.optionalString("language").map {
        PolicyLexicon(reading: file, language: $0)
      }
      rules = file.mappings("rules").compactMap { Rule(reading: $0) }
      links = file.optionalMapping("links").map(LinkRules.init(reading:))
      reading = file.optionalMapping("reading").map(ReadingRules.init(reading:))
      weighing = file.optionalMapping("weighing").flatMap(Weighing.Scale.init(reading:))
      let wording = LanguageContrast.Wording(
        functionWords: file.strings("function_words").map(\.value),
        letters: file.optionalString("letters")?.value)
      if let locale = lexicon?.locale, !wording.functionWords.isEmpty {
        languages[locale] = wording
      }
      file.finish()
      let others = Set(rules.map(\.id))
      if others.count < rules.count {
        var seen: Set<String> = []
        for rule in rules where !seen.insert(rule.id).inserted {
          file.report(
            "duplicate-rule", at: rule.location, "the rule '\(rule.id)' stands twice in this file",
            remedy: "put both into one")
        }
      }
    }
    if let error = InvalidFiles(reader.diagnostics) { throw error }
    self.rules = rules
    self.links = links
    self.reading = reading
    self.languages = languages
    self.lexicon = lexicon
    self.weighing = weighing
  }
}

/// The keys of a mapping that are locales; others are findings.
func locales(of list: YAMLMapping, orAny: Bool = false) -> [(LocaleTag, Located<String>)] {
  list.entries.compactMap { name in
    if let tag = LocaleTag(name.value), orAny || name.value != "any" { return (tag, name) }
    list.report(
      "invalid-locale", at: name.location, "'\(name.value)' is no language such as 'pl'",
      remedy: orAny ? "write 'any' for all languages" : nil)
    return nil
  }
}
