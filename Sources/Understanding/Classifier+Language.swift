internal import Foundation
public import Language
internal import Patterns

extension Classifier {
  /// How much a text speaks for each language.
  package struct LanguageScore: Sendable, Hashable {
    /// The language.
    package let locale: LocaleTag
    /// What speaks for it: a word or letter that no other language has counts 1, one that all have
    /// counts nothing.
    package let score: Double
    /// How many words the language knows.
    package let knownWords: Int
  }

  /// How strongly each kind of sign speaks.
  private enum Strength {
    static let functionWord = 1.0
    static let concept = 0.6
    static let letter = 0.8
    /// Letters that follow each other, for each unit of likelihood, and how much one word may say.
    static let sequence = 0.15
    static let mostOfSequences = 6.0
    /// What is expected anyway needs less to be believed.
    static let prior = 0.35
    /// With less of a lead a word or two decide nothing.
    static let lead = 0.25
  }

  /// Tells the language of a message from its small words, its letters and the words that rules
  /// know.
  /// - Parameters:
  ///   - utterance: the message.
  ///   - prior: the language that is expected, from what came before or from the channel.
  /// - Returns: one of the bot's languages, or why none.
  /// - Complexity: O(n) in the text's length.
  public func language(
    of utterance: Utterance, expecting prior: LocaleTag? = nil
  ) -> LanguageDetector.Verdict {
    language(of: utterance, sightings(in: utterance), expecting: prior)
  }

  /// The words of a message that mean something in any language.
  package func sightings(in utterance: Utterance) -> Sightings {
    vocabulary.sightings(in: utterance.folded)
  }

  /// Tells the language of a message whose words have been looked up.
  package func language(
    of utterance: Utterance, _ sightings: Sightings, expecting prior: LocaleTag?
  ) -> LanguageDetector.Verdict {
    let (scores, words) = languageScores(of: utterance, sightings, expecting: prior)
    guard words > 0, let best = scores.first else { return .unknown }
    if best.knownWords == 0 { return words >= 3 ? .foreign : .unknown }
    // In longer texts of a language it knows at least every fourth word or so.
    if words >= 5, best.knownWords * 5 < words { return .foreign }
    // A sentence is decided by what little there is; a word or two need a lead before the language
    // that is expected. Between two others the better one is better than one that knows nothing.
    let lead = words >= 4 ? 0 : Strength.lead
    let expected = prior.flatMap { prior in scores.first { $0.locale == prior } }
    let rival = expected ?? scores.dropFirst().first
    if best.locale == prior { return .certain(best.locale) }
    return best.score - (rival?.score ?? 0) > lead ? .certain(best.locale) : .unknown
  }

  /// How much a text speaks for each language, most first, and how many words it has.
  package func languageScores(
    of utterance: Utterance, _ sightings: Sightings, expecting prior: LocaleTag? = nil
  ) -> (scores: [LanguageScore], words: Int) {
    let bytes = utterance.folded.bytes
    let words = ReadingPass.words(of: bytes)
    // For each word the languages in which it is a small word, and those in which it is known.
    var small = Array(repeating: LanguageSet(), count: words.count)
    var known = Array(repeating: LanguageSet(), count: words.count)
    var next = 0
    for (range, signal) in sightings.found {
      while next < words.count, words[next].upperBound <= range.lowerBound { next += 1 }
      if next > 0, words[next - 1].upperBound > range.lowerBound { next -= 1 }
      while next > 0, words[next].lowerBound > range.lowerBound { next -= 1 }
      switch signal.meaning {
      case .functionWord, .deniesFollowing, .deniesPreceding: small[next].insert(signal.language)
      case .known: break
      default:
        var index = next
        while index < words.count, words[index].lowerBound < range.upperBound {
          known[index].insert(signal.language)
          index += 1
        }
      }
    }
    var scores = locales.map { $0 == prior ? Strength.prior : 0 }
    var counts = locales.map { _ in 0 }
    let rarities = (0...locales.count).map(rarity)
    for index in words.indices {
      let all = small[index].union(known[index])
      let (rare, common) = (rarities[small[index].count], rarities[all.count])
      small[index].forEach { scores[$0] += Strength.functionWord * rare }
      known[index].subtracting(small[index]).forEach { scores[$0] += Strength.concept * common }
      all.forEach { counts[$0] += 1 }
    }
    // Sorted, because sums of fractions depend on their order.
    let isPlain = utterance.text.utf8.allSatisfy { $0 < 0x80 }
    let written = isPlain ? [] : utterance.text.lowercaseScalars
    for letter in Set(written.lazy.filter { !$0.isASCII }).sorted() {
      guard let languages = vocabulary.letters[letter] else { continue }
      for language in languages { scores[language] += Strength.letter * rarities[languages.count] }
    }
    addSpelling(of: utterance, written, words, to: &scores)
    let list = locales.indices.map {
      LanguageScore(locale: locales[$0], score: scores[$0], knownWords: counts[$0])
    }
    // Numbers and pictures are of no language.
    let spoken = words.count { range in
      bytes[range].contains { $0 >= UInt8(ascii: "a") }
        && bytes[range].first.map { $0 < 0xE2 } ?? false
        && !bytes[range].contains { $0 <= UInt8(ascii: "9") }
    }
    return (list.sorted { ($1.score, $0.locale) < ($0.score, $1.locale) }, spoken)
  }

  /// Adds how likely each word's letters are in each language: as written where the writer uses
  /// diacritics, else without them.
  private func addSpelling(
    of utterance: Utterance, _ written: [Unicode.Scalar], _ words: [Range<Int>],
    to scores: inout [Double]
  ) {
    var likely = scores
    func add() {
      let highest = likely.max() ?? 0
      for language in locales.indices {
        scores[language] +=
          Strength.sequence * max(likely[language] - highest, -Strength.mostOfSequences)
      }
    }
    if written.contains(where: { !$0.isASCII && $0.properties.isAlphabetic }) {
      for word in written.split(whereSeparator: { !$0.isOfWord }) {
        vocabulary.writtenSequences.tellLikelihoods(of: word.lazy.map(\.value), in: &likely)
        add()
      }
      return
    }
    let bytes = utterance.folded.bytes
    for word in words where !bytes[word].contains(where: { $0 <= UInt8(ascii: "9") }) {
      vocabulary.foldedSequences.tellLikelihoods(of: bytes[word].lazy.map(UInt32.init), in: &likely)
      add()
    }
  }

  /// Some of the bot's languages, by their place in the list: one bit each.
  private struct LanguageSet {
    private var bits: UInt64 = 0

    var count: Int { bits.nonzeroBitCount }

    mutating func insert(_ language: Int) { bits |= 1 << UInt64(language) }

    func union(_ other: LanguageSet) -> LanguageSet { with { $0.bits | other.bits } }

    func subtracting(_ other: LanguageSet) -> LanguageSet { with { $0.bits & ~other.bits } }

    private func with(_ bits: (LanguageSet) -> UInt64) -> LanguageSet {
      var set = self
      set.bits = bits(self)
      return set
    }

    func forEach(_ body: (Int) -> Void) {
      var rest = bits
      while rest != 0 {
        body(rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  /// How much a sign says that so many languages share: 1 for one, 0 for all.
  private func rarity(_ sharing: Int) -> Double {
    guard locales.count > 1 else { return 1 }
    return log(Double(locales.count) / Double(sharing)) / log(Double(locales.count))
  }
}

extension Unicode.Scalar {
  /// Whether it is a letter, or a mark on one.
  fileprivate var isOfWord: Bool {
    isASCII
      ? (97...122).contains(value | 0x20)
      : properties.isAlphabetic || properties.generalCategory == .nonspacingMark
  }
}
