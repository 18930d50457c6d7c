internal import Diagnostics

/// Shows that a template cannot have a hole, by walking every branch with what is known there
/// instead of values.
///
/// What a condition tests is known in its branch. A value that may be absent and is not known at a
/// place must not be printed, filtered or walked over there.
struct Proof {
  /// A variable that the template has given itself.
  private struct Local {
    let shape: Shape
    let isCertain: Bool
    /// The path it stands for: a test of the one is a test of the other.
    let path: String
  }

  /// An expression: what it is, whether it is there, and by what name.
  private struct Judgement {
    var shape: Shape
    var isCertain: Bool
    var path: String?
  }

  private let roots: [String: Shape.Member]
  private let partials: (String) -> Template?
  private var template: Template
  /// The paths that are there for certain at the place that the walk has reached.
  private var known: Set<String>
  private var locals: [String: Local] = [:]
  private var depth = 0
  /// For names that stand for no path from outside.
  private var freshNames = 0
  private(set) var found: [Diagnostic] = []

  init(
    of template: Template, given roots: [String: Shape.Member], certain: Set<String>,
    partials: @escaping (String) -> Template?
  ) {
    self.template = template
    self.roots = roots
    self.partials = partials
    known = certain.reduce(into: []) { $0.formUnion($1.withPrefixes) }
    prove(template.nodes)
  }

  private mutating func report(
    _ code: String, at offset: Int, _ message: String, remedy: String?
  ) {
    let location = template.source.location(utf8Offset: offset)
    let diagnostic = Diagnostic(code: code, at: location, message, remedy: remedy)
    if !found.contains(diagnostic) { found.append(diagnostic) }
  }

  // The tree.

  private mutating func prove(_ nodes: [Node]) {
    for node in nodes { prove(node) }
  }

  private mutating func prove(_ node: Node) {
    switch node.content {
    case .text, .stop, .skip: break
    case .output(let value): printed(value)
    case .branches(let branches): prove(branches)
    case .choice(let subject, let arms): prove(subject, arms, at: node.at)
    case .loop(let loop), .table(let loop): prove(loop, at: node.at)
    case .assign(let name, let value):
      var judged = judge(value)
      // Printed later, an empty text is a hole like any other.
      if value.calls.isEmpty, case .literal(.string("")) = value.expression {
        judged.isCertain = false
      }
      assign(name, judged, at: node.at)
    case .capture(let name, let body):
      prove(body)
      locals[name] = Local(shape: .text, isCertain: true, path: fresh())
    case .partial(let partial): prove(partial, at: node.at)
    case .cycle(let cycle):
      for value in cycle.values { present(judge(value, at: node.at), value, at: node.at) }
    case .counter(let name, _):
      locals[name] = Local(shape: .number, isCertain: true, path: fresh())
    case .changed(let body): prove(body)
    }
  }

  private mutating func prove(_ branches: [Branch]) {
    let (before, given) = (known, locals)
    var outcomes: [[String: Local]] = []
    for branch in branches {
      var entry = known
      if let condition = branch.condition {
        let (holding, failing) = facts(of: condition)
        entry.formUnion(holding)
        known.formUnion(failing)
      }
      let otherwise = known
      (known, locals) = (entry, given)
      prove(branch.body)
      outcomes.append(locals)
      (known, locals) = (otherwise, given)
    }
    if branches.last?.condition != nil { outcomes.append(given) }
    known = before
    join(outcomes)
  }

  private mutating func prove(_ subject: Expression, _ arms: [Arm], at offset: Int) {
    let judged = judge(subject, at: offset)
    let (before, given) = (known, locals)
    var outcomes: [[String: Local]] = []
    for arm in arms {
      for value in arm.values ?? [] { _ = judge(value, at: offset) }
      if let path = judged.path, let values = arm.values, values.allSatisfy(\.isContent) {
        known.formUnion(path.withPrefixes)
      }
      prove(arm.body)
      outcomes.append(locals)
      (known, locals) = (before, given)
    }
    if arms.allSatisfy({ $0.values != nil }) { outcomes.append(given) }
    join(outcomes)
  }

  /// What only some branches have given may be absent after them.
  private mutating func join(_ outcomes: [[String: Local]]) {
    let names = Set(outcomes.flatMap(\.keys))
    locals = [:]
    for name in names {
      let versions = outcomes.compactMap { $0[name] }
      guard let first = versions.first else { continue }
      let agree = versions.allSatisfy { $0.path == first.path }
      locals[name] = Local(
        shape: versions.allSatisfy { $0.shape == first.shape } ? first.shape : .anything,
        isCertain: versions.count == outcomes.count && versions.allSatisfy(isThere),
        path: agree ? first.path : fresh())
    }
  }

  private func isThere(_ local: Local) -> Bool { local.isCertain || known.contains(local.path) }

  private mutating func prove(_ loop: Loop, at offset: Int) {
    let values = judge(loop.values, at: offset)
    present(values, loop.values, at: offset)
    for bound in [loop.limit, loop.columns].compactMap(\.self) {
      present(judge(bound, at: offset), bound, at: offset)
    }
    if case .at(let bound)? = loop.offset {
      present(judge(bound, at: offset), bound, at: offset)
    }
    let (before, given) = (known, locals)
    locals[loop.name] = Local(
      shape: element(of: values.shape, at: offset, loop.values), isCertain: true, path: fresh())
    for name in ["forloop", "tablerowloop"] {
      locals[name] = Local(shape: .anything, isCertain: true, path: fresh())
    }
    prove(loop.body)
    let after = locals
    (known, locals) = (before, given)
    prove(loop.otherwise)
    var outcomes = [after, locals]
    for place in outcomes.indices {
      for name in [loop.name, "forloop", "tablerowloop"] { outcomes[place][name] = given[name] }
    }
    join(outcomes)
    known = before
  }

  private mutating func element(
    of shape: Shape, at offset: Int, _ expression: Expression
  ) -> Shape {
    switch shape {
    case .list(let element): return element
    case .object, .anything: return .anything
    default:
      if let kind = shape.kind {
        report(
          "wrong-type", at: expression.place ?? offset,
          "'\(expression)' is \(kind.name) and cannot be walked over", remedy: nil)
      }
      return .anything
    }
  }

  private mutating func assign(_ name: String, _ judged: Judgement, at offset: Int) {
    locals[name] = Local(
      shape: judged.shape, isCertain: judged.isCertain, path: judged.path ?? fresh())
  }

  private mutating func prove(_ partial: Partial, at offset: Int) {
    guard case .literal(.string(let name)) = partial.name else {
      return report(
        "unknown-partial", at: offset, "which template is rendered here cannot be known",
        remedy: "name it as a text in quotes")
    }
    // A name that does not exist is reported where the templates are gathered.
    guard let inner = partials(name), depth < 20 else { return }
    var inside = partial.sharesScope ? locals : [:]
    for argument in partial.arguments {
      inside[argument.name] = local(judge(argument.value, at: offset))
    }
    if let subject = partial.subject {
      let judged = judge(subject.values, at: offset)
      present(judged, subject.values, at: offset)
      let shape =
        subject.isEach ? element(of: judged.shape, at: offset, subject.values) : judged.shape
      inside[subject.alias ?? name] = Local(
        shape: shape, isCertain: true, path: subject.isEach ? fresh() : judged.path ?? fresh())
    }
    let outer = (template, locals, known)
    (template, locals) = (inner, inside)
    depth += 1
    prove(inner.nodes)
    depth -= 1
    let after = locals
    (template, locals, known) = outer
    if partial.sharesScope { locals = after }
  }

  private mutating func local(_ judged: Judgement) -> Local {
    Local(shape: judged.shape, isCertain: judged.isCertain, path: judged.path ?? fresh())
  }

  private mutating func fresh() -> String {
    freshNames += 1
    return "#\(freshNames)"
  }

  // Values.

  private mutating func printed(_ filtered: FilteredExpression) {
    let judged = judge(filtered)
    let path = filtered.path(through: filtered.calls.count)
    if !judged.isCertain { reportUncertain(path, at: filtered.at) }
    if let kind = judged.shape.kind, let remedy = kind.remedy {
      report(
        "unreadable-value", at: filtered.at, "'\(path)' is \(kind.name), which nobody can read",
        remedy: remedy)
    }
  }

  private mutating func reportUncertain(_ path: String, at offset: Int) {
    let tested = path.split(separator: " ").first ?? ""
    report(
      "uncertain-value", at: offset, "'\(path)' may be absent here",
      remedy: "put it under '{% if \(tested) %}', or give it a '| default: …'")
  }

  /// Reports a value that has to be there and may not be.
  private mutating func present(_ judged: Judgement, _ expression: Expression, at offset: Int) {
    if !judged.isCertain {
      reportUncertain(expression.description, at: expression.place ?? offset)
    }
  }

  private mutating func judge(_ filtered: FilteredExpression) -> Judgement {
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

  private mutating func judge(_ expression: Expression, at offset: Int) -> Judgement {
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

  private mutating func judge(_ variable: Variable) -> Judgement {
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

  private mutating func unknown(
    _ name: String, in owner: String, among names: [String], at offset: Int
  ) -> Judgement {
    report(
      "unknown-variable", at: offset, "there is no variable '\(owner)\(name)'",
      remedy: nearest(to: name, among: names.sorted()).map { "did you mean '\(owner)\($0)'?" })
    return Judgement(shape: .anything, isCertain: true)
  }

  // Conditions.

  /// What is there where a condition holds, and where it does not.
  private mutating func facts(
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

  private mutating func facts(
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
  /// Whether it is a value of the template's own that nothing absent equals.
  fileprivate var isContent: Bool {
    switch self {
    case .literal(.nothing), .literal(.blank): false
    case .literal: true
    default: false
    }
  }

  /// The byte of the source at which a variable begins.
  fileprivate var place: Int? {
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
  fileprivate var withPrefixes: Set<String> {
    let names = split(separator: ".")
    return Set(names.indices.map { names[...$0].joined(separator: ".") })
  }
}
