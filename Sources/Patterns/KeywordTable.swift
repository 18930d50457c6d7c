/// A keyword that cannot be put into a table, and why.
package struct KeywordError: Error, Hashable, Sendable {
  /// What is wrong with it.
  package let message: String
}

/// Many keywords, found in one pass over the words of a folded text.
///
/// A keyword is a word (`paczka`), a beginning of words (`paczk*`) or several of them with single
/// spaces between (`nie dotar*`). Matches begin and end at word borders; all are reported, also
/// those that overlap.
///
/// The table is a tree over bytes, entered at the beginning of each word: the cost of a text does
/// not grow with the number of keywords, only with how many share its beginnings.
package struct KeywordTable<Value: Sendable>: Sendable {
  private struct Node: Sendable {
    var children: [UInt8: Int] = [:]
    /// Where the tree goes on after any rest of a word.
    var restOfWord: Int?
    /// What ends here, at the end of a word.
    var values: [Value] = []
  }

  private var nodes: [Node] = [Node()]

  /// Makes an empty table.
  package init() {}

  /// Adds a keyword.
  /// - Parameters:
  ///   - keyword: folded bytes: words of ASCII letters and digits or non-ASCII letters, single
  ///     spaces, `*` at ends of words.
  ///   - value: what to report for it.
  /// - Throws: `KeywordError` for an empty keyword, and for a `*` elsewhere.
  package mutating func insert(_ keyword: [UInt8], value: Value) throws(KeywordError) {
    guard keyword.contains(where: isWordByte) else {
      throw KeywordError(message: "it has no letter or digit")
    }
    var current = 0
    for (place, byte) in keyword.enumerated() {
      if byte == UInt8(ascii: "*") {
        let next = place + 1
        guard place > 0, isWordByte(keyword[place - 1]),
          next == keyword.count || keyword[next] == UInt8(ascii: " ")
        else { throw KeywordError(message: "'*' may stand only at the end of a word") }
        current = step(from: current, along: \.restOfWord)
      } else {
        current = step(from: current, along: \.children[byte])
      }
    }
    nodes[current].values.append(value)
  }

  private mutating func step(
    from node: Int, along edge: WritableKeyPath<Node, Int?>
  ) -> Int {
    if let next = nodes[node][keyPath: edge] { return next }
    nodes.append(Node())
    nodes[node][keyPath: edge] = nodes.count - 1
    return nodes.count - 1
  }

  /// Calls the body for every keyword that stands in a text.
  /// - Parameters:
  ///   - text: folded bytes.
  ///   - body: receives the bytes that the keyword covers, and its value.
  package func forEachMatch(in text: Span<UInt8>, _ body: (Range<Int>, Value) -> Void) {
    var start = 0
    while start < text.count {
      if isWordByte(text[start]), start == 0 || !isWordByte(text[start - 1]) {
        walk(text, from: start, at: start, node: 0, body)
      }
      start += 1
    }
  }

  /// Follows the tree along the text.
  ///
  /// It forks only where `*` and a longer word share a beginning, and each step moves on in the
  /// tree, so its depth is bounded by the longest keyword.
  private func walk(
    _ text: Span<UInt8>, from start: Int, at place: Int, node: Int,
    _ body: (Range<Int>, Value) -> Void
  ) {
    let current = nodes[node]
    if !current.values.isEmpty, isWordEnd(text, place) {
      for value in current.values { body(start..<place, value) }
    }
    if let next = current.restOfWord {
      var end = place
      while end < text.count, isWordByte(text[end]) { end += 1 }
      walk(text, from: start, at: end, node: next, body)
    }
    if place < text.count, let next = current.children[text[place]] {
      walk(text, from: start, at: place + 1, node: next, body)
    }
  }

  private func isWordEnd(_ text: Span<UInt8>, _ place: Int) -> Bool {
    place == text.count || !isWordByte(text[place])
  }
}

/// Whether a byte of a folded text belongs to a word: ASCII letters and digits, and every byte of
/// a character beyond ASCII.
package func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
    true
  default: false
  }
}
