public import Foundation
public import Language

/// An order as the pipe and the order files give it.
///
/// Only `number` and `status` are certain; what is absent or null is unknown and never guessed.
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
    /// The identity at the system it came from.
    public var id: String?
    /// The name as the system has it.
    public var name: String?
    /// The e-mail address.
    public var email: String?
    /// The postcode of the delivery.
    public var postcode: String?
    /// The language.
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

    /// The seller's own number of the article.
    public var sku: String?
    /// The name as the system has it.
    public var name: String?
    /// How many pieces.
    public var quantity: Int?
    /// The price of one piece.
    public var unitPrice: Decimal?
    /// Whether the seller takes it back.
    public var isReturnable: Bool?
    /// Why the right of withdrawal does not hold, where it does not.
    public var exception: WithdrawalException?
    /// The length of the maker's guarantee in months.
    public var guaranteeMonths: Int?
    /// How many pieces are in stock.
    public var inStock: Int?
    /// When more are expected.
    public var restockOn: CalendarDay?
    /// Where the manual is.
    public var manualURL: String?
    /// Colour, size and the like, by name.
    public var attributes: [String: String]
  }

  /// How an order is paid.
  ///
  /// The words of payment systems are an open set.
  public struct Payment: Sendable, Hashable {
    /// Where it stands.
    public var status: String?
    /// By which means, in the words of the system.
    public var method: String?
    /// When it was paid.
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

    /// The identity at the system it came from.
    public var id: String?
    /// Where it stands.
    public var status: Status?
    /// When the buyer announced it.
    public var requestedAt: Date?
    /// When the goods arrived.
    public var receivedAt: Date?
  }

  /// Money on its way back.
  public struct Refund: Sendable, Hashable {
    /// The identity at the system it came from.
    public var id: String?
    /// Where a refund stands.
    public enum Status: String, Sendable, CaseIterable, Decodable {
      case pending, sent, completed
    }

    /// How much.
    public var amount: Decimal?
    /// Where it stands.
    public var status: Status?
    /// When the money was sent.
    public var sentAt: Date?
    /// Until when the money should be there.
    public var expectedBy: CalendarDay?
    /// By which means, in the words of the system.
    public var method: String?
  }

  /// A complaint already made.
  public struct Complaint: Sendable, Hashable {
    /// What was agreed.
    public enum Solution: String, Sendable, CaseIterable, Decodable {
      case repair, exchange, refund
      case partialRefund = "partial_refund"
    }

    /// The identity at the system it came from.
    public var id: String?
    /// When it was made.
    public var openedAt: Date?
    /// The words of complaint systems are an open set.
    public var status: String?
    /// Until when it must be answered.
    public var answerDue: CalendarDay?
    /// What was agreed.
    public var solution: Solution?
  }

  /// The invoice of an order.
  public struct Invoice: Sendable, Hashable {
    /// The number.
    public var number: String?
    /// Where it is.
    public var url: String?
    /// When it was issued.
    public var issuedAt: Date?
  }

  /// The number.
  public var number: OrderNumber
  /// Where it stands.
  public var status: Status
  /// Where the sale was made.
  public var marketplace: Channel?
  /// When it was placed.
  public var placedAt: Date?
  /// The last day of dispatch.
  public var shipBy: CalendarDay?
  /// Who ordered.
  public var buyer: Buyer?
  /// What was ordered.
  public var items: [Item]
  /// Its parcels.
  public var shipments: [Shipment]
  /// How it is paid.
  public var payment: Payment?
  /// Goods on their way back, oldest first.
  public var returns: [Return]
  /// Money on its way back, oldest first.
  public var refunds: [Refund]
  /// Complaints about it, oldest first.
  public var complaints: [Complaint]
  /// Its invoice.
  public var invoice: Invoice?
  /// What the buyer pays in all.
  public var total: Decimal?
  /// The currency's code (ISO 4217).
  public var currency: String?
  /// Other numbers by which the systems that it came from know it.
  public var otherNumbers: [String]

  /// The word of `payment.method` for goods that the carrier is paid for at the door.
  private static let cashOnDelivery = "cash_on_delivery"

  /// Whether the carrier is paid at the door: such an order is not "paid" before it arrives.
  public var isPaidOnDelivery: Bool { payment?.method == Self.cashOnDelivery }

  /// Every number by which this order, its parcels and papers are known.
  package var references: [String] {
    [number.description] + shipments.compactMap(\.trackingNumber) + returns.compactMap(\.id)
      + complaints.compactMap(\.id) + [invoice?.number].compactMap { $0 } + otherNumbers
  }
}
