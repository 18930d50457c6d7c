internal import Foundation
internal import Odzew

/// One thing that happens in a case, and what must come of it.
struct CaseStep: Sendable {
  /// What happens.
  enum Kind: Sendable {
    case message(String)
    case notice(Notice)
    case agent(Request.AgentEvent)
  }

  let kind: Kind
  /// How long after the step before, in seconds; below zero for what arrives late.
  var delay: TimeInterval = 0
  /// The message's identity; its place in the case where nil.
  var id: String?
  /// The number of the order that the sender attaches.
  var orderNumber: OrderNumber?
  /// What must be true of the response.
  var expectation: CaseExpectation?

  init(_ kind: Kind) { self.kind = kind }

  /// Reads a step: `{buyer: …}`, `{notice: …}`, `{agent: takeover}` or `{agent: sent, text: …}`.
  init?(reading entry: YAMLMapping, scene: CaseScene? = nil) {
    let text = entry.optionalString("buyer")
    let notice: Notice? = entry.optionalChoice("notice")
    let agent: AgentEvent? = entry.optionalChoice("agent")
    let said = entry.optionalString("text")?.value ?? ""
    let event: Kind? = agent.map { agent in
      switch agent {
      case .takeover: .agent(.takeover)
      case .release: .agent(.release)
      case .sent: .agent(.sent(said))
      }
    }
    let kinds = [text.map { Kind.message($0.value) }, notice.map(Kind.notice), event]
      .compactMap { $0 }
    let after = entry.optionalString("after")
    if let after {
      if let seconds = Self.seconds(after.value) {
        delay = seconds
      } else {
        entry.report(
          "invalid-duration", at: after.location, "'\(after.value)' is no duration",
          remedy: "write '30m', '3d' or '-10m'")
      }
    }
    id = entry.optionalString("id")?.value
    let order = entry.optionalString("order")
    orderNumber = order.flatMap { OrderNumber($0.value) }
    if let order { scene?.check(order: order, in: entry) }
    expectation = entry.optionalMapping("expect").map(CaseExpectation.init)
    entry.finish()
    guard let kind = kinds.first, kinds.count == 1 else {
      entry.report(
        "invalid-step", at: entry.location, "a step is one of 'buyer', 'notice' and 'agent'")
      return nil
    }
    self.kind = kind
  }

  private enum AgentEvent: String, CaseIterable {
    case takeover, release, sent
  }

  /// `30m`, `24h`, `3d`, and the same with `-`.
  private static func seconds(_ text: String) -> TimeInterval? {
    guard let unit = text.last, let factor = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400][unit],
      let number = Int(text.dropLast()), (-10_000...10_000).contains(number)
    else { return nil }
    return Double(number) * factor
  }
}
