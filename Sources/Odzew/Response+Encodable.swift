internal import Commerce
internal import Dialogue
public import Foundation
internal import Language
internal import Policy
internal import Understanding

// The names of the fields stand in the interface (the pipe's response) and nowhere else.

extension Response: Encodable {
  enum Key: String, CodingKey {
    case id, conversation, action, locale, intents, entities, reply, policy, escalation, reason,
      error, line
    case notBefore = "not_before"
    case needsAnswer = "needs_answer"
  }

  /// Writes the response.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encodeIfPresent(id, forKey: .id)
    try fields.encodeIfPresent(conversation, forKey: .conversation)
    try fields.encode(action, forKey: .action)
    try fields.encodeIfPresent(locale?.description, forKey: .locale)
    if action != .error {
      try fields.encode(intents.map(IntentFields.init), forKey: .intents)
      // A postcode is found to prove who asks; the interface does not name it.
      try fields.encode(
        entities.filter { $0.kind != .postcode }.map(EntityFields.init), forKey: .entities)
    }
    try fields.encodeIfPresent(reply.map(ReplyFields.init), forKey: .reply)
    try fields.encodeIfPresent(policy.map(PolicyFields.init), forKey: .policy)
    try fields.encodeIfPresent(handOff.map(EscalationFields.init), forKey: .escalation)
    try fields.encodeIfPresent(
      notBefore.map { Timestamp.format($0, in: .gmt) }, forKey: .notBefore)
    try fields.encodeIfPresent(reason, forKey: .reason)
    // What everybody expects is not said.
    if !needsAnswer { try fields.encode(false, forKey: .needsAnswer) }
    try fields.encodeIfPresent(failure.map(FailureFields.init), forKey: .error)
    try fields.encodeIfPresent(line, forKey: .line)
  }

  /// The response as one line of JSON, without the line's end: keys sorted, so that the same
  /// response is always the same bytes.
  /// - Returns: UTF-8.
  public func json() -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Every field is text, a whole number or a finite confidence, which JSON can always hold.
    return (try? encoder.encode(self))
      ?? Data(#"{"action":"error","error":{"code":"internal","message":"no response"}}"#.utf8)
  }

  private struct IntentFields: Encodable {
    let intent: String
    let confidence: Decimal

    init(_ found: FoundIntent) {
      intent = found.intent.description
      // Hundredths: more digits would claim a precision that rules do not have.
      confidence = Decimal(Int((found.confidence * 100).rounded())) / 100
    }
  }

  private struct EntityFields: Encodable {
    let kind: String
    let value: String
    let start: Int
    let end: Int

    init(_ entity: Entity) {
      kind = entity.kind.rawValue
      value = entity.value
      start = entity.range.lowerBound
      end = entity.range.upperBound
    }
  }

  private struct ReplyFields: Encodable {
    let text: ApprovedText
    let template: String?
    let channel: String

    init(_ reply: Reply) {
      text = reply.text
      template = reply.template
      channel = reply.channel.description
    }
  }

  private struct PolicyFields: Encodable {
    struct Finding: Encodable {
      let rule: String
      let severity: String
      let action: String
      let excerpt: String
      let source: String
    }

    let verdict: PolicyReport.Verdict
    let findings: [Finding]

    init(_ report: PolicyReport) {
      verdict = report.verdict
      findings = report.findings.map {
        Finding(
          rule: $0.rule, severity: $0.severity.rawValue, action: $0.action.rawValue,
          excerpt: $0.excerpt, source: $0.source)
      }
    }
  }

  private struct EscalationFields: Encodable {
    struct Turn: Encodable {
      let author: String
      let text: String
      let at: String
    }

    struct Deadline: Encodable {
      let id: String
      let dueAt: String

      enum CodingKeys: String, CodingKey {
        case id
        case dueAt = "due_at"
      }
    }

    enum Key: String, CodingKey {
      case reason, queue, priority, summary, transcript, deadlines
      case dueAt = "due_at"
      case proposedReply = "proposed_reply"
    }

    let handOff: HandOff

    init(_ handOff: HandOff) { self.handOff = handOff }

    func encode(to encoder: any Encoder) throws {
      var fields = encoder.container(keyedBy: Key.self)
      let escalation = handOff.escalation
      try fields.encode(escalation.reason.rawValue, forKey: .reason)
      try fields.encode(escalation.queue, forKey: .queue)
      try fields.encode(escalation.priority.rawValue, forKey: .priority)
      try fields.encode(Timestamp.format(escalation.dueAt, in: .gmt), forKey: .dueAt)
      try fields.encode(
        escalation.deadlines.map {
          Deadline(id: $0.id, dueAt: Timestamp.format($0.dueAt, in: .gmt))
        }, forKey: .deadlines)
      try fields.encode(handOff.summary, forKey: .summary)
      try fields.encodeIfPresent(handOff.proposal, forKey: .proposedReply)
      try fields.encode(
        handOff.transcript.map {
          Turn(
            author: $0.author.rawValue, text: $0.text, at: Timestamp.format($0.at, in: .gmt))
        },
        forKey: .transcript)
    }
  }

  private struct FailureFields: Encodable {
    let code: Failure.Code
    let message: String

    init(_ failure: Failure) {
      code = failure.code
      message = failure.message
    }
  }
}
