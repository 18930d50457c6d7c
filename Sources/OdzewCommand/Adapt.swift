internal import Adapters
internal import ArgumentParser
internal import Foundation
internal import Liquid
internal import Odzew

/// What an adapter makes of a document, without answering it: for whoever writes one.
struct Adapt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adapt",
    abstract: "Shows what another system's document becomes.",
    discussion: """
      Prints one line of JSON for each message, event and order of the document: the request of \
      the pipe that it becomes, whose words it holds where nothing is to be answered, or what is \
      wrong with it. Nothing is answered or kept.

      Examples:
        odzew adapt ticket.json --from zendesk
        odzew adapt webhook.json --to chatwoot
        odzew adapt                       which systems there are
      """)

  @Argument(
    help: ArgumentHelp("A document of that system.", valueName: "file"),
    completion: .file())
  var file: String?

  @Option(
    help: ArgumentHelp("The system; found out where it is not said.", valueName: "system"),
    completion: Completions.systems)
  var from: String?

  @Option(
    help: ArgumentHelp(
      "The calls, too, that would bring this system the reply \"TEXT\" and a hand-off.",
      valueName: "system"), completion: Completions.systems)
  var to: String?

  @OptionGroup var options: BotOptions

  func run() throws {
    let adapters = try AdapterOptions.load(try options.folder)
    guard let file else { return try Terminal.print(Self.list(adapters)) }
    guard let bytes = FileManager.default.contents(atPath: file) else {
      Terminal.error("'\(file)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    let target = try to.map { try AdapterOptions.adapter(named: $0, in: adapters) }
    let documents = try AdapterOptions.documents(bytes, file, from, adapters)
    var isEmpty = true
    defer {
      if isEmpty { Terminal.note("odzew: there is no message or order in '\(file)'", .yellow) }
    }
    for (adapter, document) in documents {
      for inbound in adapter.inbound(from: document) {
        isEmpty = false
        try Terminal.print(Self.line(inbound, of: adapter, to: target))
      }
      for order in adapter.orders(from: document) {
        isEmpty = false
        switch order {
        case .success(let order): try Terminal.print(Value.object(["order": order.fields]).line)
        case .failure(let fault):
          try Terminal.print(Value.object(["error": .string(fault.message)]).line)
        }
      }
    }
  }

  private static func list(_ adapters: AdapterFolder) -> String {
    adapters.adapters.values.sorted { $0.name < $1.name }.map { adapter in
      let parts = [
        adapter.readsMessages ? "messages in" : nil, adapter.answers ? "replies out" : nil,
        adapter.readsOrders ? "orders in" : nil,
      ]
      let name = adapter.name.padding(toLength: 24, withPad: " ", startingAt: 0)
      return "\(name)\(parts.compactMap { $0 }.joined(separator: ", "))"
    }.joined(separator: "\n")
  }

  private static func line(
    _ inbound: Inbound, of adapter: Adapter, to target: Adapter?
  ) -> String {
    switch inbound {
    case .fault(let fault): return Value.object(["error": .string(fault.message)]).line
    case .skipped(let author, let envelope):
      return Value.object(["skipped": .string(author), "request": envelope.request]).line
    case .request(let envelope):
      var fields = ["system": Value.string(adapter.name), "request": envelope.request]
      if envelope.context != .nothing { fields["context"] = envelope.context }
      do throws(InvalidRequest) {
        _ = try Request(json: envelope.json)
      } catch {
        fields["error"] = .string(envelope.explained(error).message)
      }
      if let target { fields["calls"] = sample(target, envelope) }
      return Value.object(fields).line
    }
  }

  /// The calls for a reply and a hand-off with words that stand for others.
  private static func sample(_ target: Adapter, _ envelope: Inbound.Envelope) -> Value {
    let reply = Value.object(["text": .string("TEXT"), "template": .string("template")])
    let escalation = Value.object([
      "reason": .string("r"), "queue": .string("q"), "priority": .string("high"),
      "due_at": .string("2026-01-01T00:00:00Z"), "summary": .string("SUMMARY"),
    ])
    func calls(_ response: [String: Value]) -> Value {
      do throws(CallFault) {
        return .list(
          try target.calls(
            for: .object(response), to: envelope.request, context: envelope.context))
      } catch {
        return .string(error.description)
      }
    }
    return .object([
      "reply": calls(["action": .string("reply"), "reply": reply]),
      "hand_off": calls(["action": .string("escalate"), "escalation": escalation]),
    ])
  }
}

extension Value {
  /// The value as one line of JSON.
  var line: String { String(decoding: json, as: UTF8.self) }
}
