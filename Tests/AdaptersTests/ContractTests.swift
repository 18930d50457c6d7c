import Adapters
import Foundation
import Liquid
import Odzew
import Testing

/// The shipped adapters against documents of their systems.
@Suite struct ContractTests {
  private static let adapters = Result { try AdapterFolder(Contract.root) }

  @Test(arguments: Contract.all)
  func `a document becomes what its system's documentation says`(_ contract: Contract) throws {
    let adapters = try Self.adapters.get()
    let adapter = try #require(adapters.adapters[contract.system])
    var requests: [Value] = []
    var errors: [Value] = []
    var first: Inbound.Envelope?
    for inbound in adapter.inbound(from: contract.document) {
      switch inbound {
      case .fault(let fault): errors.append(.string(fault.message))
      case .skipped(let author, _): requests.append(.object(["skipped": .string(author)]))
      case .request(let envelope):
        requests.append(envelope.request)
        first = first ?? envelope
        do throws(InvalidRequest) {
          _ = try Request(json: envelope.json)
        } catch {
          errors.append(.string(envelope.explained(error).message))
        }
      }
    }
    var orders: [Value] = []
    for order in adapter.orders(from: contract.document) {
      switch order {
      case .success(let order): orders.append(order.fields)
      case .failure(let fault): errors.append(.string(fault.message))
      }
    }
    expect(requests, contract, "requests")
    expect(orders, contract, "orders")
    if let wanted = contract.expected["errors"] {
      #expect(Value.list(errors).shown == wanted.shown)
    } else {
      #expect(errors.isEmpty, "unexpected: \(Value.list(errors).shown)")
    }
    guard case .object(let calls)? = contract.expected["calls"], let first else { return }
    for (occasion, wanted) in calls {
      let made = try adapter.calls(
        for: Self.responses[occasion] ?? .nothing, to: first.request, context: first.context)
      #expect(Value.list(made).shown == wanted.shown, "calls of \(occasion)")
    }
  }

  @Test(arguments: Contract.all)
  func `every system knows its own documents, and no other does`(_ contract: Contract) throws {
    guard let wanted = contract.expected["detected"] else { return }
    let found = try Self.adapters.get().adapter(recognising: contract.document)
    #expect(found?.name == wanted.text)
  }

  private func expect(_ made: [Value], _ contract: Contract, _ key: String) {
    guard let wanted = contract.expected[key] else { return }
    #expect(Value.list(made).shown == wanted.shown, "\(key)")
  }

  /// Responses with words that stand for others.
  private static let responses: [String: Value] = [
    "reply": .object([
      "action": .string("reply"),
      "reply": .object(["text": .string("TEXT"), "template": .string("template")]),
    ]),
    "hand_off": .object([
      "action": .string("escalate"),
      "escalation": .object([
        "reason": .string("r"), "queue": .string("q"), "priority": .string("high"),
        "due_at": .string("2026-01-01T00:00:00Z"), "summary": .string("SUMMARY"),
      ]),
    ]),
  ]

  /// Samples that vendors publish, where they are at hand.
  private static let payloads = Contract.root.deletingLastPathComponent()
    .appending(path: "shared/payloads")

  /// Samples that hold no words of a buyer: the first needs an attribute that a seller's own story
  /// sets, the second is an answer.
  private static let wordless = [
    "chatbot-com/webhook-request.json", "chatbot-com/webhook-response.json",
  ]

  @Test(.enabled(if: FileManager.default.fileExists(atPath: payloads.path)))
  func `every published sample is read, and by its own system`() throws {
    let adapters = try Self.adapters.get()
    // An adapter for tables reads none of them.
    for system in adapters.adapters.keys.sorted() {
      let folder = Self.payloads.appending(path: system)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for name in names
      where name.hasSuffix(".json") && !Self.wordless.contains("\(system)/\(name)") {
        let document = try #require(Contract.value(folder.appending(path: name)))
        let adapter = try #require(adapters.adapters[system])
        for case .fault(let fault) in adapter.inbound(from: document) {
          Issue.record("\(system)/\(name): \(fault.message)")
        }
        for case .failure(let fault) in adapter.orders(from: document) {
          Issue.record("\(system)/\(name): \(fault.message)")
        }
        if let other = adapters.adapter(recognising: document) {
          #expect(other.name == system, "\(system)/\(name)")
        }
      }
    }
  }
}
