/// Who a buyer claims to be, and what stands behind the claim.
public struct BuyerClaim: Sendable, Hashable {
  /// The buyer's identity at the sending system.
  public var id: String?
  /// Whether the sending system vouches that this buyer is the one whose order is meant.
  public var isVerified: Bool
  /// Numbers of orders that the buyer named in a chat; empty elsewhere, because only in a chat does
  /// naming an order and one more fact of it count as proof.
  public var namedOrders: Set<OrderNumber>
  /// E-mail addresses and postcodes that the buyer named.
  public var namedFacts: Set<String>

  /// Makes a claim.
  /// - Parameters:
  ///   - id: the buyer's identity at the sending system.
  ///   - isVerified: whether that system vouches for the buyer.
  ///   - namedOrders: orders that the buyer named in a chat.
  ///   - namedFacts: e-mail addresses and postcodes that the buyer named.
  public init(
    id: String? = nil, isVerified: Bool = false, namedOrders: Set<OrderNumber> = [],
    namedFacts: Set<String> = []
  ) {
    self.id = id
    self.isVerified = isVerified
    self.namedOrders = namedOrders
    self.namedFacts = Set(namedFacts.map(comparable))
  }
}

/// An order in the hands of its own buyer: the only form in which an order reaches a reply.
public struct OrderView: Sendable, Hashable {
  /// The order.
  public let order: Order

  fileprivate init(_ order: Order) { self.order = order }
}

extension Order {
  /// The order as the claimant may see it.
  ///
  /// It is shown in three cases: the sending system names the same buyer as the order does, or
  /// vouches for the buyer, or, in a chat, the buyer named the order's number and one more fact of
  /// it, its postcode or e-mail address.
  /// - Parameter claim: who asks.
  /// - Returns: the order, or nil for anybody else.
  public func view(for claim: BuyerClaim) -> OrderView? {
    if claim.isVerified { return OrderView(self) }
    if let id = buyer?.id, !id.isEmpty, id == claim.id { return OrderView(self) }
    if claim.namedOrders.contains(number) {
      let facts = [buyer?.postcode, buyer?.email].compactMap { $0 }.map(comparable)
      // A fact of a few letters could be hit by chance.
      if facts.contains(where: { $0.count >= 4 && claim.namedFacts.contains($0) }) {
        return OrderView(self)
      }
    }
    return nil
  }
}

/// A postcode or an address without what people leave out or add: `60-101` is `60101`.
private func comparable(_ fact: String) -> String {
  fact.lowercased().filter { !$0.isWhitespace && $0 != "-" }
}
