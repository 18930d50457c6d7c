internal import Diagnostics

/// Reads single tags.
extension Parser {
  private static let tags = [
    "#", "assign", "break", "capture", "case", "comment", "continue", "cycle", "decrement", "doc",
    "echo", "for", "if", "ifchanged", "include", "increment", "liquid", "raw", "render", "tablerow",
    "unless",
  ]

  /// Reads what a tag stands for, with its body if it has one.
  mutating func node(of tag: Tag) -> Node? {
    switch tag.name {
    case "comment":
      skipComment(tag)
      return nil
    case "if", "unless": return branches(tag)
    case "case": return choice(tag)
    case "for", "tablerow": return loop(tag)
    case "capture": return capture(tag)
    case "ifchanged": return changed(tag)
    case "break": return Node(at: tag.at, content: .stop, isBlank: false)
    case "continue": return Node(at: tag.at, content: .skip, isBlank: false)
    case "echo": return Node(at: tag.at, content: .output(echoed(tag.markup)), isBlank: false)
    case _ where !Self.tags.contains(tag.name):
      reportUnknown(tag)
      return nil
    default: break
    }
    var reader = reader(tag.markup)
    do throws(SyntaxFault) {
      switch tag.name {
      case "assign": return try assign(tag, &reader)
      case "render", "include": return try partial(tag, &reader)
      case "cycle": return try cycle(tag, &reader)
      case "increment", "decrement":
        let name = try reader.expectTarget()
        try reader.expectEnd()
        return Node(
          at: tag.at, content: .counter(name, isIncrement: tag.name == "increment"), isBlank: false)
      default: try checkComment(tag)
      }
    } catch {
      report(error)
    }
    return nil
  }

  /// Reads what `echo` prints; it may print nothing, as in the reference.
  private mutating func echoed(_ markup: Range<Int>) -> FilteredExpression {
    if reader(markup).isAtEnd {
      return FilteredExpression(expression: .literal(.string("")), calls: [], at: markup.lowerBound)
    }
    return filtered(markup)
  }

  private mutating func reportUnknown(_ tag: Tag) {
    if tag.name.isEmpty {
      report("unknown-tag", tag.at, "expected the name of a tag here")
    } else if ["else", "elsif", "when"].contains(tag.name)
      || tag.name.hasPrefix("end") && Self.tags.contains(String(tag.name.dropFirst(3)))
    {
      report("unknown-tag", tag.at, "'\(tag.name)' has no tag that it belongs to")
    } else {
      let known = Self.tags + ["else", "elsif", "when", "endif", "endfor", "endcase"]
      report(
        "unknown-tag", tag.at, "there is no tag '\(tag.name)'",
        remedy: nearest(to: tag.name, among: known).map { "did you mean '\($0)'?" })
    }
  }

  /// Every line of an inline comment begins with its mark.
  private func checkComment(_ tag: Tag) throws(SyntaxFault) {
    for line in bytes[tag.markup].split(separator: UInt8(ascii: "\n")).dropFirst() {
      if let first = line.firstIndex(where: { !isSpace($0) }), bytes[first] != UInt8(ascii: "#") {
        throw SyntaxFault(
          offset: first, message: "every line of this comment must begin with '#'",
          remedy: "write '#' here")
      }
    }
  }

  private mutating func assign(_ tag: Tag, _ reader: inout MarkupReader) throws(SyntaxFault)
    -> Node
  {
    let name = try reader.expectTarget()
    try reader.expect("=")
    let value = filtered(reader.place..<tag.markup.upperBound)
    return Node(at: tag.at, content: .assign(name, value), isBlank: true)
  }

  private mutating func partial(_ tag: Tag, _ reader: inout MarkupReader) throws(SyntaxFault)
    -> Node
  {
    let sharesScope = tag.name == "include"
    let start = reader.place
    let name = try reader.expression()
    if case .literal(.string(let name)) = name {
      partials.append((name, tag.at))
    } else if !sharesScope {
      throw SyntaxFault(
        offset: start, message: "expected the name of a template in quotes here")
    }
    var subject: Partial.Subject?
    for word in ["with", "for"] where subject == nil {
      var ahead = reader
      guard ahead.argumentName() == nil, reader.takeWord(word) else { continue }
      let values = try reader.expression()
      let alias = reader.takeWord("as") ? try reader.expectName("the name of a variable") : nil
      subject = Partial.Subject(values: values, alias: alias, isEach: word == "for")
    }
    var arguments: [(name: String, value: Expression)] = []
    while !reader.isAtEnd {
      if reader.take(","), reader.isAtEnd { break }
      guard let argument = reader.argumentName() else {
        throw reader.fault("expected an argument and a colon here")
      }
      arguments.append((argument, try reader.expression()))
    }
    let partial = Partial(
      name: name, arguments: arguments, subject: subject, sharesScope: sharesScope)
    return Node(at: tag.at, content: .partial(partial), isBlank: false)
  }

  private func cycle(_ tag: Tag, _ reader: inout MarkupReader) throws(SyntaxFault) -> Node {
    var group: Expression?
    var values = [try reader.expression()]
    if reader.take(":") {
      group = values.removeFirst()
      values.append(try reader.expression())
    }
    while reader.take(","), !reader.isAtEnd { values.append(try reader.expression()) }
    try reader.expectEnd()
    return Node(
      at: tag.at, content: .cycle(Cycle(group: group, values: values)), isBlank: false)
  }
}
