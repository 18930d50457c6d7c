internal import Commerce
public import Foundation
public import Liquid
public import Odzew

/// How another system's documents become requests, and our responses become its calls.
///
/// An adapter is data (`Adapters/NAME.yaml`, see docs/adapters.md); it makes no call itself.
public struct Adapter: Sendable {
  /// The name for `--from` and `--to`: `chatwoot`.
  public let name: String
  /// What people call the system.
  public let title: String
  let detection: Formula?
  let messages: [MessageShape]
  let orders: [OrderShape]
  let calls: [CallOccasion: [CallTemplate]]
  /// What a seller says of their own account: `settings.NAME` in formulas and calls.
  let settings: Value
  /// What separates the columns, where the documents are tables.
  public let separator: Character?

  /// Whether a document is this system's.
  /// - Parameter document: the document.
  /// - Returns: false where the adapter does not say how to tell.
  public func recognises(_ document: Value) -> Bool {
    guard let detection else { return false }
    return (try? MappingPass(document, settings).holds(detection)) ?? false
  }

  /// Whether there is a way to answer with this system's calls.
  public var answers: Bool { !calls.isEmpty }
  /// Whether messages can be read from this system's documents.
  public var readsMessages: Bool { !messages.isEmpty }
  /// Whether orders can be read from this system's documents.
  public var readsOrders: Bool { !orders.isEmpty }
}

/// One shape of document that holds messages or events.
struct MessageShape: Sendable {
  let condition: Formula?
  let loop: Loop
  let author: Field?
  let buyers: Field?
  let request: Field
  let always: [String: Value]
  let context: Field?
}

/// One shape of document that holds orders, or parts of them.
struct OrderShape: Sendable {
  let condition: Formula?
  let loop: Loop
  let buyers: Field?
  let order: Field
  let always: [String: Value]
}

/// A message or event of a document.
public enum Inbound: Sendable {
  /// A request, as JSON of the pipe, with what calls need beside it.
  case request(Envelope)
  /// Nothing to answer: the word says whose it is, with what is known of its identity.
  case skipped(author: String, Envelope)
  /// Something that cannot be read; the path is the sender's own.
  case fault(InvalidRequest)

  /// The author of what the seller has answered already.
  public static let answered = "answered"
  /// The platform's own people: whoever they ask must answer, and no machine can.
  public static let staff = "staff"
  /// The responder itself, where the system gives it a name of its own.
  public static let responder = "responder"

  /// What was made of one message.
  public struct Envelope: Sendable {
    /// The fields of the request.
    public let request: Value
    /// What calls need beside the request and the response.
    public let context: Value
    /// Where in the document each field came from.
    let origins: [String: String]

    /// A field of the request that is a text.
    /// - Parameter field: its name.
    /// - Returns: the text; nil where it is not there.
    public func text(_ field: String) -> String? {
      if case .string(let text)? = request.fields[field] { text } else { nil }
    }

    /// The request as one line of the pipe.
    public var json: Data { request.json }

    /// A fault of the request in the sender's own terms.
    /// - Parameter fault: the fault, which names a field of the pipe.
    /// - Returns: the same with the path in the sender's document, where the field came from there.
    public func explained(_ fault: InvalidRequest) -> InvalidRequest {
      fault.moved(by: origins, below: "")
    }
  }
}

extension InvalidRequest {
  /// The fault with the sender's own path instead of our field, where that came from there.
  func moved(by origins: [String: String], below field: String) -> InvalidRequest {
    guard message.hasPrefix("'" + field), let end = message.dropFirst().firstIndex(of: "'"),
      let origin = origins[String(message[..<end].dropFirst(field.count + 1))]
    else { return self }
    return InvalidRequest(code, "\(origin):\(message[message.index(after: end)...])", id: id)
  }
}

extension Adapter {
  /// The messages and events of a document, in its order.
  /// - Parameter document: the document.
  /// - Returns: one for each; none where the document holds none.
  public func inbound(from document: Value) -> [Inbound] {
    let pass = MappingPass(document, settings)
    var found: [Inbound] = []
    do throws(MappingFault) {
      for shape in messages {
        if let condition = shape.condition, try !pass.holds(condition) { continue }
        try pass.forEach(shape.loop) { (turn) throws(MappingFault) in
          found.append(inbound(shape, &turn))
        }
        return found.withoutAnswered()
      }
    } catch {
      return [.fault(InvalidRequest(.invalidRequest, error.description))]
    }
    return []
  }

  private func inbound(_ shape: MessageShape, _ turn: inout MappingPass) -> Inbound {
    var identity: String?
    do throws(MappingFault) {
      var fields = try turn.value(of: shape.request, as: "").fields
      fields.merge(shape.always)
      identity = fields["id"]?.text
      let context = try shape.context.map { field throws(MappingFault) in
        try turn.value(of: field, as: "")
      }
      let author =
        try shape.author.map { field throws(MappingFault) in
          try turn.value(of: field, as: "author").text
        } ?? "buyer"
      fields["conversation"] = fields["conversation"]?.named(by: name)
      try name(&fields, shape.buyers, &turn)
      func envelope() -> Inbound.Envelope {
        Inbound.Envelope(
          request: .object(fields), context: context ?? .nothing, origins: turn.origins)
      }
      switch author {
      case "buyer": break
      case "agent", "seller":
        // What the seller's people write themselves is remembered, and not talked over.
        fields["type"] = .string("agent")
        fields["event"] = .string("sent")
      case "": throw MappingFault(path: turn.origins["author"] ?? "author", message: "is missing")
      default: return .skipped(author: author, envelope())
      }
      for field in ["id"] + (fields["type"] == nil ? ["text"] : []) where fields[field] == nil {
        throw MappingFault(path: turn.origins[field] ?? field, message: "is missing")
      }
      return .request(envelope())
    } catch {
      return .fault(InvalidRequest(.invalidRequest, error.description, id: identity))
    }
  }
}

extension Adapter {
  /// Puts before the buyer's identity whose it is: the eighth customer of a helpdesk must never be
  /// shown the orders of the eighth customer of a shop.
  func name(
    _ fields: inout [String: Value], _ buyers: Field?, _ turn: inout MappingPass
  ) throws(MappingFault) {
    guard case .object(var buyer)? = fields["buyer"], let id = buyer["id"] else { return }
    let realm = try buyers.map { field throws(MappingFault) in
      try turn.value(of: field, as: "buyers").text
    }
    buyer["id"] = id.named(by: realm.flatMap { $0.isEmpty ? nil : $0 } ?? name)
    fields["buyer"] = .object(buyer)
  }
}

extension [Inbound] {
  /// The same, where a buyer's message that the seller has written after is no news: who polls a
  /// conversation gets all of it.
  fileprivate func withoutAnswered() -> [Inbound] {
    var answered: [String: Date] = [:]
    for inbound in self {
      guard let envelope = inbound.answer, let place = envelope.text("conversation"),
        let time = envelope.time
      else { continue }
      answered[place] = Swift.max(time, answered[place] ?? time)
    }
    return map { inbound in
      guard let envelope = inbound.question, let time = envelope.time,
        let place = envelope.text("conversation"),
        let answer = answered[place], answer > time
      else { return inbound }
      return .skipped(author: Inbound.answered, envelope)
    }
  }
}

extension Inbound {
  /// What the seller wrote: a person, or the responder under its own name.
  fileprivate var answer: Envelope? {
    switch self {
    case .request(let envelope) where envelope.text("event") == "sent": envelope
    case .skipped(Self.responder, let envelope): envelope
    default: nil
    }
  }

  /// What the seller has to answer.
  fileprivate var question: Envelope? {
    switch self {
    case .request(let envelope) where envelope.text("type") == nil: envelope
    case .skipped(Self.staff, let envelope): envelope
    default: nil
    }
  }
}

extension Inbound.Envelope {
  fileprivate var time: Date? { text("sent_at").flatMap(Timestamp.parse) }
}

extension Value {
  /// An identity with the system before it that it is one of.
  fileprivate func named(by system: String) -> Value { .string("\(system):\(text)") }

  /// The fields of an object; none of anything else.
  var fields: [String: Value] { if case .object(let fields) = self { fields } else { [:] } }
}

extension [String: Value] {
  /// Puts constants in, objects field by field.
  mutating func merge(_ constants: [String: Value]) {
    for (key, value) in constants {
      if case .object(let inner) = value, case .object(var own) = self[key] {
        own.merge(inner)
        self[key] = .object(own)
      } else {
        self[key] = value
      }
    }
  }
}
