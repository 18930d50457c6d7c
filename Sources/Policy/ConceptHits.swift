internal import Patterns

/// Where concepts stand in a text, by language: the words of a violation are of one language, and
/// what takes it back is of the languages that its sentence may be in.
struct ConceptHits: Sendable {
  /// Words of a concept and language.
  private struct Hit {
    /// The concept and the language as one number.
    let place: Int32
    let range: Range<Int>

    static func isBefore(_ one: Hit, _ other: Hit) -> Bool {
      (one.place, one.range.lowerBound, one.range.upperBound)
        < (other.place, other.range.lowerBound, other.range.upperBound)
    }
  }

  private struct Sentence {
    var start = Int.max
    /// How many of its bytes are words of each language, and up to where they have been counted.
    var known: [Int]
    var counted: [Int]
  }

  private let languageCount: Int
  /// What follows each other in the text: most expressions cannot match it.
  let trigrams: TrigramSet
  /// What keywords found, in order once they are all there.
  private var keywords: [Hit] = []
  /// For each place where its hits begin among the keywords, or -1.
  private var starts: [Int32]
  /// What expressions found; few are ever tried.
  private var expressed: [Int: [Range<Int>]] = [:]
  /// The concepts that stand anywhere, one bit each.
  private(set) var present: ConceptSet
  private var sentences: [Sentence] = []
  /// The concepts of each sentence by their keywords, in the language that is expected or in every one: each once,
  /// in order.
  private(set) var spoken: [[Int32]] = []
  /// The languages with words in the text.
  private var used: [Int] = []
  /// For each language whether some sentence may be in it; every language's words always, and all of
  /// them where nothing tells.
  private(set) var isLikely: [Bool]
  /// The concepts whose expressions have been tried.
  private var read: ConceptSet
  /// Where innocent words stand, by language.
  private var covers: [(language: Int, ranges: [Range<Int>])] = []

  init(concepts: Int, languages: Int, in form: ReadableText) {
    languageCount = languages
    trigrams = TrigramSet(form.bytes.span)
    present = ConceptSet(count: concepts)
    read = ConceptSet(count: concepts)
    starts = Array(repeating: -1, count: concepts * languages)
    isLikely = Array(repeating: true, count: languages)
  }

  /// Where a concept's words of a language stand, and those of every language.
  func places(of concept: Int, in language: Int) -> [Range<Int>] {
    guard present.contains(concept) else { return [] }
    let shared = ranges(at: concept * languageCount)
    guard language > 0 else { return shared }
    let own = ranges(at: concept * languageCount + language)
    return shared.isEmpty ? own : own.isEmpty ? shared : own + shared
  }

  private func ranges(at place: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    if starts[place] >= 0 {
      var next = Int(starts[place])
      while next < keywords.count, keywords[next].place == place {
        found.append(keywords[next].range)
        next += 1
      }
    }
    guard !expressed.isEmpty, let more = expressed[place] else { return found }
    return (found + more).sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }
  }

  /// Whether a concept's words stand in the text, in whatever language.
  func contains(_ concept: Int) -> Bool { present.contains(concept) }

  /// The languages with words in the text, and the language that is expected.
  func languages(expecting expected: Int?) -> [Int] {
    guard let expected, !used.contains(expected) else { return used.isEmpty ? [0] : used }
    return (used + [expected]).sorted()
  }

  /// The languages that the sentence around a place may be in: the one that is expected, and those
  /// with clearly more words there; where none is expected, those with about as many as any.
  func languages(at place: Int, expecting expected: Int?) -> [Int] {
    guard let sentence = sentences.last(where: { $0.start <= place }) else {
      return [expected ?? 0]
    }
    let known = sentence.known
    let most = known.dropFirst().max() ?? 0
    let likely = (1..<max(1, languageCount)).filter { language in
      if language == expected { return true }
      // Neighbours share words: another language than the expected one must have clearly more.
      let least = expected.map { max(12, known[$0] * 3 / 2) } ?? 1
      return known[language] >= least && known[language] * 4 >= most * 3
    }
    return likely.isEmpty ? [0] : likely
  }

  mutating func beginSentence() {
    // One without words is used again.
    if let last = sentences.last, last.start == .max { return }
    let none = Array(repeating: 0, count: languageCount)
    sentences.append(Sentence(known: none, counted: none))
  }

  /// Ends a sentence.
  /// - Parameter concepts: those with keywords in it, in the language that is expected or in every one.
  mutating func endSentence(with concepts: Set<Int32>) { spoken.append(concepts.sorted()) }

  mutating func add(_ range: Range<Int>, at place: Int) {
    keywords.append(Hit(place: Int32(place), range: range))
    guard let last = sentences.indices.last else { return }
    let language = place % languageCount
    sentences[last].start = min(sentences[last].start, range.lowerBound)
    let fresh = range.upperBound - max(range.lowerBound, sentences[last].counted[language])
    if fresh > 0 {
      sentences[last].known[language] += fresh
      sentences[last].counted[language] = range.upperBound
    }
  }

  /// Notes that a concept's expressions are tried; false where they have been.
  mutating func beginReading(_ concept: Int) -> Bool {
    if read.contains(concept) { return false }
    read.insert(concept)
    return true
  }

  mutating func addExpression(_ range: Range<Int>, of concept: Int, in language: Int) {
    guard !isHidden(range, in: language) else { return }
    expressed[concept * languageCount + language, default: []].append(range)
    present.insert(concept)
  }

  /// Puts places in order, and tells the languages apart.
  mutating func finishKeywords(expecting expected: Int?) {
    keywords.sort(by: Hit.isBefore)
    indexKeywords()
    if let last = sentences.last, last.start == .max { sentences.removeLast() }
    used = (1..<max(1, languageCount)).filter { language in
      sentences.contains { $0.known[language] > 0 }
    }
    guard expected != nil || !used.isEmpty else { return }
    isLikely = (0..<languageCount).map { (language: Int) in
      language == expected ?? 0 || language == 0
    }
    for sentence in sentences {
      for language in languages(at: sentence.start, expecting: expected) {
        isLikely[language] = true
      }
    }
  }

  private mutating func indexKeywords() {
    for (index, hit) in keywords.enumerated().reversed() {
      starts[Int(hit.place)] = Int32(index)
      present.insert(Int(hit.place) / languageCount)
    }
  }

  /// Hides what stands inside innocent words: of their own language, of every language, and, where
  /// they are every language's, all.
  mutating func hide(_ innocent: Int) {
    for language in 0..<languageCount {
      let ranges = ranges(at: innocent * languageCount + language)
      if !ranges.isEmpty { covers.append((language, ranges)) }
    }
    guard !covers.isEmpty else { return }
    let rest = keywords.filter { hit in
      Int(hit.place) / languageCount == innocent
        || !isHidden(hit.range, in: Int(hit.place) % languageCount)
    }
    guard rest.count < keywords.count else { return }
    for hit in keywords {
      starts[Int(hit.place)] = -1
      present.remove(Int(hit.place) / languageCount)
    }
    keywords = rest
    indexKeywords()
    for place in expressed.keys { present.insert(place / languageCount) }
  }

  private func isHidden(_ hit: Range<Int>, in language: Int) -> Bool {
    covers.contains { cover in
      (cover.language == 0 || language == 0 || cover.language == language)
        && cover.ranges.contains {
          $0.lowerBound <= hit.lowerBound && hit.upperBound <= $0.upperBound
        }
    }
  }
}

/// Some of the concepts of a table, by their numbers.
struct ConceptSet: Sendable {
  private var words: [UInt64]

  init(count: Int) { words = Array(repeating: 0, count: count / 64 + 1) }

  func contains(_ concept: Int) -> Bool { words[concept >> 6] & (1 << UInt64(concept & 63)) != 0 }

  mutating func insert(_ concept: Int) { words[concept >> 6] |= 1 << UInt64(concept & 63) }

  mutating func remove(_ concept: Int) { words[concept >> 6] &= ~(1 << UInt64(concept & 63)) }
}
