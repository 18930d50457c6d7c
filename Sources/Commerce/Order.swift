public import Foundation
public import Language

/// An order as the pipe and the order files give it. Only `number` and `status` are certain; what
/// is absent or null is unknown and never guessed.
///
/// Decoding is strict: a value of the wrong type, an unknown word of a fixed set, or a date that
/// does not exist is an error that names the field. Unknown fields are ignored.
public struct Order: Sendable, Hashable {
  /// Where an order stands.
  public enum Status: String, Sendable, CaseIterable, Decodable {
    case new, paid, packed, shipped
    case outForDelivery = "out_for_delivery"
    case readyForPickup = "ready_for_pickup"
    case delivered, returned, cancelled, lost
  }

  /// Who ordered.
  public struct Buyer: Sendable, Hashable {
    public var id: String?
    public var name: String?
    public var email: String?
    public var postcode: String?
    public var locale: LocaleTag?
  }

  /// One line of an order.
  public struct Item: Sendable, Hashable {
    /// Why the right of withdrawal does not hold (Directive 2011/83/EU, Article 16).
    public enum WithdrawalException: String, Sendable, CaseIterable, Decodable {
      case personalised
      case customMade = "custom_made"
      case perishable
      case sealedHygiene = "sealed_hygiene"
    }

    public var sku: String?
    public var name: String?
    public var quantity: Int?
    public var unitPrice: Decimal?
    public var isReturnable: Bool?
    public var exception: WithdrawalException?
    public var guaranteeMonths: Int?
    public var inStock: Int?
    public var restockOn: CalendarDay?
    public var manualURL: String?
    public var attributes: [String: String]
  }

  /// How an order is paid. The words of payment systems are an open set.
  public struct Payment: Sendable, Hashable {
    public var status: String?
    public var method: String?
    public var paidAt: Date?
  }

  /// Goods on their way back.
  public struct Return: Sendable, Hashable {
    /// Where a return stands.
    public enum Status: String, Sendable, CaseIterable, Decodable {
      case requested
      case inTransit = "in_transit"
      case received, accepted, rejected
    }

    public var id: String?
    public var status: Status?
    public var requestedAt: Date?
    public var receivedAt: Date?
  }

  /// Money on its way back.
  public struct Refund: Sendable, Hashable {
    /// Where a refund stands.
    public enum Status: String, Sendable, CaseIterable, Decodable {
      case pending, sent, completed
    }

    public var amount: Decimal?
    public var status: Status?
    public var sentAt: Date?
    public var expectedBy: CalendarDay?
    public var method: String?
  }

  /// A complaint already made.
  public struct Complaint: Sendable, Hashable {
    /// What was agreed.
    public enum Solution: String, Sendable, CaseIterable, Decodable {
      case repair, exchange, refund
      case partialRefund = "partial_refund"
    }

    public var id: String?
    public var openedAt: Date?
    /// The words of complaint systems are an open set.
    public var status: String?
    public var answerDue: CalendarDay?
    public var solution: Solution?
  }

  /// The invoice of an order.
  public struct Invoice: Sendable, Hashable {
    public var number: String?
    public var url: String?
    public var issuedAt: Date?
  }

  public var number: OrderNumber
  public var status: Status
  public var marketplace: Channel?
  public var placedAt: Date?
  public var shipBy: CalendarDay?
  public var buyer: Buyer?
  public var items: [Item]
  public var shipments: [Shipment]
  public var payment: Payment?
  public var returns: [Return]
  public var refunds: [Refund]
  public var complaints: [Complaint]
  public var invoice: Invoice?
  public var total: Decimal?
  /// The currency's code (ISO 4217).
  public var currency: String?

  /// Every number by which this order, its parcels and papers are known.
  package var references: [String] {
    [number.description] + shipments.compactMap(\.trackingNumber) + returns.compactMap(\.id)
      + complaints.compactMap(\.id) + [invoice?.number].compactMap { $0 }
  }
}
