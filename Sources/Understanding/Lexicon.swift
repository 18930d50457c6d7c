public import Diagnostics
public import Language

/// The words of one language, in named groups that intents are written with: the content of one
/// file of `Concepts/`.
///
/// A new language is a new lexicon.
public struct Lexicon: Sendable {
  /// Words that deny what stands near them.
  struct Negation: Sendable {
    /// Words that deny what follows: "not arrived".
    var before: [Located<String>] = []
    /// Words that deny what they follow: "funktioniert nicht".
    var after: [Located<String>] = []
    /// Syllables that deny the word they are written with: "nedorazil".
    var prefixes: [[UInt8]] = []
  }

  /// The language.
  public let locale: LocaleTag
  /// Where the file begins.
  let location: SourceLocation
  /// Words that nearly every text of the language contains.
  let functionWords: YAMLTexts
  /// Words that are neither function words nor concepts, and are yet spelt right.
  let otherWords: YAMLTexts
  /// What a letter may be written as without diacritics: ü as ue.
  let spellings: [Character: String]
  let negation: Negation
  /// Phrases at which a second question begins.
  let clauseBreaks: [Located<String>]
  /// How the language speaks of days.
  let dates: DateWords
  /// How lines begin or end after which a message is no longer the buyer's own.
  let marks: QuotationMarks
  /// Words, beginnings of words (`paczk*`) and phrases, by the name of their concept.
  let concepts: [String: YAMLTexts]
  /// The concepts by name, so that everything made of them is the same in every run.
  var sortedConcepts: [(key: String, value: YAMLTexts)] {
    concepts.sorted { $0.key < $1.key }
  }

  /// Reads a lexicon.
  /// - Parameters:
  ///   - file: the file's mapping; faults go to its reader.
  ///   - name: the file's name without its ending, which must be the locale.
  public init?(reading file: YAMLMapping, named name: String) {
    guard let locale = Self.locale(of: file, named: name) else { return nil }
    self.locale = locale
    location = file.location
    functionWords = file.texts("function_words")
    otherWords = file.texts("other_words")
    spellings = Self.spellings(file)
    clauseBreaks = file.strings("clause_breaks")
    var negation = Negation()
    if let entry = file.optionalMapping("negation") {
      negation.before = entry.strings("before")
      negation.after = entry.strings("after")
      negation.prefixes = entry.strings("prefixes").map { Folding.keyword($0.value) }
      entry.finish()
    }
    self.negation = negation
    var marks = QuotationMarks()
    if let entry = file.optionalMapping("quotation") {
      marks.introductions = entry.strings("introductions").map { Folding.keyword($0.value) }
      marks.headers = entry.strings("headers").map { Folding.keyword($0.value) }
      marks.footers = entry.strings("footers").map { Folding.keyword($0.value) }
      entry.finish()
    }
    self.marks = marks
    dates = file.optionalMapping("dates").map(DateWords.init(reading:)) ?? DateWords()
    var concepts: [String: YAMLTexts] = [:]
    if let list = file.mapping("concepts") {
      for entry in list.entries { concepts[entry.value] = list.texts(entry.value) }
    }
    self.concepts = concepts
    file.finish()
  }

  /// The language that a file is written for, which must be its name.
  static func locale(of file: YAMLMapping, named name: String) -> LocaleTag? {
    guard let written = file.string("locale") else { return nil }
    if written.value == name, let locale = LocaleTag(written.value) { return locale }
    file.report(
      "wrong-name", at: written.location,
      "'\(written.value)' is not the name of this file, '\(name)'",
      remedy: "name the file after its locale")
    return nil
  }

  private static func spellings(_ file: YAMLMapping) -> [Character: String] {
    guard let list = file.optionalMapping("spellings") else { return [:] }
    var spellings: [Character: String] = [:]
    for entry in list.entries {
      guard let letter = entry.value.first, entry.value.count == 1 else {
        file.report(
          "invalid-spelling", at: entry.location, "'\(entry.value)' is not one letter")
        continue
      }
      if let other = list.optionalString(entry.value) { spellings[letter] = other.value }
    }
    return spellings
  }

  /// The kind of entity that an entry stands for: `{order_number}` for every order number.
  /// - Parameter entry: an entry of a concept.
  /// - Returns: the kind, or nil for words.
  static func entityKind(of entry: String) -> Entity.Kind? {
    guard entry.hasPrefix("{"), entry.hasSuffix("}") else { return nil }
    return Entity.Kind(rawValue: String(entry.dropFirst().dropLast()))
  }

  /// The folded forms of an entry: as it is written, and where the language knows another spelling
  /// of its letters, in that one.
  /// - Parameter entry: a word or phrase.
  /// - Returns: one or two folded keywords.
  func forms(of entry: String) -> [[UInt8]] {
    let folded = Folding.keyword(entry)
    guard !spellings.isEmpty, entry.contains(where: { !$0.isASCII }) else { return [folded] }
    let other = Folding.keyword(respelt(entry) { $0 })
    return folded == other ? [folded] : [folded, other]
  }

  private func respelt(_ text: String, _ form: (String) -> String) -> String {
    guard !spellings.isEmpty else { return text }
    return text.lowercased().map { letter in
      spellings[letter].map(form) ?? String(letter)
    }.joined()
  }

  /// A pattern with its letters folded and each `{concept}` replaced by the concept's words.
  /// - Parameter pattern: an expression over folded text.
  /// - Returns: the expression, or the concept that the lexicon lacks.
  func expanding(_ pattern: String) -> Result<String, UnknownConcept> {
    var result = ""
    let respelt = respelt(pattern) { other in
      "(?:\(other.first.map(String.init) ?? "")|\(other))"
    }
    var rest = Folding.pattern(respelt)[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      let name = rest[rest.index(after: open)...].prefix { $0 == "_" || $0.isLowercase }
      let close = name.endIndex
      if !name.isEmpty, close < rest.endIndex, rest[close] == "}" {
        guard let entries = concepts[String(name)] else {
          return .failure(UnknownConcept(name: String(name)))
        }
        result += alternatives(entries.map(\.value))
        rest = rest[rest.index(after: close)...]
      } else {
        result += "{"
        rest = rest[rest.index(after: open)...]
      }
    }
    return .success(result + rest)
  }

  private func alternatives(_ entries: [String]) -> String {
    let words = entries.filter { Self.entityKind(of: $0) == nil }.flatMap { entry in
      forms(of: entry).map { form in
        String(decoding: form, as: UTF8.self)
          .replacing(" .. ", with: "(?: [^ ]+){0,\(3)} ")
          .replacing("*", with: "[^ ]*")
      }
    }
    return "(?:" + words.joined(separator: "|") + ")"
  }

  struct UnknownConcept: Error { let name: String }
}
