internal import Diagnostics
internal import Foundation

/// Walks a template's tree and gathers its text.
struct Renderer {
  /// What a body ended with.
  enum Flow {
    case on
    case stop
    case skip
  }

  let undefined: Undefined
  let limits: Limits
  let now: Date?
  var scope: Scope
  var output = ""
  /// The ways that were taken, each as often as it was.
  private(set) var taken: [BranchMark] = []
  private let partials: (String) -> Template?
  private var template: Template
  private var steps = 0
  private var depth = 0

  init(
    _ template: Template, _ scope: Scope, _ partials: @escaping (String) -> Template?,
    undefined: Undefined, limits: Limits, now: Date?
  ) {
    self.template = template
    self.scope = scope
    self.partials = partials
    self.undefined = undefined
    self.limits = limits
    self.now = now
  }

  mutating func rendered() throws(RenderError) -> String {
    _ = try render(template.nodes)
    return output
  }

  mutating func render(_ nodes: [Node]) throws(RenderError) -> Flow {
    guard let first = nodes.first else { return .on }
    depth += 1
    defer { depth -= 1 }
    if depth > limits.depth {
      throw error(.limit("\(limits.depth) tags and templates in one another"), at: first.at)
    }
    for node in nodes {
      try charge(1, at: node.at)
      let flow = try render(node)
      if flow != .on { return flow }
    }
    return .on
  }

  private mutating func render(_ node: Node) throws(RenderError) -> Flow {
    switch node.content {
    case .text(let text): try print(text, at: node.at)
    case .output(let value): try print(try printed(value), at: node.at)
    case .branches(let branches): return try render(branches, at: node.at)
    case .choice(let subject, let arms): return try render(subject, arms, at: node.at)
    case .loop(let loop): return try render(loop, at: node.at)
    case .table(let loop): try renderTable(loop, at: node.at)
    case .stop: return .stop
    case .skip: return .skip
    case .assign(let name, let value): scope.assigned[name] = try self.value(of: value)
    case .capture(let name, let body):
      let (text, flow) = try captured(body)
      scope.assigned[name] = .string(text)
      return flow
    case .partial(let partial): return try render(partial, at: node.at)
    case .cycle(let cycle): try render(cycle, at: node.at)
    case .counter(let name, let isIncrement):
      try print(String(scope.count(name, up: isIncrement)), at: node.at)
    case .changed(let body):
      let (text, flow) = try captured(body)
      if text != scope.lastChanged { try print(text, at: node.at) }
      scope.lastChanged = text
      return flow
    }
    return .on
  }

  private mutating func render(_ branches: [Branch], at place: Int) throws(RenderError) -> Flow {
    for (way, branch) in branches.enumerated() {
      if let condition = branch.condition, try !holds(condition) { continue }
      take(way, at: place)
      return try render(branch.body)
    }
    take(branches.count, at: place)
    return .on
  }

  mutating func take(_ way: Int, at place: Int) {
    taken.append(BranchMark(file: template.file, at: place, way: way))
  }

  /// Every `when` that names the value is rendered, and every `else` before which none did: so has
  /// the reference it.
  private mutating func render(_ subject: Expression, _ arms: [Arm], at place: Int)
    throws(RenderError) -> Flow
  {
    let value = try value(of: subject)
    var isNamed = false
    var isPast = true
    for (way, arm) in arms.enumerated() {
      guard let candidates = arm.values else {
        if isNamed { continue }
        isPast = false
        take(way, at: place)
        let flow = try render(arm.body)
        if flow != .on { return flow }
        continue
      }
      for candidate in candidates {
        let candidate = try self.value(of: candidate)
        try weigh([value, candidate], at: place)
        guard value.equals(candidate) else { continue }
        (isNamed, isPast) = (true, false)
        take(way, at: place)
        let flow = try render(arm.body)
        if flow != .on { return flow }
      }
    }
    if isPast { take(arms.count, at: place) }
    return .on
  }

  private mutating func render(_ cycle: Cycle, at place: Int) throws(RenderError) {
    let group =
      if let group = cycle.group { try value(of: group) } else { Value.string(cycle.title) }
    try weigh([group], at: place)
    guard let turn = scope.turn(of: group, among: cycle.values.count) else { return }
    let value = FilteredExpression(expression: cycle.values[turn], calls: [], at: place)
    try print(try printed(value), at: place)
  }

  private mutating func captured(_ body: [Node]) throws(RenderError) -> (String, Flow) {
    let before = output
    output = ""
    let flow = try render(body)
    let text = output
    output = before
    return (text, flow)
  }

  /// Renders another template: `render` in a scope of its own, where it sees what it is given and
  /// nothing else; `include` in this one.
  private mutating func render(_ partial: Partial, at place: Int) throws(RenderError) -> Flow {
    let name = try value(of: partial.name).text
    guard let called = partials(name) else { throw error(.noTemplate(name), at: place) }
    var given: [String: Value] = [:]
    for (name, expression) in partial.arguments { given[name] = try value(of: expression) }
    let caller = template
    guard let subject = partial.subject else {
      let flow = try render(called, given, forloop: nil, partial)
      template = caller
      return flow
    }
    let variable = subject.alias ?? name.split(separator: "/").last.map(String.init) ?? name
    let value = try value(of: subject.values)
    if subject.isEach, value == .nothing, undefined == .strict {
      throw error(.missing(subject.values.description), at: place)
    }
    let values: [Value]? =
      switch value {
      case .list where subject.isEach || partial.sharesScope,
        .range where subject.isEach || partial.sharesScope:
        try segment(of: value, at: place)
      case .object where subject.isEach && !partial.sharesScope:
        try segment(of: value, at: place)
      default: nil
      }
    for (index, element) in (values ?? [value]).enumerated() {
      try charge(1, at: place)
      given[variable] = element
      let forloop = values.map { Self.forloop(variable, index, of: $0.count, in: nil) }
      let flow = try render(called, given, forloop: forloop, partial)
      template = caller
      if flow != .on { return flow }
    }
    return .on
  }

  private mutating func render(
    _ called: Template, _ given: [String: Value], forloop: Value?, _ partial: Partial
  ) throws(RenderError) -> Flow {
    template = called
    if partial.sharesScope {
      scope.frames.append(given)
      defer { scope.frames.removeLast() }
      return try render(called.nodes)
    }
    let outer = scope
    scope = Scope(outside: given)
    // Also after an error: the loops around it close what they opened.
    defer { scope = outer }
    if let forloop { scope.frames.append(["forloop": forloop]) }
    _ = try render(called.nodes)
    return .on
  }

  mutating func print(_ text: String, at place: Int) throws(RenderError) {
    if output.utf8.count + text.utf8.count > limits.outputBytes { throw tooLong(at: place) }
    output += text
  }

  /// Counts steps.
  mutating func charge(_ cost: Int, at place: Int) throws(RenderError) {
    steps += min(cost, limits.steps + 1)
    if steps > limits.steps { throw error(.limit("\(limits.steps) steps"), at: place) }
  }

  func tooLong(at place: Int) -> RenderError {
    error(.limit("\(limits.outputBytes) bytes"), at: place)
  }

  func error(_ kind: RenderError.Kind, at place: Int) -> RenderError {
    RenderError(at: template.source.location(utf8Offset: place), kind)
  }
}
