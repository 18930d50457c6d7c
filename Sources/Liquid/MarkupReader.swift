internal import Diagnostics
internal import Foundation

/// A fault of syntax, and where.
struct SyntaxFault: Error {
  let offset: Int
  let message: String
}

/// Reads what stands inside `{{ … }}` and `{% … %}`.
struct MarkupReader {
  private let bytes: [UInt8]
  private let source: SourceText
  private let end: Int
  /// The byte that is read next.
  private(set) var place: Int

  init(_ bytes: [UInt8], _ source: SourceText, _ range: Range<Int>) {
    self.bytes = bytes
    self.source = source
    place = range.lowerBound
    end = range.upperBound
    skipSpaces()
  }

  var isAtEnd: Bool { place >= end }

  func location(_ offset: Int) -> SourceLocation { source.location(utf8Offset: offset) }

  func fault(_ message: String) -> SyntaxFault { SyntaxFault(offset: place, message: message) }

  mutating func skipSpaces() {
    while place < end, isSpace(bytes[place]) { place += 1 }
  }

  /// Takes a mark if it stands here.
  mutating func take(_ mark: String) -> Bool {
    let wanted = Array(mark.utf8)
    guard place + wanted.count <= end, Array(bytes[place..<place + wanted.count]) == wanted else {
      return false
    }
    place += wanted.count
    skipSpaces()
    return true
  }

  mutating func expect(_ mark: String) throws(SyntaxFault) {
    if !take(mark) { throw fault("expected '\(mark)' here") }
  }

  /// Takes a word if it stands here, whole.
  mutating func takeWord(_ word: String) -> Bool {
    var copy = self
    guard copy.name() == word else { return false }
    self = copy
    return true
  }

  /// Takes a name if one stands here.
  mutating func name() -> String? {
    var stop = place
    while stop < end, isName(bytes[stop]) { stop += 1 }
    guard stop > place, !(48...57).contains(bytes[place]), bytes[place] != UInt8(ascii: "-") else {
      return nil
    }
    defer { skipSpaces() }
    defer { place = stop }
    return String(decoding: bytes[place..<stop], as: UTF8.self)
  }

  mutating func expectName(_ what: String) throws(SyntaxFault) -> String {
    guard let name = name() else { throw fault("expected \(what) here") }
    return name
  }

  mutating func expectEnd() throws(SyntaxFault) {
    if !isAtEnd {
      throw fault("did not expect '\(String(decoding: bytes[place..<end], as: UTF8.self))' here")
    }
  }

  /// Takes a text in quotes if one stands here.
  mutating func quoted() throws(SyntaxFault) -> String? {
    guard place < end, bytes[place] == UInt8(ascii: "'") || bytes[place] == UInt8(ascii: "\"")
    else { return nil }
    guard let close = bytes[(place + 1)..<end].firstIndex(of: bytes[place]) else {
      throw fault("this text is never closed")
    }
    defer { skipSpaces() }
    defer { place = close + 1 }
    return String(decoding: bytes[(place + 1)..<close], as: UTF8.self)
  }

  /// Reads a value: a literal, a variable or a range.
  mutating func expression() throws(SyntaxFault) -> Expression {
    if let text = try quoted() { return .literal(.string(text)) }
    if let number = number() { return .literal(number) }
    let start = place
    if take("(") {
      let first = try expression()
      try expect("..")
      let last = try expression()
      try expect(")")
      return .range(first, last)
    }
    guard let name = name() else { throw fault("expected a value here") }
    switch name {
    case "true": return .literal(.bool(true))
    case "false": return .literal(.bool(false))
    case "nil", "null": return .literal(.nothing)
    case "empty": return .emptiness(includesBlank: false)
    case "blank": return .emptiness(includesBlank: true)
    default: break
    }
    var lookups: [Expression.Lookup] = []
    while true {
      if place + 1 < end, bytes[place] == UInt8(ascii: "."), bytes[place + 1] != UInt8(ascii: ".") {
        _ = take(".")
        lookups.append(.member(try expectName("a name")))
      } else if take("[") {
        lookups.append(.index(try expression()))
        try expect("]")
      } else {
        return .variable(name, lookups, location(start))
      }
    }
  }

  private mutating func number() -> Value? {
    var stop = place
    if stop < end, bytes[stop] == UInt8(ascii: "-") { stop += 1 }
    let digits = stop
    while stop < end, (48...57).contains(bytes[stop]) { stop += 1 }
    guard stop > digits else { return nil }
    var isWhole = true
    if stop + 1 < end, bytes[stop] == UInt8(ascii: "."), (48...57).contains(bytes[stop + 1]) {
      isWhole = false
      stop += 1
      while stop < end, (48...57).contains(bytes[stop]) { stop += 1 }
    }
    let text = String(decoding: bytes[place..<stop], as: UTF8.self)
    guard let value = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) else {
      return nil
    }
    place = stop
    skipSpaces()
    return .number(value, isWhole: isWhole)
  }

  /// Reads what `if` asks.
  ///
  /// `and` and `or` bind to the right, as the reference has it.
  mutating func condition() throws(SyntaxFault) -> Condition {
    let left = try comparison()
    if takeWord("and") { return .both(left, try condition()) }
    if takeWord("or") { return .either(left, try condition()) }
    return left
  }

  private mutating func comparison() throws(SyntaxFault) -> Condition {
    let left = try expression()
    // The longer marks first: `<=` begins like `<`.
    for mark in [
      Condition.Operator.equal, .notEqual, .different, .atMost, .atLeast, .less, .greater,
    ]
    where take(mark.rawValue) {
      return .comparison(left, mark, try expression())
    }
    if takeWord("contains") { return .comparison(left, .contains, try expression()) }
    return .truth(left)
  }

  /// Reads a value and its filters.
  mutating func filtered(_ filters: FilterTable, _ found: inout [Diagnostic]) throws(SyntaxFault)
    -> FilteredExpression
  {
    let start = place
    let value = try expression()
    var calls: [FilteredExpression.Call] = []
    while take("|") {
      let nameStart = place
      let name = try expectName("the name of a filter")
      var arguments: [Expression] = []
      var named: [(name: String, value: Expression)] = []
      if take(":") {
        repeat {
          var ahead = self
          if let key = ahead.name(), ahead.take(":") {
            self = ahead
            named.append((key, try expression()))
          } else {
            arguments.append(try expression())
          }
        } while take(",")
      }
      guard let filter = filters[name] else {
        found.append(
          Diagnostic(
            code: "unknown-filter", at: location(nameStart), "there is no filter '\(name)'",
            remedy: nearest(to: name, among: filters.names).map { "did you mean '\($0)'?" }))
        continue
      }
      if let message = filter.complaint(name, arguments.count, named.map(\.name)) {
        found.append(Diagnostic(code: "wrong-arguments", at: location(nameStart), message))
      }
      calls.append(
        FilteredExpression.Call(name: name, arguments: arguments, named: named, filter: filter))
    }
    return FilteredExpression(expression: value, calls: calls, location: location(start))
  }
}
