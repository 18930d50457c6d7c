internal import Commerce
internal import Dialogue
public import Foundation
internal import Language
internal import Liquid
internal import Policy
internal import Understanding

// The names of the fields stand in the interface (the pipe's response) and nowhere else.

extension Response {
  /// The response as one line of JSON, without the line's end: names sorted, so that the same
  /// response is always the same bytes.
  /// - Returns: UTF-8.
  public func json() -> Data {
    var writer = JSONWriter(capacity: 1024)
    writer.object(write)
    return Data(writer.bytes)
  }

  private func write(to fields: inout JSONWriter) {
    fields.field("action", action.rawValue)
    fields.field("conversation", conversation)
    if action != .error {
      fields.name("entities")
      // A postcode is found to prove who asks; the interface does not name it.
      fields.list(entities.filter { $0.kind != .postcode }, Self.write)
    }
    if let failure {
      fields.name("error")
      fields.object {
        $0.field("code", failure.code.rawValue)
        $0.field("message", failure.message)
      }
    }
    if let handOff {
      fields.name("escalation")
      fields.object { Self.write(handOff, to: &$0) }
    }
    fields.field("id", id)
    if action != .error {
      fields.name("intents")
      fields.list(intents, Self.write)
    }
    fields.field("line", line)
    fields.field("locale", locale?.description)
    // What everybody expects is not said.
    if !needsAnswer { fields.field("needs_answer", false) }
    fields.field("not_before", notBefore.map { Timestamp.format($0, in: .gmt) })
    if let policy {
      fields.name("policy")
      fields.object {
        $0.name("findings")
        $0.list(policy.findings, Self.write)
        $0.field("verdict", policy.verdict.rawValue)
      }
    }
    fields.field("reason", reason)
    if let reply {
      fields.name("reply")
      fields.object {
        $0.field("channel", reply.channel.description)
        $0.field("template", reply.template)
        $0.field("text", reply.text.text)
      }
    }
  }

  private static func write(to list: inout JSONWriter, _ found: FoundIntent) {
    list.object {
      $0.name("confidence")
      // Hundredths: more digits would claim a precision that rules do not have.
      $0.write((Decimal(Int((found.confidence * 100).rounded())) / 100).description)
      $0.field("intent", found.intent.description)
    }
  }

  private static func write(to list: inout JSONWriter, _ entity: Entity) {
    list.object {
      $0.field("end", entity.range.upperBound)
      $0.field("kind", entity.kind.rawValue)
      $0.field("start", entity.range.lowerBound)
      $0.field("value", entity.value)
    }
  }

  private static func write(to list: inout JSONWriter, _ finding: PolicyFinding) {
    list.object {
      $0.field("action", finding.action.rawValue)
      $0.field("excerpt", finding.excerpt)
      $0.field("rule", finding.rule)
      $0.field("severity", finding.severity.rawValue)
      $0.field("source", finding.source)
    }
  }

  private static func write(_ handOff: HandOff, to fields: inout JSONWriter) {
    let escalation = handOff.escalation
    fields.name("deadlines")
    fields.list(escalation.deadlines) { list, deadline in
      list.object {
        $0.field("due_at", Timestamp.format(deadline.dueAt, in: .gmt))
        $0.field("id", deadline.id)
      }
    }
    fields.field("due_at", Timestamp.format(escalation.dueAt, in: .gmt))
    fields.field("priority", escalation.priority.rawValue)
    fields.field("proposed_reply", handOff.proposal?.text)
    fields.field("queue", escalation.queue)
    fields.field("reason", escalation.reason.rawValue)
    fields.field("summary", handOff.summary)
    fields.name("transcript")
    fields.list(handOff.transcript) { list, turn in
      list.object {
        $0.field("at", Timestamp.format(turn.at, in: .gmt))
        $0.field("author", turn.author.rawValue)
        $0.field("text", turn.text)
      }
    }
  }
}
