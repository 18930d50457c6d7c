internal import Diagnostics
internal import Patterns

/// What single words of one language say about the intents beside all concepts.
///
/// They are fitted to labelled messages, word by word, so that they are read in the same way: a hint
/// counts where its word stands, once a message, whether something denies it or not. It is no sign of the
/// language, and none that a word is spelt right.
extension HintTable {
  /// Puts the hints of a language into one table.
  /// - Parameters:
  ///   - lexicon: the language.
  ///   - intents: the intents; shares refer to them by their place.
  ///   - found: receives every fault.
  init(of lexicon: Lexicon, _ intents: [Intent], _ found: inout [Diagnostic]) {
    var builder = HintTableBuilder()
    for (index, intent) in intents.enumerated() {
      for (entry, points) in intent.wordings[lexicon.locale]?.hints ?? [] {
        do throws(KeywordError) {
          try builder.insert(
            entry.value, forms: lexicon.forms(of: entry.value), target: index, points: points)
        } catch {
          found.append(.unusable(entry, as: "hint", because: error.message))
        }
      }
    }
    self = builder.table
  }
}
