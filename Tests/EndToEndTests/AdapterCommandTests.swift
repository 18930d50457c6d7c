import Foundation
import Testing

/// Other systems' documents through the built program.
@Suite final class AdapterCommandTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "odzew-adapters-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func file(_ name: String, _ content: String) throws -> String {
    let place = folder.appending(path: name)
    try content.write(to: place, atomically: true, encoding: .utf8)
    return place.path
  }

  private var state: String { folder.appending(path: "state.odzew").path }

  /// A message of Chatwoot's web widget.
  private func webhook(_ id: Int, _ text: String, by type: String = "incoming") -> String {
    let sender = type == "incoming" ? "contact" : "user"
    return
      #"{"event":"message_created","id":\#(id),"content":"\#(text)","message_type":"\#(type)","#
      + #""created_at":"2026-11-20T10:0\#(id):00.000Z","private":false,"account":{"id":3},"#
      + #""sender":{"id":14,"type":"\#(sender)","name":"Anna"},"inbox":{"id":1,"name":"Shop"},"#
      + #""conversation":{"id":10,"inbox_id":1,"status":"pending","channel":"Channel::WebWidget"}}"#
  }

  @Test func `a webhook is answered with the calls that its system takes`() throws {
    let outcome = try Program.run(
      ["pipe", "--from", "chatwoot", "--to", "chatwoot"],
      input: [webhook(1, "Wie lange dauert der Versand?"), webhook(2, "x", by: "outgoing"), "{}"]
        .joined(separator: "\n"))
    #expect(outcome.status == 0)
    let lines = outcome.lines
    #expect(lines.count == 3)
    #expect(lines[0].contains(#""call":"POST /api/v1/accounts/3/conversations/10/messages""#))
    #expect(lines[0].contains(#""document":{"line":1,"part":1,"parts":1}"#))
    #expect(lines[1].contains(#""action":"stored""#) || lines[1].contains(#""action":"suppress""#))
    #expect(lines[2].contains(#""action":"suppress""#) || lines[2].contains(#""action":"error""#))
  }

  @Test func `a line that no system has sent gets an error, and the next is answered`() throws {
    let outcome = try Program.run(
      ["pipe", "--from", "auto", "--to", "auto"],
      input: "not JSON\n[1]\n" + webhook(1, "Hallo"))
    #expect(outcome.lines.count == 3)
    #expect(outcome.lines[0].contains("invalid_json"))
    #expect(outcome.lines[1].contains("no one adapter recognises this document"))
    #expect(outcome.lines[2].contains(#""conversation":"chatwoot:10""#))
  }

  @Test func `orders are imported once, joined by what belongs to them, and refused with a reason`()
    throws
  {
    let orders = try file(
      "orders.ndjson",
      """
      {"order":{"id":1,"name":"#1001","order_number":1001,"created_at":"2026-11-16T09:00:00+01:00","financial_status":"paid","fulfillment_status":null,"currency":"EUR","total_price":"9.00","line_items":[{"name":"Cup","quantity":1,"price":"9.00","sku":"C"}],"admin_graphql_api_id":"gid://shopify/Order/1","customer":{"id":5},"email":"eva@example.com"}}
      {"fulfillment":{"id":9,"order_id":1,"status":"success","created_at":"2026-11-17T09:00:00+01:00","tracking_number":"00340434161094000001","tracking_company":"DHL","line_items":[]}}
      {"fulfillment":{"id":8,"order_id":2,"status":"success","created_at":"2026-11-17T09:00:00+01:00","tracking_number":"X","line_items":[]}}
      """)
    let first = try Program.run(
      ["orders", "import", orders, "--from", "shopify", "--state", state])
    #expect(first.status == 1)
    #expect(first.lines.first == "1 new, 1 changed, 0 unchanged, 1 refused")
    #expect(first.lines.last?.contains("orders.ndjson:3: no order is known by '2'") == true)
    let again = try Program.run(
      ["orders", "import", orders, "--from", "shopify", "--state", state])
    #expect(again.lines.first == "0 new, 0 changed, 2 unchanged, 1 refused")
    let shown = try Program.run(["orders", "show", "00340434161094000001", "--state", state])
    #expect(shown.output.contains("Cup"))
    let found = try Program.run(
      ["orders", "find", "--buyer", "eva@example.com", "--state", state])
    #expect(found.output.contains("Cup"))
    let missing = try Program.run(["orders", "show", "1", "--state", state + "x"])
    #expect(missing.status == 74)
  }

  @Test func `an adapter of a seller's own is shown at work, or refused with its place`() throws {
    try FileManager.default.createDirectory(
      at: folder.appending(path: "Adapters"), withIntermediateDirectories: true)
    _ = try file(
      "Adapters/mine.yaml",
      "adapter: mine\ntitle: Mine\nmessages: [{request: {id: n, text: words}}]\n")
    let document = try file("document.json", #"{"n":1,"words":"Hi"}"#)
    let shown = try Program.run(
      ["adapt", document, "--from", "mine", "--bot", folder.path])
    #expect(shown.lines == [#"{"request":{"id":"1","text":"Hi"},"system":"mine"}"#])
    _ = try file("Adapters/mine.yaml", "adapter: mine\ntitle: Mine\nmesages: []\n")
    let refused = try Program.run(["adapt", "--bot", folder.path])
    #expect(refused.status == 65)
    #expect(refused.notes.contains("Adapters/mine.yaml:3:1") && refused.notes.contains("messages"))
  }
}
