public import Commerce

/// What is known about a message before it is read.
public struct ReadingContext: Sendable, Hashable {
  /// The day on which it was written: without it, relative dates are not told.
  public var today: CalendarDay?
  /// The names of the products that it may be about.
  public var products: [String]

  /// Describes what is known.
  /// - Parameters:
  ///   - today: the day on which the message was written.
  ///   - products: the names of the products that it may be about.
  public init(today: CalendarDay? = nil, products: [String] = []) {
    self.today = today
    self.products = products
  }
}
