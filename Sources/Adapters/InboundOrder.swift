public import Liquid
public import Odzew

/// An order of a document, or a part of one, as fields of the interface.
public struct InboundOrder: Sendable {
  /// The fields; without `status` they are a part of an order that is known already.
  public let fields: Value
  /// Where in the document each field came from.
  let origins: [String: String]

  /// A fault of the order in the sender's own terms.
  /// - Parameter fault: the fault of a request of the type `order`.
  /// - Returns: the same with the path in the sender's document, where the field came from there.
  public func explained(_ fault: InvalidRequest) -> InvalidRequest {
    fault.moved(by: origins, below: "order.")
  }

  /// Whether it is a whole order and no part of one.
  public var isWhole: Bool { fields.fields["status"] != nil }
}

extension Adapter {
  /// The orders of a document, and parts of orders, in its order.
  /// - Parameter document: the document.
  /// - Returns: one for each; a failure for what cannot be read, with the sender's own path.
  public func orders(from document: Value) -> [Result<InboundOrder, InvalidRequest>] {
    let pass = MappingPass(document, settings)
    var found: [Result<InboundOrder, InvalidRequest>] = []
    do throws(MappingFault) {
      for shape in orders {
        if let condition = shape.condition, try !pass.holds(condition) { continue }
        try pass.forEach(shape.loop) { (turn) throws(MappingFault) in
          found.append(order(shape, &turn))
        }
        return found
      }
    } catch {
      found.append(.failure(InvalidRequest(.invalidRequest, error.description)))
    }
    return found
  }

  private func order(
    _ shape: OrderShape, _ turn: inout MappingPass
  ) -> Result<InboundOrder, InvalidRequest> {
    do throws(MappingFault) {
      var fields = try turn.value(of: shape.order, as: "").fields
      fields.merge(shape.always)
      try name(&fields, shape.buyers, &turn)
      let order = InboundOrder(fields: .object(fields), origins: turn.origins)
      if order.numbers.isEmpty {
        throw MappingFault(path: turn.origins["number"] ?? "number", message: "is missing")
      }
      return .success(order)
    } catch {
      return .failure(InvalidRequest(.invalidRequest, error.description))
    }
  }
}
