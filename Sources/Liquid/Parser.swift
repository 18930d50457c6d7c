internal import Diagnostics

/// Turns tokens into a tree, and reports every fault on the way.
struct Parser {
  /// How deep blocks may stand in one another; the reference allows as many.
  static let maximumDepth = 100

  let bytes: [UInt8]
  private let filters: FilterTable
  private let tokens: [Lexer.Token]
  private var next = 0
  private var depth = 0
  /// Whether reading has ended at too deep a nesting, so that nothing more can be closed.
  private var isCut = false
  private(set) var faults: [Fault]
  /// The names of the templates that are rendered, and where.
  var partials: [(name: String, at: Int)] = []
  private(set) var nodes: [Node] = []

  init(_ source: SourceText, _ filters: FilterTable) {
    bytes = Array(source.text.utf8)
    let lexer = Lexer(bytes)
    self.filters = filters
    tokens = lexer.tokens
    faults = lexer.faults
    nodes = body(of: nil, until: []).nodes
  }

  /// Reads nodes until one of some tags; without one the opening tag is reported.
  mutating func body(of opening: Tag?, until endings: Set<String>)
    -> (nodes: [Node], ending: Tag?)
  {
    var nodes: [Node] = []
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth {
      report(
        "nested-too-deep", opening?.at ?? 0, "tags stand more than \(Self.maximumDepth) deep",
        remedy: "move the inner ones to a template of their own and 'render' it")
      next = tokens.count
      isCut = true
      return ([], nil)
    }
    while next < tokens.count {
      let token = tokens[next]
      next += 1
      switch token {
      case .text(let text, let at):
        nodes.append(Node(at: at, content: .text(text), isBlank: text.utf8.allSatisfy(isSpace)))
      case .output(let markup, let at):
        nodes.append(Node(at: at, content: .output(filtered(markup)), isBlank: false))
      case .tag(let tag):
        if endings.contains(tag.name) {
          checkGroup(of: tag, opening)
          return (nodes, tag)
        }
        if let node = node(of: tag) { nodes.append(node) }
      }
    }
    if let opening, !isCut {
      reportUnclosed(opening)
    }
    return (nodes, nil)
  }

  /// Skips everything up to the end of a comment; comments may stand in one another.
  mutating func skipComment(_ opening: Tag) {
    var open = 1
    while next < tokens.count {
      if case .tag(let tag) = tokens[next] {
        if tag.name == "comment" { open += 1 }
        if tag.name == "endcomment" { open -= 1 }
      }
      next += 1
      if open == 0 { return }
    }
    reportUnclosed(opening)
  }

  func reader(_ markup: Range<Int>) -> MarkupReader { MarkupReader(bytes, markup) }

  /// Reads a value and its filters; what is wrong with them is reported.
  mutating func filtered(_ markup: Range<Int>) -> FilteredExpression {
    var reader = reader(markup)
    let start = reader.place
    var calls: [FilteredExpression.Call] = []
    do throws(SyntaxFault) {
      let value = try reader.expression()
      while reader.take("|") {
        let at = reader.place
        let name = try reader.expectName("the name of a filter")
        let arguments = reader.take(":") ? try reader.arguments() : ([], [])
        if let filter = filter(name, arguments.0.count, arguments.1.map(\.name), at) {
          calls.append(
            FilteredExpression.Call(
              name: name, arguments: arguments.0, named: arguments.1, filter: filter, at: at))
        }
      }
      try reader.expectEnd()
      return FilteredExpression(expression: value, calls: calls, at: start)
    } catch {
      report(error)
      return FilteredExpression(expression: .literal(.nothing), calls: [], at: start)
    }
  }

  private mutating func filter(_ name: String, _ count: Int, _ names: [String], _ at: Int)
    -> Filter?
  {
    guard let filter = filters[name] else {
      report(
        "unknown-filter", at, "there is no filter '\(name)'",
        remedy: nearest(to: name, among: filters.names).map { "did you mean '\($0)'?" })
      return nil
    }
    if let complaint = filter.complaint(name, count, names) {
      report("wrong-arguments", at, complaint.message, remedy: complaint.remedy)
      return nil
    }
    return filter
  }

  /// Reports a block's end that stands in another `liquid` tag than its beginning.
  private mutating func checkGroup(of ending: Tag, _ opening: Tag?) {
    if let opening, opening.group != ending.group {
      report(
        "unclosed", ending.at, "'\(ending.name)' belongs to a '\(opening.name)' of another tag",
        remedy: "begin and end a block in the same 'liquid' tag")
    }
  }

  private mutating func reportUnclosed(_ opening: Tag) {
    report(
      "unclosed", opening.at, "'\(opening.name)' is never closed",
      remedy: "write '{% end\(opening.name) %}' after it")
  }

  mutating func report(_ fault: SyntaxFault) {
    report("invalid-syntax", fault.offset, fault.message, remedy: fault.remedy)
  }

  mutating func report(_ code: String, _ offset: Int, _ message: String, remedy: String? = nil) {
    faults.append(Fault(code: code, at: offset, message: message, remedy: remedy))
  }
}
