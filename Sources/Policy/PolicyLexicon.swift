internal import Diagnostics
internal import Language
internal import Patterns

/// The words of one language that rules are written with: a pack with `language:`.
///
/// Rules name concepts and are written once; a new language is a new lexicon. What one language
/// alone says stands under `wordings`, by rule.
struct PolicyLexicon: Sendable {
  /// What a language adds to one rule.
  struct Wording: Sendable {
    let rule: Located<String>
    /// Phrases that violate by themselves.
    let phrases: [Located<String>]
    /// Phrases that take a clause back.
    let exceptions: [Located<String>]
    let violates: [PolicyPack.Example]
    let complies: [PolicyPack.Example]
  }

  /// Where the language is named.
  let location: SourceLocation
  /// The language; nil where the words are those of every language: names, signs.
  let locale: LocaleTag?
  /// Keywords (`opini*`, `5 gwiazd*`, `zanim .. ocen*`) and expressions between slashes, by concept; the
  /// expressions alone where the file was read before.
  let concepts: [String: [Located<String>]]
  let wordings: [Wording]
  /// What a letter may be written as without diacritics: ü as ue.
  private let spellings: [(letter: Character, other: String)]

  /// Reads a lexicon.
  /// - Parameters:
  ///   - file: the pack's mapping; faults go to its reader.
  ///   - language: its `language`.
  init(reading file: YAMLMapping, language: Located<String>) {
    location = language.location
    locale = language.value == "any" ? nil : LocaleTag(language.value)
    if locale == nil, language.value != "any" {
      file.report(
        "invalid-locale", at: language.location, "'\(language.value)' is no language such as 'pl'",
        remedy: "write 'any' for words of all languages")
    }
    var spellings: [(Character, String)] = []
    if let list = file.optionalMapping("spellings") {
      for entry in list.entries {
        if let letter = entry.value.first, let other = list.string(entry.value) {
          spellings.append((letter, other.value))
        }
      }
    }
    self.spellings = spellings
    var concepts: [String: [Located<String>]] = [:]
    if let list = file.optionalMapping("concepts") {
      for entry in list.entries { concepts[entry.value] = Self.words(of: list, entry.value) }
    }
    self.concepts = concepts
    var wordings: [Wording] = []
    if let list = file.optionalMapping("wordings") {
      for rule in list.entries {
        guard let entry = list.mapping(rule.value) else { continue }
        let locale = self.locale
        func examples(_ key: String) -> [PolicyPack.Example] {
          entry.strings(key).map { PolicyPack.Example(locale: locale, text: $0) }
        }
        wordings.append(
          Wording(
            rule: rule, phrases: Self.words(of: entry, "phrases"),
            exceptions: Self.words(of: entry, "unless"),
            violates: examples("violates"), complies: examples("complies")))
        entry.finish()
      }
    }
    self.wordings = wordings
  }

  /// What languages lack: words for a concept that at least two others have, and that is none of all.
  static func gaps(between lexicons: [PolicyLexicon]) -> [Diagnostic] {
    let languages = Dictionary(grouping: lexicons) { $0.locale?.language }
      .mapValues { parts in Set(parts.flatMap(\.concepts.keys)) }
    let shared = languages[nil] ?? []
    var spread: [String: Int] = [:]
    for (language, names) in languages where language != nil {
      for name in names.subtracting(shared) { spread[name, default: 0] += 1 }
    }
    let expected = Set(spread.filter { $0.value > 1 }.keys)
    return languages.flatMap { language, names -> [Diagnostic] in
      guard let language,
        let place = lexicons.first(where: { $0.locale?.language == language })?.location
      else { return [] }
      return expected.subtracting(names).map { name in
        Diagnostic(
          .warning, code: "missing-concept", at: place,
          "the concept '\(name)' has no words in '\(language)'",
          remedy: "add them under 'concepts'")
      }
    }.sorted { ($0.location, $0.message) < ($1.location, $1.message) }
  }

  /// Keywords and expressions; the expressions alone where the file was read before, since the table of
  /// its keywords is kept.
  private static func words(of list: YAMLMapping, _ key: String) -> [Located<String>] {
    list.wasReadBefore
      ? list.strings(key, beginningWith: UInt8(ascii: "/")) : list.strings(key)
  }

  /// The folded forms of a keyword, with each way of writing its letters.
  func forms(of keyword: String) -> Set<[UInt8]> {
    let respelt = keyword.lowercased().map { letter in
      spellings.first { $0.letter == letter }?.other ?? String(letter)
    }.joined()
    return [Folding.keyword(keyword), Folding.keyword(respelt)]
  }
}
