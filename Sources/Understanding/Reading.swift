public import Language

/// One reason why an intent was found, or why it was doubted.
public struct Evidence: Sendable, Hashable {
  /// What kind of rule spoke.
  public enum Kind: String, Sendable {
    /// A combination of concepts.
    case concepts
    /// A pattern of the language.
    case pattern
    /// A keyword of the language.
    case keyword
    /// A word that says little alone.
    case hint
  }

  /// What kind of rule spoke.
  public let kind: Kind
  /// The rule as its author wrote it.
  public let rule: String
  /// How much it says: above zero for the intent, below zero against it.
  ///
  /// A point more makes the intent 2.7 times as likely.
  public let points: Double
  /// The buyer's own bytes that it spoke about: offsets into the message's UTF-8.
  public let range: Range<Int>
  /// Which clause of the message, from 0.
  public let clause: Int
}

/// A word or phrase of the message, and the concept that it stands for.
public struct ConceptHit: Sendable, Hashable {
  /// The concept's name.
  public let concept: String
  /// Whether something near it denies it.
  public let isDenied: Bool
  /// The buyer's own bytes: offsets into the message's UTF-8.
  public let range: Range<Int>
}

/// A word that was taken for a mistyped one.
public struct Mending: Sendable, Hashable {
  /// The buyer's own bytes: offsets into the message's UTF-8.
  public let range: Range<Int>
  /// What it was taken for, folded.
  public let meant: String
}

/// An intent that a message may carry.
public struct Finding: Sendable, Hashable {
  /// The intent.
  public let intent: IntentID
  /// All points that speak for it, less those against it.
  public let points: Double
  /// The intent's share of all certainty about the whole message, from 0 to 1.
  let shareOfMessage: Double
  /// Its share in the clause that says most for it.
  let shareOfClause: Double
  /// How sure it is, from 0 to 1: fitted so that of all readings at 0.9 nine in ten are right.
  public var confidence: Double { max(shareOfMessage, isApart ? shareOfClause : 0) }
  /// The clause that says most for it, from 0.
  public let clause: Int
  /// How risky it is to overlook: see `Intent.risk`.
  public let risk: Int
  /// The points that it starts with, whatever a message says.
  public let bias: Double
  /// Why.
  public let evidence: [Evidence]
  /// Whether it is what no intent may claim.
  public let isOutOfScope: Bool
  /// Whether one clause alone says it, beside what the message says as a whole.
  fileprivate(set) var isApart = false
  /// Whether it is not read from words: somebody who knows has said so.
  fileprivate(set) var isStated = false
  let yieldsTo: Set<IntentID>
  let isSmallTalk: Bool
  /// Whether nobody is asked if they mean it.
  let isNeverAsked: Bool

  init(
    intent: IntentID, points: Double, confidence: Double, clauseConfidence: Double, clause: Int,
    risk: Int, bias: Double, evidence: [Evidence], yieldsTo: Set<IntentID>, isSmallTalk: Bool,
    isNeverAsked: Bool, isOutOfScope: Bool
  ) {
    self.intent = intent
    self.points = points
    shareOfMessage = confidence
    shareOfClause = clauseConfidence
    self.clause = clause
    self.risk = risk
    self.bias = bias
    self.evidence = evidence
    self.yieldsTo = yieldsTo
    self.isSmallTalk = isSmallTalk
    self.isNeverAsked = isNeverAsked
    self.isOutOfScope = isOutOfScope
  }

  /// How sure it is where nothing else is said for certain.
  ///
  /// A clause lacks what the others say, and counts as if a point less spoke for it; but a risk in
  /// passing counts in full.
  fileprivate var confidenceAlone: Double {
    if risk > 0 || !isApart { return confidence }
    // A point less makes an intent e times less likely.
    return max(shareOfMessage, shareOfClause / (shareOfClause + (1 - shareOfClause) * 2.718))
  }

  /// Whether this stands back before another one.
  fileprivate func yields(to other: Finding) -> Bool {
    intent != other.intent
      && ((isSmallTalk && !other.isSmallTalk) || yieldsTo.contains(other.intent))
  }
}

/// From which confidence on something is done, as `odzew.yaml` sets it.
public struct Thresholds: Sendable, Hashable {
  /// At or above it an intent may be answered.
  public var answer: Double
  /// At or above it a risky intent is acted on: overlooking one costs more than fetching a person
  /// in vain.
  public var risk: Double
  /// At or above it a buyer is asked whether the intent is meant.
  public var clarify: Double
  /// How far an intent must be clear of another reading of the same words.
  public var margin: Double

  /// Makes thresholds.
  /// - Parameters:
  ///   - answer: from here on an intent may be answered.
  ///   - risk: from here on a risky intent is acted on.
  ///   - clarify: from here on a buyer is asked.
  ///   - margin: how far an intent must be clear of the runner-up.
  public init(
    answer: Double = 0.6, risk: Double = 0.6, clarify: Double = 0.2, margin: Double = 0.15
  ) {
    self.answer = answer
    self.risk = risk
    self.clarify = clarify
    self.margin = margin
  }

  /// From here on a greeting or thanks is taken for that: "how can we help?" is as good a question
  /// back as any other.
  private static let smallTalk = 0.8

  /// From which confidence on a finding may be answered.
  package func least(for finding: Finding) -> Double {
    if finding.risk > 0 { return min(risk, answer) }
    return finding.isSmallTalk ? min(Self.smallTalk, answer) : answer
  }
}

/// An intent that may be answered: sure enough, and clear of its neighbours.
///
/// Only a reading makes one, so nobody can answer a guess.
public struct Answerable: Sendable, Hashable {
  /// The intent.
  public let intent: IntentID
  /// How sure that is, from 0 to 1.
  public let confidence: Double
  /// Whether it is a mere greeting or thanks, which stands back before everything else.
  public let isSmallTalk: Bool
  /// How risky it is to overlook: see `Intent.risk`.
  public let risk: Int

  fileprivate init(_ finding: Finding) {
    risk = finding.risk
    intent = finding.intent
    confidence = finding.confidence
    isSmallTalk = finding.isSmallTalk
  }
}

/// What a message was understood to say, with every reason.
public struct Reading: Sendable, Hashable {
  /// What became of the findings under some thresholds.
  public enum Outcome: Sendable, Hashable {
    /// These may be answered, riskiest first, then strongest.
    case answerable([Answerable])
    /// One of these is meant, and it is not clear which; strongest first, two at the most.
    case ambiguous([Finding])
    /// Nothing was understood well enough to ask about.
    case nothing
  }

  /// Every intent that has any evidence, riskiest first, then strongest.
  public let findings: [Finding]
  /// What speaks for the message being about something else altogether.
  public let offTopic: Finding?
  /// Numbers, addresses, amounts and the like.
  public let entities: [Entity]
  /// The language by whose words the message was read.
  public let locale: LocaleTag?
  /// Whether a rule was given up because it took too long: then what was found may not be all, and
  /// nothing is answered.
  public let isIncomplete: Bool
  /// The clauses that were read, as ranges of the message's UTF-8.
  public let clauses: [Range<Int>]
  /// What was taken for typos.
  public let mended: [Mending]
  /// The words that mean something.
  public let concepts: [ConceptHit]

  package init(
    findings: [Finding], entities: [Entity], locale: LocaleTag?, isIncomplete: Bool = false,
    clauses: [Range<Int>], mended: [Mending] = [], concepts: [ConceptHit] = []
  ) {
    offTopic = findings.first(where: \.isOutOfScope)
    self.findings = Self.tellingApart(findings.filter { !$0.isOutOfScope }).sorted {
      ($0.risk, $0.confidence, $1.intent) > ($1.risk, $1.confidence, $0.intent)
    }
    self.entities = entities
    self.locale = locale
    self.isIncomplete = isIncomplete
    self.clauses = clauses
    self.mended = mended
    self.concepts = concepts
  }

  /// From which share of a clause on the clause is believed beside the message as a whole.
  private static let shareThatStandsAlone = 0.8
  /// The same for a risky intent, which may stand in passing.
  private static let riskThatStandsAlone = 0.6

  /// Marks what one clause says for itself: a second question, or a risk in passing.
  ///
  /// What stands back before the strongest intent of the message does so here too: "my parcel is
  /// late. Where is it?" asks one thing.
  private static func tellingApart(_ findings: [Finding]) -> [Finding] {
    let strongest = findings.max { $0.shareOfMessage < $1.shareOfMessage }
    return findings.map { finding in
      var finding = finding
      let yields = strongest.map { finding.yields(to: $0) || finding.isSmallTalk } ?? false
      let least = finding.risk > 0 ? riskThatStandsAlone : shareThatStandsAlone
      finding.isApart = finding.isStated || finding.shareOfClause >= least && !yields
      return finding
    }
  }

  /// What may be done about the message.
  ///
  /// An intent is answerable when it reaches the threshold and, among readings of the message as a
  /// whole, is ahead by the margin. Clauses that are clear by themselves are answered beside it.
  /// Risky intents are not crowded out: overlooking one is worse than fetching a person in vain.
  /// - Parameter thresholds: from which confidence on.
  /// - Returns: the outcome.
  public func outcome(by thresholds: Thresholds) -> Outcome {
    if isIncomplete { return .nothing }
    let ranked = findings.sorted {
      ($0.confidence, $1.intent) > ($1.confidence, $0.intent)
    }
    var strong = ranked.filter { $0.confidence >= thresholds.least(for: $0) }
    if strong.count == 1 {
      strong = strong.filter { $0.confidenceAlone >= thresholds.least(for: $0) }
    }
    let kept = strong.filter { finding in !strong.contains { finding.yields(to: $0) } }
    if let first = kept.first {
      let rival = ranked.first { $0.intent != first.intent && !$0.isApart && !first.isApart }
      let isClear = rival.map { first.confidence - $0.confidence >= thresholds.margin } ?? true
      if isClear || kept.contains(where: { $0.risk > 0 }) {
        return .answerable(findings.filter(kept.contains).map(Answerable.init))
      }
    }
    let candidates = ranked.filter {
      $0.confidence >= thresholds.clarify && !$0.isSmallTalk && !$0.isNeverAsked
        && $0.confidence > (offTopic?.shareOfMessage ?? 0)
    }
    return candidates.isEmpty ? .nothing : .ambiguous(Array(candidates.prefix(2)))
  }

  /// Candidates of which one is meant as surely as an answer needs, though it is open which.
  ///
  /// Where all of them lead to the same answer, it can be given. The shares of the message are shares
  /// of one certainty, so that they add up.
  /// - Parameters:
  ///   - outcome: an ambiguous outcome of this reading.
  ///   - thresholds: from which confidence on.
  /// - Returns: the candidates, strongest first; none where they do not reach it together.
  package func jointlyAnswerable(_ outcome: Outcome, by thresholds: Thresholds) -> [Answerable] {
    guard case .ambiguous(let candidates) = outcome,
      candidates.reduce(0, { $0 + $1.shareOfMessage }) >= thresholds.answer
    else { return [] }
    return candidates.map(Answerable.init)
  }

  /// The same, with an intent that needs no words: the platform has said that the message is about it.
  /// - Parameter intent: the intent.
  /// - Returns: the reading with the intent at full confidence.
  package func stating(_ intent: Intent) -> Reading {
    var stated = Finding(
      intent: intent.id, points: 0, confidence: 1, clauseConfidence: 1, clause: 0,
      risk: intent.risk, bias: intent.bias, evidence: [], yieldsTo: [], isSmallTalk: false,
      isNeverAsked: false, isOutOfScope: false)
    stated.isStated = true
    return Reading(
      findings: findings.filter { $0.intent != intent.id } + [stated], entities: entities,
      locale: locale, isIncomplete: isIncomplete, clauses: clauses, mended: mended,
      concepts: concepts)
  }

  /// An intent that the buyer chose when asked.
  /// - Parameter intent: the choice.
  /// - Returns: the intent, if the message gave any reason for it.
  package func chosen(_ intent: IntentID) -> Answerable? {
    findings.first { $0.intent == intent }.map(Answerable.init)
  }
}
