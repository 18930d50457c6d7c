internal import Commerce

extension Request {
  /// What the platform says of the matter.
  var claim: PlatformClaim? {
    if case .message(let message) = kind { message.claim } else { nil }
  }

  /// The number of the order that the sender names.
  public var orderInQuestion: OrderNumber? {
    switch kind {
    case .message(let message), .notice(_, let message):
      message.order?.number ?? message.orderNumber
    case .draft(let draft): draft.order?.number ?? draft.orderNumber
    case .order(let order): order.number
    case .agent, .consent: nil
    }
  }
}

extension Circumstances.Event {
  /// Whether it counts in every conversation with the buyer, or about the order.
  public var concernsTheBuyer: Bool {
    switch kind {
    case .noticeSent, .reviewRequestSent, .requestAReviewUsed, .platformTemplateSent,
      .followupSent, .negativeReview, .discussionOpened, .optOut, .optOutConfirmed,
      .returnProofReceived:
      true
    case .buyerMessage, .reply, .agentTakeover, .agentRelease: false
    }
  }
}
