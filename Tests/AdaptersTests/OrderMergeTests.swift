import Adapters
import Diagnostics
import Foundation
import Liquid
import Testing

@Suite struct OrderMergeTests {
  /// An order as an adapter reads it whose documents are ours.
  private func order(_ json: String) throws -> InboundOrder {
    let adapter = try Adapter(
      SourceText(
        file: "a.yaml",
        text: """
          adapter: a
          title: A
          orders:
            - order:
                number: number
                reference: reference
                status: status
                total: total
                references: references
                items: {each: [{line: items}], of: {name: line.name, quantity: line.quantity}}
                shipments:
                  each: [{parcel: shipments}]
                  of: {tracking_number: parcel.tracking_number, status: parcel.status, carrier: parcel.carrier}
                refunds: {each: [{refund: refunds}], of: {id: refund.id, amount: refund.amount}}
          """))
    let document = try Value(json: Data(json.utf8))
    return try #require(adapter.orders(from: document).first).get()
  }

  private let known = #"""
    {"number":"A","status":"shipped","total":"10","references":["X"],"items":[{"name":"cup","quantity":1}],
     "shipments":[{"tracking_number":"T1","carrier":"dpd","status":"in_transit"}],
     "refunds":[{"id":"r","amount":"1"}]}
    """#

  @Test func `a part joins what it belongs to and leaves the rest`() throws {
    let part = try order(
      #"{"reference":"X","shipments":[{"tracking_number":"T1","status":"delivered"},{"tracking_number":"T2"}]}"#
    )
    #expect(!part.isWhole)
    #expect(part.numbers == ["X"])
    #expect(try order(#"{"shipments":[{"tracking_number":"T1"}]}"#).numbers == ["T1"])
    let merged = part.merged(into: try order(known).fields)
    #expect(
      merged.shown == #"""
        {"items":[{"name":"cup","quantity":1}],"number":"A","references":["X"],"refunds":[{"amount":"1","id":"r"}],"shipments":[{"carrier":"dpd","status":"delivered","tracking_number":"T1"},{"tracking_number":"T2"}],"status":"shipped","system_status":"shipped","total":"10"}
        """#)
  }

  @Test func `the same again changes nothing`() throws {
    let one = try order(known)
    let kept = one.merged(into: .nothing)
    #expect(one.merged(into: kept) == kept)
    let part = try order(#"{"number":"A","refunds":[{"amount":"2"}]}"#)
    let once = part.merged(into: kept)
    #expect(part.merged(into: once) == once)
  }

  @Test func `an order told of again has the lines of the latest`() throws {
    let later = try order(#"{"number":"A","status":"shipped","items":[{"name":"mug"}]}"#)
    let merged = later.merged(into: try order(known).fields)
    #expect(merged.shown.contains(#""items":[{"name":"mug"}]"#))
    #expect(merged.shown.contains(#""status":"shipped""#))
    #expect(merged.shown.contains("T1"))
  }

  @Test(arguments: [
    ("paid", ["in_transit"], "shipped"), ("paid", ["delivered"], "shipped"),
    ("paid", ["label_created"], "paid"), ("shipped", ["delivered"], "delivered"),
    ("shipped", ["delivered", "in_transit"], "shipped"),
    ("shipped", ["delivered", "label_created"], "shipped"),
    ("delivered", ["in_transit"], "delivered"), ("cancelled", ["delivered"], "cancelled"),
    ("shipped", ["ready_for_pickup", "delivered"], "ready_for_pickup"),
  ])
  func `an order is as far as its parcels are, and never delivered by a guess`(
    _ status: String, _ parcels: [String], _ wanted: String
  ) throws {
    let list = parcels.enumerated().map { #"{"tracking_number":"T\#($0)","status":"\#($1)"}"# }
    let order = try order(
      #"{"number":"A","status":"\#(status)","shipments":[\#(list.joined(separator: ","))]}"#)
    #expect(order.merged(into: .nothing).shown.contains(#""status":"\#(wanted)","#))
  }

  @Test func `a parcel that moves on brings no order further that has goods still to be sent`()
    throws
  {
    var known = try order(#"{"number":"A","status":"paid"}"#).merged(into: .nothing)
    for progress in ["in_transit", "delivered"] {
      known = try order(
        #"{"number":"A","shipments":[{"tracking_number":"T","status":"\#(progress)"}]}"#
      ).merged(into: known)
    }
    #expect(known.shown.contains(#""status":"shipped""#))
    known = try order(#"{"number":"A","status":"shipped"}"#).merged(into: known)
    #expect(known.shown.contains(#""status":"delivered""#))
  }

  @Test func `rows of a table are lines of one order`() throws {
    let first = try order(#"{"number":"A","status":"paid","items":[{"name":"cup"}]}"#)
    let both = first.adding(
      try order(#"{"number":"A","status":"paid","total":"9","items":[{"name":"cup"}]}"#))
    #expect(
      both.fields.shown
        == #"{"items":[{"name":"cup"},{"name":"cup"}],"number":"A","status":"paid","total":"9"}"#)
  }
}
