internal import Diagnostics

/// Judges values and conditions.
extension Proof {
  mutating func printed(_ filtered: FilteredExpression) {
    let judged = judge(filtered)
    let path = filtered.path(through: filtered.calls.count)
    if !judged.isCertain { reportUncertain(path, at: filtered.at) }
    if let kind = judged.shape.kind, let remedy = kind.remedy {
      report(
        "unreadable-value", at: filtered.at, "'\(path)' is \(kind.name), which nobody can read",
        remedy: remedy)
    }
  }

  mutating func reportUncertain(_ path: String, at offset: Int) {
    let tested = path.split(separator: " ").first ?? ""
    report(
      "uncertain-value", at: offset, "'\(path)' may be absent here",
      remedy: "put it under '{% if \(tested) %}', or give it a '| default: …'")
  }

  /// Reports a value that has to be there and may not be.
  mutating func present(_ judged: Judgement, _ expression: Expression, at offset: Int) {
    if !judged.isCertain {
      reportUncertain(expression.description, at: expression.place ?? offset)
    }
  }

  mutating func judge(_ filtered: FilteredExpression) -> Judgement {
    var judged = judge(filtered.expression, at: filtered.at)
    for (count, call) in filtered.calls.enumerated() {
      let arguments = call.arguments.map { judge($0, at: call.at) }
      for argument in call.named {
        present(judge(argument.value, at: call.at), argument.value, at: call.at)
      }
      if call.filter.takesNothing {
        judged.isCertain = judged.isCertain || (arguments.first?.isCertain ?? true)
        judged.path = nil
        continue
      }
      for (argument, expression) in zip(arguments, call.arguments) {
        present(argument, expression, at: call.at)
      }
      if let choices = call.filter.choices,
        case .literal(.string(let word))? = call.arguments.first,
        !choices.contains(word), !word.contains("%")
      {
        report(
          "wrong-arguments", at: call.at, "the filter '\(call.name)' does not know '\(word)'",
          remedy: nearest(to: word, among: choices.sorted()).map { "did you mean '\($0)'?" }
            ?? "known: \(choices.sorted().joined(separator: ", "))")
      }
      if !judged.isCertain {
        reportUncertain(filtered.path(through: count), at: filtered.at)
      }
      if let takes = call.filter.takes, let kind = judged.shape.kind, !takes.contains(kind) {
        let wanted = takes.map(\.name).sorted().joined(separator: " or ")
        report(
          "wrong-type", at: call.at,
          "'\(filtered.path(through: count))' is \(kind.name), and '\(call.name)' takes \(wanted)",
          remedy: kind.remedy)
      }
      let shape: Shape =
        switch call.filter.gives {
        case .shape(let shape): shape
        case .same: judged.shape
        case .element: if case .list(let element) = judged.shape { element } else { judged.shape }
        }
      judged = Judgement(shape: shape, isCertain: true, path: nil)
    }
    return judged
  }

  mutating func judge(_ expression: Expression, at offset: Int) -> Judgement {
    switch expression {
    case .literal(let value):
      let shape: Shape =
        switch value {
        case .bool: .flag
        case .integer, .decimal: .number
        case .string: .text
        default: .anything
        }
      return Judgement(shape: shape, isCertain: value != .nothing)
    case .range(let first, let last):
      for end in [first, last] { present(judge(end, at: offset), end, at: offset) }
      return Judgement(shape: .list(.number), isCertain: true)
    case .variable(let variable): return judge(variable)
    }
  }

  mutating func judge(_ variable: Variable) -> Judgement {
    for case .index(let index) in variable.lookups { _ = judge(index, at: variable.at) }
    guard case .member(let name) = variable.root else {
      return Judgement(shape: .anything, isCertain: false)
    }
    var judged: Judgement
    if let local = locals[name] {
      judged = Judgement(shape: local.shape, isCertain: isThere(local), path: local.path)
    } else if let root = roots[name] {
      judged = Judgement(
        shape: root.shape, isCertain: root.isCertain || known.contains(name), path: name)
    } else {
      return unknown(name, in: "", among: Array(locals.keys) + roots.keys, at: variable.at)
    }
    var written = name
    for lookup in variable.lookups {
      switch (lookup, judged.shape) {
      case (_, .anything): judged = Judgement(shape: .anything, isCertain: judged.isCertain)
      case (.index, .list(let element)):
        judged = Judgement(shape: element, isCertain: false)
      case (.index(.literal(.string(let name))), .object(let members)),
        (.member(let name), .object(let members)):
        guard let member = members[name] else {
          return unknown(name, in: written + ".", among: Array(members.keys), at: variable.at)
        }
        let path = judged.path.map { "\($0).\(name)" }
        judged = Judgement(
          shape: member.shape,
          isCertain: judged.isCertain && member.isCertain || path.map(known.contains) ?? false,
          path: path)
        written += ".\(name)"
      case (.member("size"), .list), (.member("size"), .text):
        judged = Judgement(shape: .number, isCertain: judged.isCertain)
      case (.member("first"), .list(let element)), (.member("last"), .list(let element)):
        let path = judged.path.map { "\($0).\(lookup.name)" }
        judged = Judgement(
          shape: element, isCertain: path.map(known.contains) ?? false, path: path)
        written += ".\(lookup.name)"
      default: return unknown(lookup.name, in: written + ".", among: [], at: variable.at)
      }
    }
    return judged
  }

  mutating func unknown(
    _ name: String, in owner: String, among names: [String], at offset: Int
  ) -> Judgement {
    report(
      "unknown-variable", at: offset, "there is no variable '\(owner)\(name)'",
      remedy: nearest(to: name, among: names.sorted()).map { "did you mean '\(owner)\($0)'?" })
    return Judgement(shape: .anything, isCertain: true)
  }

  /// What is there where a condition holds, and where it does not.
  mutating func facts(
    of condition: Condition
  ) -> (holding: Set<String>, failing: Set<String>) {
    // `and` and `or` bind to the right, as the renderer has it.
    let comparisons = [condition.first] + condition.others.map(\.comparison)
    var result = facts(of: comparisons[comparisons.count - 1])
    for place in condition.others.indices.reversed() {
      let left = facts(of: comparisons[place])
      result =
        condition.others[place].joint == .and
        ? (left.holding.union(result.holding), left.failing.intersection(result.failing))
        : (left.holding.intersection(result.holding), left.failing.union(result.failing))
    }
    return condition.isNegated ? (result.failing, result.holding) : result
  }

  mutating func facts(
    of comparison: Condition.Comparison
  ) -> (holding: Set<String>, failing: Set<String>) {
    let left = judge(comparison.left, at: comparison.at)
    let paths = left.path?.withPrefixes ?? []
    guard let test = comparison.test else { return (paths, []) }
    let right = judge(test.right, at: comparison.at)
    switch test.mark {
    case .equal where test.right.isContent: return (paths, [])
    case .equal where test.right.isLiteral: return ([], paths)
    case .notEqual where test.right.isContent, .different where test.right.isContent:
      return ([], paths)
    case .notEqual where test.right.isLiteral, .different where test.right.isLiteral:
      return (paths, [])
    case .equal, .notEqual, .different: return ([], [])
    case .contains: return (paths, [])
    case .less, .greater, .atMost, .atLeast:
      if let one = left.shape.kind, let other = right.shape.kind, one != other {
        report(
          "wrong-type", at: comparison.at,
          "\(one.name) and \(other.name) cannot be ordered", remedy: nil)
      }
      return (paths.union(right.path?.withPrefixes ?? []), [])
    }
  }
}

extension Expression {
  var isEmptyText: Bool {
    if case .literal(.string("")) = self { true } else { false }
  }

  /// Whether it is a value of the template's own that nothing absent equals.
  var isContent: Bool {
    switch self {
    case .literal(.nothing), .literal(.blank): false
    case .literal: true
    default: false
    }
  }

  /// The byte of the source at which a variable begins.
  var place: Int? {
    if case .variable(let variable) = self { variable.at } else { nil }
  }
}

extension Variable.Lookup {
  fileprivate var name: String {
    switch self {
    case .member(let name): name
    case .index(let index): "[\(index)]"
    }
  }
}

extension String {
  /// `order.item.name` with `order` and `order.item`.
  var withPrefixes: Set<String> {
    let names = split(separator: ".")
    return Set(names.indices.map { names[...$0].joined(separator: ".") })
  }
}
