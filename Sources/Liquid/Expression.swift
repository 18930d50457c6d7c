/// Where a value comes from.
indirect enum Expression: Sendable, CustomStringConvertible {
  case literal(Value)
  case variable(Variable)
  /// `(first..last)`
  case range(Expression, Expression)

  /// The expression as its author wrote it, but for spaces.
  var description: String {
    switch self {
    case .literal(.nothing): "nil"
    case .literal(.empty): "empty"
    case .literal(.blank): "blank"
    case .literal(.string(let text)): text.utf8.contains(39) ? "\"\(text)\"" : "'\(text)'"
    case .literal(let value): value.text
    case .variable(let variable): variable.description
    case .range(let first, let last): "(\(first)..\(last))"
    }
  }

  var isLiteral: Bool { if case .literal = self { true } else { false } }
}

/// A variable and what is looked up in it.
struct Variable: Sendable, CustomStringConvertible {
  /// A step on the way to a value.
  enum Lookup: Sendable {
    case member(String)
    case index(Expression)
  }

  /// The variable itself: its name, or an expression that gives it.
  let root: Lookup
  let lookups: [Lookup]
  /// The byte of the source at which it begins.
  let at: Int

  var description: String {
    lookups.reduce(written(root, isRoot: true)) { $0 + written($1, isRoot: false) }
  }

  /// The name and the members that are fixed, as far as they are: `order.items` of
  /// `order.items[i].name`; nil if even the name is computed.
  var fixedPath: [String]? {
    var names: [String] = []
    for lookup in [root] + lookups {
      switch lookup {
      case .member(let name), .index(.literal(.string(let name))): names.append(name)
      case .index: return names.isEmpty ? nil : names
      }
    }
    return names
  }

  private func written(_ lookup: Lookup, isRoot: Bool) -> String {
    switch lookup {
    case .member(let name): isRoot ? name : ".\(name)"
    case .index(let index): "[\(index)]"
    }
  }
}

/// An expression and the filters that its value goes through.
struct FilteredExpression: Sendable {
  struct Call: Sendable {
    let name: String
    let arguments: [Expression]
    let named: [(name: String, value: Expression)]
    let filter: Filter
    let at: Int
  }

  let expression: Expression
  let calls: [Call]
  let at: Int

  /// The expression with the names of its filters, up to one of them.
  func path(through count: Int) -> String {
    ([expression.description] + calls.prefix(count).map(\.name)).joined(separator: " | ")
  }
}

/// What `if` asks: comparisons joined by `and` and `or`, which bind to the right as the reference
/// has it: `a and b or c` is `a and (b or c)`.
///
/// A list and not a tree, so that no template makes the evaluation deep.
struct Condition: Sendable {
  enum Operator: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case different = "<>"
    case less = "<"
    case greater = ">"
    case atMost = "<="
    case atLeast = ">="
    case contains
  }

  enum Joint: String, Sendable {
    case and
    case or
  }

  struct Comparison: Sendable {
    let left: Expression
    let test: (mark: Operator, right: Expression)?
    let at: Int
  }

  var first: Comparison
  var others: [(joint: Joint, comparison: Comparison)] = []
  /// Whether the whole is asked for the contrary, as by `unless`.
  var isNegated = false
}
