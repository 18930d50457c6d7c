// Foundation for Unicode's canonical composition, which the standard library keeps to itself.
internal import Foundation

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

  private let locales: [LocaleTag]
  /// For each small word the languages that it is one of, by their place in the list.
  private let words: WordTable<[Int]>
  /// For each letter that only one language has, that language.
  private let letters: [Unicode.Scalar: Int]

  /// Makes a detector.
  /// - Parameter functionWords: for each language words that nearly every text of it contains, unfolded.
  public init(functionWords: [LocaleTag: [String]]) {
    locales = functionWords.keys.sorted()
    var words = WordTable<[Int]>()
    var users: [Unicode.Scalar: Set<Int>] = [:]
    for (index, locale) in locales.enumerated() {
      let own = functionWords[locale] ?? []
      for word in Set(own.map { Folding.keyword($0) }) {
        words[word[...]] = (words[word[...]] ?? []) + [index]
      }
      for letter in Set(own.joined().lowercased().unicodeScalars) where !letter.isASCII {
        users[letter, default: []].insert(index)
      }
    }
    self.words = words
    letters = users.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  /// How much of a text speaks for each language: small words, and letters of its own.
  /// - Parameter utterance: the text.
  /// - Returns: how many words speak for which language, most first, and how many words there are.
  /// - Complexity: O(n) in the text's length.
  public func scores(of utterance: Utterance) -> (
    languages: [(locale: LocaleTag, score: Int)], words: Int
  ) {
    var count = 0
    var small = locales.map { _ in 0 }
    let bytes = utterance.folded.bytes
    var start = 0
    while start < bytes.count {
      var end = start
      var isNumber = false
      while end < bytes.count, bytes[end] != UInt8(ascii: " ") {
        isNumber = isNumber || (48...57).contains(bytes[end])
        end += 1
      }
      if end > start, !isNumber {
        count += 1
        for index in words[bytes[start..<end]] ?? [] { small[index] += 1 }
      }
      start = end + 1
    }
    var own = locales.map { _ in 0 }
    // A letter and its mark may be written apart.
    let text =
      utterance.text.unicodeScalars.contains { (0x300...0x36F).contains($0.value) }
      ? utterance.text.precomposedStringWithCanonicalMapping : utterance.text
    for scalar in text.unicodeScalars where !scalar.isASCII {
      if let index = letters[scalar] ?? scalar.lowered.flatMap({ letters[$0] }) { own[index] += 1 }
    }
    let languages = locales.indices.map { index in
      // A letter of its own weighs as much as a word.
      (locale: locales[index], score: small[index] + min(own[index], count))
    }
    return (languages.sorted { $0.score > $1.score }, count)
  }

  /// Judges a text.
  /// - Parameter utterance: the message.
  /// - Returns: the language, or why there is none.
  /// - Complexity: O(n) in the text's length.
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

extension Unicode.Scalar {
  /// The letter in lower case, where that is another single one.
  fileprivate var lowered: Unicode.Scalar? {
    guard properties.isUppercase else { return nil }
    let mapping = properties.lowercaseMapping.unicodeScalars
    return mapping.count == 1 ? mapping.first : nil
  }
}
