internal import Diagnostics
package import Language

/// A keyword that an intent does not have, and might.
package struct TrialKeyword: Sendable, Hashable {
  /// The keyword, as it would stand in the intent's file.
  package let text: String
  /// Its points.
  package let points: Double
  /// The intent.
  package let intent: IntentID
  /// The language.
  package let locale: LocaleTag

  /// Describes a keyword.
  /// - Parameters:
  ///   - text: the keyword, as it would stand in the intent's file.
  ///   - points: its points.
  ///   - intent: the intent.
  ///   - locale: the language.
  package init(_ text: String, points: Double, for intent: IntentID, in locale: LocaleTag) {
    self.text = text
    self.points = points
    self.intent = intent
    self.locale = locale
  }
}

extension Classifier {
  /// The same rules and one keyword more, read as if its intent's file had it.
  ///
  /// All tables together take seconds to make; this keeps them, and puts the keyword beside them.
  /// - Parameter keyword: the keyword.
  /// - Returns: the rules; nil for what can be no keyword, and for an intent or language that they
  ///   do not have.
  package func adding(_ keyword: TrialKeyword) -> Classifier? {
    guard let language = locales.firstIndex(of: keyword.locale),
      let intent = intents.firstIndex(where: { $0.id == keyword.intent })
    else { return nil }
    let rule = Vocabulary.Keyword(intent: intent, points: keyword.points, text: keyword.text)
    return try? with(rule, lexicons[language].forms(of: keyword.text), in: language)
  }

  /// The folded words of a keyword, in all its spellings.
  package func words(of keyword: TrialKeyword) -> Set<[UInt8]> {
    guard let language = locales.firstIndex(of: keyword.locale) else { return [] }
    return Set(
      lexicons[language].forms(of: keyword.text).flatMap { form in
        form.split(separator: UInt8(ascii: " ")).map { Array($0) }
      })
  }

  /// The folded small words of a language, which nearly every text has.
  package func smallWords(of locale: LocaleTag) -> Set<[UInt8]> {
    guard let language = locales.firstIndex(of: locale) else { return [] }
    let lexicon = lexicons[language]
    return Set(lexicon.functionWords.flatMap { lexicon.forms(of: $0.value) })
  }

  /// Whether a word of a message may be read otherwise once a keyword has another word: where it is
  /// that word, a slip away from it, or ends in it, behind a syllable that denies.
  ///
  /// A message without such a word is read as before, for keywords of whole words.
  package static func mayDepend(_ word: [UInt8], on other: [UInt8]) -> Bool {
    guard word.count + 1 >= other.count else { return false }
    return word.suffix(other.count).elementsEqual(other)
      || Spelling.isSlip(word[...], other[...])
  }
}
