internal import Diagnostics
public import Liquid

/// When calls are made.
enum CallOccasion: String, Sendable, CaseIterable {
  /// The buyer is told something.
  case reply
  /// A person must act.
  case handOff = "hand_off"
  /// Nothing is said.
  case suppress
  /// The buyer wants no more messages.
  case stop
}

/// A call that another system takes: where it goes, and its body.
struct CallTemplate: Sendable {
  let condition: Formula?
  /// The call as its author wrote it.
  let written: String
  let call: Template
  let headers: CallBody?
  let body: CallBody?
}

/// A piece of the body of a call.
indirect enum CallBody: Sendable {
  /// Text with values in it.
  case text(Template)
  /// One value, which keeps its type.
  case value(Formula)
  /// A number, a truth value or nothing.
  case constant(Value)
  /// A list.
  case list([CallBody])
  /// Fields by name.
  case object([(name: String, body: CallBody)])
}

/// Why a call cannot be written.
public struct CallFault: Error, Sendable, CustomStringConvertible {
  /// What is missing for which call.
  public let description: String
}

extension Adapter {
  /// The calls that bring a response to this system.
  /// - Parameters:
  ///   - response: the response, as JSON of the pipe.
  ///   - request: the request, as JSON of the pipe.
  ///   - context: what the adapter that read the request kept for calls.
  /// - Returns: the calls, in the order in which they are to be made, each
  ///   `{"call": "POST /…", "body": {…}}`.
  /// - Throws: `CallFault` for the first that lacks something.
  public func calls(
    for response: Value, to request: Value, context: Value
  ) throws(CallFault) -> [Value] {
    let fields = response.fields
    var variables = [
      "response": response, "request": request, "context": context, "settings": settings,
    ]
    for name in ["reply", "escalation", "policy"] { variables[name] = fields[name] }
    var calls: [Value] = []
    for occasion in CallOccasion.allCases where occasion.holds(for: fields) {
      for template in self.calls[occasion] ?? [] {
        do throws(RenderError) {
          if let condition = template.condition,
            try !condition.value(of: variables).isTruthy
          {
            continue
          }
          calls.append(try template.call(with: variables))
        } catch {
          throw CallFault(description: "\(template.written): \(error.reason)")
        }
      }
    }
    return calls
  }
}

extension CallOccasion {
  fileprivate func holds(for response: [String: Value]) -> Bool {
    switch self {
    case .reply: response["reply"] != nil && response["action"] != .string("suppress")
    case .handOff: response["action"] == .string("escalate")
    case .suppress: response["action"] == .string("suppress")
    case .stop:
      response["intents"]?.elements.contains { $0.fields["intent"] == .string("opt_out") } ?? false
    }
  }
}

extension CallTemplate {
  fileprivate func call(with variables: [String: Value]) throws(RenderError) -> Value {
    var fields = ["call": Value.string(try call.render(variables, undefined: .strict))]
    if let headers { fields["headers"] = try headers.value(with: variables) }
    if let body { fields["body"] = try body.value(with: variables) }
    return .object(fields)
  }
}

extension CallBody {
  fileprivate func value(with variables: [String: Value]) throws(RenderError) -> Value {
    switch self {
    case .text(let template): return .string(try template.render(variables, undefined: .strict))
    case .value(let formula): return try formula.value(of: variables)
    case .constant(let value): return value
    case .list(let items):
      var values: [Value] = []
      for item in items { values.append(try item.value(with: variables)) }
      let there = values.filter { $0 != .nothing }
      return there.isEmpty && !items.isEmpty ? .nothing : .list(there)
    case .object(let fields):
      var values: [String: Value] = [:]
      for (name, body) in fields {
        let value = try body.value(with: variables)
        if value != .nothing { values[name] = value }
      }
      // What is made of absent values alone is absent, too.
      return values.isEmpty && !fields.isEmpty ? .nothing : .object(values)
    }
  }
}

extension Value {
  /// The elements of a list; none of anything else.
  fileprivate var elements: [Value] { if case .list(let items) = self { items } else { [] } }
}
