internal import Diagnostics
internal import Foundation

/// Walks a template's tree and gathers its text.
struct Renderer {
  /// What a body ended with.
  private enum Flow {
    case on
    case stop
    case skip
  }

  private(set) var output = ""
  private var scopes: [[String: Value]]
  private let partials: (String) -> Template?
  private let undefined: Undefined
  private let limits: Limits
  private var steps = 0
  private var depth = 0

  init(
    variables: [String: Value], partials: @escaping (String) -> Template?, undefined: Undefined,
    limits: Limits
  ) {
    scopes = [variables]
    self.partials = partials
    self.undefined = undefined
    self.limits = limits
  }

  mutating func render(_ template: Template) throws(RenderError) {
    _ = try render(template.nodes, in: template.file)
  }

  private mutating func render(_ nodes: [Node], in file: String) throws(RenderError) -> Flow {
    for node in nodes {
      steps += 1
      if steps > limits.steps || output.utf8.count > limits.outputBytes {
        throw RenderError(
          at: SourceLocation(file: file, line: 1, column: 1),
          .limit(steps > limits.steps ? "\(limits.steps) steps" : "\(limits.outputBytes) bytes"))
      }
      switch node {
      case .text(let text): output += text
      case .output(let value):
        output += try printed(value)
      case .branches(let branches, let otherwise):
        var chosen = otherwise
        for branch in branches where try holds(branch.condition) {
          chosen = branch.body
          break
        }
        let flow = try render(chosen, in: file)
        if flow != .on { return flow }
      case .cases(let subject, let cases, let otherwise):
        // Testing an absent value is no hole: no `when` names it.
        let value = try value(of: subject, isPrinted: false)
        var chosen = otherwise
        search: for part in cases {
          for candidate in part.values where try equal(value, candidate) {
            chosen = part.body
            break search
          }
        }
        let flow = try render(chosen, in: file)
        if flow != .on { return flow }
      case .loop(let loop): try render(loop, in: file)
      case .stop: return .stop
      case .skip: return .skip
      case .assign(let name, let expression):
        scopes[scopes.count - 1][name] = try value(of: expression, isPrinted: false)
      case .capture(let name, let body):
        let before = output
        output = ""
        let flow = try render(body, in: file)
        scopes[scopes.count - 1][name] = .string(output)
        output = before
        if flow != .on { return flow }
      case .partial(let partial): try render(partial)
      }
    }
    return .on
  }

  private mutating func render(_ loop: Loop, in file: String) throws(RenderError) {
    let source = try value(of: loop.values)
    if source == .nothing, undefined == .strict {
      throw RenderError(at: loop.location, .missing(loop.values.path ?? "the list"))
    }
    var values = elements(of: source)
    if let offset = try loop.offset.map({ (e) throws(RenderError) in try value(of: e) })?.number {
      values = Array(values.dropFirst(max(0, Int(truncating: offset as NSDecimalNumber))))
    }
    if let limit = try loop.limit.map({ (e) throws(RenderError) in try value(of: e) })?.number {
      values = Array(values.prefix(max(0, Int(truncating: limit as NSDecimalNumber))))
    }
    if loop.isReversed { values.reverse() }
    if values.isEmpty {
      _ = try render(loop.otherwise, in: file)
      return
    }
    let scope = scopes.count - 1
    let outer = (scopes[scope][loop.name], scopes[scope]["forloop"])
    for (index, element) in values.enumerated() {
      scopes[scope][loop.name] = element
      scopes[scope]["forloop"] = .object([
        "index": .integer(index + 1), "index0": .integer(index),
        "rindex": .integer(values.count - index), "rindex0": .integer(values.count - index - 1),
        "first": .bool(index == 0), "last": .bool(index == values.count - 1),
        "length": .integer(values.count), "parentloop": outer.1 ?? .nothing,
      ])
      if try render(loop.body, in: file) == .stop { break }
    }
    (scopes[scope][loop.name], scopes[scope]["forloop"]) = outer
  }

  /// Renders a template in a scope of its own: it sees what it is given and nothing else.
  private mutating func render(_ partial: Partial) throws(RenderError) {
    guard let template = partials(partial.name) else {
      throw RenderError(at: partial.location, .noTemplate(partial.name))
    }
    guard depth < limits.depth else {
      throw RenderError(at: partial.location, .limit("\(limits.depth) nested templates"))
    }
    var scope: [String: Value] = [:]
    for (name, expression) in partial.arguments { scope[name] = try value(of: expression) }
    var subjects: [Value?] = [nil]
    if let subject = partial.subject {
      let value = try value(of: subject.values)
      subjects = subject.isEach ? elements(of: value).map(Optional.some) : [value]
    }
    depth += 1
    for value in subjects {
      if let value, let name = partial.subject?.name { scope[name] = value }
      scopes.append(scope)
      _ = try render(template.nodes, in: template.file)
      scopes.removeLast()
    }
    depth -= 1
  }

  private func elements(of value: Value) -> [Value] {
    switch value {
    case .list(let values): values
    case .object(let fields):
      fields.keys.sorted().map { .list([.string($0), fields[$0] ?? .nothing]) }
    case .nothing, .string(""): []
    default: [value]
    }
  }

  // Values.

  /// The text of a value that is to be printed.
  ///
  /// Strictly, a value that is not there, or that is empty though a variable, is a hole.
  private func printed(_ expression: FilteredExpression) throws(RenderError) -> String {
    let text = try value(of: expression, isPrinted: true).text
    if text.isEmpty, undefined == .strict, let path = expression.expression.path {
      throw RenderError(at: expression.location, .missing(path))
    }
    return text
  }

  private func value(of filtered: FilteredExpression, isPrinted: Bool) throws(RenderError) -> Value
  {
    var value = try value(of: filtered.expression)
    for call in filtered.calls {
      if value == .nothing, undefined == .strict, !call.filter.takesNothing {
        throw RenderError(
          at: filtered.location, .missing(filtered.expression.path ?? "the value"))
      }
      var named: [String: Value] = [:]
      for (name, expression) in call.named { named[name] = try self.value(of: expression) }
      var positional: [Value] = []
      for expression in call.arguments { positional.append(try self.value(of: expression)) }
      do throws(FilterError) {
        value = try call.filter.body(value, FilterArguments(positional, named: named))
      } catch {
        throw RenderError(at: filtered.location, .filter(call.name, error.message))
      }
    }
    if value == .nothing, isPrinted, undefined == .strict {
      throw RenderError(at: filtered.location, .missing(filtered.expression.path ?? "the value"))
    }
    return value
  }

  private func value(of expression: Expression) throws(RenderError) -> Value {
    switch expression {
    case .literal(let value): return value
    case .emptiness: return .string("")
    case .range(let first, let last):
      guard let first = try value(of: first).number, let last = try value(of: last).number,
        first <= last
      else { return .list([]) }
      let bounds = [first, last].map { Int(truncating: $0 as NSDecimalNumber) }
      // A range of millions would take memory before a step is counted.
      return .list((bounds[0]...min(bounds[1], bounds[0] + limits.steps)).map(Value.integer))
    case .variable(let name, let lookups, _):
      var value = scopes[scopes.count - 1][name] ?? .nothing
      for lookup in lookups {
        switch lookup {
        case .member(let member): value = value.member(member)
        case .index(let index): value = value.element(try self.value(of: index))
        }
      }
      return value
    }
  }

  private func holds(_ condition: Condition) throws(RenderError) -> Bool {
    switch condition {
    case .truth(let expression): return try value(of: expression).isTruthy
    case .not(let inner): return try !holds(inner)
    case .both(let left, let right): return try holds(left) ? try holds(right) : false
    case .either(let left, let right): return try holds(left) ? true : try holds(right)
    case .comparison(let left, let mark, let right):
      switch mark {
      case .equal: return try equal(value(of: left), right)
      case .notEqual, .different: return try !equal(value(of: left), right)
      case .contains: return contains(try value(of: left), try value(of: right))
      case .less, .greater, .atMost, .atLeast:
        return ordered(try value(of: left), mark, try value(of: right))
      }
    }
  }

  private func equal(_ left: Value, _ right: Expression) throws(RenderError) -> Bool {
    guard case .emptiness(let includesBlank) = right else {
      return try left.equals(value(of: right))
    }
    switch left {
    case .string(let text):
      return includesBlank ? text.allSatisfy(\.isWhitespace) : text.isEmpty
    case .list(let values): return values.isEmpty
    case .object(let fields): return fields.isEmpty
    case .nothing, .bool(false): return includesBlank
    default: return false
    }
  }

  private func contains(_ whole: Value, _ part: Value) -> Bool {
    switch whole {
    case .string(let text): part != .nothing && (part.text.isEmpty || text.contains(part.text))
    case .list(let values): values.contains { $0.equals(part) }
    case .object(let fields): fields[part.text] != nil
    default: false
    }
  }

  private func ordered(_ left: Value, _ mark: Condition.Operator, _ right: Value) -> Bool {
    func compare<T: Comparable>(_ left: T, _ right: T) -> Bool {
      switch mark {
      case .less: left < right
      case .greater: left > right
      case .atMost: left <= right
      case .atLeast: left >= right
      case .equal, .notEqual, .different, .contains: false
      }
    }
    switch (left, right) {
    case (.string(let left), .string(let right)): return compare(left, right)
    case (.integer, .integer), (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal):
      guard let left = left.number, let right = right.number else { return false }
      return compare(left, right)
    default: return false
    }
  }
}
