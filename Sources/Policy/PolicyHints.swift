public import Diagnostics
internal import Language

/// What single words and pairs of words of one language say about the rules, or for a lawful text: the
/// `policies` of one file of `Hints/`.
///
/// `any.yaml` holds what concepts say in every language.
/// They are fitted to labelled texts; see `Weighing`. Where there is no such rule, nothing is made of its hints.
public struct PolicyHints: Sendable {
  /// What one thing may count.
  private static let bounds = -20.0...20.0

  let locale: LocaleTag
  /// The words by rule; for `lawful`, that there is nothing wrong.
  let rules: [Rule]

  typealias Rule = (rule: Located<String>, words: [(entry: Located<String>, points: Double)])

  /// Reads hints; nil where the file has none about rules.
  /// - Parameters:
  ///   - file: the file's mapping; faults go to its reader.
  ///   - name: the file's name without its ending: the language.
  public init?(reading file: YAMLMapping, named name: String) {
    guard let locale = LocaleTag(name), let list = file.optionalMapping("policies") else {
      return nil
    }
    self.locale = locale
    rules = list.entries.compactMap { rule in
      list.mapping(rule.value).map { words in
        let points = words.entries.compactMap { word in
          words.number(word.value, in: Self.bounds).map { (entry: word, points: $0.value) }
        }
        return (rule, points)
      }
    }
  }
}
