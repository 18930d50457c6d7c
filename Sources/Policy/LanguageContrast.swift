// Foundation for Unicode's canonical composition, which the standard library keeps to itself.
internal import Foundation
internal import Language
internal import Patterns

/// Tells that a text is not in the language that its reader expects, by the words that other languages have
/// and this one does not.
///
/// A language knows its function words and the words of its hints, and no word with a letter that it does not
/// write. What two languages share speaks for neither, so that Czech is told from Slovak by the words in which
/// they differ.
struct LanguageContrast: Sendable {
  /// What a pack says about its language.
  struct Wording: Sendable {
    /// Words that nearly every text contains, unfolded.
    var functionWords: [String] = []
    /// The letters beyond a–z that are written; nil where that is not said.
    var letters: String?

    /// What two packs of one language say.
    func joined(by other: Wording) -> Wording {
      Wording(
        functionWords: functionWords + other.functionWords,
        letters: letters.map { $0 + (other.letters ?? "") } ?? other.letters)
    }
  }

  private struct Language {
    let name: String
    let functionWords: WordTable<Bool>
    let hints: HintTable?
    /// Its bit in a set of languages.
    let bit: UInt64
    /// Whether its letters are told.
    let hasLetters: Bool
  }

  /// A word of a text.
  private struct Word {
    let bytes: ArraySlice<UInt8>
    /// The languages that write all of its letters, a bit each: all of them for a name, which is written as it
    /// is at home.
    let writers: UInt64
  }

  private let languages: [Language]
  /// For each letter beyond a–z the languages that write it.
  private let writers: [Unicode.Scalar: UInt64]
  /// The languages that do not tell their letters, and may write any.
  private let silent: UInt64

  /// - Parameters:
  ///   - wordings: what the packs say, by language.
  ///   - weighing: whose hints are words of their languages.
  init(_ wordings: [String: Wording], _ weighing: Weighing?) {
    let wordings = wordings.sorted { $0.key < $1.key }
    let languages = wordings.enumerated().map { index, entry in
      var words = WordTable<Bool>()
      for word in entry.value.functionWords { words[Folding.keyword(word)[...]] = true }
      return Language(
        name: entry.key, functionWords: words, hints: weighing?.hints(of: entry.key),
        bit: 1 << UInt64(index), hasLetters: entry.value.letters != nil)
    }
    let silent = languages.reduce(0) { $1.hasLetters ? $0 : $0 | $1.bit }
    var writers: [Unicode.Scalar: UInt64] = [:]
    for (language, (_, wording)) in zip(languages, wordings) {
      for letter in (wording.letters ?? "").unicodeScalars {
        writers[letter, default: silent] |= language.bit
      }
    }
    (self.languages, self.writers, self.silent) = (languages, writers, silent)
  }

  /// Of the words of a text, how many must be another language's alone, and how much more than three times as many
  /// of its own.
  private static let leastWords = 3
  /// A fifth of the words must be another language's alone: less is a name or a quotation.
  private static let leastShare = 5
  /// A sentence of fewer words says little.
  private static let leastSentence = 4
  /// So many words before the first comma may be a greeting.
  private static let longestGreeting = 4
  /// Where not one in five of so many words is known, the language is none that the bot has.
  private static let strangeText = 12

  /// Whether a text, or a sentence of it, is in another language.
  /// - Parameters:
  ///   - text: the text.
  ///   - expected: the language of the conversation.
  /// - Returns: false where nothing is known of the language.
  /// - Complexity: O(n) in the text's length, and times the number of languages where many words are not the
  ///   expected one's.
  func isForeign(_ text: String, expecting expected: String) -> Bool {
    guard let own = languages.first(where: { $0.name == expected }) else { return false }
    let sentences = sentences(of: text)
    let whole = sentences.flatMap(\.self)
    let known = whole.map { Self.knows($0, own, own) }
    let strangers = known.count { !$0 }
    guard strangers >= Self.leastWords else { return false }
    if own.hints != nil, whole.count >= Self.strangeText,
      (whole.count - strangers) * 5 < whole.count
    {
      return true
    }
    if isForeign(whole[...], known[...], own) { return true }
    var start = 0
    for sentence in sentences {
      let part = start..<start + sentence.count
      start = part.upperBound
      guard sentence.count >= Self.leastSentence else { continue }
      if isForeign(whole[part], known[part], own) { return true }
    }
    return false
  }

  private func isForeign(_ words: ArraySlice<Word>, _ known: ArraySlice<Bool>, _ own: Language)
    -> Bool
  {
    let least = max(Self.leastWords, (words.count + Self.leastShare - 1) / Self.leastShare)
    guard known.count(where: { !$0 }) >= least else { return false }
    return languages.contains { other in
      guard other.name != own.name else { return false }
      var theirs = 0
      var ours = 0
      // An article that both write says no more for being written three times.
      var counted: Set<ArraySlice<UInt8>> = []
      for (word, isOwn) in zip(words, known) where counted.insert(word.bytes).inserted {
        switch (Self.knows(word, other, own), isOwn) {
        case (true, false): theirs += 1
        case (false, true): ours += 1
        default: break
        }
      }
      return theirs >= least && theirs > 3 * ours
    }
  }

  /// Whether a word is one of a language, where another is expected.
  private static func knows(_ word: Word, _ language: Language, _ expected: Language) -> Bool {
    if word.writers & language.bit == 0 { return false }
    // Letters that the expected language lacks are evidence enough.
    if language.hasLetters, word.writers & expected.bit == 0 { return true }
    if language.functionWords[word.bytes] != nil { return true }
    // Where the expected language has function words alone, the others have no more.
    guard expected.hints != nil, let hints = language.hints else { return false }
    var isKnown = false
    hints.forEachMatch(in: word.bytes.span) { _, hint in
      if !isKnown { isKnown = hints.isTelling(hint) }
    }
    return isKnown
  }

  /// The words of each sentence, less addresses, numbers and what stands in one piece with them.
  private func sentences(of text: String) -> [[Word]] {
    let utterance = Utterance(text)
    let original = Array(text.utf8)
    let folded = utterance.folded.bytes
    var sentences: [[Word]] = []
    // What stands in one piece may hold many words: `a-b-c`.
    var token = original[..<0]
    var isPartOfAddress = false
    for (number, clause) in utterance.clauses.enumerated() {
      var words: [Word] = []
      for bytes in folded[clause].split(separator: UInt8(ascii: " ")) {
        let place = utterance.originalRange(of: bytes.startIndex..<bytes.endIndex)
        if place.lowerBound >= token.endIndex {
          token = Self.token(around: place, in: original)
          isPartOfAddress = Self.isAddress(token)
        }
        if isPartOfAddress { continue }
        words.append(Word(bytes: bytes, writers: writers(of: original[place])))
        // A greeting in the right language does not make up for the rest.
        if number == 0, sentences.isEmpty, words.count <= Self.longestGreeting,
          token.last == UInt8(ascii: ",")
        {
          sentences.append(words)
          words = []
        }
      }
      sentences.append(words)
    }
    return sentences
  }

  private static func token(around place: Range<Int>, in text: [UInt8]) -> ArraySlice<UInt8> {
    func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
    let start = text[..<place.lowerBound].lastIndex(where: isSpace).map { $0 + 1 } ?? 0
    let end = text[place.upperBound...].firstIndex(where: isSpace) ?? text.count
    return text[start..<end]
  }

  /// Whether a piece of text has a digit or a sign that no word of a sentence has, or a full stop inside it.
  private static func isAddress(_ token: ArraySlice<UInt8>) -> Bool {
    for (place, byte) in zip(token.indices, token) {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "@"), UInt8(ascii: "/"),
        UInt8(ascii: "_"):
        return true
      case UInt8(ascii: ".") where place + 1 < token.endIndex && isLetter(token[place + 1] | 0x20):
        return true
      default: break
      }
    }
    return false
  }

  /// The languages that write all letters of a word.
  private func writers(of word: ArraySlice<UInt8>) -> UInt64 {
    guard word.contains(where: { $0 >= 0x80 }) else { return .max }
    var text = String(decoding: word, as: UTF8.self)
    // Below the combining marks everything is composed already.
    if text.unicodeScalars.contains(where: { $0.value >= 0x300 }) {
      text = text.precomposedStringWithCanonicalMapping
    }
    guard text.unicodeScalars.first?.properties.isLowercase == true else { return .max }
    return text.lowercaseScalars.reduce(.max) { languages, letter in
      letter.isASCII || !letter.properties.isAlphabetic
        ? languages : languages & (writers[letter] ?? silent)
    }
  }
}
