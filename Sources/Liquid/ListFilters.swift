extension FilterTable {
  mutating func addListFilters() {
    add("size") { value, _ in .integer(value.size ?? 0) }
    add("first") { value, _ in value.first }
    add("last") { value, _ in value.last }
    add("join", arguments: 0...1) { value, arguments throws(FilterError) in
      let items = value.items
      if arguments.undefined == .strict, items.contains(.nothing) {
        throw FilterError("needs a value for every element")
      }
      let separator = arguments.count == 0 ? " " : try arguments.text(arguments[0])
      let texts = items.map(\.text)
      try arguments.checkLength(
        texts.reduce(0) { $0 + $1.utf8.count }, plus: texts.count, times: separator.utf8.count)
      return .string(texts.joined(separator: separator))
    }
    add("reverse") { value, _ in .list(value.items.reversed()) }
    add("concat", arguments: 1...1) { value, arguments throws(FilterError) in
      switch arguments[0] {
      case .list, .range: return .list(value.items + arguments[0].elements)
      case .nothing where arguments.undefined == .absent: return .list(value.items)
      default: throw FilterError("needs a list to add")
      }
    }
    add("compact", arguments: 0...1) { value, arguments throws(FilterError) in
      .list(try value.pairs(arguments).filter { $0.key != .nothing }.map(\.item))
    }
    add("uniq", arguments: 0...1) { value, arguments throws(FilterError) in
      var seen: Set<Value> = []
      return .list(
        try value.pairs(arguments).filter { seen.insert($0.key).inserted }.map(\.item))
    }
    add("sort", arguments: 0...1) { value, arguments throws(FilterError) in
      let pairs = try value.pairs(arguments)
      let present = pairs.filter { $0.key != .nothing }
      let absent = pairs.filter { $0.key == .nothing }
      guard present.allSatisfy(\.key.isNumber) || present.allSatisfy(\.key.isText) else {
        throw FilterError("needs elements of one kind")
      }
      let sorted = present.sorted { $0.key.precedes($1.key) }
      return .list((sorted + absent).map(\.item))
    }
    add("sort_natural", arguments: 0...1) { value, arguments throws(FilterError) in
      let pairs = try value.pairs(arguments)
      let sorted =
        pairs.filter { $0.key != .nothing }.map { (key: $0.key.text.lowercased(), item: $0.item) }
        .sorted { $0.key < $1.key }
      return .list(sorted.map(\.item) + pairs.filter { $0.key == .nothing }.map(\.item))
    }
    add("sum", arguments: 0...1) { value, arguments throws(FilterError) in
      var sum = Number.integer(0)
      for pair in try value.pairs(arguments) { sum = try sum + arguments.number(pair.key) }
      return sum.value
    }
    add("map", arguments: 1...1) { value, arguments throws(FilterError) in
      .list(
        try value.items.map { (item) throws(FilterError) in
          try item.field(arguments[0]) ?? .nothing
        })
    }
  }
}

extension Value {
  /// The elements that list filters work on: lists within lists are unfolded, and whatever is no
  /// list is the only element of one.
  var items: [Value] {
    switch self {
    case .list(let values): values.flatMap { if case .list = $0 { $0.items } else { [$0] } }
    case .range: elements
    case .nothing, .empty, .blank: []
    default: [self]
    }
  }

  /// The elements with what a filter looks at in each: the field that its argument names, or the
  /// element itself.
  fileprivate func pairs(_ arguments: FilterArguments) throws(FilterError) -> [(
    key: Value, item: Value
  )] {
    var pairs: [(key: Value, item: Value)] = []
    for item in items {
      if arguments.count == 0 || arguments[0] == .nothing && arguments.undefined == .lenient {
        pairs.append((item, item))
      } else {
        pairs.append((try item.field(arguments[0]) ?? .nothing, item))
      }
    }
    return pairs
  }

  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .decimal: true
    default: false
    }
  }

  fileprivate var isText: Bool { if case .string = self { true } else { false } }
}
