/// Where orders are looked up.
public protocol OrderBook: Sendable {
  /// An order by its number.
  /// - Parameter number: the number.
  /// - Returns: the order, if it is known.
  func order(numbered number: OrderNumber) -> Order?
}

/// A dictionary of orders is an order book.
extension [OrderNumber: Order]: OrderBook {
  /// An order by its number.
  public func order(numbered number: OrderNumber) -> Order? { self[number] }
}
