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
  /// Whether words and needs need not be found again.
  private let isKept: Bool
  /// The expressions of concepts, by concept.
  private var expressions: [(concept: Int, language: Int, pattern: Pattern)] = []
  /// For each concept where its expressions stand among all.
  private var places: [Range<Int>] = []
  /// What the expressions need, by their places.
  private var needs = LiteralTable([])
  /// The concepts of units of time, with their length in days.
  private(set) var units: [(concept: Int, days: Int)] = []
  /// The concept that says that only working days count.
  private(set) var workingDays: Int?
  private(set) var faults: [Diagnostic] = []
  /// What stood in the last sentences: a shop's texts are made of the same few hundred all day long.
  private let remembered = Memo<ByteKey, [Sighting]>(capacity: 4096)

  /// Words of a concept in a sentence.
  private struct Sighting: Sendable {
    let range: Range<Int32>
    /// The concept and the language as one number.
    let place: Int32
  }

  /// Sentences of more bytes are not remembered: they seldom come twice, and would fill memory.
  static let longestRemembered = 512

  /// Makes a table of the concepts of some lexicons; the wordings of rules are concepts too.
  /// - Parameters:
  ///   - lexicons: the lexicons.
  ///   - kept: what was made of the same lexicons before.
  init(_ lexicons: [PolicyLexicon], _ kept: Kept? = nil) {
    isKept = kept != nil
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
    table = kept?.table ?? builder.table
    builder = KeywordTableBuilder()
    expressions = expressions.enumerated().sorted {
      ($0.element.concept, $0.offset) < ($1.element.concept, $1.offset)
    }.map(\.element)
    var end = 0
    for concept in names.indices {
      let start = end
      while end < expressions.count, expressions[end].concept == concept { end += 1 }
      places.append(start..<end)
    }
    needs =
      kept.flatMap { $0.needs.count == expressions.count ? $0.needs : nil }
      ?? LiteralTable(expressions.map { RequiredLiterals(of: $0.pattern.source) })
    units = [("day", 1), ("week", 7), ("month", 30), ("year", 365)].compactMap { name, days in
      numbers[name].map { ($0, days) }
    }
    workingDays = numbers["working_days"]
  }

  /// What takes long to make of lexicons.
  struct Kept {
    fileprivate let table: KeywordTable
    fileprivate let needs: LiteralTable

    init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
      table = try KeywordTable(&archive)
      needs = try LiteralTable(&archive)
    }
  }

  func write(to archive: inout TableArchive) {
    table.write(to: &archive)
    needs.write(to: &archive)
  }

  /// The concept of the phrases that violate a rule by themselves.
  static func violation(of rule: String) -> String { "\(rule)!" }
  /// The concept of the phrases that take a clause back, for one rule.
  static func exception(of rule: String) -> String { "\(rule)?" }

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
          let pattern = try Pattern(
            Folding.pattern(expression), needing: nil, isProved: isKept)
          expressions.append((concept, language, pattern))
        } catch {
          faults.append(
            Diagnostic(
              code: "invalid-pattern", at: entry.location,
              "'\(entry.value)' is not a pattern: \(error.message)"))
        }
        continue
      }
      if isKept { continue }
      do throws(KeywordError) {
        for form in lexicon.forms(of: entry.value) { try builder.insert(form, value: place) }
      } catch {
        faults.append(.unusable(entry, as: "keyword", because: error.message))
      }
    }
  }

  /// What stands between slashes.
  private static func expression(_ entry: String) -> String? {
    let slash = UInt8(ascii: "/")
    guard entry.utf8.count > 2, entry.utf8.first == slash, entry.utf8.last == slash else {
      return nil
    }
    return String(Substring(entry.utf8.dropFirst().dropLast()))
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
    var hits = ConceptHits(concepts: names.count, languages: locales.count, in: form)
    form.forEachSentence { words, places in
      hits.beginSentence()
      var spoken: Set<Int32> = []
      for sighting in sightings(in: words) {
        let (concept, language) = Int(sighting.place).quotientAndRemainder(
          dividingBy: locales.count)
        if language == 0 || language == expected { spoken.insert(Int32(concept)) }
        let range = Int(sighting.range.lowerBound)..<Int(sighting.range.upperBound)
        hits.add(
          places[range.lowerBound]..<places[range.upperBound - 1] + 1, at: Int(sighting.place))
      }
      hits.endSentence(with: spoken)
    }
    hits.finishKeywords(expecting: expected)
    if let innocent = numbers[Self.innocent] {
      guard readExpressions(of: innocent, in: form, into: &hits, using: scratch) else { return nil }
      hits.hide(innocent)
    }
    return hits
  }

  private func sightings(in sentence: [UInt8]) -> [Sighting] {
    func look() -> [Sighting] {
      var found: [Sighting] = []
      table.forEachMatch(in: sentence.span) { range, place in
        found.append(
          Sighting(range: Int32(range.lowerBound)..<Int32(range.upperBound), place: Int32(place)))
      }
      return found
    }
    return sentence.count > Self.longestRemembered
      ? look() : remembered.answer(to: ByteKey(sentence), look)
  }

  /// Whether a concept may stand in a text though none of its keywords does.
  func hasExpressions(_ concept: Int) -> Bool { !places[concept].isEmpty }

  /// Finds what the expressions of a concept match, once: expressions cost more than all keywords
  /// together, so only those are tried that can still matter, in the languages that it may be.
  /// - Returns: false when a search was given up.
  func readExpressions(
    of concept: Int, in form: ReadableText, into hits: inout ConceptHits,
    using scratch: borrowing MatchScratch
  ) -> Bool {
    guard hasExpressions(concept), hits.beginReading(concept) else { return true }
    // By place: taking out each pattern costs more than most have to be asked.
    for place in places[concept]
    where hits.isLikely[expressions[place].language] && needs.mayMatch(place, hits.trigrams) {
      let (_, language, pattern) = expressions[place]
      guard let matches = pattern.matches(in: form.bytes.span, using: scratch) else { return false }
      for match in matches { hits.addExpression(match.range, of: concept, in: language) }
    }
    return true
  }
}
