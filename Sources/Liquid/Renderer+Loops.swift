/// Renders `for` and `tablerow`.
extension Renderer {
  mutating func render(_ loop: Loop, at place: Int) throws(RenderError) -> Flow {
    var values = try values(of: loop, at: place)
    take(values.isEmpty ? 1 : 0, at: place)
    if values.isEmpty { return try render(loop.otherwise) }
    if loop.isReversed { values.reverse() }
    let outer = scope.loops.last
    scope.loops.append(.nothing)
    defer { scope.loops.removeLast() }
    for (index, element) in values.enumerated() {
      try charge(1, at: place)
      let forloop = Self.forloop(loop.title, index, of: values.count, in: outer)
      scope.loops[scope.loops.count - 1] = forloop
      scope.frames.append([loop.name: element, "forloop": forloop])
      defer { scope.frames.removeLast() }
      if try render(loop.body) == .stop { break }
    }
    return .on
  }

  static func forloop(_ title: String, _ index: Int, of count: Int, in outer: Value?) -> Value {
    .object([
      "name": .string(title), "length": .integer(count), "index": .integer(index + 1),
      "index0": .integer(index), "rindex": .integer(count - index),
      "rindex0": .integer(count - index - 1), "first": .bool(index == 0),
      "last": .bool(index == count - 1), "parentloop": outer ?? .nothing,
    ])
  }

  mutating func renderTable(_ loop: Loop, at place: Int) throws(RenderError) {
    let values = try values(of: loop, at: place)
    var columns = values.count
    if let written = loop.columns {
      columns = max(1, Number(leniently: try present(written, at: place)).truncated)
    }
    if !values.isEmpty { take(0, at: place) }
    try print("<tr class=\"row1\">\n", at: place)
    for (index, element) in values.enumerated() {
      try charge(1, at: place)
      let (row, column) = (index / columns + 1, index % columns)
      if column == 0, row > 1 { try print("</tr>\n<tr class=\"row\(row)\">", at: place) }
      scope.frames.append([
        loop.name: element,
        "tablerowloop": Self.tablerowloop(index, of: values.count, columns),
      ])
      defer { scope.frames.removeLast() }
      try print("<td class=\"col\(column + 1)\">", at: place)
      let flow = try render(loop.body)
      try print("</td>", at: place)
      if flow == .stop { break }
    }
    try print("</tr>\n", at: place)
  }

  private static func tablerowloop(_ index: Int, of count: Int, _ columns: Int) -> Value {
    let column = index % columns
    return .object([
      "length": .integer(count), "index": .integer(index + 1), "index0": .integer(index),
      "rindex": .integer(count - index), "rindex0": .integer(count - index - 1),
      "first": .bool(index == 0), "last": .bool(index == count - 1),
      "row": .integer(index / columns + 1), "col": .integer(column + 1),
      "col0": .integer(column), "col_first": .bool(column == 0),
      "col_last": .bool(column == columns - 1),
    ])
  }

  /// What a loop walks over, within its limit and offset.
  private mutating func values(of loop: Loop, at place: Int) throws(RenderError) -> [Value] {
    let value = try present(loop.values, at: place)
    let limit = try bound(loop.limit, called: "limit", at: place)
    let offset =
      switch loop.offset {
      case .at(let offset)?: try bound(offset, called: "offset", at: place) ?? 0
      case .resumed?: scope.ends[loop.title] ?? 0
      case nil: 0
      }
    let values = try segment(of: value, from: max(0, offset), limit: limit, at: place)
    scope.ends[loop.title] = max(0, offset) + values.count
    return values
  }

  private mutating func bound(_ expression: Expression?, called name: String, at place: Int)
    throws(RenderError) -> Int?
  {
    guard let expression else { return nil }
    let value = try present(expression, at: place)
    if value == .nothing { return nil }
    guard let number = value.wholeNumber else { throw error(.notWhole(name), at: place) }
    return number
  }

  /// A value that strictness wants to be there.
  private mutating func present(_ expression: Expression, at place: Int) throws(RenderError)
    -> Value
  {
    let value = try value(of: expression)
    if value == .nothing, undefined == .strict, !expression.isLiteral {
      throw error(.missing(expression.description), at: place)
    }
    return value
  }

  /// A part of a value's elements; of a range no more than may be walked over.
  mutating func segment(of value: Value, from start: Int = 0, limit: Int? = nil, at place: Int)
    throws(RenderError) -> [Value]
  {
    let length = max(0, limit ?? Int.max)
    guard case .range(let first, let last) = value else {
      // The reference takes a text for one element, whatever the offset.
      if case .string = value { return value.elements }
      // The names of an object are sorted, however few of them are wanted.
      if case .object = value { try weigh([value], at: place) }
      return Array(value.elements.dropFirst(start).prefix(length))
    }
    let count = min(length, max(0, (value.size ?? 0) - start))
    if count == 0 { return [] }
    if count > limits.steps { throw error(.limit("\(limits.steps) steps"), at: place) }
    return (first + start...min(last, first + start + (count - 1))).map(Value.integer)
  }
}
