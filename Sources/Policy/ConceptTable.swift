internal import Diagnostics
internal import Language
internal import Patterns

/// All words that rules are written with, in all languages: found in one pass over a text.
struct ConceptTable: Sendable {
  /// The concept whose words hide others: "5-star hotel mug" says nothing of reviews.
  static let innocent = "innocent"

  /// The names of concepts by their number.
  private(set) var names: [String] = []
  /// The languages; the words of every language count as their own.
  private let locales: [LocaleTag?]
  private var numbers: [String: Int] = [:]
  private var builder = KeywordTableBuilder()
  private var table = KeywordTableBuilder().table
  /// The expressions of concepts, each with its language.
  private var expressions: [Int: [(language: Int, pattern: Pattern)]] = [:]
  private(set) var faults: [Diagnostic] = []

  /// Makes a table of the concepts of some lexicons; the wordings of rules are concepts too.
  init(_ lexicons: [PolicyLexicon]) {
    // Not a set: what is made of the languages is the same in every run.
    locales = [nil] + Set(lexicons.compactMap(\.locale)).sorted()
    for lexicon in lexicons {
      for (name, entries) in lexicon.concepts.sorted(by: { $0.key < $1.key }) {
        insert(entries, as: name, of: lexicon)
      }
      for wording in lexicon.wordings {
        insert(wording.phrases, as: Self.violation(of: wording.rule.value), of: lexicon)
        insert(wording.exceptions, as: Self.exception(of: wording.rule.value), of: lexicon)
      }
    }
    table = builder.table
  }

  /// The concept of the phrases that violate a rule by themselves.
  static func violation(of rule: String) -> String { "\(rule)!" }
  /// The concept of the phrases that take a clause back, for one rule.
  static func exception(of rule: String) -> String { "\(rule)?" }

  /// The concepts of units of time, with their length in days.
  var units: [(concept: Int, days: Int)] {
    [("day", 1), ("week", 7), ("month", 30), ("year", 365)].compactMap { name, days in
      numbers[name].map { ($0, days) }
    }
  }
  /// The concept that says that only working days count.
  var workingDays: Int? { numbers["working_days"] }

  /// The number of a language among those that hits are told by.
  func language(of locale: LocaleTag?) -> Int? {
    locales.firstIndex { $0 != nil && $0?.language == locale?.language }
  }

  /// The number of a concept, where there is one.
  func number(of name: String) -> Int? { numbers[name] }

  private mutating func number(for name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }

  private mutating func insert(
    _ entries: [Located<String>], as name: String, of lexicon: PolicyLexicon
  ) {
    let concept = number(for: name)
    let language = locales.firstIndex { $0 == lexicon.locale } ?? 0
    let place = concept * locales.count + language
    for entry in entries {
      if let expression = Self.expression(entry.value) {
        do throws(PatternError) {
          expressions[concept, default: []].append(
            (language, try Pattern(Folding.pattern(expression))))
        } catch {
          faults.append(
            Diagnostic(
              code: "invalid-pattern", at: entry.location,
              "'\(entry.value)' is not a pattern: \(error.message)"))
        }
        continue
      }
      do throws(KeywordError) {
        for form in lexicon.forms(of: entry.value) { try builder.insert(form, value: place) }
      } catch {
        faults.append(
          Diagnostic(
            code: "invalid-keyword", at: entry.location,
            "'\(entry.value)' cannot be a keyword: \(error.message)"))
      }
    }
  }

  /// What stands between slashes.
  private static func expression(_ entry: String) -> String? {
    guard entry.count > 2, entry.hasPrefix("/"), entry.hasSuffix("/") else { return nil }
    return String(entry.dropFirst().dropLast())
  }

  /// Where each concept stands in a readable text.
  /// - Parameters:
  ///   - form: the text.
  ///   - expected: the number of the language of the conversation, where it is known.
  ///   - scratch: room for matches.
  /// - Returns: the places, or nil when a search was given up.
  func hits(
    in form: ReadableText, expecting expected: Int?, using scratch: borrowing MatchScratch
  ) -> ConceptHits? {
    var hits = ConceptHits(concepts: names.count, languages: locales.count)
    // Keywords know words with single spaces between, and nothing beyond a sentence.
    var words: [UInt8] = []
    var places: [Int] = []
    func search() {
      hits.beginSentence()
      table.forEachMatch(in: words.span) { range, place in
        hits.add(places[range.lowerBound]..<places[range.upperBound - 1] + 1, at: place)
      }
      words.removeAll(keepingCapacity: true)
      places.removeAll(keepingCapacity: true)
    }
    for (place, byte) in form.bytes.enumerated() {
      if byte == UInt8(ascii: "\n") {
        search()
      } else if isWordByte(byte) {
        words.append(byte)
        places.append(place)
      } else if byte != UInt8(ascii: "'"), let last = words.last, last != UInt8(ascii: " ") {
        words.append(UInt8(ascii: " "))
        places.append(place)
      }
    }
    search()
    hits.finishKeywords(expecting: expected)
    if let innocent = numbers[Self.innocent] {
      guard readExpressions(of: innocent, in: form, into: &hits, using: scratch) else { return nil }
      hits.hide(innocent)
    }
    return hits
  }

  /// Whether a concept may stand in a text though none of its keywords does.
  func hasExpressions(_ concept: Int) -> Bool { expressions[concept] != nil }

  /// Finds what the expressions of a concept match, once: expressions cost more than all keywords
  /// together, so only those are tried that can still matter, in the languages that it may be.
  /// - Returns: false when a search was given up.
  func readExpressions(
    of concept: Int, in form: ReadableText, into hits: inout ConceptHits,
    using scratch: borrowing MatchScratch
  ) -> Bool {
    guard let own = expressions[concept], hits.beginReading(concept) else { return true }
    for (language, pattern) in own where hits.likely.contains(language) {
      guard let matches = pattern.matches(in: form.bytes.span, using: scratch) else { return false }
      for match in matches { hits.addExpression(match.range, of: concept, in: language) }
    }
    return true
  }
}

/// Where concepts stand in a text, by language: the words of a violation are of one language, and
/// what takes it back is of the languages that its sentence may be in.
struct ConceptHits: Sendable {
  private let languageCount: Int
  /// By concept and language; most stand nowhere in a text.
  private var ranges: [Int: [Range<Int>]] = [:]
  /// For each concept whether it stands anywhere.
  private var isPresent: [Bool]
  /// For each sentence how many of its bytes are words of each language, and up to where they have
  /// been counted.
  private var sentences: [(start: Int, known: [Int], counted: [Int])] = []
  /// The languages with words in the text.
  private var used: [Int] = []
  /// The languages that some sentence may be in, and every language's words; all of them where
  /// nothing tells.
  private(set) var likely: Set<Int> = []
  /// The concepts whose expressions have been tried.
  private var read: Set<Int> = []
  /// Where innocent words stand, by language.
  private var covers: [Int: [Range<Int>]] = [:]

  init(concepts: Int, languages: Int) {
    languageCount = languages
    isPresent = Array(repeating: false, count: concepts)
  }

  /// Where a concept's words of a language stand, and those of every language.
  func places(of concept: Int, in language: Int) -> [Range<Int>] {
    guard isPresent[concept] else { return [] }
    let shared = ranges[concept * languageCount] ?? []
    guard language > 0, let own = ranges[concept * languageCount + language] else { return shared }
    return shared.isEmpty ? own : own.isEmpty ? shared : own + shared
  }

  /// Whether a concept's words stand in the text, in whatever language.
  func contains(_ concept: Int) -> Bool { isPresent[concept] }

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

  fileprivate mutating func beginSentence() {
    let none = Array(repeating: 0, count: languageCount)
    sentences.append((.max, none, none))
  }

  fileprivate mutating func add(_ range: Range<Int>, at place: Int) {
    ranges[place, default: []].append(range)
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
  fileprivate mutating func beginReading(_ concept: Int) -> Bool { read.insert(concept).inserted }

  fileprivate mutating func addExpression(_ range: Range<Int>, of concept: Int, in language: Int) {
    guard !isHidden(range, in: language) else { return }
    let place = concept * languageCount + language
    let before = ranges[place, default: []].firstIndex {
      (range.lowerBound, range.upperBound) < ($0.lowerBound, $0.upperBound)
    }
    ranges[place, default: []].insert(range, at: before ?? ranges[place]?.count ?? 0)
    isPresent[concept] = true
  }

  /// Puts places in order, and tells the languages apart.
  fileprivate mutating func finishKeywords(expecting expected: Int?) {
    for (place, hits) in ranges {
      isPresent[place / languageCount] = true
      if hits.count > 1 {
        ranges[place] = hits.sorted {
          ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
        }
      }
    }
    sentences.removeAll { $0.start == .max }
    used = (1..<max(1, languageCount)).filter { language in
      sentences.contains { $0.known[language] > 0 }
    }
    likely =
      expected == nil && used.isEmpty
      ? Set(0..<languageCount)
      : Set(
        sentences.filter { $0.known.contains { $0 > 0 } }.flatMap {
          languages(at: $0.start, expecting: expected)
        }
      ).union([0, expected].compactMap { $0 })
  }

  /// Hides what stands inside innocent words: of their own language, of every language, and, where
  /// they are every language's, all.
  fileprivate mutating func hide(_ innocent: Int) {
    for language in 0..<languageCount {
      covers[language] = ranges[innocent * languageCount + language]
    }
    guard !covers.isEmpty else { return }
    for (place, hits) in ranges where place / languageCount != innocent {
      let rest = hits.filter { !isHidden($0, in: place % languageCount) }
      guard rest.count < hits.count else { continue }
      ranges[place] = rest.isEmpty ? nil : rest
      let concept = place / languageCount
      isPresent[concept] = (0..<languageCount).contains {
        ranges[concept * languageCount + $0] != nil
      }
    }
  }

  private func isHidden(_ hit: Range<Int>, in language: Int) -> Bool {
    covers.contains { cover in
      (cover.key == 0 || language == 0 || cover.key == language)
        && cover.value.contains {
          $0.lowerBound <= hit.lowerBound && hit.upperBound <= $0.upperBound
        }
    }
  }
}
