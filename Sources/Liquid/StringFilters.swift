internal import Foundation

extension FilterTable {
  mutating func addStringFilters() {
    func text(_ name: String, _ change: @escaping @Sendable (String) -> String) {
      add(name) { value, _ in .string(change(value.text)) }
    }
    text("upcase") { $0.uppercased() }
    text("downcase") { $0.lowercased() }
    text("capitalize") { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
    text("strip") { $0.trimming(start: true, end: true) }
    text("lstrip") { $0.trimming(start: true, end: false) }
    text("rstrip") { $0.trimming(start: false, end: true) }
    text("strip_newlines") { $0.filter { !$0.isNewline } }
    text("newline_to_br") { $0.replacing("\n", with: "<br />\n") }
    text("escape") { text in
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
    add("append", arguments: 1...1) { .string($0.text + $1[0].text) }
    add("prepend", arguments: 1...1) { .string($1[0].text + $0.text) }
    add("remove", arguments: 1...1) { .string($0.text.replacing($1[0].text, with: "")) }
    add("replace", arguments: 1...2) { .string($0.text.replacing($1[0].text, with: $1[1].text)) }
    add("replace_first", arguments: 1...2) {
      .string($0.text.replacing($1[0].text, with: $1[1].text, maxReplacements: 1))
    }
    add("split", arguments: 1...1) { value, arguments in
      let separator = arguments[0].text
      if separator.isEmpty { return .list(value.text.map { .string(String($0)) }) }
      return .list(value.text.split(separator: separator).map { .string(String($0)) })
    }
    add("truncate", arguments: 0...2) { value, arguments in
      let length = arguments[0].number.map { Int(truncating: $0 as NSDecimalNumber) } ?? 50
      let ending = arguments[1] == .nothing ? "..." : arguments[1].text
      let text = value.text
      if text.count <= length { return .string(text) }
      return .string(String(text.prefix(max(0, length - ending.count))) + ending)
    }
    add("default", arguments: 1...1, named: ["allow_false"], takesNothing: true) {
      value, arguments in
      switch value {
      case .nothing, .string(""), .list([]), .object([:]): arguments[0]
      case .bool(false): arguments["allow_false"]?.isTruthy == true ? value : arguments[0]
      default: value
      }
    }
  }
}

extension String {
  fileprivate func trimming(start: Bool, end: Bool) -> String {
    var text = self[...]
    if start { text = text.drop(while: \.isWhitespace) }
    if end { while text.last?.isWhitespace == true { text.removeLast() } }
    return String(text)
  }
}
