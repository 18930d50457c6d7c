import Commerce
import Foundation
import Testing

@Suite struct OrderTests {
  private func order(_ json: String) throws -> Order {
    try JSONDecoder().decode(Order.self, from: Data(json.utf8))
  }

  @Test func `amounts are exact, as text and as numbers`() throws {
    let order = try order(
      #"{"number":"1","status":"new","total":0.3,"items":[{"unit_price":"0.10"},{"unit_price":0.2}]}"#
    )
    let sum = order.items.compactMap(\.unitPrice).reduce(0, +)
    #expect(sum == order.total)
    #expect(sum.description == "0.3")
  }

  @Test func `only number and status are needed; null and unknown fields are fine`() throws {
    let order = try order(
      #"{"number":" zam-1 ","status":"lost","buyer":null,"items":null,"shoe_size":42}"#)
    #expect(order.number == OrderNumber("ZAM-1"))
    #expect(order.buyer == nil && order.items.isEmpty)
  }

  @Test(arguments: [
    (#"{"number":"1"}"#, "status"),
    (#"{"number":"  ","status":"new"}"#, "number"),
    (#"{"number":"1","status":"flying"}"#, "status"),
    (#"{"number":"1","status":"new","ship_by":"2026-02-30"}"#, "ship_by"),
    (#"{"number":"1","status":"new","placed_at":"yesterday"}"#, "placed_at"),
    (#"{"number":"1","status":"new","total":"1,50"}"#, "total"),
    (#"{"number":"1","status":"new","currency":"zł"}"#, "currency"),
    (#"{"number":"1","status":"new","items":[{},{"quantity":-1}]}"#, "items.1.quantity"),
    (#"{"number":"1","status":"new","refunds":[{"status":"gone"}]}"#, "refunds.0.status"),
    (
      #"{"number":"1","status":"new","shipments":[{"estimated_delivery":{"to":"soon"}}]}"#,
      "shipments.0.estimated_delivery.to"
    ),
  ])
  func `a wrong field is named`(json: String, field: String) {
    do {
      _ = try order(json)
      Issue.record("the order was taken")
    } catch let error as DecodingError {
      let path: [any CodingKey] =
        switch error {
        case .dataCorrupted(let context), .typeMismatch(_, let context),
          .valueNotFound(_, let context):
          context.codingPath
        case .keyNotFound(let key, let context): context.codingPath + [key]
        @unknown default: []
        }
      #expect(
        path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".") == field)
    } catch {
      Issue.record("\(error)")
    }
  }
}

@Suite struct OrderViewTests {
  private func sample() throws -> Order {
    let json = """
      {"number":"ZAM-1","status":"shipped",
       "buyer":{"id":"anna_k","email":"Anna@example.com","postcode":"60-101"}}
      """
    return try JSONDecoder().decode(Order.self, from: Data(json.utf8))
  }

  private func number(_ text: String) throws -> OrderNumber { try #require(OrderNumber(text)) }

  @Test func `an order is shown to its own buyer`() throws {
    let order = try sample()
    #expect(order.view(for: BuyerClaim(id: "anna_k")) != nil)
    #expect(order.view(for: BuyerClaim(vouch: .order(try number("zam-1")))) != nil)
    #expect(order.view(for: BuyerClaim(vouch: .buyer)) != nil)
  }

  @Test(arguments: ["60101", "60 101", "ANNA@EXAMPLE.COM"])
  func `in a chat its number and one more fact prove whose it is`(fact: String) throws {
    let order = try sample()
    let claim = BuyerClaim(namedOrders: [try number("ZAM-1")], namedFacts: [fact])
    #expect(order.view(for: claim) != nil)
  }

  @Test func `an order is shown to nobody else`() throws {
    let order = try sample()
    let strangers = [
      BuyerClaim(), BuyerClaim(id: "jan_n"), BuyerClaim(id: ""),
      BuyerClaim(id: "jan_n", vouch: .buyer),
      BuyerClaim(id: "jan_n", vouch: .order(try number("ZAM-2"))),
      BuyerClaim(namedOrders: [try number("ZAM-1")]),
      BuyerClaim(namedFacts: ["60-101"]),
      BuyerClaim(namedOrders: [try number("ZAM-2")], namedFacts: ["60-101"]),
      BuyerClaim(namedOrders: [try number("ZAM-1")], namedFacts: ["60-102", "", "6"]),
    ]
    for stranger in strangers { #expect(order.view(for: stranger) == nil, "\(stranger)") }
  }
}
