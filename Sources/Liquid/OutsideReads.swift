public import Diagnostics

/// A variable that a template reads from outside, and where.
public struct VariableUse: Sendable, Hashable {
  /// Its name and the members looked up in it, as far as they are fixed: `order.item.name`, but
  /// `order.items` of `order.items[0].name`.
  public let path: String
  /// Where it is read.
  public let location: SourceLocation
}

/// Finds what a template reads that it has not certainly given itself before.
///
/// A variable that only one branch assigns may come from outside after the branches, and is found.
struct OutsideReads {
  /// What is read, where, and behind which variable of the text it is listed.
  private var reads: [(path: String, at: Int, order: Int)] = []

  init(_ nodes: [Node]) {
    // A template that is rendered `for` each of a list is given these.
    var known: Set<String> = ["forloop", "tablerowloop"]
    scan(nodes, &known)
  }

  /// The uses in reading order.
  func uses(in source: SourceText) -> [VariableUse] {
    let places = Array(Set(reads.map(\.at))).sorted()
    let locations = Dictionary(
      uniqueKeysWithValues: zip(places, source.locations(of: places)))
    return reads.sorted { $0.order < $1.order }.compactMap { read in
      locations[read.at].map { VariableUse(path: read.path, location: $0) }
    }
  }

  private mutating func scan(_ nodes: [Node], _ known: inout Set<String>) {
    for node in nodes {
      switch node.content {
      case .text, .stop, .skip: break
      case .output(let value): read(value, known)
      case .branches(let branches):
        for branch in branches { if let condition = branch.condition { read(condition, known) } }
        scan(branches.map(\.body), isTotal: branches.contains { $0.condition == nil }, &known)
      case .choice(let subject, let arms):
        read(subject, known)
        for value in arms.flatMap({ $0.values ?? [] }) { read(value, known) }
        scan(arms.map(\.body), isTotal: arms.contains { $0.values == nil }, &known)
      case .loop(let loop), .table(let loop): scan(loop, known)
      case .assign(let name, let value):
        read(value, known)
        known.insert(name)
      case .capture(let name, let body):
        scan(body, &known)
        known.insert(name)
      case .partial(let partial):
        read(partial.name, known)
        for argument in partial.arguments { read(argument.value, known) }
        if let subject = partial.subject { read(subject.values, known) }
      case .cycle(let cycle):
        for value in [cycle.group].compactMap(\.self) + cycle.values { read(value, known) }
      case .counter(let name, _): known.insert(name)
      case .changed(let body): scan(body, &known)
      }
    }
  }

  /// After branches only that is known which all of them give, and only if one is always taken.
  private mutating func scan(_ bodies: [[Node]], isTotal: Bool, _ known: inout Set<String>) {
    var common: Set<String>?
    for body in bodies {
      var inside = known
      scan(body, &inside)
      common = common?.intersection(inside) ?? inside
    }
    if isTotal, let common { known = common }
  }

  private mutating func scan(_ loop: Loop, _ known: Set<String>) {
    read(loop.values, known)
    for bound in [loop.limit, loop.columns].compactMap(\.self) { read(bound, known) }
    if case .at(let offset)? = loop.offset { read(offset, known) }
    var inside = known.union([loop.name])
    scan(loop.body, &inside)
    var otherwise = known
    scan(loop.otherwise, &otherwise)
  }

  private mutating func read(_ value: FilteredExpression, _ known: Set<String>) {
    read(value.expression, known)
    for call in value.calls {
      for argument in call.arguments + call.named.map(\.value) { read(argument, known) }
    }
  }

  private mutating func read(_ condition: Condition, _ known: Set<String>) {
    for comparison in [condition.first] + condition.others.map(\.comparison) {
      read(comparison.left, known)
      if let test = comparison.test { read(test.right, known) }
    }
  }

  /// What an index reads comes before what it is an index of.
  private mutating func read(
    _ expression: Expression, _ known: Set<String>, behind order: Int? = nil
  ) {
    switch expression {
    case .literal: break
    case .range(let first, let last):
      read(first, known, behind: order)
      read(last, known, behind: order)
    case .variable(let variable):
      let order = order ?? variable.at
      for case .index(let index) in [variable.root] + variable.lookups {
        read(index, known, behind: order)
      }
      if let path = variable.fixedPath, let name = path.first, !known.contains(name) {
        reads.append((path.joined(separator: "."), variable.at, order))
      }
    }
  }
}
