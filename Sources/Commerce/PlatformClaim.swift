public import Foundation

/// What the platform itself says of a matter: a Discussion, a claim, a ticket.
///
/// It need not be guessed from the buyer's words.
public struct PlatformClaim: Sendable, Hashable {
  /// What kind of matter it is.
  public enum Kind: String, Sendable, CaseIterable, Decodable {
    /// A talk that the platform watches.
    case discussion
    /// A complaint that the seller must accept or turn down.
    case claim
    /// A question with a status.
    case ticket
    /// Goods on their way back.
    case `return`
    /// An order that the buyer no longer wants.
    case cancellation
  }

  /// Whether it still waits for somebody.
  public enum Status: String, Sendable, CaseIterable, Decodable {
    case open, closed
  }

  /// Its identity at the platform.
  public var id: String?
  /// What kind of matter it is.
  public var kind: Kind?
  /// The reason as one of our intents, by its name.
  public var reason: String?
  /// What the buyer expects.
  public var expects: Order.Complaint.Solution?
  /// How much of it, where money is expected.
  public var amount: Decimal?
  /// How many per cent of the price, where the platform says it so.
  public var percent: Decimal?
  /// The currency of the amount (ISO 4217).
  public var currency: String?
  /// Until when the platform wants the seller's decision.
  public var dueAt: Date?
  /// Whether it still waits for somebody.
  public var status: Status?

  /// Whether only a person may say what becomes of it: to accept a complaint or to turn it down binds
  /// the seller.
  public var needsDecision: Bool { kind == .claim && status != .closed }
}

extension PlatformClaim: Decodable {
  enum CodingKeys: String, CodingKey {
    case id, kind, reason, expects, amount, percent, currency, status
    case dueAt = "due_at"
  }

  /// Reads a claim, strictly.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decodeIfPresent(String.self, forKey: .id)
    kind = try fields.choiceIfPresent(.kind)
    reason = try fields.decodeIfPresent(String.self, forKey: .reason)
    expects = try fields.choiceIfPresent(.expects)
    amount = try fields.amountIfPresent(.amount)
    percent = try fields.amountIfPresent(.percent)
    currency = try fields.parseIfPresent(
      .currency, { Money(0, currency: $0)?.currency }, "must be a code of ISO 4217 such as \"PLN\"")
    dueAt = try fields.momentIfPresent(.dueAt)
    status = try fields.choiceIfPresent(.status)
  }
}
