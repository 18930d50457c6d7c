/// Filters that choose elements by one of their fields.
extension FilterTable {
  mutating func addQueryFilters() {
    add("where", arguments: 1...2) { value, arguments throws(FilterError) in
      guard let chosen = try value.choose(arguments) else { return .nothing }
      return .list(chosen.filter(\.isChosen).map(\.item))
    }
    add("reject", arguments: 1...2) { value, arguments throws(FilterError) in
      guard let chosen = try value.choose(arguments) else { return .nothing }
      return .list(chosen.filter { !$0.isChosen }.map(\.item))
    }
    add("find", arguments: 1...2) { value, arguments throws(FilterError) in
      try value.choose(arguments)?.first(where: \.isChosen)?.item ?? .nothing
    }
    add("find_index", arguments: 1...2) { value, arguments throws(FilterError) in
      try value.choose(arguments)?.firstIndex(where: \.isChosen).map(Value.integer) ?? .nothing
    }
    add("has", arguments: 1...2) { value, arguments throws(FilterError) in
      guard let chosen = try value.choose(arguments) else { return .nothing }
      return .bool(chosen.contains(where: \.isChosen))
    }
  }
}

extension Value {
  /// The elements, each with whether the field that the first argument names has the value of the
  /// second one, or without that any value but nothing and false; nil if an element cannot be
  /// looked into at all, which the reference takes for the end of the search.
  fileprivate func choose(_ arguments: FilterArguments) throws(FilterError) -> [(
    item: Value, isChosen: Bool
  )]? {
    var chosen: [(item: Value, isChosen: Bool)] = []
    for item in items {
      guard let field = try item.field(arguments[0]) else { return nil }
      let isChosen = arguments[1] == .nothing ? field.isTruthy : field.equals(arguments[1])
      chosen.append((item, isChosen))
    }
    return chosen
  }

  /// What a filter finds in an element by a name; nil if it cannot be looked into.
  ///
  /// The reference asks the language it is written in, where a text finds a part of itself.
  func field(_ name: Value) throws(FilterError) -> Value? {
    switch (self, name) {
    case (.object(let fields), .string(let name)): return fields[name] ?? .nothing
    case (.object, _): return .nothing
    case (.string, .nothing): return .string("")
    case (.string(let text), .string(let part)):
      return part.isEmpty || text.contains(part) ? name : .nothing
    case (.integer(let number), .integer(let place)):
      return .integer(place >= 0 && place < Int.bitWidth ? number >> place & 1 : 0)
    case (.string, _), (.integer, _), (.list, _), (.range, _):
      throw FilterError("cannot find '\(name.text)' in every element")
    case (.nothing, _), (.bool, _), (.decimal, _), (.empty, _), (.blank, _): return nil
    }
  }
}
