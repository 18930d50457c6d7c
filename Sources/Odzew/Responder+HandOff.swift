internal import Commerce
internal import Dialogue
internal import Foundation
internal import Language
internal import Policy
internal import Replies
internal import Understanding

extension Responder {
  /// What a person needs who takes a conversation over.
  func handOff(
    _ escalation: Escalation, of plan: ReplyPlan, meaning: [IntentID], _ response: Response,
    hole: String?, _ claim: PlatformClaim?, _ occasion: Occasion, _ known: OrderValues?,
    _ conversation: Conversation
  ) -> Response.HandOff {
    let agents = bot.settings.agentLocale
    let blocked =
      response.policy.map { $0.verdict == .blocked ? $0.findings.map(\.rule) : [] } ?? []
    var note = ReplyPlan(
      [TemplateCatalog.summary], locale: agents, order: plan.order, dueAt: escalation.dueAt)
    note.handOff = HandOffNote(
      reason: escalation.reason, channel: occasion.channel,
      intents: meaning.map { bot.labels[agents]?[$0] ?? $0.description },
      asked: conversation.transcript.filter { $0.author == .buyer }.suffix(Self.mostQuoted)
        .map(\.text).filter { !$0.isEmpty },
      answers: conversation.transcript.count { $0.author != .buyer },
      rules: Set(blocked).sorted(), hole: hole)
    note.handOff?.claim = claim
    // The facts alone, where the seller's own template cannot be rendered.
    let summary =
      (try? bot.catalog.summary(of: note, for: occasion, known))
      ?? ([escalation.reason.rawValue] + meaning.map(\.description)).joined(separator: "; ")
    return Response.HandOff(
      escalation: escalation, summary: summary, transcript: conversation.transcript,
      proposal: proposal(for: meaning, of: plan, escalation, occasion, known))
  }

  /// How many of the buyer's messages a summary quotes.
  private static let mostQuoted = 5

  /// A reply that a person might send, once it has passed the filter as theirs.
  private func proposal(
    for meaning: [IntentID], of plan: ReplyPlan, _ escalation: Escalation, _ occasion: Occasion,
    _ known: OrderValues?
  ) -> ApprovedText? {
    guard ![.policy, .missingOrderData, .unsupportedLanguage].contains(escalation.reason),
      let proposed = bot.handling.proposal(
        for: meaning, about: plan.order, in: plan.locale, at: occasion.moment),
      let draft = try? bot.catalog.render(proposed, for: occasion, known)
    else { return nil }
    return bot.filter.review(draft.text, for: occasion).text
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
