internal import Language
internal import Patterns

/// What one reading of a message gathers.
struct ReadingPass {
  let utterance: Utterance
  var isIncomplete = false
  private var evidence: [[Evidence]]
  /// Concepts that stand there as entities, and where in the folded bytes.
  private let entityHits: [(concept: Int, range: Range<Int>)]
  /// For each concept where in the whole message it stands.
  private var hitsOfMessage: [[Range<Int>]]

  init(utterance: Utterance, entities: [Entity], intentCount: Int, grammar: Grammar) {
    self.utterance = utterance
    hitsOfMessage = Array(repeating: [], count: grammar.conceptCount)
    entityHits = entities.flatMap { entity -> [(concept: Int, range: Range<Int>)] in
      guard let concepts = grammar.concepts[entity.kind],
        let range = utterance.folded.foldedRange(of: entity.range)
      else { return [] }
      return concepts.map { ($0, range) }
    }
    evidence = Array(repeating: [], count: intentCount)
  }

  /// The sentences, cut once more where a second question begins.
  func cut(by grammar: Grammar) -> [Range<Int>] {
    utterance.clauses.flatMap { sentence in
      var starts: Set<Int> = [sentence.lowerBound]
      grammar.table.forEachMatch(in: utterance.folded.bytes.span.extracting(sentence)) {
        if case .clauseBreak = $1 { starts.insert($0.lowerBound + sentence.lowerBound) }
      }
      let sorted = starts.sorted()
      return zip(sorted, sorted.dropFirst() + [sentence.upperBound]).map { $0..<$1 }
    }
  }

  mutating func read(
    _ clause: Range<Int>, number: Int, by grammar: Grammar, using scratch: borrowing MatchScratch
  ) {
    // A copy, which shares its storage: the span must not borrow what is being changed.
    let utterance = self.utterance
    let bytes = utterance.folded.bytes.span.extracting(clause)
    var hits = Array(repeating: [Range<Int>](), count: grammar.conceptCount)
    var keywords: [(Range<Int>, Int)] = []
    grammar.table.forEachMatch(in: bytes) { range, signal in
      switch signal {
      case .concept(let concept): hits[concept].append(range)
      case .keyword(let keyword): keywords.append((range, keyword))
      case .clauseBreak: break
      }
    }
    for (concept, range) in entityHits
    where range.lowerBound >= clause.lowerBound && range.upperBound <= clause.upperBound {
      hits[concept].append(
        (range.lowerBound - clause.lowerBound)..<(range.upperBound - clause.lowerBound))
    }
    func note(
      _ kind: Evidence.Kind, _ intent: Int, _ rule: String, _ weight: Double, _ range: Range<Int>
    ) {
      let folded = (range.lowerBound + clause.lowerBound)..<(range.upperBound + clause.lowerBound)
      // Each rule speaks once for a message, however often it is met.
      guard !evidence[intent].contains(where: { $0.kind == kind && $0.rule == rule }) else {
        return
      }
      evidence[intent].append(
        Evidence(
          kind: kind, rule: rule, weight: weight,
          range: utterance.originalRange(of: folded), clause: number))
    }
    for (range, keyword) in keywords {
      let compiled = grammar.keywords[keyword]
      note(.keyword, compiled.intent, compiled.text, compiled.weight, range)
    }
    for (concept, ranges) in hits.enumerated() {
      hitsOfMessage[concept] += ranges.map {
        ($0.lowerBound + clause.lowerBound)..<($0.upperBound + clause.lowerBound)
      }
    }
    for rule in grammar.rules where rule.only.isEmpty {
      guard let range = rule.range(in: hits, of: bytes) else { continue }
      note(.concepts, rule.intent, rule.text, rule.weight, range)
    }
    for pattern in grammar.patterns {
      switch pattern.pattern.firstMatch(in: bytes, using: scratch) {
      case .match(let match):
        note(.pattern, pattern.intent, pattern.text, pattern.weight, match.range)
      case .noMatch: break
      case .limitReached: isIncomplete = true
      }
    }
  }

  /// Applies the rules about the message as a whole, after all clauses have been read.
  mutating func finish(by grammar: Grammar) {
    let bytes = utterance.folded.bytes
    for rule in grammar.rules where !rule.only.isEmpty {
      guard let first = rule.all.first.flatMap({ hitsOfMessage[$0].first }),
        rule.all.allSatisfy({ !hitsOfMessage[$0].isEmpty }),
        rule.coversAll(of: bytes, with: hitsOfMessage)
      else { continue }
      evidence[rule.intent].append(
        Evidence(
          kind: .concepts, rule: rule.text + ", nothing else", weight: rule.weight,
          range: utterance.originalRange(of: first), clause: 0))
    }
  }

  /// The confidence in each intent: what speaks for it is taken as independent, so that doubt
  /// shrinks with every reason, and what speaks against it takes its share away.
  func findings(_ intents: [Intent]) -> [Finding] {
    zip(intents, evidence).compactMap { intent, evidence in
      let supporting = evidence.filter { $0.weight > 0 }
      guard let strongest = supporting.max(by: { $0.weight < $1.weight }) else { return nil }
      let doubt = supporting.reduce(1) { $0 * (1 - $1.weight) }
      let kept = evidence.filter { $0.weight < 0 }.reduce(1) { $0 * (1 + $1.weight) }
      return Finding(
        intent: intent.id, confidence: (1 - doubt) * kept, risk: intent.risk,
        clause: strongest.clause, evidence: evidence, yieldsTo: intent.yieldsTo,
        yieldsToAll: intent.yieldsToAll)
    }
  }
}
