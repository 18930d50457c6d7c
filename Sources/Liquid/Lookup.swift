/// How values are looked into.
extension Value {
  /// A member of the value by name: a field, or what lists and texts tell of themselves.
  func member(_ name: String) -> Value {
    if case .object(let fields) = self, let field = fields[name] { return field }
    switch name {
    case "size": return size.map(Value.integer) ?? .nothing
    case "first": return first
    case "last": return last
    default: return .nothing
    }
  }

  /// An element by index, counted from the end where negative, or a member by name.
  func element(_ key: Value) -> Value {
    switch (self, key) {
    case (.list(let values), .integer(let index)):
      let place = index < 0 ? values.count + index : index
      return values.indices.contains(place) ? values[place] : .nothing
    case (.range, .integer(let index)):
      guard case .range(let first, let last) = self, let count = size, count > 0 else {
        return .nothing
      }
      let place = index < 0 ? count + index : index
      return (0..<count).contains(place) && first <= last ? .integer(first + place) : .nothing
    case (_, .string(let name)): return member(name)
    default: return .nothing
    }
  }

  /// How many elements or characters the value has, if it has any.
  var size: Int? {
    switch self {
    case .list(let values): return values.count
    case .object(let fields): return fields.count
    case .string(let text): return text.unicodeScalars.count
    case .range(let first, let last):
      let (count, overflows) = last.subtractingReportingOverflow(first)
      return last < first ? 0 : overflows || count == Int.max ? Int.max : count + 1
    default: return nil
    }
  }

  /// The first element or character; of an object its first name with its value.
  var first: Value {
    switch self {
    case .list(let values): values.first ?? .nothing
    case .range(let first, let last): first <= last ? .integer(first) : .nothing
    case .string(let text): text.first.map { .string(String($0)) } ?? .nothing
    case .object(let fields):
      fields.min { $0.key < $1.key }.map { .list([.string($0.key), $0.value]) } ?? .nothing
    default: .nothing
    }
  }

  /// The last element or character; objects have none, as in the reference.
  var last: Value {
    switch self {
    case .list(let values): values.last ?? .nothing
    case .range(let first, let last): first <= last ? .integer(last) : .nothing
    case .string(let text): text.last.map { .string(String($0)) } ?? .nothing
    default: .nothing
    }
  }

  /// What a loop walks over: of an object its names with their values.
  ///
  /// A range must have been found short enough before.
  var elements: [Value] {
    switch self {
    case .list(let values): values
    case .range(let first, let last): first <= last ? (first...last).map(Value.integer) : []
    case .object(let fields):
      fields.sorted { $0.key < $1.key }.map { .list([.string($0.key), $0.value]) }
    case .string(let text): text.isEmpty ? [] : [self]
    case .nothing, .bool, .integer, .decimal, .empty, .blank: []
    }
  }
}
