internal import Language
internal import Patterns

/// What one message says by the words of one language: the hits, clause by clause.
struct ReadingPass {
  /// A word or phrase that means something.
  struct Hit {
    let meaning: Vocabulary.Meaning
    /// Where it stands in the folded bytes.
    let range: Range<Int>
    var isDenied = false
  }

  let utterance: Utterance
  let language: Int
  let vocabulary: Vocabulary
  /// The words of the message, as ranges of the folded bytes.
  let words: [Range<Int>]
  private(set) var hits: [Hit] = []
  /// What was taken for a typo, and for which word.
  private(set) var mended: [Mending] = []

  /// Finds every word that means something in one language.
  /// - Parameters:
  ///   - utterance: the message.
  ///   - language: the language's place among those of the vocabulary.
  ///   - vocabulary: the words.
  ///   - sightings: those that the message has.
  init(
    _ utterance: Utterance, in language: Int, by vocabulary: Vocabulary, _ sightings: Sightings
  ) {
    self.utterance = utterance
    self.language = language
    self.vocabulary = vocabulary
    words = Self.words(of: utterance.folded.bytes)
    hits = sightings.found.compactMap { range, signal in
      signal.language == language ? Hit(meaning: signal.meaning, range: range) : nil
    }
    mendUnknownWords()
    findFusedDenials()
    spreadDenials()
  }

  static func words(of bytes: [UInt8]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = 0
    for place in 0...bytes.count where place == bytes.count || bytes[place] == UInt8(ascii: " ") {
      if place > start { words.append(start..<place) }
      start = place + 1
    }
    return words
  }

  /// The hits of a text that has the message's words, some of them mended.
  private func found(in bytes: [UInt8], _ places: [Range<Int>]) -> [Hit] {
    var found: [Hit] = []
    vocabulary.forEachSignal(in: bytes.span) { range, signal in
      guard signal.language == language else { return }
      guard let first = places.firstIndex(where: { $0.upperBound > range.lowerBound }),
        let last = places.firstIndex(where: { $0.upperBound >= range.upperBound })
      else { return }
      found.append(
        Hit(
          meaning: signal.meaning, range: words[first].lowerBound..<words[last].upperBound))
    }
    return found
  }

  /// Whether some rule or list knows each word.
  private func knownWords(countingParts: Bool) -> [Bool] {
    var isKnown = Array(repeating: false, count: words.count)
    for hit in hits where countingParts || hit.meaning != .known {
      for (index, word) in words.enumerated() where word.overlaps(hit.range) {
        isKnown[index] = true
      }
    }
    return isKnown
  }

  /// Reads unknown words as the known ones that they are a slip away from, but not as words that
  /// settle a risky intent by themselves: nobody is called abusive for a slip.
  private mutating func mendUnknownWords() {
    let isKnown = knownWords(countingParts: true)
    let bytes = utterance.folded.bytes
    var text: [UInt8] = []
    var places: [Range<Int>] = []
    var changed: [Int] = []
    for (index, word) in words.enumerated() {
      if index > 0 { text.append(UInt8(ascii: " ")) }
      let start = text.count
      if !isKnown[index], !isFusedDenial(bytes[word]),
        let right = vocabulary.mended(bytes[word], in: language)
      {
        text += right
        changed.append(index)
        mended.append(
          Mending(
            range: utterance.originalRange(of: word), meant: String(decoding: right, as: UTF8.self)
          ))
      } else {
        text += bytes[word]
      }
      places.append(start..<text.count)
    }
    guard !mended.isEmpty else { return }
    let mendedPlaces = Set(changed)
    hits = found(in: text, places).filter { hit in
      guard case .concept(let concept) = hit.meaning,
        vocabulary.unmendable.contains(concept)
      else { return true }
      return !mendedPlaces.contains { words[$0].overlaps(hit.range) }
    }
  }

  /// Whether a word is a known word with a syllable before it that denies it.
  private func isFusedDenial(_ word: ArraySlice<UInt8>) -> Bool {
    !fusedConcepts(of: word).isEmpty
  }

  /// The meanings of a word less a denying syllable.
  private func fusedConcepts(of word: ArraySlice<UInt8>) -> [Vocabulary.Meaning] {
    for prefix in vocabulary.denyingPrefixes[language]
    where word.starts(with: prefix) && word.count >= prefix.count + 3 {
      let rest = Array(word.dropFirst(prefix.count))
      var meanings: [Vocabulary.Meaning] = []
      vocabulary.forEachSignal(in: rest.span) { range, signal in
        guard signal.language == language, range == 0..<rest.count else { return }
        switch signal.meaning {
        case .concept, .keyword: meanings.append(signal.meaning)
        default: break
        }
      }
      if !meanings.isEmpty { return meanings }
    }
    return []
  }

  private mutating func findFusedDenials() {
    guard !vocabulary.denyingPrefixes[language].isEmpty else { return }
    for word in words {
      for meaning in fusedConcepts(of: utterance.folded.bytes[word]) {
        hits.append(Hit(meaning: meaning, range: word, isDenied: true))
      }
    }
  }

  /// Denies what stands near a word that denies, in the same sentence.
  private mutating func spreadDenials() {
    let reachAhead = 2
    let reachBack = 3
    for denial in hits {
      let isAhead = denial.meaning == .deniesFollowing
      guard isAhead || denial.meaning == .deniesPreceding else { continue }
      let sentence = utterance.clauses.first { $0.contains(denial.range.lowerBound) }
      for index in hits.indices {
        let range = hits[index].range
        guard sentence?.contains(range.lowerBound) ?? false,
          isAhead
            ? range.lowerBound >= denial.range.upperBound
              && words(between: denial.range, and: range) <= reachAhead
            : range.upperBound <= denial.range.lowerBound
              && words(between: range, and: denial.range) <= reachBack
        else { continue }
        hits[index].isDenied = true
      }
    }
  }

  private func words(between left: Range<Int>, and right: Range<Int>) -> Int {
    utterance.folded.bytes[left.upperBound..<right.lowerBound]
      .count { $0 == UInt8(ascii: " ") } - 1
  }

  /// The clauses to read: the sentences that are the buyer's own, cut once more where a second
  /// question begins.
  func clauses() -> [Range<Int>] {
    let aside = Quotation.aside(in: utterance.text, by: vocabulary.marks)
    let breaks = hits.filter { $0.meaning == .clauseBreak }.map(\.range.lowerBound)
    return utterance.clauses.flatMap { sentence -> [Range<Int>] in
      let original = utterance.originalRange(of: sentence)
      if aside.contains(where: { $0.contains(original.lowerBound) }) { return [] }
      let starts =
        [sentence.lowerBound]
        + breaks.filter { sentence.lowerBound < $0 && $0 < sentence.upperBound }.sorted()
      return zip(starts, starts.dropFirst() + [sentence.upperBound])
        .filter { $0 < $1 }.map { $0..<$1 }
    }
  }

  /// What is true of the message as a whole.
  func traits(of clauses: [Range<Int>]) -> Set<Grammar.Trait> {
    var traits: Set<Grammar.Trait> = []
    let own = words.indices.filter { index in
      clauses.contains { $0.contains(words[index].lowerBound) }
    }
    if own.count <= 3 { traits.insert(.isShort) }
    if own.count > 40 { traits.insert(.isLong) }
    if utterance.text.utf8.contains(UInt8(ascii: "?")) { traits.insert(.isQuestion) }
    let meansSomething = hits.contains { hit in
      if case .concept = hit.meaning { return true }
      if case .keyword = hit.meaning { return true }
      return false
    }
    if !meansSomething { traits.insert(.isUnclear) }
    let isKnown = knownWords(countingParts: false)
    let long = own.filter { words[$0].count >= 4 }
    if long.count >= 3, long.count(where: { !isKnown[$0] }) * 2 > long.count {
      traits.insert(.isStrange)
    }
    return traits
  }
}
