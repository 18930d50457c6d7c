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
  }

  /// What kind of rule spoke.
  public let kind: Kind
  /// The rule as its author wrote it.
  public let rule: String
  /// How much it says: above zero for the intent, below zero against it.
  public let weight: Double
  /// The buyer's own bytes that it spoke about: offsets into the message's UTF-8.
  public let range: Range<Int>
  /// Which clause of the message, from 0.
  public let clause: Int
}

/// An intent that a message may carry.
public struct Finding: Sendable, Hashable {
  /// The intent.
  public let intent: IntentID
  /// How sure that is, from 0 to 1.
  public let confidence: Double
  /// How risky it is to overlook: see `Intent.risk`.
  public let risk: Int
  /// The clause that says most for it, from 0.
  public let clause: Int
  /// Why.
  public let evidence: [Evidence]
  let yieldsTo: Set<IntentID>
  let yieldsToAll: Bool

  /// The buyer's bytes that speak for the intent.
  fileprivate var support: [Range<Int>] { evidence.filter { $0.weight > 0 }.map(\.range) }

  fileprivate func yields(to other: Finding) -> Bool {
    intent != other.intent
      && ((yieldsToAll && !other.yieldsToAll) || yieldsTo.contains(other.intent))
  }

  /// Whether both are about other words of the message: two questions, not two readings of one.
  fileprivate func isApart(from other: Finding) -> Bool {
    !support.contains { range in other.support.contains { $0.overlaps(range) } }
  }
}

/// From which confidence on something is done, as `odzew.yaml` sets it.
public struct Thresholds: Sendable, Hashable {
  /// At or above it an intent may be answered.
  public var answer: Double
  /// At or above it a buyer is asked whether the intent is meant.
  public var clarify: Double
  /// How far an intent must be clear of another reading of the same words.
  public var margin: Double

  /// Makes thresholds.
  /// - Parameters:
  ///   - answer: from here on an intent may be answered.
  ///   - clarify: from here on a buyer is asked.
  ///   - margin: how far an intent must be clear of the runner-up.
  public init(answer: Double = 0.6, clarify: Double = 0.35, margin: Double = 0.15) {
    self.answer = answer
    self.clarify = clarify
    self.margin = margin
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

  fileprivate init(_ finding: Finding) {
    intent = finding.intent
    confidence = finding.confidence
    isSmallTalk = finding.yieldsToAll
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

  /// Everything that has any evidence, riskiest first, then strongest.
  public let findings: [Finding]
  /// Numbers, addresses, amounts and the like.
  public let entities: [Entity]
  /// The language by whose rules the message was read.
  public let locale: LocaleTag?
  /// Whether a rule was given up because it took too long: then what was found may not be all, and
  /// nothing is answered.
  public let isIncomplete: Bool
  /// The clauses, as ranges of the message's UTF-8.
  public let clauses: [Range<Int>]

  package init(
    findings: [Finding], entities: [Entity], locale: LocaleTag?, isIncomplete: Bool,
    clauses: [Range<Int>]
  ) {
    self.findings = findings.sorted {
      ($0.risk, $0.confidence, $1.intent) > ($1.risk, $1.confidence, $0.intent)
    }
    self.entities = entities
    self.locale = locale
    self.isIncomplete = isIncomplete
    self.clauses = clauses
  }

  /// What may be done about the message.
  ///
  /// An intent is answerable when it reaches the threshold, does not stand back before another one
  /// that does, and, where both are readings of the same words, is ahead by the margin. Risky
  /// intents are not crowded out: overlooking one is worse than fetching a person in vain.
  /// - Parameter thresholds: from which confidence on.
  /// - Returns: the outcome.
  public func outcome(by thresholds: Thresholds) -> Outcome {
    if isIncomplete { return .nothing }
    let strong = findings.filter { $0.confidence >= thresholds.answer }
    let standing = strong.filter { finding in !strong.contains { finding.yields(to: $0) } }
    var kept: [Finding] = []
    for finding in standing.sorted(by: { $0.confidence > $1.confidence }) {
      let rivals = kept.filter {
        $0.risk == 0 && finding.risk == 0 && !finding.isApart(from: $0)
      }
      guard let rival = rivals.first else {
        kept.append(finding)
        continue
      }
      if rival.confidence - finding.confidence < thresholds.margin {
        return kept.contains { $0.risk > 0 }
          ? .answerable(ordered(kept.filter { $0.risk > 0 })) : .ambiguous([rival, finding])
      }
    }
    if !kept.isEmpty { return .answerable(ordered(kept)) }
    let candidates =
      findings
      .filter { $0.confidence >= thresholds.clarify && !$0.yieldsToAll }
      .sorted { $0.confidence > $1.confidence }
    return candidates.isEmpty ? .nothing : .ambiguous(Array(candidates.prefix(2)))
  }

  /// An intent that the buyer chose when asked.
  /// - Parameter intent: the choice.
  /// - Returns: the intent, if the message gave any reason for it.
  package func chosen(_ intent: IntentID) -> Answerable? {
    findings.first { $0.intent == intent }.map(Answerable.init)
  }

  /// Keeps the order of `findings`: riskiest first.
  private func ordered(_ kept: [Finding]) -> [Answerable] {
    findings.filter { finding in kept.contains { $0.intent == finding.intent } }
      .map(Answerable.init)
  }
}
