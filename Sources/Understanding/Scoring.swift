internal import Foundation
internal import Language
internal import Patterns

/// How points become confidence.
///
/// Each intent's points are added up, and the intents share one certainty in proportion to eᵖᵒⁱⁿᵗˢ:
/// a point more makes an intent 2.7 times as likely against any other. This is multinomial logistic
/// regression with the points as its weights, so that points which were fitted to labelled messages
/// give shares that can be taken at their word.
struct Scoring {
  /// A rule that spoke.
  struct Remark {
    enum Rule: Hashable {
      case concepts(Int32)
      case keyword(Int32)
      case pattern(Int32)
    }

    let rule: Rule
    let intent: Int
    let points: Double
    /// What it spoke about, in the folded bytes.
    let range: Range<Int>
    let clause: Int
  }

  /// A word that hints at something.
  struct HintHit {
    let hint: Int
    /// Where it stands, in the folded bytes.
    let range: Range<Int>
    let clause: Int
  }

  /// What is true of the whole message.
  let traits: Set<Grammar.Trait>
  private(set) var remarks: [Remark] = []
  /// The hints of the message, each where it stands first.
  private(set) var hints: [HintHit] = []
  /// What rules say about each intent, and what hints do before they are weighed.
  private var ruled: [Double]
  private var hinted: [Double]
  private(set) var isIncomplete = false
  /// One bit for each combination that has spoken: a message has many, and most are about nothing.
  private var spoken: [UInt64]
  private var spokenOthers: Set<Remark.Rule> = []
  private var spokenHints: [UInt64] = []

  /// Begins with what is known before a word is read.
  init(_ grammar: Grammar, for traits: Set<Grammar.Trait>) {
    self.traits = traits
    ruled = grammar.points(before: traits)
    hinted = Array(repeating: 0, count: ruled.count)
    spoken = Array(repeating: 0, count: grammar.rules.count / 64 + 1)
  }

  /// How far the hints of a message count: the more of them it has, the less each says.
  var weightOfHints: Double { 1 / Double(hints.count + 1).squareRoot() }

  /// What each intent's points come to.
  /// - Parameter weight: how far hints count.
  /// - Returns: the points by intent.
  func points(weighingHints weight: Double) -> [Double] {
    ruled.indices.map { ruled[$0] + weight * hinted[$0] }
  }

  /// The share of certainty that each intent's points come to.
  /// - Parameter weight: how far hints count.
  /// - Returns: the shares by intent.
  func shares(weighingHints weight: Double) -> [Double] {
    let points = points(weighingHints: weight)
    let highest = points.max() ?? 0
    // A share below a millionth is none: nothing is done about it.
    let weights = points.map { $0 - highest < -14 ? 0 : exp($0 - highest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  /// Takes a remark, unless its rule has spoken: each speaks once, however often it is met.
  private mutating func note(_ remark: Remark) {
    if case .concepts(let number) = remark.rule {
      let bit: UInt64 = 1 << UInt64(number & 63)
      if spoken[Int(number >> 6)] & bit != 0 { return }
      spoken[Int(number >> 6)] |= bit
    } else if !spokenOthers.insert(remark.rule).inserted {
      return
    }
    remarks.append(remark)
    ruled[remark.intent] += remark.points
  }

  private mutating func note(_ hit: HintHit, by hints: HintTable) {
    if spokenHints.isEmpty { spokenHints = Array(repeating: 0, count: hints.count / 64 + 1) }
    let bit: UInt64 = 1 << UInt64(hit.hint & 63)
    if spokenHints[hit.hint >> 6] & bit != 0 { return }
    spokenHints[hit.hint >> 6] |= bit
    self.hints.append(hit)
    hints.forEachShare(of: hit.hint) { hinted[Int($0.target)] += $0.points }
  }

  /// Lets the rules speak about one clause.
  /// - Parameters:
  ///   - clause: where it stands, and its number.
  ///   - pass: the message's words.
  ///   - places: where concepts stand in the clause.
  ///   - grammar: the rules.
  ///   - scratch: room for matches.
  mutating func add(
    _ clause: (range: Range<Int>, number: Int), of pass: ReadingPass, _ places: ConceptPlaces,
    by grammar: Grammar, using scratch: borrowing MatchScratch
  ) {
    for hit in pass.hits where clause.range.contains(hit.range.lowerBound) && !hit.isDenied {
      guard case .keyword(let number) = hit.meaning else { continue }
      let keyword = pass.vocabulary.keywords[number]
      note(
        Remark(
          rule: .keyword(Int32(number)), intent: keyword.intent, points: keyword.points,
          range: hit.range, clause: clause.number))
    }
    let bytes = pass.utterance.folded.bytes.span.extracting(clause.range)
    let hints = pass.vocabulary.hints[pass.language]
    let start = clause.range.lowerBound
    hints.forEachMatch(in: bytes) { range, hint in
      let place = range.lowerBound + start..<range.upperBound + start
      note(HintHit(hint: hint, range: place, clause: clause.number), by: hints)
    }
    for term in places.present {
      for waking in grammar.rulesByTerm[term.index] {
        if let other = waking.other, !places.has(other) { continue }
        let rule = grammar.rules[Int(waking.rule)]
        guard let range = rule.range(among: places) else { continue }
        note(
          Remark(
            rule: .concepts(waking.rule), intent: rule.intent, points: rule.points, range: range,
            clause: clause.number))
      }
      for number in grammar.patternsByTerm[pass.language][term.index] ?? [] {
        let pattern = grammar.patterns[Int(number)]
        guard pattern.gate.allSatisfy(places.has) else { continue }
        switch pattern.pattern.firstMatch(in: bytes, using: scratch) {
        case .match(let match):
          let place = match.range.lowerBound + start..<match.range.upperBound + start
          note(
            Remark(
              rule: .pattern(number), intent: pattern.intent, points: pattern.points,
              range: place, clause: clause.number))
        case .noMatch: break
        case .limitReached: isIncomplete = true
        }
      }
    }
  }

  /// Adds what another clause's rules and hints said.
  mutating func merge(_ other: Scoring, by hints: HintTable) {
    for remark in other.remarks { note(remark) }
    for hit in other.hints { note(hit, by: hints) }
    isIncomplete = isIncomplete || other.isIncomplete
  }
}
