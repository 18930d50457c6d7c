/// Computes values and conditions.
extension Renderer {
  /// The text of a value that is to be printed.
  ///
  /// Strictly, what is not there and what is empty
  /// though the template did not write it so are holes.
  mutating func printed(_ filtered: FilteredExpression) throws(RenderError) -> String {
    let (value, isWritten) = try evaluate(filtered)
    try weigh([value], at: filtered.at, bounded: true)
    if undefined == .lenient { return value.text }
    let path = filtered.path(through: filtered.calls.count)
    switch value {
    case .nothing: throw error(.missing(path), at: filtered.at)
    case .object: throw error(.unprintable(path, "an object"), at: filtered.at)
    case .list, .range: throw error(.unprintable(path, "a list"), at: filtered.at)
    default:
      let text = value.text
      if text.isEmpty, !isWritten { throw error(.missing(path), at: filtered.at) }
      return text
    }
  }

  mutating func value(of filtered: FilteredExpression) throws(RenderError) -> Value {
    try evaluate(filtered).value
  }

  /// A value with its filters applied, and whether it is what the template itself has written, be
  /// it as the argument of `default`.
  private mutating func evaluate(_ filtered: FilteredExpression) throws(RenderError) -> (
    value: Value, isWritten: Bool
  ) {
    var value = try value(of: filtered.expression)
    var isWritten = filtered.expression.isLiteral
    for (count, call) in filtered.calls.enumerated() {
      if value == .nothing, undefined == .strict, !call.filter.takesNothing, !isWritten {
        throw error(.missing(filtered.path(through: count)), at: filtered.at)
      }
      if value == .nothing, undefined == .absent, !call.filter.takesNothing { continue }
      let arguments = try arguments(of: call)
      try weigh([value], at: call.at, bounded: true)
      do throws(FilterError) {
        value = try call.filter.body(value, arguments)
      } catch {
        throw self.error(.filter(call.name, error.message), at: filtered.at)
      }
      try weigh([value], at: call.at, bounded: true)
      if call.filter.takesNothing, let fallback = call.arguments.first, fallback.isLiteral {
        isWritten = isWritten || value == arguments[0]
      }
    }
    return (value, isWritten)
  }

  private mutating func arguments(of call: FilteredExpression.Call) throws(RenderError)
    -> FilterArguments
  {
    var positional: [Value] = []
    var named: [String: Value] = [:]
    for expression in call.arguments { positional.append(try argument(expression, of: call)) }
    for (name, expression) in call.named { named[name] = try argument(expression, of: call) }
    try weigh(positional, at: call.at, bounded: true)
    return FilterArguments(
      positional, named: named, undefined: undefined, outputBytes: limits.outputBytes, now: now)
  }

  private mutating func argument(_ expression: Expression, of call: FilteredExpression.Call)
    throws(RenderError) -> Value
  {
    let value = try value(of: expression)
    if value == .nothing, undefined == .strict, !call.filter.takesNothing, !expression.isLiteral {
      throw error(.missing(expression.description), at: call.at)
    }
    return value
  }

  mutating func value(of expression: Expression) throws(RenderError) -> Value {
    switch expression {
    case .literal(let value): return value
    case .range(let first, let last):
      return .range(
        from: Number(leniently: try endpoint(first)).truncated,
        through: Number(leniently: try endpoint(last)).truncated)
    case .variable(let variable):
      var value: Value
      switch variable.root {
      case .member(let name): value = scope[name]
      case .index(let name):
        let name = try self.value(of: name)
        try weigh([name], at: variable.at, bounded: true)
        value = scope[name.text]
      }
      for lookup in variable.lookups {
        let key: Value
        switch lookup {
        case .member(let member): key = .string(member)
        case .index(let index):
          key = try self.value(of: index)
          try weigh([key], at: variable.at)
        }
        // Texts are counted, and the first name of an object is found, by walking through them.
        switch value {
        case .string: try weigh([value], at: variable.at)
        case .object where key == .string("first"): try weigh([value], at: variable.at)
        default: break
        }
        value = value.element(key)
      }
      return value
    }
  }

  private mutating func endpoint(_ expression: Expression) throws(RenderError) -> Value {
    let value = try value(of: expression)
    if value == .nothing, undefined == .strict, case .variable(let variable) = expression {
      throw error(.missing(variable.description), at: variable.at)
    }
    return value
  }

  /// Counts steps for values that are to be walked through, one for 64 bytes; and sees to it, if
  /// asked, that they are not longer than the output may be.
  mutating func weigh(_ values: [Value], at place: Int, bounded: Bool = false) throws(RenderError) {
    for value in values {
      var room = limits.outputBytes
      value.takeRoom(&room)
      if room < 0, bounded { throw tooLong(at: place) }
      try charge((limits.outputBytes - max(room, -1)) / 64, at: place)
    }
  }

  mutating func holds(_ condition: Condition) throws(RenderError) -> Bool {
    var holds = try self.holds(condition.first)
    for (joint, comparison) in condition.others {
      // What follows binds closer: if this side decides, it decides all.
      if holds != (joint == .and) { break }
      holds = try self.holds(comparison)
    }
    return holds != condition.isNegated
  }

  private mutating func holds(_ comparison: Condition.Comparison) throws(RenderError) -> Bool {
    let left = try value(of: comparison.left)
    guard let (mark, expression) = comparison.test else { return left.isTruthy }
    let right = try value(of: expression)
    try charge(1, at: comparison.at)
    try weigh([left, right], at: comparison.at)
    switch mark {
    case .equal: return left.equals(right)
    case .notEqual, .different: return !left.equals(right)
    case .contains: return left.contains(right)
    case .less, .greater, .atMost, .atLeast: break
    }
    do throws(Incomparable) {
      guard let order = try left.order(right) else { return false }
      return switch mark {
      case .less: order < 0
      case .greater: order > 0
      case .atMost: order <= 0
      default: order >= 0
      }
    } catch {
      throw self.error(.incomparable, at: comparison.at)
    }
  }
}

extension Value {
  /// Takes from the room that is left at least as much as the value's text needs, until none is.
  fileprivate func takeRoom(_ room: inout Int) {
    if room < 0 { return }
    switch self {
    case .string(let text): room -= text.utf8.count + 1
    case .list(let values):
      room -= 2
      for value in values where room >= 0 { value.takeRoom(&room) }
    case .object(let fields):
      room -= 2
      for (name, value) in fields where room >= 0 {
        room -= name.utf8.count
        value.takeRoom(&room)
      }
    case .range: room = max(-1, room - min(room + 1, size ?? 0))
    case .nothing, .bool, .integer, .decimal, .empty, .blank: room -= 1
    }
  }
}
