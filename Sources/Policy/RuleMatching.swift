internal import Commerce
internal import Language
internal import Patterns

/// One review's state: the forms of a text, and what has been found in them so far.
struct RuleMatching: ~Copyable {
  private let text: String
  private let forms: [ReadableText]
  private let occasion: Occasion
  private let detectors: DetectorKit
  private let concepts: ConceptTable
  private let turns: Pattern
  private let reading: ReadingRules
  private let scratch: MatchScratch
  /// The language of the conversation, by its number.
  private let expected: Int?
  /// For each form where the concepts stand in it; empty before anybody asks.
  private var hits: [ConceptHits] = []
  /// For each form what its words come to; empty before they are weighed.
  private var verdicts: [Weighing.Verdict?] = []
  /// Where detectors fire, since several rules may ask the same one; nil inside where it was given up.
  private var seen: [Detector: [Range<Int>]?] = [:]

  init(
    _ text: String, _ reading: ReadingRules, for occasion: Occasion, _ detectors: DetectorKit,
    _ concepts: ConceptTable, turns: Pattern
  ) {
    self.text = text
    self.occasion = occasion
    self.detectors = detectors
    self.concepts = concepts
    self.turns = turns
    self.reading = reading
    expected = concepts.language(of: occasion.locale)
    forms = ReadableText.forms(of: text, by: reading)
    scratch = MatchScratch()
  }

  /// Where some detectors fire, as ranges of the original bytes; nil when a search was given up.
  mutating func ranges(of wanted: [Detector]) -> [Range<Int>]? {
    var found: [Range<Int>] = []
    for detector in wanted {
      if seen[detector] == nil { seen[detector] = .some(ranges(of: detector)) }
      guard let ranges = seen[detector] ?? nil else { return nil }
      found += ranges
    }
    return found
  }

  private func ranges(of detector: Detector) -> [Range<Int>]? {
    var found: [Range<Int>] = []
    // What is seen in the text as it is written is not sought in every form of it.
    for form in detector.readsForms ? forms[...] : forms.prefix(1) {
      guard
        let ranges = detectors.ranges(of: detector, in: text, form, for: occasion, using: scratch)
      else { return nil }
      found += ranges
    }
    return found
  }

  /// Weighs the words of every form.
  /// - Parameters:
  ///   - weighing: what they say.
  ///   - isInForce: for each rule with hints whether it holds for the occasion.
  /// - Returns: what the words charge, in the first form in which they charge anything; nothing where a search was
  ///   given up, which the rules find out for themselves.
  mutating func charges(by weighing: Weighing, where isInForce: [Bool]) -> [Weighing.Charge] {
    guard let language = occasion.locale?.language, readConcepts() else { return [] }
    verdicts = zip(forms, hits).map { form, hits in
      weighing.verdict(on: form, of: hits.spoken, in: language, where: isInForce)
    }
    return verdicts.lazy.compactMap { $0?.charges }.first { !$0.isEmpty } ?? []
  }

  /// The concepts of each sentence of the text as it is written.
  mutating func spoken() -> [[Int32]] {
    readConcepts() ? hits.first?.spoken ?? [] : []
  }

  /// Where a rule's expressions and concepts stand and no exception holds; nil when a search was
  /// given up.
  ///
  /// Where the words that have been weighed excuse them, concepts that stand together count for nothing.
  mutating func ranges(
    of patterns: [Pattern], _ search: ConceptSearch, unless exceptions: [Pattern],
    mayBeExcused: Bool = false
  ) -> [Range<Int>]? {
    guard !patterns.isEmpty || !search.isEmpty else { return [] }
    guard readConcepts() else { return nil }
    for form in forms.indices {
      guard read(search.exceptionsAnywhere, in: form) else { return nil }
      if search.exceptionsAnywhere.contains(where: hits[form].contains) { return [] }
    }
    var found: [Range<Int>] = []
    for form in forms.indices {
      guard let written = ranges(of: patterns, search, unless: exceptions, in: form),
        let meant = ranges(of: search, unless: exceptions, mayBeExcused, in: form)
      else { return nil }
      found += (written + meant).map(forms[form].originalRange)
    }
    return found
  }

  /// Where expressions match and nothing takes them back.
  private mutating func ranges(
    of patterns: [Pattern], _ search: ConceptSearch, unless exceptions: [Pattern], in index: Int
  ) -> [Range<Int>]? {
    let form = forms[index]
    var found: [Range<Int>] = []
    // Only a rule that matches needs to know what takes it back.
    var known: [Range<Int>]?
    for pattern in patterns where pattern.mayMatch(hits[index].trigrams) {
      var start = 0
      search: while start <= form.bytes.count {
        switch pattern.firstMatch(in: form.bytes.span, from: start, using: scratch) {
        case .noMatch: break search
        case .limitReached: return nil
        case .match(let match):
          if known == nil {
            let excepted = search.exceptions + search.exceptionsNearby
            guard let written = matches(of: exceptions, in: form), read(excepted, in: index) else {
              return nil
            }
            known =
              written + places(of: excepted, in: hits[index].languages(expecting: expected), index)
          }
          guard let isExcepted = isExcepted(match.range, in: form, by: known ?? []) else {
            return nil
          }
          if !isExcepted { found.append(match.range) }
          // An excepted match may hide another that begins within it.
          start = isExcepted ? match.range.lowerBound + 1 : max(match.range.upperBound, start + 1)
          while start < form.bytes.count, form.bytes[start] & 0xC0 == 0x80 { start += 1 }
        }
      }
    }
    return found
  }

  /// Where concepts stand together and nothing of their language takes them back.
  private mutating func ranges(
    of search: ConceptSearch, unless exceptions: [Pattern], _ mayBeExcused: Bool, in index: Int
  ) -> [Range<Int>]? {
    var found: [Range<Int>] = []
    let verdict = mayBeExcused && index < verdicts.count ? verdicts[index] : nil
    for combination in search.combinations where holds(combination) {
      guard let isThere = stand(combination, in: index) else { return nil }
      guard isThere else { continue }
      for language in hits[index].languages(expecting: expected) {
        guard
          let ranges = ranges(of: combination, search, language, unless: exceptions, in: index)
        else { return nil }
        found += combination.isPhrase ? ranges : ranges.filter { verdict?.excuses($0) != true }
      }
    }
    return found
  }

  /// Where the parts of a combination stand together in one language and nothing takes them back.
  private mutating func ranges(
    of combination: ConceptSearch.Combination, _ search: ConceptSearch, _ language: Int,
    unless exceptions: [Pattern], in index: Int
  ) -> [Range<Int>]? {
    let form = forms[index]
    var parts: [[Range<Int>]] = []
    for part in combination.parts {
      let places = places(of: part, in: form, hits[index], language)
      if places.isEmpty { return [] }
      parts.append(places)
    }
    var found: [Range<Int>] = []
    for range in together(parts, combination, in: form) {
      let likely = hits[index].languages(at: range.whole.lowerBound, expecting: expected)
      guard likely.contains(language) else { continue }
      let nearby = search.exceptionsNearby + combination.exceptions
      guard read(nearby + search.exceptions, in: index),
        let written = matches(of: exceptions, in: form),
        let isExcused = isExcepted(
          range.whole, in: form, by: written + places(of: nearby, in: likely, index)),
        let isDenied = isExcepted(
          range.last, in: form, by: places(of: search.exceptions, in: likely, index))
      else { return nil }
      if !isExcused, !isDenied { found.append(range.whole) }
    }
    return found
  }

  /// Where concepts stand in some languages.
  private func places(of concepts: [Int], in languages: [Int], _ form: Int) -> [Range<Int>] {
    concepts.flatMap { concept in
      languages.flatMap { hits[form].places(of: concept, in: $0) }
    }
  }

  /// Whether every part of a combination stands in a form, wherever; nil when a search was given
  /// up.
  private mutating func stand(
    _ combination: ConceptSearch.Combination, in form: Int
  ) -> Bool? {
    func isSaid(_ part: ConceptSearch.Part) -> Bool {
      part.longestDuration != nil || part.concepts.contains { hits[form].contains($0) }
    }
    for part in combination.parts where !part.hasExpressions && !isSaid(part) { return false }
    for part in combination.parts where part.hasExpressions {
      guard read(part.concepts, in: form) else { return nil }
      guard isSaid(part) else { return false }
    }
    return true
  }

  /// Tries the expressions of concepts; false when a search was given up.
  private mutating func read(_ wanted: [Int], in form: Int) -> Bool {
    for concept in wanted where concepts.hasExpressions(concept) {
      guard
        concepts.readExpressions(of: concept, in: forms[form], into: &hits[form], using: scratch)
      else { return false }
    }
    return true
  }

  private func matches(of patterns: [Pattern], in form: ReadableText) -> [Range<Int>]? {
    var found: [Range<Int>] = []
    for pattern in patterns {
      guard let matches = pattern.matches(in: form.bytes.span, using: scratch) else { return nil }
      found += matches.map(\.range)
    }
    return found
  }

  private func holds(_ combination: ConceptSearch.Combination) -> Bool {
    guard !combination.locales.isEmpty, let locale = occasion.locale else { return true }
    return combination.locales.contains(locale.language)
  }

  /// Whether a concept's words stand in the text.
  mutating func says(_ concept: Int) -> Bool {
    guard readConcepts() else { return false }
    for form in forms.indices {
      if read([concept], in: form), hits[form].contains(concept) { return true }
    }
    return false
  }

  /// Whether every sentence of the text has words of a concept.
  mutating func saysNothingBut(_ concept: Int) -> Bool {
    guard readConcepts(), let form = forms.first, read([concept], in: 0), let hits = hits.first
    else { return false }
    let sentences = form.bytes.indices.split { form.bytes[$0] == 10 }.compactMap { part in
      part.contains { isLetter(form.bytes[$0]) || isDigit(form.bytes[$0]) }
        ? part.startIndex..<part.endIndex : nil
    }
    return !sentences.isEmpty
      && sentences.allSatisfy { sentence in
        hits.languages(expecting: expected).contains { language in
          hits.places(of: concept, in: language).contains { sentence.overlaps($0) }
        }
      }
  }

  /// Finds the concepts in every form, once; false when a search was given up.
  private mutating func readConcepts() -> Bool {
    guard hits.isEmpty else { return true }
    var found: [ConceptHits] = []
    for form in forms {
      guard let hits = concepts.hits(in: form, expecting: expected, using: scratch) else {
        return false
      }
      found.append(hits)
    }
    hits = found
    // Durations are told by them.
    let units = concepts.units.map(\.concept) + [concepts.workingDays].compactMap { $0 }
    return forms.indices.allSatisfy { read(units, in: $0) }
  }

  /// Where a part of a combination stands.
  private func places(
    of part: ConceptSearch.Part, in form: ReadableText, _ hits: ConceptHits, _ language: Int
  ) -> [Range<Int>] {
    var places = part.concepts.flatMap { hits.places(of: $0, in: language) }
    if let longest = part.longestDuration {
      let units = concepts.units.flatMap { unit in
        hits.places(of: unit.concept, in: language).map { ($0, unit.days) }
      }
      let working = concepts.workingDays.map { hits.places(of: $0, in: language) } ?? []
      places += form.durations(units: units, working: working, numbers: reading.numbers)
        .filter { $0.days > longest }.map(\.range)
    }
    return places
  }

  /// Where all parts of a combination stand near each other.
  private func together(
    _ places: [[Range<Int>]], _ combination: ConceptSearch.Combination, in form: ReadableText
  ) -> [(whole: Range<Int>, last: Range<Int>)] {
    (places.first ?? []).compactMap { first in
      let reach = reach(of: combination.distance, around: first.lowerBound, in: form)
      return completed([first], places.dropFirst(), within: reach, combination.isOrdered)
    }
  }

  /// How far the parts of a combination may stand from the first.
  private func reach(
    of distance: PolicyPack.Combination.Distance, around place: Int, in form: ReadableText
  ) -> Range<Int> {
    var reach = form.sentence(around: place)
    switch distance {
    case .sentence: break
    case .neighbours:
      if reach.lowerBound > 0 {
        reach = form.sentence(around: reach.lowerBound - 1).lowerBound..<reach.upperBound
      }
      if reach.upperBound < form.bytes.count {
        reach = reach.lowerBound..<form.sentence(around: reach.upperBound + 1).upperBound
      }
    case .text: reach = 0..<form.bytes.count
    }
    return reach
  }

  /// What the parts that have been found and the others cover, nearest first, and the last words of
  /// it; nil where some part has no words of its own.
  private func completed(
    _ found: [Range<Int>], _ others: ArraySlice<[Range<Int>]>, within reach: Range<Int>,
    _ isOrdered: Bool
  ) -> (whole: Range<Int>, last: Range<Int>)? {
    guard let first = found.first, let last = found.last else { return nil }
    guard let candidates = others.first else {
      let end = found.max { $0.upperBound < $1.upperBound } ?? first
      let start = found.map(\.lowerBound).min() ?? first.lowerBound
      return (start..<end.upperBound, end)
    }
    let near = candidates.filter { candidate in
      reach.contains(candidate.lowerBound)
        && (!isOrdered || candidate.lowerBound >= last.upperBound)
        && !found.contains { Self.shareWords($0, candidate) }
    }.sorted { abs($0.lowerBound - first.lowerBound) < abs($1.lowerBound - first.lowerBound) }
    for candidate in near.prefix(8) {
      if let whole = completed(found + [candidate], others.dropFirst(), within: reach, isOrdered) {
        return whole
      }
    }
    return nil
  }

  /// Whether two hits are made of the same words: they overlap, and none stands in a gap of the
  /// other, as "it" does in "take it down".
  private static func shareWords(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
    func isInside(_ inner: Range<Int>, _ outer: Range<Int>) -> Bool {
      outer.lowerBound < inner.lowerBound && inner.upperBound < outer.upperBound
    }
    return one.overlaps(other) && !isInside(one, other) && !isInside(other, one)
  }

  /// Whether a clause that a match stands in is taken back: by a refusal, a warning, another sense.
  private func isExcepted(
    _ range: Range<Int>, in form: ReadableText, by exceptions: [Range<Int>]
  ) -> Bool? {
    guard !exceptions.isEmpty else { return false }
    guard let clause = clause(around: range, in: form) else { return nil }
    return exceptions.contains { $0.overlaps(clause) }
  }

  /// The part of the sentence between "but" and "but" that a match stands in.
  private func clause(around range: Range<Int>, in form: ReadableText) -> Range<Int>? {
    let line = form.sentence(around: range.lowerBound)
    let end = form.sentence(around: max(range.lowerBound, range.upperBound - 1)).upperBound
    guard
      let borders = turns.matches(
        in: form.bytes.span.extracting(line.lowerBound..<end), using: scratch)
    else { return nil }
    var clause = line.lowerBound..<end
    for border in borders {
      let place = border.range.lowerBound + line.lowerBound
      let behind = border.range.upperBound + line.lowerBound
      if behind <= range.lowerBound { clause = behind..<clause.upperBound }
      if place >= range.upperBound, place < clause.upperBound { clause = clause.lowerBound..<place }
    }
    return clause
  }
}
