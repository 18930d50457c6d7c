internal import Foundation
internal import Liquid

/// What is wrong with a document, in the words of its sender.
struct MappingFault: Error {
  /// Where in the document: `messages[1].text`.
  let path: String
  let message: String

  var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

/// One way through a document: the values by name, and where in the document each stands.
struct MappingPass {
  private(set) var variables: [String: Value]
  private var places: [String: String] = [:]
  /// Where in the document each field of ours came from: `order.items[0].sku`.
  private(set) var origins: [String: String] = [:]

  init(_ document: Value, _ settings: Value) {
    variables = document.fields
    // A document's own field of that name is under `root`.
    variables["settings"] = settings
    variables["root"] = document
    places["root"] = ""
  }

  /// Goes through loops in one another.
  /// - Parameters:
  ///   - loop: the loops.
  ///   - body: is called for each turn.
  /// - Throws: what the body throws, and `MappingFault` for what is no list.
  func forEach(
    _ loop: Loop, _ body: (inout MappingPass) throws(MappingFault) -> Void
  ) throws(MappingFault) {
    try walk(loop.steps[...], loop.condition, body)
  }

  private func walk(
    _ steps: ArraySlice<Loop.Step>, _ condition: Formula?,
    _ body: (inout MappingPass) throws(MappingFault) -> Void
  ) throws(MappingFault) {
    guard let step = steps.first else {
      if let condition, try !holds(condition) { return }
      var turn = self
      return try body(&turn)
    }
    let path = self.path(of: step.list) ?? ""
    func turn(_ element: Value, _ place: String) throws(MappingFault) {
      var pass = self
      pass.variables[step.name] = element
      pass.places[step.name] = place
      try pass.walk(steps.dropFirst(), condition, body)
    }
    switch try value(of: step.list) {
    case .nothing: break
    case .list(let elements):
      for (index, element) in elements.enumerated() { try turn(element, "\(path)[\(index)]") }
    // Some systems send the only element by itself.
    case .object(let element): try turn(.object(element), path)
    default: throw MappingFault(path: path, message: "must be a list")
    }
  }

  /// Whether a condition holds.
  func holds(_ condition: Formula) throws(MappingFault) -> Bool {
    try value(of: condition).isTruthy
  }

  /// The value of a formula.
  func value(of formula: Formula) throws(MappingFault) -> Value {
    do throws(RenderError) {
      return try formula.value(of: variables)
    } catch {
      throw MappingFault(path: path(of: formula) ?? "", message: error.reason)
    }
  }

  /// Where in the document a formula looks first.
  func path(of formula: Formula) -> String? {
    guard let path = formula.path else { return nil }
    let end = path.firstIndex { $0 == "." || $0 == "[" } ?? path.endIndex
    guard let place = places[String(path[..<end])] else { return path }
    let rest = path[end...]
    return place.isEmpty && rest.first == "." ? String(rest.dropFirst()) : place + rest
  }

  /// Makes a field of ours.
  /// - Parameters:
  ///   - field: how it comes about.
  ///   - name: where it stands with us: `order.items[0].sku`.
  /// - Returns: its value; nothing where the document has none.
  /// - Throws: `MappingFault` for what a filter cannot take.
  mutating func value(of field: Field, as name: String) throws(MappingFault) -> Value {
    switch field {
    case .value(let alternatives):
      for alternative in alternatives {
        let path = self.path(of: alternative.value)
        // Where every way fails, the first is where one looks for the reason.
        if let path, origins[name] == nil { origins[name] = path }
        if let condition = alternative.condition, try !holds(condition) { continue }
        let found = try value(of: alternative.value).asField(named: name.fieldName)
        guard found != .nothing else { continue }
        if let path { origins[name] = path }
        return found
      }
      return .nothing
    case .object(let fields):
      var made: [String: Value] = [:]
      for (key, field) in fields {
        let found = try value(of: field, as: name.isEmpty ? key : "\(name).\(key)")
        if found != .nothing { made[key] = found }
      }
      return made.isEmpty ? .nothing : .object(made)
    case .list(let loop, let element):
      var made: [Value] = []
      var origins: [String: String] = [:]
      try forEach(loop) { (turn) throws(MappingFault) in
        let found = try turn.value(of: element, as: "\(name)[\(made.count)]")
        origins.merge(turn.origins) { first, _ in first }
        if found != .nothing { made.append(found) }
      }
      self.origins.merge(origins) { first, _ in first }
      return made.isEmpty ? .nothing : .list(made)
    }
  }
}

extension String {
  /// `sku` of `order.items[0].sku`.
  fileprivate var fieldName: String {
    String(self[(lastIndex(of: ".").map(index(after:)) ?? startIndex)...])
  }
}

extension Value {
  /// Fields of the interface that are whole numbers; the other numbers are texts there.
  private static let counts: Set<String> = ["quantity", "guarantee_months", "in_stock", "stars"]

  /// The value as a field of the interface has it: identities are texts, whatever they are
  /// elsewhere, and an empty text says nothing but where an empty message does.
  fileprivate func asField(named name: String) -> Value {
    switch self {
    case .string(""): name == "text" ? self : .nothing
    case .integer where Self.counts.contains(name): self
    case .decimal where Self.counts.contains(name): wholeNumber.map(Value.integer) ?? self
    case .string(let text) where Self.counts.contains(name):
      Int(text).map(Value.integer) ?? self
    case .integer, .decimal: .string(text)
    case .list(let items): .list(items.map { $0.asField(named: name) }.filter { $0 != .nothing })
    case .empty, .blank: .nothing
    default: self
    }
  }

  private var wholeNumber: Int? { number.flatMap { Int($0.description) } }
}
