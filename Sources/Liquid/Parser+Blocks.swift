/// Reads tags with a body. A faulty opening is reported, and its body read all the same.
extension Parser {
  /// A block that can print nothing but spaces prints nothing, as in the reference.
  private func isBlank(_ bodies: [[Node]]) -> Bool {
    bodies.allSatisfy { $0.allSatisfy(\.isBlank) }
  }

  private func withoutText(_ body: [Node]) -> [Node] {
    body.filter { if case .text = $0.content { false } else { true } }
  }

  mutating func branches(_ tag: Tag) -> Node {
    let end = "end" + tag.name
    var branches: [Branch] = []
    var condition: Condition? = condition(tag.markup)
    condition?.isNegated = tag.name == "unless"
    while true {
      let (body, ending) = body(of: tag, until: ["elsif", "else", end])
      // What follows the first `else` is never reached, and no fault in the reference.
      if branches.last?.condition != nil || branches.isEmpty {
        branches.append(Branch(condition: condition, body: body))
      }
      guard let ending, ending.name != end else { break }
      condition = ending.name == "elsif" ? self.condition(ending.markup) : nil
    }
    let isBlank = isBlank(branches.map(\.body))
    if isBlank {
      branches = branches.map { Branch(condition: $0.condition, body: withoutText($0.body)) }
    }
    return Node(at: tag.at, content: .branches(branches), isBlank: isBlank)
  }

  private mutating func condition(_ markup: Range<Int>) -> Condition {
    var reader = reader(markup)
    do throws(SyntaxFault) {
      return try reader.condition()
    } catch {
      report(error)
      return Condition(
        first: Condition.Comparison(left: .literal(.nothing), test: nil, at: markup.lowerBound))
    }
  }

  mutating func choice(_ tag: Tag) -> Node {
    var subject = Expression.literal(.nothing)
    var reader = reader(tag.markup)
    do throws(SyntaxFault) {
      subject = try reader.expression()
      try reader.expectEnd()
    } catch {
      report(error)
    }
    var (before, ending) = body(of: tag, until: ["when", "else", "endcase"])
    if let stray = before.first(where: { !$0.isBlank }) {
      report(
        "unreachable", stray.at, "what stands between 'case' and 'when' is never printed",
        remedy: "move it before 'case' or behind 'when'")
    }
    var arms: [Arm] = []
    while let current = ending, current.name != "endcase" {
      let values = current.name == "when" ? self.values(current.markup) : nil
      let (body, next) = body(of: tag, until: ["when", "else", "endcase"])
      arms.append(Arm(values: values, body: body))
      ending = next
    }
    let isBlank = isBlank(arms.map(\.body))
    if isBlank { arms = arms.map { Arm(values: $0.values, body: withoutText($0.body)) } }
    return Node(at: tag.at, content: .choice(subject, arms), isBlank: isBlank)
  }

  /// Reads what `when` names.
  private mutating func values(_ markup: Range<Int>) -> [Expression] {
    var reader = reader(markup)
    do throws(SyntaxFault) {
      var values = [try reader.expression()]
      while reader.take(",") || reader.takeWord("or") { values.append(try reader.expression()) }
      try reader.expectEnd()
      return values
    } catch {
      report(error)
      return []
    }
  }

  mutating func loop(_ tag: Tag) -> Node {
    let isTable = tag.name == "tablerow"
    var header = LoopHeader()
    do throws(SyntaxFault) {
      try header.read(reader(tag.markup), isTable: isTable)
    } catch {
      report(error)
    }
    let end = "end" + tag.name
    var (body, ending) = body(of: tag, until: isTable ? [end] : ["else", end])
    var otherwise: [Node] = []
    if ending?.name == "else" {
      (otherwise, ending) = self.body(of: tag, until: [end])
    }
    let isBlank = isBlank([body, otherwise])
    if isBlank, !isTable { (body, otherwise) = (withoutText(body), withoutText(otherwise)) }
    let loop = Loop(
      name: header.name, values: header.values, limit: header.limit, offset: header.offset,
      isReversed: header.isReversed, columns: header.columns, body: body, otherwise: otherwise)
    return Node(
      at: tag.at, content: isTable ? .table(loop) : .loop(loop), isBlank: isBlank && !isTable)
  }

  mutating func capture(_ tag: Tag) -> Node? {
    var name: String?
    var reader = reader(tag.markup)
    do throws(SyntaxFault) {
      name = try reader.quoted()
      if name == nil { name = try reader.expectTarget() }
      try reader.expectEnd()
    } catch {
      report(error)
    }
    let captured = body(of: tag, until: ["endcapture"]).nodes
    return name.map { Node(at: tag.at, content: .capture($0, captured), isBlank: true) }
  }

  mutating func changed(_ tag: Tag) -> Node {
    let body = body(of: tag, until: ["endifchanged"]).nodes
    return Node(at: tag.at, content: .changed(body), isBlank: isBlank([body]))
  }
}

/// What stands in the opening tag of a loop.
private struct LoopHeader {
  var name = ""
  var values = Expression.literal(.nothing)
  var limit: Expression?
  var offset: Loop.Offset?
  var isReversed = false
  var columns: Expression?

  mutating func read(_ markup: MarkupReader, isTable: Bool) throws(SyntaxFault) {
    var reader = markup
    name = try reader.expectName("the name of a variable")
    guard reader.takeWord("in") else { throw reader.fault("expected 'in' here") }
    values = try reader.expression()
    while true {
      _ = reader.take(",")
      if reader.isAtEnd { return }
      var ahead = reader
      switch ahead.argumentName() {
      case "limit"?: limit = try ahead.expression()
      case "offset"?:
        offset = ahead.takeWord("continue") ? .resumed : .at(try ahead.expression())
      case "cols"? where isTable: columns = try ahead.expression()
      default:
        guard !isTable, ahead.takeWord("reversed") else {
          throw reader.fault(
            isTable
              ? "expected 'cols:', 'limit:' or 'offset:' here"
              : "expected 'limit:', 'offset:' or 'reversed' here")
        }
        isReversed = true
      }
      reader = ahead
    }
  }
}
