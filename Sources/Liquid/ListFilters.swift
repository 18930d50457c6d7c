extension FilterTable {
  mutating func addListFilters() {
    add("size") { value, _ in value.member("size") == .nothing ? .integer(0) : value.member("size")
    }
    add("first") { value, _ in value.member("first") }
    add("last") { value, _ in value.member("last") }
    add("join", arguments: 0...1) { value, arguments in
      let separator = arguments[0] == .nothing ? " " : arguments[0].text
      return .string(value.elements.map(\.text).joined(separator: separator))
    }
    add("reverse") { value, _ in .list(value.elements.reversed()) }
    add("compact") { value, _ in .list(value.elements.filter { $0 != .nothing }) }
    add("concat", arguments: 1...1) { .list($0.elements + $1[0].elements) }
    add("map", arguments: 1...1) { value, arguments in
      .list(value.elements.map { $0.member(arguments[0].text) })
    }
    add("where", arguments: 1...2) { value, arguments in
      .list(
        value.elements.filter { element in
          let member = element.member(arguments[0].text)
          return arguments[1] == .nothing ? member.isTruthy : member.equals(arguments[1])
        })
    }
    add("uniq") { value, _ in
      .list(
        value.elements.reduce(into: []) { unique, element in
          if !unique.contains(where: { $0.equals(element) }) { unique.append(element) }
        })
    }
    add("sort", arguments: 0...1) { value, arguments in
      func key(_ element: Value) -> Value {
        arguments[0] == .nothing ? element : element.member(arguments[0].text)
      }
      return .list(
        value.elements.sorted { left, right in
          if let left = key(left).number, let right = key(right).number { return left < right }
          return key(left).text < key(right).text
        })
    }
  }
}

extension Value {
  /// The elements of a list; a single value is a list of one.
  fileprivate var elements: [Value] {
    switch self {
    case .list(let values): values
    case .nothing: []
    default: [self]
    }
  }
}
