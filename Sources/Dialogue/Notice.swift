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

  /// Whether it serves the order alone, and needs no consent of the buyer.
  public var isTransactional: Bool {
    switch self {
    case .reviewRequest, .crossSell: false
    default: true
    }
  }
}
