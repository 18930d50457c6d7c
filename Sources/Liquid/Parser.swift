public import Diagnostics

/// A variable that a template reads from outside, and where.
public struct VariableUse: Sendable, Hashable {
  /// Its name and the members looked up in it, as far as they are fixed: `order.item.name`.
  public let path: String
  /// Where it is read.
  public let location: SourceLocation
}

/// Turns tokens into a tree, and reports every fault on the way.
struct Parser {
  private let bytes: [UInt8]
  private let source: SourceText
  private let filters: FilterTable
  private let tokens: [Lexer.Token]
  private var next = 0
  /// Names that the template itself gives, which are not read from outside.
  private var locals: Set<String> = ["forloop"]
  private(set) var diagnostics: [Diagnostic]
  private(set) var uses: [VariableUse] = []
  private(set) var partials: [Located<String>] = []
  private(set) var nodes: [Node] = []

  init(_ source: SourceText, _ filters: FilterTable) {
    let lexer = Lexer(source)
    self.source = source
    self.filters = filters
    bytes = Array(source.text.utf8)
    tokens = lexer.tokens
    diagnostics = lexer.diagnostics
    while next < tokens.count {
      nodes += body(until: [], of: nil).nodes
    }
  }

  private static let tags = [
    "if", "unless", "case", "for", "assign", "capture", "comment", "raw", "render", "echo", "break",
    "continue", "#",
  ]

  /// A tag that ended a body.
  private struct Ending {
    let name: String
    let markup: Range<Int>
  }

  /// Reads nodes until one of some tags.
  ///
  /// Without one the opening tag is reported.
  private mutating func body(until endings: Set<String>, of opening: (name: String, at: Int)?)
    -> (nodes: [Node], ending: Ending?)
  {
    var nodes: [Node] = []
    while next < tokens.count {
      let token = tokens[next]
      next += 1
      switch token {
      case .text(let text): nodes.append(.text(text))
      case .output(let markup):
        attempt(markup.lowerBound) { (parser) throws(SyntaxFault) in
          nodes.append(.output(try parser.filtered(markup)))
        }
      case .tag(let name, let markup, let at):
        if endings.contains(name) { return (nodes, Ending(name: name, markup: markup)) }
        attempt(at) { (parser) throws(SyntaxFault) in
          nodes += try parser.tag(name, markup, at)
        }
      }
    }
    if let opening {
      report(
        "unclosed", opening.at, "'\(opening.name)' is never closed",
        remedy: "write '{% end\(opening.name) %}' after it")
    }
    return (nodes, nil)
  }

  private mutating func tag(_ name: String, _ markup: Range<Int>, _ at: Int) throws(SyntaxFault)
    -> [Node]
  {
    var reader = MarkupReader(bytes, source, markup)
    switch name {
    case "#": return []
    case "comment":
      skip(to: "endcomment", at)
      return []
    case "if", "unless": return [try branches(name, &reader, at)]
    case "case": return [try cases(markup, at)]
    case "for": return [try loop(&reader, at)]
    case "break": return [.stop]
    case "continue": return [.skip]
    case "echo": return [.output(try filtered(markup))]
    case "assign":
      let variable = try reader.expectName("the name of a variable")
      try reader.expect("=")
      let value = try filtered(reader.place..<markup.upperBound)
      locals.insert(variable)
      return [.assign(variable, value)]
    case "capture":
      let quotedName = try reader.quoted()
      let variable =
        if let quotedName { quotedName } else {
          try reader.expectName("the name of a variable")
        }
      let captured = body(until: ["endcapture"], of: ("capture", at)).nodes
      locals.insert(variable)
      return [.capture(variable, captured)]
    case "render": return [try partial(&reader, at)]
    default:
      let known = Self.tags
      report(
        "unknown-tag", at,
        name.hasPrefix("end") || ["else", "elsif", "when"].contains(name)
          ? "'\(name)' has no tag that it belongs to" : "there is no tag '\(name)'",
        remedy: nearest(to: name, among: known).map { "did you mean '\($0)'?" })
      return []
    }
  }

  private mutating func skip(to ending: String, _ at: Int) {
    var depth = 1
    while next < tokens.count {
      if case .tag(let name, _, _) = tokens[next] {
        if name == "comment" { depth += 1 }
        if name == ending { depth -= 1 }
      }
      next += 1
      if depth == 0 { return }
    }
    report("unclosed", at, "'comment' is never closed", remedy: "write '{% endcomment %}' after it")
  }

  private mutating func branches(_ name: String, _ reader: inout MarkupReader, _ at: Int)
    throws(SyntaxFault) -> Node
  {
    var branches: [(condition: Condition, body: [Node])] = []
    var otherwise: [Node] = []
    var condition = try self.condition(&reader)
    if name == "unless" { condition = .not(condition) }
    var isElse = false
    while true {
      let (nodes, ending) = body(until: ["elsif", "else", "end\(name)"], of: (name, at))
      if isElse { otherwise = nodes } else { branches.append((condition, nodes)) }
      guard let ending, ending.name != "end\(name)" else { break }
      isElse = ending.name == "else"
      if !isElse {
        var reader = MarkupReader(bytes, source, ending.markup)
        condition = try self.condition(&reader)
      }
    }
    return .branches(branches, otherwise: otherwise)
  }

  private mutating func condition(_ reader: inout MarkupReader) throws(SyntaxFault) -> Condition {
    let condition = try reader.condition()
    try reader.expectEnd()
    note(condition)
    return condition
  }

  private mutating func cases(_ markup: Range<Int>, _ at: Int) throws(SyntaxFault) -> Node {
    let subject = try filtered(markup)
    var cases: [(values: [Expression], body: [Node])] = []
    var otherwise: [Node] = []
    // What stands before the first `when` belongs to no case.
    var ending = body(until: ["when", "else", "endcase"], of: ("case", at)).ending
    while let current = ending, current.name != "endcase" {
      var values: [Expression] = []
      if current.name == "when" {
        var reader = MarkupReader(bytes, source, current.markup)
        repeat {
          let value = try reader.expression()
          note(value)
          values.append(value)
        } while reader.take(",") || reader.takeWord("or")
        try reader.expectEnd()
      }
      let part = body(until: ["when", "else", "endcase"], of: ("case", at))
      if current.name == "when" {
        cases.append((values, part.nodes))
      } else {
        otherwise = part.nodes
      }
      ending = part.ending
    }
    return .cases(subject, cases, otherwise: otherwise)
  }

  private mutating func loop(_ reader: inout MarkupReader, _ at: Int) throws(SyntaxFault) -> Node {
    let name = try reader.expectName("the name of a variable")
    guard reader.takeWord("in") else { throw reader.fault("expected 'in' here") }
    let values = try reader.expression()
    note(values)
    var limit: Expression?
    var offset: Expression?
    var isReversed = false
    while !reader.isAtEnd {
      if reader.takeWord("reversed") {
        isReversed = true
      } else if reader.takeWord("limit") {
        try reader.expect(":")
        limit = try reader.expression()
      } else if reader.takeWord("offset") {
        try reader.expect(":")
        offset = try reader.expression()
      } else {
        throw reader.fault("expected 'limit:', 'offset:' or 'reversed' here")
      }
    }
    for bound in [limit, offset] { if let bound { note(bound) } }
    let isNew = locals.insert(name).inserted
    let (nodes, ending) = body(until: ["else", "endfor"], of: ("for", at))
    if isNew { locals.remove(name) }
    let otherwise =
      ending?.name == "else" ? body(until: ["endfor"], of: ("for", at)).nodes : []
    return .loop(
      Loop(
        name: name, values: values, limit: limit, offset: offset, isReversed: isReversed,
        body: nodes, otherwise: otherwise, location: source.location(utf8Offset: at)))
  }

  private mutating func partial(_ reader: inout MarkupReader, _ at: Int) throws(SyntaxFault) -> Node
  {
    guard let name = try reader.quoted() else {
      throw reader.fault("expected the name of a template in quotes here")
    }
    var subject: (values: Expression, name: String, isEach: Bool)?
    for word in ["with", "for"] where reader.takeWord(word) {
      let values = try reader.expression()
      note(values)
      let alias = reader.takeWord("as") ? try reader.expectName("the name of a variable") : name
      subject = (values, alias, word == "for")
    }
    var arguments: [(name: String, value: Expression)] = []
    while !reader.isAtEnd {
      _ = reader.take(",")
      let argument = try reader.expectName("the name of an argument")
      try reader.expect(":")
      let value = try reader.expression()
      note(value)
      arguments.append((argument, value))
    }
    let location = source.location(utf8Offset: at)
    partials.append(Located(name, at: location))
    return .partial(
      Partial(name: name, arguments: arguments, subject: subject, location: location))
  }

  private mutating func filtered(_ markup: Range<Int>) throws(SyntaxFault) -> FilteredExpression {
    var reader = MarkupReader(bytes, source, markup)
    let filtered = try reader.filtered(filters, &diagnostics)
    try reader.expectEnd()
    note(filtered.expression)
    for call in filtered.calls {
      for argument in call.arguments + call.named.map(\.value) { note(argument) }
    }
    return filtered
  }

  /// Remembers which variables an expression reads from outside.
  private mutating func note(_ expression: Expression) {
    switch expression {
    case .literal, .emptiness: break
    case .range(let first, let last):
      note(first)
      note(last)
    case .variable(let name, let lookups, let location):
      var path = name
      var isFixed = true
      for lookup in lookups {
        switch lookup {
        case .member(let member) where isFixed: path += "." + member
        case .member: break
        case .index(let index):
          isFixed = false
          note(index)
        }
      }
      if !locals.contains(name) { uses.append(VariableUse(path: path, location: location)) }
    }
  }

  private mutating func note(_ condition: Condition) {
    switch condition {
    case .truth(let value): note(value)
    case .comparison(let left, _, let right):
      note(left)
      note(right)
    case .both(let left, let right), .either(let left, let right):
      note(left)
      note(right)
    case .not(let inner): note(inner)
    }
  }

  private mutating func attempt(
    _ at: Int, _ read: (inout Parser) throws(SyntaxFault) -> Void
  ) {
    do throws(SyntaxFault) {
      try read(&self)
    } catch {
      report("invalid-syntax", error.offset, error.message, remedy: nil)
    }
  }

  private mutating func report(
    _ code: String, _ offset: Int, _ message: String, remedy: String?
  ) {
    diagnostics.append(
      Diagnostic(
        code: code, at: source.location(utf8Offset: offset), message, remedy: remedy))
  }
}
