/// A keyword that cannot be put into a table, and why.
package struct KeywordError: Error, Hashable, Sendable {
  /// What is wrong with it.
  package let message: String
}

/// Many keywords, found in one pass over the words of a folded text.
///
/// A keyword is a word (`paczka`), the beginning of words (`paczk*`), the end of words
/// (`*nummer`), several of them with single spaces between (`nie dotar*`), or such parts with up to
/// three other words between them (`does .. work`). Matches begin and end at word borders; all are
/// reported, also those that overlap.
///
/// Two trees over bytes do it, one entered where words begin and one, read backwards, where they
/// end. The cost of a text does not grow with the number of keywords, only with how many share its
/// beginnings.
package struct KeywordTable: Sendable {
  /// How many words may stand where a keyword has two dots.
  package static let widestGap = 3

  private let forward: KeywordTree
  private let backward: KeywordTree

  fileprivate init(_ forward: KeywordTreeBuilder, _ backward: KeywordTreeBuilder) {
    let layouts = (forward: forward.layout, backward: backward.layout)
    func place(_ start: KeywordTreeBuilder.Start) -> Int32 {
      switch start {
      case .forward(let node): layouts.forward.names[node]
      case .backward(let node): ~layouts.backward.names[node]
      case .joined(let number): Self.place(ofJoined: number)
      }
    }
    self.forward = KeywordTree(forward, layouts.forward, place)
    self.backward = KeywordTree(backward, layouts.backward, place)
  }

  /// Reads a table back.
  package init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    forward = try KeywordTree(&archive)
    backward = try KeywordTree(&archive)
  }

  /// Writes the table.
  package func write(to archive: inout TableArchive) {
    forward.write(to: &archive)
    backward.write(to: &archive)
  }

  /// What the place is called at which several parts of a keyword have been found; nodes of the forward tree
  /// are called by their numbers, and those of the backward tree by the complements.
  private static func place(ofJoined number: Int32) -> Int32 { .max - number }

  /// Calls the body for every keyword that stands in a text.
  ///
  /// Those with gaps come last, in the order in which they begin.
  /// - Parameters:
  ///   - text: folded bytes.
  ///   - body: receives the bytes that the keyword covers, and its number.
  /// - Complexity: O(n) in the text's length, times the longest keyword.
  package func forEachMatch(in text: Span<UInt8>, _ body: (Range<Int>, Int) -> Void) {
    var gaps = Gaps()
    func arrive(at node: Int, of tree: KeywordTree, called place: Int32, _ range: Range<Int>) {
      tree.forEachKeyword(at: node) { body(range, $0) }
      gaps.goOn(from: tree, node, range, in: text)
      if tree.isBeginning(node) { gaps.begin(at: place, range, in: text) }
    }
    var start = 0
    while start < text.count {
      guard isWordByte(text[start]) else {
        if text[start] == UInt8(ascii: " ") { gaps.spaces += 1 }
        start += 1
        continue
      }
      var end = start
      while end < text.count, isWordByte(text[end]) { end += 1 }
      gaps.beginWord(at: start)
      walk(text, from: start, at: start, node: 0) { node, range in
        arrive(at: node, of: forward, called: Int32(node), range)
      }
      if !backward.isEmpty {
        var node = 0
        var place = end
        while let (next, count) = backward.step(
          from: node, available: place - start, { text[place - 1 - $0] })
        {
          place -= count
          node = next
          arrive(at: node, of: backward, called: ~Int32(node), start..<end)
        }
      }
      start = end
    }
    gaps.forEachKeyword(body)
  }

  /// Follows the tree along the text.
  ///
  /// It forks only where `*` and a longer word share a beginning, and each step moves on in the
  /// tree, so its depth is bounded by the longest keyword.
  private func walk(
    _ text: Span<UInt8>, from start: Int, at place: Int, node: Int,
    _ arrive: (Int, Range<Int>) -> Void
  ) {
    var node = node
    var place = place
    while true {
      let isWordEnd = place == text.count || !isWordByte(text[place])
      if isWordEnd { arrive(node, start..<place) }
      if let next = forward.restOfWord(after: node) {
        var end = place
        while end < text.count, isWordByte(text[end]) { end += 1 }
        walk(text, from: start, at: end, node: next, arrive)
      }
      guard
        let (next, count) = forward.step(
          from: node, available: text.count - place, { text[place + $0] })
      else { return }
      node = next
      place += count
    }
  }

  /// The keywords with gaps that have begun in a text, part by part from its beginning on.
  private struct Gaps {
    /// Parts of keywords with gaps that stand in the text, by the place that they lead to.
    private struct Beginning {
      let place: Int32
      /// How many first parts came before the first one.
      let order: Int
      let range: Range<Int>
      /// How many spaces the text has before its end.
      let spaces: Int
    }

    /// How many spaces the text has before the word that is read.
    var spaces = 0
    private var word = 0
    private var count = 0
    /// Those that a word may yet follow.
    private var begun: [Beginning] = []
    /// Those behind which the word that is read stands, and how many words stand between.
    private var near: [(beginning: Beginning, gap: Int)] = []
    private var found: [(order: Int, value: Int32, range: Range<Int>)] = []

    /// Takes up the next word.
    mutating func beginWord(at start: Int) {
      word = start
      near.removeAll(keepingCapacity: true)
      if begun.isEmpty { return }
      begun.removeAll { spaces - $0.spaces - 1 > KeywordTable.widestGap }
      for beginning in begun where beginning.range.upperBound < start {
        near.append((beginning, spaces - beginning.spaces - 1))
      }
    }

    /// Notes the first part of some keywords.
    mutating func begin(at place: Int32, _ range: Range<Int>, in text: Span<UInt8>) {
      begin(at: place, order: count, range, in: text)
      count += 1
    }

    /// Notes a beginning of some keywords, whose last part begins with the word that is read.
    private mutating func begin(
      at place: Int32, order: Int, _ range: Range<Int>, in text: Span<UInt8>
    ) {
      var spaces = spaces
      for place in word..<range.upperBound where text[place] == UInt8(ascii: " ") { spaces += 1 }
      begun.append(Beginning(place: place, order: order, range: range, spaces: spaces))
    }

    /// Goes on with every keyword of which a further part ends at a node.
    mutating func goOn(
      from tree: KeywordTree, _ node: Int, _ range: Range<Int>, in text: Span<UInt8>
    ) {
      if near.isEmpty { return }
      let ways = tree.continuations(at: node)
      if ways.isEmpty { return }
      for (beginning, gap) in near {
        tree.forEachContinuation(from: beginning.place, in: ways) { way in
          guard gap == 0 || !way.isAdjacent else { return }
          let whole = beginning.range.lowerBound..<range.upperBound
          switch way.outcome {
          case .keyword(let value): found.append((beginning.order, value, whole))
          case .beginning(let number):
            begin(
              at: KeywordTable.place(ofJoined: number), order: beginning.order, whole, in: text)
          }
        }
      }
    }

    /// Tells the keywords that are whole, each once from where it begins, and as short as it can be.
    mutating func forEachKeyword(_ body: (Range<Int>, Int) -> Void) {
      found.sort {
        ($0.order, $0.value, $0.range.upperBound) < ($1.order, $1.value, $1.range.upperBound)
      }
      for (number, match) in found.enumerated() {
        let isRepeated =
          number > 0 && found[number - 1].order == match.order
          && found[number - 1].value == match.value
        if !isRepeated { body(match.range, Int(match.value)) }
      }
    }
  }
}

/// A keyword table while it is being filled.
package struct KeywordTableBuilder: Sendable {
  private var forward = KeywordTreeBuilder()
  private var backward = KeywordTreeBuilder()
  /// How many beginnings have more than one part.
  private var joined: Int32 = 0

  /// Makes an empty builder.
  package init() {}

  /// Adds a keyword.
  /// - Parameters:
  ///   - keyword: folded bytes: words of ASCII letters and digits or non-ASCII letters, single
  ///     spaces, `*` at the beginning or end of words, `..` between words.
  ///   - value: the number to report for it.
  /// - Throws: `KeywordError` for a keyword without words, for a `*` or `..` elsewhere, and for one of
  ///   more than a thousand bytes.
  package mutating func insert(_ keyword: [UInt8], value: Int) throws(KeywordError) {
    guard keyword.count <= 1000 else {
      throw KeywordError(message: "it has more than a thousand bytes")
    }
    let parts = try self.parts(of: keyword)
    let (isBackward, first) = Self.way(of: parts[0].bytes)
    guard parts.count > 1 else {
      if isBackward {
        backward.insert(first, value: Int32(value))
      } else {
        forward.insert(first, value: Int32(value))
      }
      return
    }
    var start: KeywordTreeBuilder.Start =
      isBackward ? .backward(backward.begin(first)) : .forward(forward.begin(first))
    for (number, part) in parts.enumerated().dropFirst() {
      let isLast = number == parts.count - 1
      let outcome: Continuation.Outcome = isLast ? .keyword(Int32(value)) : .beginning(joined)
      let (isBackward, bytes) = Self.way(of: part.bytes)
      if isBackward {
        backward.insert(bytes, after: start, isAdjacent: part.gap == 0, outcome)
      } else {
        forward.insert(bytes, after: start, isAdjacent: part.gap == 0, outcome)
      }
      if !isLast {
        start = .joined(joined)
        joined += 1
      }
    }
  }

  /// The finished table.
  package var table: KeywordTable { KeywordTable(forward, backward) }

  /// Cuts a keyword at its gaps, and at words of which only the end is given.
  private func parts(
    of keyword: [UInt8]
  ) throws(KeywordError) -> [(bytes: [UInt8], gap: Int)] {
    let star = UInt8(ascii: "*")
    var parts: [(bytes: [UInt8], gap: Int)] = []
    var gap = 0
    var isAfterGap = true
    for word in keyword.split(separator: UInt8(ascii: " ")) {
      if word.elementsEqual("..".utf8) {
        gap = KeywordTable.widestGap
        isAfterGap = true
        continue
      }
      let isEnd = word.first == star
      let letters = isEnd ? word.dropFirst() : word
      let stem = letters.last == star ? letters.dropLast() : letters
      guard !isEnd || letters.last != star else {
        throw KeywordError(message: "'*' may stand at one end of a word, not at both")
      }
      guard !stem.isEmpty, stem.allSatisfy(isWordByte) else {
        throw KeywordError(message: "'*' may stand only at the beginning or the end of a word")
      }
      if isAfterGap || isEnd || parts.last?.bytes.first == star {
        parts.append((Array(word), parts.isEmpty ? 0 : gap))
      } else {
        parts[parts.count - 1].bytes += [UInt8(ascii: " ")] + word
      }
      gap = 0
      isAfterGap = false
    }
    guard !parts.isEmpty else { throw KeywordError(message: "it has no letter or digit") }
    guard !isAfterGap, !keyword.starts(with: "..".utf8) else {
      throw KeywordError(message: "'..' may stand only between words")
    }
    return parts
  }

  /// In which tree a part stands, and how it is spelt there.
  private static func way(of part: [UInt8]) -> (isBackward: Bool, bytes: [UInt8]) {
    part.first == UInt8(ascii: "*") ? (true, part.dropFirst().reversed()) : (false, part)
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
