internal import Foundation

/// Where orders are looked up.
public protocol OrderBook: Sendable {
  /// An order by its number.
  /// - Parameter number: the number.
  /// - Returns: the order, if it is known.
  func order(numbered number: OrderNumber) -> Order?

  /// The orders of a buyer, the latest first; none where nobody can tell.
  /// - Parameter buyer: the buyer's identity at the sending system.
  /// - Returns: the orders.
  func orders(of buyer: String) -> [Order]

  /// How often somebody could not prove that an order is theirs, in all conversations.
  /// - Parameter number: the order's number.
  /// - Returns: how often.
  func failedProofs(of number: OrderNumber) -> Int
}

extension OrderBook {
  /// Nobody can tell.
  public func orders(of buyer: String) -> [Order] { [] }

  /// Nobody has counted.
  public func failedProofs(of number: OrderNumber) -> Int { 0 }
}

/// A dictionary of orders is an order book.
extension [OrderNumber: Order]: OrderBook {
  /// An order by its number.
  public func order(numbered number: OrderNumber) -> Order? { self[number] }

  /// The orders of a buyer, the latest first.
  public func orders(of buyer: String) -> [Order] {
    values.filter { $0.buyer?.id == buyer }.sorted(by: Order.isLater)
  }
}

extension Order {
  /// Whether an order was placed after another; undated ones come last, by number.
  package static func isLater(_ left: Order, _ right: Order) -> Bool {
    let (one, other) = (left.placedAt ?? .distantPast, right.placedAt ?? .distantPast)
    return one == other ? left.number.description > right.number.description : one > other
  }
}
