internal import Diagnostics

/// Shows that a template cannot have a hole, by walking every branch with what is known there
/// instead of values.
///
/// What a condition tests is known in its branch. A value that may be absent and is not known at a
/// place must not be printed, filtered or walked over there.
struct Proof {
  /// A variable that the template has given itself.
  struct Local {
    let shape: Shape
    let isCertain: Bool
    /// The path it stands for: a test of the one is a test of the other.
    let path: String
  }

  /// An expression: what it is, whether it is there, and by what name.
  struct Judgement {
    var shape: Shape
    var isCertain: Bool
    var path: String?
  }

  let roots: [String: Shape.Member]
  let partials: (String) -> Template?
  var template: Template
  /// The paths that are there for certain at the place that the walk has reached.
  var known: Set<String>
  var locals: [String: Local] = [:]
  var depth = 0
  /// For names that stand for no path from outside.
  var freshNames = 0
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

  mutating func report(
    _ code: String, at offset: Int, _ message: String, remedy: String?
  ) {
    let location = template.source.location(utf8Offset: offset)
    let diagnostic = Diagnostic(code: code, at: location, message, remedy: remedy)
    if !found.contains(diagnostic) { found.append(diagnostic) }
  }

  mutating func prove(_ nodes: [Node]) {
    for node in nodes { prove(node) }
  }

  mutating func prove(_ node: Node) {
    switch node.content {
    case .text, .stop, .skip: break
    case .output(let value): printed(value)
    case .branches(let branches): prove(branches)
    case .choice(let subject, let arms): prove(subject, arms, at: node.at)
    case .loop(let loop), .table(let loop): prove(loop, at: node.at)
    case .assign(let name, let value):
      var judged = judge(value)
      // Printed later, an empty text is a hole like any other.
      if value.mayBeEmptyByItself { judged.isCertain = false }
      assign(name, judged, at: node.at)
    case .capture(let name, let body):
      prove(body)
      locals[name] = Local(shape: .text, isCertain: body.alwaysPrint, path: fresh())
    case .partial(let partial): prove(partial, at: node.at)
    case .cycle(let cycle):
      for value in cycle.values { present(judge(value, at: node.at), value, at: node.at) }
    case .counter(let name, _):
      locals[name] = Local(shape: .number, isCertain: true, path: fresh())
    case .changed(let body): prove(body)
    }
  }

  mutating func prove(_ branches: [Branch]) {
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

  mutating func prove(_ subject: Expression, _ arms: [Arm], at offset: Int) {
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
  mutating func join(_ outcomes: [[String: Local]]) {
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

  func isThere(_ local: Local) -> Bool { local.isCertain || known.contains(local.path) }

  mutating func prove(_ loop: Loop, at offset: Int) {
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
    let entry = locals
    prove(loop.body)
    // What one turn leaves behind, the next one finds.
    join([locals, entry])
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

  mutating func element(
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

  mutating func assign(_ name: String, _ judged: Judgement, at offset: Int) {
    locals[name] = Local(
      shape: judged.shape, isCertain: judged.isCertain, path: judged.path ?? fresh())
  }

  mutating func prove(_ partial: Partial, at offset: Int) {
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

  mutating func local(_ judged: Judgement) -> Local {
    Local(shape: judged.shape, isCertain: judged.isCertain, path: judged.path ?? fresh())
  }

  mutating func fresh() -> String {
    freshNames += 1
    return "#\(freshNames)"
  }
}

extension FilteredExpression {
  /// Whether the template itself has it be an empty text: `''`, or `x | default: ''`.
  fileprivate var mayBeEmptyByItself: Bool {
    guard let last = calls.last else { return expression.isEmptyText }
    return last.filter.takesNothing && (last.arguments.first?.isEmptyText ?? true)
  }
}

extension [Node] {
  /// Whether they print something whichever branch is taken.
  fileprivate var alwaysPrint: Bool {
    contains { node in
      switch node.content {
      case .text(let text): !text.isEmpty
      case .output: true
      default: false
      }
    }
  }
}
