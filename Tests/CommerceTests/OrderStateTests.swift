import Commerce
import Foundation
import Testing

@Suite struct OrderStateTests {
  private func states(_ fields: String, status: String = "shipped") throws -> Set<OrderState> {
    let json = #"{"number":"1","status":"\#(status)""# + (fields.isEmpty ? "" : ",") + fields + "}"
    let order = try JSONDecoder().decode(Order.self, from: Data(json.utf8))
    let view = try #require(order.view(for: BuyerClaim(vouch: .buyer)))
    let now = try #require(Timestamp.parse("2026-11-20T10:00:00Z"))
    return view.states(at: now, BusinessCalendar(zone: .gmt))
  }

  @Test(arguments: Order.Status.allCases)
  func `every status is a state, and silence says no more`(status: Order.Status) throws {
    let states = try states("", status: status.rawValue)
    #expect(states.contains(try #require(OrderState(rawValue: status.rawValue))))
    #expect(states.isDisjoint(with: [.late, .tracked, .returnWindowOpen, .returnWindowClosed]))
  }

  @Test(arguments: [
    ("shipped", #""shipments":[{"estimated_delivery":{"to":"2026-11-19"}}]"#, true),
    ("shipped", #""shipments":[{"estimated_delivery":{"to":"2026-11-20"}}]"#, false),
    ("delivered", #""shipments":[{"estimated_delivery":{"to":"2026-11-19"}}]"#, false),
    ("paid", #""ship_by":"2026-11-18""#, true), ("shipped", #""ship_by":"2026-11-18""#, false),
  ])
  func `late is what missed its promise`(status: String, fields: String, isLate: Bool) throws {
    #expect(try states(fields, status: status).contains(.late) == isLate)
  }

  @Test(arguments: [
    ("2026-11-06T12:00:00Z", OrderState.returnWindowOpen),
    ("2026-11-05T12:00:00Z", .returnWindowClosed),
  ])
  func `the window of withdrawal closes 14 days after the last parcel`(
    delivered: String, expected: OrderState
  ) throws {
    let shipments =
      #""shipments":[{"delivered_at":"2026-11-01T12:00:00Z"},{"delivered_at":"\#(delivered)"}]"#
    #expect(try states(shipments, status: "delivered").contains(expected))
    let one = #""shipments":[{"delivered_at":"\#(delivered)"},{"delivered_at":null}]"#
    let unknown = try states(one, status: "delivered")
    #expect(unknown.isDisjoint(with: [.returnWindowOpen, .returnWindowClosed]))
  }

  @Test func `refunds, returns, complaints and stock tell their state`() throws {
    let found = try states(
      #"""
      "returns":[{"status":"received"}],"refunds":[{"status":"pending","expected_by":"2026-11-19"}],
      "complaints":[{"answer_due":"2026-11-26"}],"invoice":{"number":"F1"},
      "items":[{"in_stock":0,"restock_on":"2026-12-01","exception":"perishable"}]
      """#)
    #expect(
      found.isSuperset(of: [
        .returnKnown, .returnReceived, .refundPending, .refundExpected, .refundOverdue,
        .complaintOpen, .complaintDueKnown, .invoiced, .stockKnown, .restockKnown, .excepted,
      ]))
    #expect(found.isDisjoint(with: [.inStock, .complaintOverdue, .guaranteeKnown, .manualKnown]))
  }
}
