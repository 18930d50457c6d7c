public import Commerce

/// A message that a system asks for of its own accord, because something has happened to an order.
public enum Notice: String, CaseIterable, Sendable {
  case orderConfirmed = "order_confirmed"
  case shipped
  case readyForPickup = "ready_for_pickup"
  case delivered, delayed
  case refundSent = "refund_sent"
  case complaintReceived = "complaint_received"
  case reviewRequest = "review_request"
  case crossSell = "cross_sell"

  /// The template that says it.
  public var template: String { "notice_\(rawValue)" }

  /// What it is in the words of the policies (policy-facts, section 1).
  public var kind: Occasion.Kind {
    switch self {
    case .reviewRequest: .reviewRequest
    case .crossSell: .marketing
    default: .notice
    }
  }
}
