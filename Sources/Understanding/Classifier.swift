package import Diagnostics
public import Language
package import Patterns

/// The rules of all intents in all languages, compiled once.
public struct Classifier: Sendable {
  /// What rules call that which is true of a message as a whole: `is_question`.
  package static let traits = Set(Grammar.Trait.allCases.map(\.rawValue))

  /// The intents, sorted by identifier.
  public let intents: [Intent]
  private(set) var vocabulary: Vocabulary
  let grammar: Grammar
  let lexicons: [Lexicon]
  private let entityFinder: EntityFinder
  /// The place of what no intent may claim among the intents.
  private let offTopic: Int?

  /// Compiles rules.
  /// - Parameters:
  ///   - intents: the intents, with `out_of_scope` among them where the bot has it.
  ///   - lexicons: one for each language.
  ///   - hints: what single words say beside all rules; none are needed where there are tables.
  ///   - entityFinder: what finds numbers, addresses and amounts.
  ///   - tables: what was made of the same files before; nil afterwards where it is damaged.
  /// - Throws: `InvalidFiles` with every fault of every rule.
  package init(
    _ intents: [Intent], lexicons: [Lexicon], hints: [Hints] = [], entityFinder: EntityFinder,
    tables: inout TableArchive.Reader?
  ) throws(InvalidFiles) {
    self.intents = intents.sorted { $0.id < $1.id }
    self.entityFinder = entityFinder
    offTopic = self.intents.firstIndex(where: \.isOutOfScope)
    var found: [Diagnostic] = []
    let lexicons = lexicons.sorted { $0.locale < $1.locale }
    self.lexicons = lexicons
    vocabulary =
      Self.restored(lexicons, self.intents, &tables)
      ?? Vocabulary(lexicons, self.intents, hints, &found)
    grammar = Grammar(self.intents, over: vocabulary, lexicons, &found)
    let known = Set(intents.map(\.id.description))
    for intent in intents {
      for other in intent.yieldsTo where !known.contains(other.description) {
        found.append(
          Diagnostic(
            code: "unknown-intent", at: intent.location, "'\(other)' is no intent",
            remedy: other.description == "all"
              ? "for a greeting or thanks write 'small_talk: true'"
              : nearest(to: other.description, among: known).map { "did you mean '\($0)'?" }))
      }
    }
    if let error = InvalidFiles(found) { throw error }
  }

  /// Compiles rules of which nothing has been kept.
  package init(
    _ intents: [Intent], lexicons: [Lexicon], hints: [Hints] = [], entityFinder: EntityFinder
  ) throws(InvalidFiles) {
    var none: TableArchive.Reader?
    try self.init(
      intents, lexicons: lexicons, hints: hints, entityFinder: entityFinder, tables: &none)
  }

  /// What was made of the same files before; nil where that is damaged, and nothing else of it is
  /// used then.
  private static func restored(
    _ lexicons: [Lexicon], _ intents: [Intent], _ tables: inout TableArchive.Reader?
  ) -> Vocabulary? {
    guard var archive = tables else { return nil }
    do throws(TableArchive.Damaged) {
      let vocabulary = try Vocabulary(lexicons, intents, &archive)
      tables = archive
      return vocabulary
    } catch {
      tables = nil
      return nil
    }
  }

  /// Writes the tables that take long to make.
  package func write(to archive: inout TableArchive) { vocabulary.write(to: &archive) }

  /// The same rules with a keyword that the tables lack.
  func with(
    _ keyword: Vocabulary.Keyword, _ forms: [[UInt8]], in language: Int
  ) throws(KeywordError) -> Classifier {
    var rules = self
    try rules.vocabulary.add(keyword, forms, in: language)
    return rules
  }

  /// The languages that can be read.
  public var locales: [LocaleTag] { vocabulary.locales }

  /// How the lines begin by which a message stops being its writer's own.
  package var quotationMarks: QuotationMarks { vocabulary.marks }

  /// Reads a message: total, and the same for the same message.
  /// - Parameters:
  ///   - utterance: the message; its locale says by which words, if the bot has them.
  ///   - context: when it was written, and about which products.
  /// - Returns: what was found, and why.
  public func read(_ utterance: Utterance, in context: ReadingContext = ReadingContext()) -> Reading
  {
    read(utterance, sightings(in: utterance), in: context)
  }

  /// Reads a message whose words have been looked up.
  package func read(
    _ utterance: Utterance, _ sightings: Sightings, in context: ReadingContext
  ) -> Reading {
    let scratch = MatchScratch()
    let known = language(reading: utterance)
    let entities = entityFinder.entities(
      in: utterance, by: known.map { lexicons[$0].dates }, in: context, using: scratch)
    guard let language = known else {
      return Reading(
        findings: [], entities: entities, locale: nil,
        clauses: utterance.clauses.map(utterance.originalRange(of:)))
    }
    let pass = ReadingPass(utterance, in: language, by: vocabulary, sightings)
    let clauses = pass.clauses()
    let (whole, parts) = score(clauses, of: pass, entities, using: scratch)
    return Reading(
      findings: findings(whole, parts, of: pass), entities: entities, locale: locales[language],
      isIncomplete: whole.isIncomplete, clauses: clauses.map(utterance.originalRange(of:)),
      mended: pass.mended, concepts: concepts(of: pass))
  }

  /// Everything that speaks for and against every intent, in the order of `intents`: what points
  /// are fitted to.
  package func evidence(in utterance: Utterance) -> [[Evidence]] {
    guard let language = language(reading: utterance) else { return intents.map { _ in [] } }
    let scratch = MatchScratch()
    let entities = entityFinder.entities(
      in: utterance, by: nil, in: ReadingContext(), using: scratch)
    let pass = ReadingPass(
      utterance, in: language, by: vocabulary, sightings(in: utterance))
    let (whole, _) = score(pass.clauses(), of: pass, entities, using: scratch)
    return evidence(of: whole, in: pass) { _ in true }
  }

  /// The rules that spoke, by intent, in words.
  private func evidence(
    of scoring: Scoring, in pass: ReadingPass, where isWanted: (Int) -> Bool
  ) -> [[Evidence]] {
    var evidence: [[Evidence]] = Array(repeating: [], count: intents.count)
    for remark in scoring.remarks where isWanted(remark.intent) {
      let (kind, text): (Evidence.Kind, String) =
        switch remark.rule {
        case .concepts(let number): (.concepts, grammar.rules[Int(number)].text)
        case .keyword(let number): (.keyword, vocabulary.keywords[Int(number)].text)
        case .pattern(let number): (.pattern, grammar.patterns[Int(number)].text)
        }
      evidence[remark.intent].append(
        Evidence(
          kind: kind, rule: text, points: remark.points,
          range: pass.utterance.originalRange(of: remark.range), clause: remark.clause))
    }
    let hints = vocabulary.hints[pass.language]
    let weight = scoring.weightOfHints
    for hit in scoring.hints {
      // Most hints speak about several intents, and many about none that is wanted.
      var shown: (text: String, range: Range<Int>)?
      hints.forEachShare(of: hit.hint) { share in
        guard isWanted(Int(share.target)) else { return }
        let (text, range) =
          shown ?? (hints.text(of: hit.hint), pass.utterance.originalRange(of: hit.range))
        shown = (text, range)
        evidence[Int(share.target)].append(
          Evidence(
            kind: .hint, rule: text, points: weight * share.points, range: range,
            clause: hit.clause))
      }
    }
    for intent in intents.indices where isWanted(intent) {
      for rule in grammar.traitRules(of: intent, holdingFor: scoring.traits) {
        evidence[intent].append(
          Evidence(
            kind: .concepts, rule: rule.text, points: rule.points,
            range: 0..<pass.utterance.text.utf8.count, clause: 0))
      }
    }
    return evidence
  }

  private func language(reading utterance: Utterance) -> Int? {
    utterance.locale?.match(in: locales).flatMap { locales.firstIndex(of: $0) }
  }

  /// Lets the rules speak about the message as a whole and, where it has several, about each clause.
  private func score(
    _ clauses: [Range<Int>], of pass: ReadingPass, _ entities: [Entity],
    using scratch: borrowing MatchScratch
  ) -> (whole: Scoring, parts: [Scoring]) {
    let traits = pass.traits(of: clauses)
    let entityHits = entities.flatMap { entity -> [(concept: Int, range: Range<Int>)] in
      guard let concepts = vocabulary.entityConcepts[pass.language][entity.kind],
        let range = pass.utterance.folded.foldedRange(of: entity.range)
      else { return [] }
      return concepts.map { ($0, range) }
    }
    var whole = Scoring(grammar, for: traits)
    var parts: [Scoring] = []
    for (number, clause) in clauses.enumerated() {
      var places = ConceptPlaces(conceptCount: grammar.conceptCount)
      for hit in pass.hits where clause.contains(hit.range.lowerBound) {
        guard case .concept(let concept) = hit.meaning else { continue }
        places.add(concept, isDenied: hit.isDenied, at: hit.range)
      }
      for hit in entityHits where clause.contains(hit.range.lowerBound) {
        places.add(hit.concept, isDenied: false, at: hit.range)
      }
      for trait in traits {
        places.add(grammar.number(of: trait), isDenied: false, at: clause)
      }
      // One clause is the message.
      if clauses.count == 1 {
        whole.add((clause, number), of: pass, places, by: grammar, using: scratch)
        break
      }
      var part = Scoring(grammar, for: traits)
      part.add((clause, number), of: pass, places, by: grammar, using: scratch)
      whole.merge(part, by: vocabulary.hints[pass.language])
      parts.append(part)
    }
    return (whole, parts)
  }

  /// Below this share of certainty an intent is not worth a word.
  private static let leastShare = 0.005

  /// The intents that have some reason for them, as the whole message and as its clauses say.
  private func findings(
    _ whole: Scoring, _ parts: [Scoring], of pass: ReadingPass
  ) -> [Finding] {
    // The words of a clause count as they do in the whole message.
    let weight = whole.weightOfHints
    let shares = whole.shares(weighingHints: weight)
    let points = whole.points(weighingHints: weight)
    // The clause that says most for each intent, and its share there.
    var clauses = Array(repeating: 0, count: intents.count)
    var sharesOfClauses = shares
    if !parts.isEmpty {
      sharesOfClauses = Array(repeating: 0, count: intents.count)
      for (clause, part) in parts.enumerated() {
        for (index, share) in part.shares(weighingHints: weight).enumerated()
        where share > sharesOfClauses[index] {
          sharesOfClauses[index] = share
          clauses[index] = clause
        }
      }
    }
    let evidence = evidence(of: whole, in: pass) { index in
      max(shares[index], sharesOfClauses[index]) >= Self.leastShare
    }
    return intents.indices.compactMap { index in
      let intent = intents[index]
      guard intent.isOutOfScope || evidence[index].contains(where: { $0.points > 0 }) else {
        return nil
      }
      return Finding(
        intent: intent.id, points: points[index], confidence: shares[index],
        clauseConfidence: sharesOfClauses[index], clause: clauses[index], risk: intent.risk,
        bias: intent.bias, evidence: evidence[index], yieldsTo: intent.yieldsTo,
        isSmallTalk: intent.isSmallTalk, isNeverAsked: intent.isNeverAsked,
        isOutOfScope: intent.isOutOfScope)
    }
  }

  /// The words that mean something, by concept.
  private func concepts(of pass: ReadingPass) -> [ConceptHit] {
    pass.hits.compactMap { hit in
      guard case .concept(let concept) = hit.meaning else { return nil }
      return ConceptHit(
        concept: vocabulary.concepts[concept], isDenied: hit.isDenied,
        range: pass.utterance.originalRange(of: hit.range))
    }
  }
}
