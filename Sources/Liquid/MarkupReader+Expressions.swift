/// Reads values and conditions.
extension MarkupReader {
  /// How deep brackets may stand in one another.
  private static let maximumDepth = 32

  /// Reads a value: a literal, a variable or a range.
  mutating func expression() throws(SyntaxFault) -> Expression {
    if let text = try quoted() { return .literal(.string(text)) }
    if let number = number() { return .literal(number) }
    let start = place
    if take("(") {
      try enter()
      let first = try expression()
      try expect("..")
      let last = try expression()
      try expect(")")
      depth -= 1
      return .range(first, last)
    }
    if sees("[") { return .variable(try variable(.index(try index()), at: start)) }
    switch try expectName("a value") {
    case "true": return .literal(.bool(true))
    case "false": return .literal(.bool(false))
    case "nil", "null": return .literal(.nothing)
    case "empty": return .literal(.empty)
    case "blank": return .literal(.blank)
    case let name: return .variable(try variable(.member(name), at: start))
    }
  }

  private mutating func variable(_ root: Variable.Lookup, at start: Int) throws(SyntaxFault)
    -> Variable
  {
    var lookups: [Variable.Lookup] = []
    while true {
      if sees("."), !sees("..") {
        _ = take(".")
        lookups.append(.member(try expectName("a name")))
      } else if sees("[") {
        lookups.append(.index(try index()))
      } else {
        return Variable(root: root, lookups: lookups, at: start)
      }
    }
  }

  private mutating func index() throws(SyntaxFault) -> Expression {
    try expect("[")
    try enter()
    let index = try expression()
    try expect("]")
    depth -= 1
    return index
  }

  private mutating func enter() throws(SyntaxFault) {
    depth += 1
    if depth > Self.maximumDepth {
      throw fault("brackets stand more than \(Self.maximumDepth) deep in one another here")
    }
  }

  /// Reads what `if` asks.
  mutating func condition() throws(SyntaxFault) -> Condition {
    var condition = Condition(first: try comparison())
    while true {
      if takeWord("and") {
        condition.others.append((.and, try comparison()))
      } else if takeWord("or") {
        condition.others.append((.or, try comparison()))
      } else {
        try expectEnd()
        return condition
      }
    }
  }

  private mutating func comparison() throws(SyntaxFault) -> Condition.Comparison {
    let start = place
    let left = try expression()
    // The longer marks first: `<=` begins like `<`.
    let marks: [Condition.Operator] = [
      .equal, .notEqual, .different, .atMost, .atLeast, .less, .greater,
    ]
    for mark in marks where take(mark.rawValue) {
      return Condition.Comparison(left: left, test: (mark, try expression()), at: start)
    }
    if takeWord(Condition.Operator.contains.rawValue) {
      return Condition.Comparison(left: left, test: (.contains, try expression()), at: start)
    }
    if sees("=") { throw fault("'=' does not compare", remedy: "write '=='") }
    return Condition.Comparison(left: left, test: nil, at: start)
  }

  /// Reads the arguments behind a filter's name.
  mutating func arguments() throws(SyntaxFault) -> (
    positional: [Expression], named: [(name: String, value: Expression)]
  ) {
    var positional: [Expression] = []
    var named: [(name: String, value: Expression)] = []
    repeat {
      if let key = argumentName() {
        named.append((key, try expression()))
      } else {
        positional.append(try expression())
      }
    } while take(",")
    return (positional, named)
  }

  /// Takes a name and the colon behind it, if they stand here.
  mutating func argumentName() -> String? {
    var ahead = self
    guard let name = ahead.name(), ahead.take(":") else { return nil }
    self = ahead
    return name
  }
}
