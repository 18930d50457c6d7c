internal import Diagnostics

/// A piece of a template.
indirect enum Node: Sendable {
  /// Text that stands for itself.
  case text(String)
  /// `{{ … }}`
  case output(FilteredExpression)
  /// `if`, `unless`, with every `elsif` and `else`: the first branch whose condition holds.
  case branches([(condition: Condition, body: [Node])], otherwise: [Node])
  /// `case`: the first `when` that names the value.
  case cases(FilteredExpression, [(values: [Expression], body: [Node])], otherwise: [Node])
  /// `for`
  case loop(Loop)
  /// `break`
  case stop
  /// `continue`
  case skip
  /// `assign`
  case assign(String, FilteredExpression)
  /// `capture`
  case capture(String, [Node])
  /// `render`
  case partial(Partial)
}

/// A `for` loop.
struct Loop: Sendable {
  let name: String
  let values: Expression
  let limit: Expression?
  let offset: Expression?
  let isReversed: Bool
  let body: [Node]
  let otherwise: [Node]
  let location: SourceLocation
}

/// A template that is rendered inside another one.
struct Partial: Sendable {
  let name: String
  let arguments: [(name: String, value: Expression)]
  /// Rendered once with this value, or once for each of a list.
  let subject: (values: Expression, name: String, isEach: Bool)?
  let location: SourceLocation
}

/// Where a value comes from.
indirect enum Expression: Sendable {
  case literal(Value)
  /// `empty` and `blank`, which equal every value that is so.
  case emptiness(includesBlank: Bool)
  /// A variable: its name, then what is looked up in it.
  case variable(String, [Lookup], SourceLocation)
  /// `(first..last)`
  case range(Expression, Expression)

  enum Lookup: Sendable {
    case member(String)
    case index(Expression)
  }

  /// The variable as its author wrote it, as far as it has a name.
  var path: String? {
    guard case .variable(let name, let lookups, _) = self else { return nil }
    return lookups.reduce(name) { path, lookup in
      switch lookup {
      case .member(let member): path + "." + member
      case .index: path + "[…]"
      }
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
  }

  let expression: Expression
  let calls: [Call]
  let location: SourceLocation
}

/// What `if` asks.
indirect enum Condition: Sendable {
  enum Operator: String, CaseIterable, Sendable {
    case equal = "=="
    case notEqual = "!="
    case different = "<>"
    case less = "<"
    case greater = ">"
    case atMost = "<="
    case atLeast = ">="
    case contains
  }

  case truth(Expression)
  case comparison(Expression, Operator, Expression)
  case both(Condition, Condition)
  case either(Condition, Condition)
  case not(Condition)
}
