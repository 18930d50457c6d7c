/// Tells in which of the bot's languages a text is written, by the small words that every sentence
/// needs and by letters that only one of the languages has.
public struct LanguageDetector: Sendable {
  /// What was found out about a text's language.
  public enum Verdict: Sendable, Hashable {
    /// It is this one.
    case certain(LocaleTag)
    /// Nothing speaks for one language rather than another: too short, or only names and numbers.
    case unknown
    /// There is enough text, and hardly a word of it belongs to any of the bot's languages.
    case foreign
  }

  private struct Profile: Sendable {
    let locale: LocaleTag
    let words: Set<[UInt8]>
    let letters: Set<Character>
  }

  private let profiles: [Profile]

  /// Makes a detector.
  /// - Parameter functionWords: for each language words that nearly every text of it contains, unfolded.
  public init(functionWords: [LocaleTag: [String]]) {
    let letters = functionWords.mapValues { words in
      Set(words.joined().lowercased().filter { !$0.isASCII })
    }
    profiles = functionWords.keys.sorted().map { locale in
      let others = letters.filter { $0.key != locale }.values
      return Profile(
        locale: locale,
        words: Set((functionWords[locale] ?? []).map { Folding.keyword($0) }),
        letters: (letters[locale] ?? []).filter { letter in !others.contains { $0.contains(letter) }
        })
    }
  }

  /// How much of a text speaks for each language: small words, and letters of its own.
  /// - Parameter utterance: the text.
  /// - Returns: how many words speak for which language, most first, and how many words there are.
  /// - Complexity: O(n) in the text's length for each language.
  public func scores(of utterance: Utterance) -> (
    languages: [(locale: LocaleTag, score: Int)], words: Int
  ) {
    let words = utterance.folded.bytes.split(separator: UInt8(ascii: " ")).filter { word in
      !word.contains { (48...57).contains($0) }
    }
    let characters = utterance.text.lowercased()
    let languages = profiles.map { profile in
      (
        locale: profile.locale,
        // A letter of its own weighs as much as a word.
        score: words.count { profile.words.contains(Array($0)) }
          + min(characters.count { profile.letters.contains($0) }, words.count)
      )
    }
    return (languages.sorted { $0.score > $1.score }, words.count)
  }

  /// Judges a text.
  /// - Parameter utterance: the message.
  /// - Returns: the language, or why there is none.
  /// - Complexity: O(n) in the text's length for each language.
  public func detect(_ utterance: Utterance) -> Verdict {
    let (scores, words) = scores(of: utterance)
    guard words > 0 else { return .unknown }
    guard let best = scores.first, best.score > 0 else { return words >= 3 ? .foreign : .unknown }
    if scores.count > 1, scores[1].score == best.score { return .unknown }
    // In long texts of a bot's language every fourth word or so is a function word.
    if words >= 8, best.score * 8 < words { return .foreign }
    return .certain(best.locale)
  }
}
