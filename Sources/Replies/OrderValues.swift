public import Commerce
internal import Foundation
internal import Liquid

/// What templates may name of an order at a moment, made once for all texts that are about it then: a
/// reply, its summary for a person, and what that person might send.
public struct OrderValues: Sendable {
  let view: OrderView
  let moment: Date
  /// By their names in templates.
  let values: [String: Value]
}

extension TemplateCatalog {
  /// What templates may name of an order.
  /// - Parameters:
  ///   - view: the order, as its buyer may see it.
  ///   - occasion: when it is spoken of.
  /// - Returns: the values.
  public func values(of view: OrderView, on occasion: Occasion) -> OrderValues {
    variables.values(of: view, at: occasion.moment)
  }
}
