/// Who a buyer claims to be, and what stands behind the claim.
public struct BuyerClaim: Sendable, Hashable {
  /// The buyer's identity at the sending system.
  public var id: String?
  /// What the sending system vouches for.
  public enum Vouch: Sendable, Hashable {
    /// Nothing.
    case nothing
    /// That the writer is the buyer of this order, which the system itself attached.
    case order(OrderNumber)
    /// That the writer is who they claim to be, no order being attached.
    case buyer
  }

  /// What the sending system vouches for.
  public var vouch: Vouch
  /// Numbers of orders that the buyer named in a chat; empty elsewhere, because only in a chat does
  /// naming an order and one more fact of it count as proof.
  public var namedOrders: Set<OrderNumber>
  /// E-mail addresses and postcodes that the buyer named.
  public var namedFacts: Set<String>

  /// Makes a claim.
  /// - Parameters:
  ///   - id: the buyer's identity at the sending system.
  ///   - vouch: what that system vouches for.
  ///   - namedOrders: orders that the buyer named in a chat.
  ///   - namedFacts: e-mail addresses and postcodes that the buyer named.
  public init(
    id: String? = nil, vouch: Vouch = .nothing, namedOrders: Set<OrderNumber> = [],
    namedFacts: Set<String> = []
  ) {
    self.id = id
    self.vouch = vouch
    self.namedOrders = namedOrders
    self.namedFacts = Set(namedFacts.map(comparable))
  }
}

/// An order in the hands of its own buyer: the only form in which an order reaches a reply.
public struct OrderView: Sendable, Hashable {
  /// The order.
  public let order: Order

  fileprivate init(_ order: Order) { self.order = order }

  /// The order in a list to choose from: its number, and what is in it.
  public var title: String {
    let names = order.items.compactMap(\.name).prefix(2).joined(separator: ", ")
    return names.isEmpty ? order.number.description : "\(order.number) (\(names))"
  }
}

extension Order {
  /// The order as the claimant may see it.
  ///
  /// It is shown in three cases: the sending system names the same buyer as the order does, or
  /// vouches for the buyer, or, in a chat, the buyer named the order's number and one more fact of
  /// it, its postcode or e-mail address. A vouch does not reach further than what was vouched for:
  /// the buyer of one order who names another, or one whose identity is not that order's buyer's,
  /// is anybody else.
  /// - Parameter claim: who asks.
  /// - Returns: the order, or nil for anybody else.
  public func view(for claim: BuyerClaim) -> OrderView? {
    if let id = buyer?.id, !id.isEmpty, id == claim.id { return OrderView(self) }
    switch claim.vouch {
    case .order(let vouched) where vouched == number: return OrderView(self)
    case .buyer where buyer?.id == nil || claim.id == nil: return OrderView(self)
    case .order, .buyer, .nothing: break
    }
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
