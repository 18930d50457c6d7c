import Foundation
import Testing

@Suite struct PipeTests {
  private static let orders = Program.root.appending(path: "Samples/orders.json").path

  private func object(_ line: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
  }

  @Test func `one line in is one line out, in order, whatever stands on it`() throws {
    let bad: [Data] = [
      Data("{".utf8), Data("[]".utf8), Data(), Data("   ".utf8), Data([0xFF, 0xFE]), Data([0]),
      Data(#"{"id":"b"}"#.utf8), Data(#"{"id":7,"text":"a"}"#.utf8),
      Data(#"{"id":"b","text":"a",}"#.utf8),
      Data(#"{"id":"b","text":"a","order":{"number":"1","status":"x"}}"#.utf8),
      Data((String(repeating: "[", count: 100_000)).utf8),
      Data(("{\"id\":\"b\",\"text\":\"" + String(repeating: "a", count: 2 << 20) + "\"}").utf8),
      Data(#"{"id":"b","type":"notice","text":"a"}"#.utf8),
    ]
    var input = Data()
    for (index, line) in bad.enumerated() {
      input += Data(#"{"id":"g\#(index)","text":"Gdzie jest moja paczka?"}"#.utf8) + Data("\n".utf8)
      input += line + Data("\n".utf8)
    }
    // The last line has no end.
    input += Data(#"{"id":"last","text":"Dzień dobry"}"#.utf8)
    let outcome = try Program.run(["pipe", "--now", "2026-11-20T10:00:00Z"], input: input)
    #expect(outcome.status == 0 && outcome.notes.isEmpty)
    #expect(outcome.lines.count == bad.count * 2 + 1)
    let schema = try Schema("response")
    for (index, line) in outcome.lines.enumerated() {
      #expect(try schema.faults(in: line) == [], "\(line)")
      let response = try object(line)
      if index.isMultiple(of: 2) {
        #expect(response["id"] as? String == (index == bad.count * 2 ? "last" : "g\(index / 2)"))
        #expect(response["reply"] != nil)
      } else {
        #expect(response["action"] as? String == "error")
        #expect(response["line"] as? Int == index + 1)
      }
    }
    let codes = try outcome.lines.compactMap { line in
      (try object(line)["error"] as? [String: Any])?["code"] as? String
    }
    #expect(
      codes == [
        "invalid_json", "invalid_request", "invalid_json", "invalid_json", "invalid_utf8",
        "invalid_json", "invalid_request", "invalid_request", "invalid_json", "invalid_request",
        "invalid_json", "line_too_long", "invalid_request",
      ])
  }

  @Test func `an error names the field`() throws {
    let line =
      #"{"id":"b","text":"a","order":{"number":"1","status":"new","items":[{"unit_price":"x"}]}}"#
    let response = try Program.run(["pipe"], input: line + "\n").lines[0]
    #expect(
      response.contains(
        #"{"code":"invalid_request","message":"'order.items[0].unit_price' must be a decimal amount such as \"24.99\""}"#
      ))
  }

  @Test func `the same id in the same conversation gets the same bytes and changes nothing`() throws
  {
    let ask =
      #"{"id":"1","conversation":"c","sent_at":"2026-11-20T10:00:00Z","text":"Gdzie jest moja paczka?"}"#
    let other =
      #"{"id":"2","conversation":"c","sent_at":"2026-11-20T10:01:00Z","text":"ZAM-2026-1001"}"#
    let lines = try Program.run(
      ["pipe", "--orders", Self.orders], input: [ask, ask, other, ask].joined(separator: "\n")
    ).lines
    #expect(lines[0] == lines[1] && lines[0] == lines[3])
    #expect(lines[2].contains("ask_verification"))
  }

  @Test func `requests and responses are those of the schemas`() throws {
    let (request, response) = (try Schema("request"), try Schema("response"))
    let bytes = try Data(contentsOf: URL(filePath: Self.orders))
    let orders = try JSONSerialization.jsonObject(with: bytes) as? [[String: Any]] ?? []
    let texts = [
      "Gdzie jest moja paczka?", "How do I return this?", "Proszę o fakturę i o rabat",
      "Gdzie jest zamówienie ZAM-2026-1001? anna@example.com 501 234 567",
    ]
    let lines = try orders.enumerated().map { index, order in
      let object: [String: Any] = [
        "id": "m\(index)", "text": texts[index % texts.count], "order": order, "channel": "allegro",
        "buyer": ["id": (order["buyer"] as? [String: Any])?["id"] ?? "x"],
        "sent_at": "2026-11-20T10:00:00+01:00",
      ]
      return String(
        decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }
    for line in lines { #expect(try request.faults(in: line) == [], "\(line)") }
    let outcome = try Program.run(["pipe"], input: lines.joined(separator: "\n"))
    #expect(outcome.lines.count == lines.count)
    for line in outcome.lines { #expect(try response.faults(in: line) == [], "\(line)") }
  }

  @Test func `the schema refuses what the program refuses`() throws {
    let schema = try Schema("request")
    #expect(try schema.faults(in: #"{"text":"a"}"#) == ["$.id is missing"])
    #expect(try !schema.faults(in: #"{"id":"a","text":"b","order":{"number":"1"}}"#).isEmpty)
    #expect(try !schema.faults(in: #"{"id":"a","text":"b","type":"zzz"}"#).isEmpty)
  }

  @Test func `an order cannot be guessed at from ever new conversations`() throws {
    let guesses = (0..<8).map { "0\($0)-001" } + ["31-042"]
    let lines = guesses.enumerated().map { index, postcode in
      #"{"id":"g","conversation":"c\#(index)","channel":"chat","locale":"pl","#
        + #""text":"gdzie jest paczka ZAM-2026-1012, kod \#(postcode)"}"#
    }
    let outcome = try Program.run(
      ["pipe", "--orders", Program.root.appending(path: "Samples/orders.json").path],
      input: lines.joined(separator: "\n") + "\n")
    #expect(outcome.lines.count == 9)
    #expect(outcome.lines.allSatisfy { !$0.contains("620123456789012345678912") })
    #expect(outcome.lines.last?.contains(#""reason":"not_verified""#) == true)
  }

  @Test func `with a state file the same message gets the same bytes in another run`() throws {
    let state = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).odzew")
    let line =
      #"{"id":"1","conversation":"c","text":"Where is my parcel?","sent_at":"2026-11-20T10:00:00Z"}"#
    let first = try Program.run(["pipe", "--state", state.path], input: line + "\n")
    let second = try Program.run(["pipe", "--state", state.path], input: line + "\n" + line)
    #expect(first.lines.count == 1 && second.lines == [first.lines[0], first.lines[0]])
    let audit = try Program.run(["audit", "--state", state.path], input: "")
    #expect(audit.status == 0 && audit.output.hasPrefix("1 link, 0 faults"))
    let missing = try Program.run(["audit", "--state", state.path + "x"], input: "")
    #expect(missing.status == 74 && missing.notes.contains("there is no state file"))
  }
}
