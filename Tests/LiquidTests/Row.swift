import Diagnostics
import Liquid
import Testing

/// A template, what it is given, and what it gives.
struct Row: Sendable, CustomTestStringConvertible {
  let template: String
  let variables: [String: Value]
  let partials: [String: String]
  let expected: String

  init(
    _ template: String, _ variables: [String: Value], partials: [String: String] = [:],
    _ expected: String
  ) {
    self.template = template
    self.variables = variables
    self.partials = partials
    self.expected = expected
  }

  init(_ template: String, partials: [String: String] = [:], _ expected: String) {
    self.init(template, [:], partials: partials, expected)
  }

  var testDescription: String { template }

  /// The text, or the description of the error.
  func outcome(_ undefined: Undefined, _ limits: Limits = .standard) -> String {
    do {
      return try rendered(undefined, limits)
    } catch let error as RenderError {
      return error.description
    } catch {
      return "\(error)"
    }
  }

  private func rendered(_ undefined: Undefined, _ limits: Limits) throws -> String {
    var parsed: [String: Template] = [:]
    for (name, text) in partials {
      parsed[name] = try Template(SourceText(file: name, text: text))
    }
    return try Template(SourceText(file: "t", text: template)).render(
      variables, partials: { parsed[$0] }, undefined: undefined, limits: limits)
  }
}

/// An order as replies are given one.
let order: [String: Value] = [
  "order": .object([
    "number": .string("A-1"), "note": .string(""), "paid": .bool(false),
    "total": .object(["amount": .string("61.97")]),
    "items": .list([
      .object(["name": .string("Mug"), "quantity": .integer(2)]),
      .object(["name": .string("Cup"), "quantity": .integer(1)]),
    ]),
  ])
]
