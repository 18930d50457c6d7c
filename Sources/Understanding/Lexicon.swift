public import Diagnostics
public import Language

/// The words of one language, in named groups that intents are written with: the content of one
/// file of `Concepts/`.
///
/// A new language is a new lexicon.
public struct Lexicon: Sendable {
  /// The language.
  public let locale: LocaleTag
  /// Words that nearly every text of the language contains.
  public let functionWords: [String]
  /// Phrases at which a second question begins.
  let clauseBreaks: [Located<String>]
  /// Words, beginnings of words (`paczk*`) and phrases, by the name of their concept.
  let concepts: [String: [Located<String>]]

  /// Reads a lexicon.
  /// - Parameters:
  ///   - file: the file's mapping; faults go to its reader.
  ///   - name: the file's name without its ending, which must be the locale.
  public init?(reading file: YAMLMapping, named name: String) {
    guard let written = file.string("locale") else { return nil }
    guard let locale = LocaleTag(written.value), written.value == name else {
      file.report(
        "wrong-name", at: written.location,
        "'\(written.value)' is not the name of this file, '\(name)'",
        remedy: "name the file after its locale")
      return nil
    }
    self.locale = locale
    functionWords = file.strings("function_words").map(\.value)
    clauseBreaks = file.strings("clause_breaks")
    var concepts: [String: [Located<String>]] = [:]
    if let list = file.mapping("concepts") {
      for entry in list.entries { concepts[entry.value] = list.strings(entry.value) }
    }
    self.concepts = concepts
    file.finish()
  }

  /// The kind of entity that an entry stands for: `{order_number}` for every order number.
  /// - Parameter entry: an entry of a concept.
  /// - Returns: the kind, or nil for words.
  static func entityKind(of entry: String) -> Entity.Kind? {
    guard entry.hasPrefix("{"), entry.hasSuffix("}") else { return nil }
    return Entity.Kind(rawValue: String(entry.dropFirst().dropLast()))
  }

  /// A pattern with each `{concept}` replaced by the concept's words.
  /// - Parameter pattern: an expression over folded text.
  /// - Returns: the expression, or the concept that the lexicon lacks.
  func expanding(_ pattern: String) -> Result<String, UnknownConcept> {
    var result = ""
    var rest = Folding.pattern(pattern)[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      let name = rest[rest.index(after: open)...].prefix { $0 == "_" || $0.isLowercase }
      let close = name.endIndex
      if !name.isEmpty, close < rest.endIndex, rest[close] == "}" {
        guard let entries = concepts[String(name)] else {
          return .failure(UnknownConcept(name: String(name)))
        }
        let words = entries.filter { Self.entityKind(of: $0.value) == nil }.map { entry in
          String(decoding: Folding.keyword(entry.value), as: UTF8.self)
            .replacing("*", with: "[^ ]*")
        }
        result += "(?:" + words.joined(separator: "|") + ")"
        rest = rest[rest.index(after: close)...]
      } else {
        result += "{"
        rest = rest[rest.index(after: open)...]
      }
    }
    return .success(result + rest)
  }

  struct UnknownConcept: Error { let name: String }
}
