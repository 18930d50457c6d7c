internal import Commerce
internal import Dialogue
internal import Policy

/// The matter in a few words, for the person who takes over.
enum Summary {
  /// What was understood, which order it is about, and what kept the responder from settling it.
  static func text(
    _ decision: Decision, order: OrderView?, _ policy: Response.PolicyReport?, hole: String?
  ) -> String {
    var parts: [String] = []
    if case .escalate(let escalation, _) = decision { parts.append(escalation.reason.rawValue) }
    if let order = order?.order {
      parts.append("order \(order.number), \(order.status.rawValue)")
      if let parcel = order.shipments.last?.trackingNumber { parts.append("parcel \(parcel)") }
    } else {
      parts.append("no order shown")
    }
    if let hole { parts.append("not said: \(hole)") }
    if let policy, policy.verdict == .blocked {
      let rules = Set(policy.findings.map(\.rule)).sorted().joined(separator: ", ")
      parts.append("blocked by \(rules)")
    }
    return parts.joined(separator: "; ")
  }
}

extension Response.PolicyReport {
  /// What a ruling comes to.
  package init(_ ruling: Ruling) {
    let verdict: Verdict =
      switch ruling {
      case .passed, .delayed: .pass
      case .changed: .changed
      case .escalated, .suppressed, .blocked: .blocked
      }
    self.init(verdict: verdict, findings: ruling.findings)
  }
}
