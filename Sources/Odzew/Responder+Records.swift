internal import Commerce
internal import Dialogue
internal import Foundation
internal import Language
internal import Understanding

extension Responder {
  /// Keeps what a person of the seller's did.
  func keep(
    _ event: Request.AgentEvent, of request: Request, in conversation: inout Conversation,
    at now: Date
  ) -> Response {
    switch event {
    case .takeover:
      conversation.note(Circumstances.Event(.agentTakeover, at: now, author: .person))
    case .release:
      conversation.note(Circumstances.Event(.agentRelease, at: now, author: .person))
    case .sent(let text) where conversation.hasSaid(text):
      // The responder's own reply, as the platform shows it under the seller's name.
      break
    case .sent(let text):
      conversation.add(text, by: .agent, at: now)
      if !conversation.isInHumanHands {
        conversation.note(Circumstances.Event(.agentTakeover, at: now, author: .person))
      }
      conversation.question = nil
    }
    return Response(to: request, .stored, locale: locale(of: request, in: conversation))
  }

  /// The language of a request without words.
  func locale(of request: Request, in conversation: Conversation) -> LocaleTag {
    language(of: "", known: request.locale, in: conversation, on: request.channel).reply
  }

  /// Records at once that a buyer wants no more messages: what is not an answer needs consent from
  /// now on (policy-facts, section 4).
  func noteOptOut(
    _ text: String, of request: Request, in conversation: inout Conversation, at now: Date
  ) {
    // Whoever says so on one channel does not mean that the next one may go on.
    conversation.note(Circumstances.Event(.optOut, at: now))
    for purpose in [Circumstances.Consent.Purpose.unsolicited, .marketing, .review] {
      conversation.note(
        Circumstances.Consent(
          purpose, channel: nil, isGranted: false, at: now, evidence: text))
    }
  }

  /// Records that a notice was sent.
  func note(
    _ notice: Notice, about order: Order, on channel: Channel, in conversation: inout Conversation,
    at now: Date
  ) {
    conversation.note(
      Circumstances.Event(
        notice == .reviewRequest ? .reviewRequestSent : .noticeSent, at: now,
        channel: channel.description, purpose: notice.rawValue, author: .automation,
        order: order.number.description))
  }
}
