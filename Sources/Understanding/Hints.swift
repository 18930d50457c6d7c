public import Diagnostics
internal import Language
internal import Patterns

/// What single words and pairs of words of one language say about the intents beside all concepts: the `intents` of
/// one file of `Hints/`.
///
/// They are fitted to labelled messages, so that they are read in the same way: a hint counts where its words
/// stand, once a message, whether something denies it or not, and the less the more hints there are. It is no
/// sign of the language, and none that a word is spelt right. A bot without an intent has no use for its hints.
public struct Hints: Sendable {
  /// What one thing may count, before the others are counted.
  private static let bounds = -20.0...20.0

  let locale: LocaleTag
  /// The words that say something about each intent, with their points.
  let intents: [(name: String, words: [(entry: Located<String>, points: Double)])]

  /// Reads hints.
  /// - Parameters:
  ///   - file: the file's mapping; faults go to its reader. What it says about policies is read where they are.
  ///   - name: the file's name without its ending, which must be the locale.
  public init?(reading file: YAMLMapping, named name: String) {
    guard let locale = Lexicon.locale(of: file, named: name) else { return nil }
    self.locale = locale
    intents =
      file.optionalMapping("intents").map { list in
        list.entries.compactMap { intent in
          list.mapping(intent.value).map { words in
            let points = words.entries.compactMap { word in
              words.number(word.value, in: Self.bounds).map { (entry: word, points: $0.value) }
            }
            return (intent.value, points)
          }
        }
      } ?? []
  }
}

extension HintTable {
  /// Puts the hints of a language into one table.
  /// - Parameters:
  ///   - hints: those of all languages.
  ///   - lexicon: the language.
  ///   - intents: the intents; shares refer to them by their place.
  ///   - found: receives every fault.
  init(of hints: [Hints], in lexicon: Lexicon, _ intents: [Intent], _ found: inout [Diagnostic]) {
    var builder = HintTableBuilder()
    let targets = Dictionary(
      uniqueKeysWithValues: zip(intents.map(\.id.description), intents.indices))
    for (intent, words) in hints.filter({ $0.locale == lexicon.locale }).flatMap(\.intents) {
      guard let target = targets[intent] else { continue }
      for (entry, points) in words {
        do throws(KeywordError) {
          try builder.insert(
            entry.value, forms: lexicon.forms(of: entry.value), target: target, points: points)
        } catch {
          found.append(.unusable(entry, as: "hint", because: error.message))
        }
      }
    }
    self = builder.table
  }
}
