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
  /// What stands at the end of a way through a tree.
  fileprivate enum Leaf: Sendable {
    case keyword(Int32)
    /// A part of a keyword with gaps: which keyword, and its how manieth part.
    case part(of: Int32, Int32)
  }

  /// How many words may stand where a keyword has two dots.
  package static let widestGap = 3

  fileprivate var forward = Tree()
  fileprivate var backward = Tree()
  /// The keywords that are found part by part: their values, and how wide each gap may be.
  fileprivate var gapped: [(value: Int, gaps: [Int])] = []

  fileprivate init() {}

  /// Reads a table back.
  package init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    forward = try Tree(&archive)
    backward = try Tree(&archive)
    let values = try archive.table(of: Int.self)
    let gaps = try archive.lists()
    guard values.count == gaps.count else { throw TableArchive.Damaged() }
    gapped = zip(values, gaps).map { ($0, $1.map(Int.init)) }
  }

  /// Writes the table.
  package func write(to archive: inout TableArchive) {
    forward.write(to: &archive)
    backward.write(to: &archive)
    archive.add(gapped.map(\.value))
    // No gap is wider than a few words.
    archive.add(gapped.map { $0.gaps.map { UInt8(truncatingIfNeeded: $0) } })
  }

  /// Calls the body for every keyword that stands in a text.
  /// - Parameters:
  ///   - text: folded bytes.
  ///   - body: receives the bytes that the keyword covers, and its number.
  /// - Complexity: O(n) in the text's length, times the longest keyword.
  package func forEachMatch(in text: Span<UInt8>, _ body: (Range<Int>, Int) -> Void) {
    var parts: [Part] = []
    func take(_ leaf: Leaf, _ range: Range<Int>) {
      switch leaf {
      case .keyword(let value): body(range, Int(value))
      case .part(let keyword, let index):
        parts.append(Part(range: range, keyword: Int(keyword), index: Int(index)))
      }
    }
    var start = 0
    while start < text.count {
      guard isWordByte(text[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < text.count, isWordByte(text[end]) { end += 1 }
      walk(text, from: start, at: start, node: 0, take)
      if !backward.isEmpty {
        var node = 0
        var place = end
        while let (next, count) = backward.step(
          from: node, available: place - start, { text[place - 1 - $0] })
        {
          place -= count
          node = next
          backward.forEachLeaf(at: node) { take($0, start..<end) }
        }
      }
      start = end
    }
    if !parts.isEmpty { join(parts, in: text, body) }
  }

  /// Follows the tree along the text.
  ///
  /// It forks only where `*` and a longer word share a beginning, and each step moves on in the
  /// tree, so its depth is bounded by the longest keyword.
  private func walk(
    _ text: Span<UInt8>, from start: Int, at place: Int, node: Int,
    _ take: (Leaf, Range<Int>) -> Void
  ) {
    var node = node
    var place = place
    while true {
      let isWordEnd = place == text.count || !isWordByte(text[place])
      if isWordEnd {
        forward.forEachLeaf(at: node) { take($0, start..<place) }
      }
      if let next = forward.restOfWord(after: node) {
        var end = place
        while end < text.count, isWordByte(text[end]) { end += 1 }
        walk(text, from: start, at: end, node: next, take)
      }
      guard
        let (next, count) = forward.step(
          from: node, available: text.count - place, { text[place + $0] })
      else { return }
      node = next
      place += count
    }
  }

  /// A part of a keyword with gaps that stands in a text.
  private struct Part {
    let range: Range<Int>
    let keyword: Int
    let index: Int
  }

  /// Puts the parts of keywords with gaps together.
  ///
  /// A small word begins hundreds of them, most of which do not go on: so the parts that go on are
  /// put in order first, and looked up from there.
  private func join(
    _ parts: [Part], in text: Span<UInt8>, _ body: (Range<Int>, Int) -> Void
  ) {
    let later = parts.filter { $0.index > 0 }.sorted {
      ($0.keyword, $0.index, $0.range.lowerBound) < ($1.keyword, $1.index, $1.range.lowerBound)
    }
    guard !later.isEmpty else { return }
    for first in parts where first.index == 0 {
      let keyword = gapped[first.keyword]
      var end = first.range.upperBound
      var isWhole = true
      for (index, widest) in keyword.gaps.enumerated() {
        guard
          let nearest = nearest(of: first.keyword, part: index + 1, after: end, among: later),
          words(between: end, and: nearest.lowerBound, in: text) <= widest
        else {
          isWhole = false
          break
        }
        end = nearest.upperBound
      }
      if isWhole { body(first.range.lowerBound..<end, keyword.value) }
    }
  }

  /// The first place behind another where some part stands.
  private func nearest(
    of keyword: Int, part: Int, after end: Int, among parts: [Part]
  ) -> Range<Int>? {
    var low = 0
    var high = parts.count
    while low < high {
      let middle = (low + high) / 2
      let candidate = parts[middle]
      if (candidate.keyword, candidate.index, candidate.range.lowerBound) < (keyword, part, end + 1)
      {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < parts.count, parts[low].keyword == keyword, parts[low].index == part else {
      return nil
    }
    return parts[low].range
  }

  private func words(between end: Int, and start: Int, in text: Span<UInt8>) -> Int {
    var spaces = 0
    for place in end..<start where text[place] == UInt8(ascii: " ") { spaces += 1 }
    return spaces - 1
  }
}

/// A keyword table while it is being filled.
package struct KeywordTableBuilder: Sendable {
  private var forward = TreeBuilder()
  private var backward = TreeBuilder()
  private var gapped: [(value: Int, gaps: [Int])] = []

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
    if parts.count == 1 {
      insert(parts[0].bytes, .keyword(Int32(value)))
    } else {
      for (index, part) in parts.enumerated() {
        insert(part.bytes, .part(of: Int32(gapped.count), Int32(index)))
      }
      gapped.append((value, parts.dropFirst().map(\.gap)))
    }
  }

  /// The finished table.
  package var table: KeywordTable {
    var table = KeywordTable()
    table.forward = Tree(forward)
    table.backward = Tree(backward)
    table.gapped = gapped
    return table
  }

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
      guard !stem.isEmpty, stem.allSatisfy(isWordByte), !(isEnd && letters.last == star) else {
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

  private mutating func insert(_ part: [UInt8], _ leaf: KeywordTable.Leaf) {
    if part.first == UInt8(ascii: "*") {
      backward.insert(part.dropFirst().reversed(), leaf)
    } else {
      forward.insert(part, leaf)
    }
  }
}

/// A tree over bytes while it grows: each node's children are a chain of siblings.
private struct TreeBuilder: Sendable {
  typealias Leaf = KeywordTable.Leaf

  struct Node: Sendable {
    let byte: UInt8
    var firstChild: Int32 = -1
    var nextSibling: Int32 = -1
    /// Where the tree goes on after any rest of a word.
    var restOfWord: Int32 = -1
    /// The last leaf, each of which knows the one before it.
    var lastLeaf: Int32 = -1
  }

  private(set) var nodes: [Node] = [Node(byte: 0)]
  private(set) var leaves: [(leaf: Leaf, previous: Int32)] = []
  /// The root has too many children for a chain.
  private var roots = [Int32](repeating: -1, count: 256)

  mutating func insert(_ bytes: some Sequence<UInt8>, _ leaf: Leaf) {
    var current = 0
    for byte in bytes { current = child(of: current, at: byte) }
    leaves.append((leaf, nodes[current].lastLeaf))
    nodes[current].lastLeaf = Int32(leaves.count - 1)
  }

  private mutating func child(of node: Int, at byte: UInt8) -> Int {
    let isRest = byte == UInt8(ascii: "*")
    if isRest, nodes[node].restOfWord >= 0 { return Int(nodes[node].restOfWord) }
    if node == 0, !isRest, roots[Int(byte)] >= 0 { return Int(roots[Int(byte)]) }
    if node > 0, !isRest {
      var child = nodes[node].firstChild
      while child >= 0 {
        if nodes[Int(child)].byte == byte { return Int(child) }
        child = nodes[Int(child)].nextSibling
      }
    }
    let new = Int32(nodes.count)
    var fresh = Node(byte: byte)
    if isRest {
      nodes[node].restOfWord = new
    } else {
      if node == 0 { roots[Int(byte)] = new }
      fresh.nextSibling = nodes[node].firstChild
      nodes[node].firstChild = new
    }
    nodes.append(fresh)
    return Int(new)
  }

  /// The leaves of a node in the order in which they came.
  func leaves(of node: Node) -> [Leaf] {
    var found: [Leaf] = []
    var leaf = node.lastLeaf
    while leaf >= 0 {
      found.append(leaves[Int(leaf)].leaf)
      leaf = leaves[Int(leaf)].previous
    }
    return found.reversed()
  }
}

/// A tree over bytes in flat arrays: each node's edges and leaves are a stretch of one array.
///
/// Bytes between which nothing ends and nothing parts stand on one edge.
private struct Tree: Sendable {
  typealias Leaf = KeywordTable.Leaf

  private struct Node: Sendable {
    /// Where its edges and leaves begin; the next node says where they end.
    var firstEdge: Int32
    var firstLeaf: Int32
    /// The node after any rest of a word, or -1.
    var rest: Int32
    /// Where the edges of all bytes are told, where there are too many to go through; or -1.
    var fan: Int32 = -1
  }

  private struct Edge: Sendable {
    let target: Int32
    /// The bytes behind the first.
    let tail: Int32
    let tailLength: UInt16
    let byte: UInt8
  }

  /// More edges than this are not gone through one by one.
  private static let mostEdges = 8

  /// For each node with many edges the edge of every byte, or -1.
  private var fans: [Int32] = []
  private var nodes = [
    Node(firstEdge: 0, firstLeaf: 0, rest: -1), Node(firstEdge: 0, firstLeaf: 0, rest: -1),
  ]
  private var edges: [Edge] = []
  private var tails: [UInt8] = []
  private var leaves: [Leaf] = []

  init() {}

  init(_ builder: TreeBuilder) {
    nodes = []
    // Which nodes are needed, and what they are called here.
    var names = [Int32](repeating: -1, count: builder.nodes.count)
    var isNeeded = builder.nodes.map { node in
      node.lastLeaf >= 0 || node.restOfWord >= 0 || node.firstChild < 0
        || builder.nodes[Int(node.firstChild)].nextSibling >= 0
    }
    isNeeded[0] = true
    for node in builder.nodes where node.restOfWord >= 0 { isNeeded[Int(node.restOfWord)] = true }
    var count: Int32 = 0
    for place in names.indices where isNeeded[place] {
      names[place] = count
      count += 1
    }
    nodes.reserveCapacity(Int(count) + 1)
    for (place, node) in builder.nodes.enumerated() where isNeeded[place] {
      nodes.append(
        Node(
          firstEdge: Int32(edges.count), firstLeaf: Int32(leaves.count),
          rest: node.restOfWord < 0 ? -1 : names[Int(node.restOfWord)]))
      var child = node.firstChild
      while child >= 0 {
        let tail = tails.count
        var end = Int(child)
        while !isNeeded[end] {
          end = Int(builder.nodes[end].firstChild)
          tails.append(builder.nodes[end].byte)
        }
        edges.append(
          Edge(
            target: names[end], tail: Int32(tail), tailLength: UInt16(tails.count - tail),
            byte: builder.nodes[Int(child)].byte))
        child = builder.nodes[Int(child)].nextSibling
      }
      if node.lastLeaf >= 0 { leaves += builder.leaves(of: node) }
    }
    nodes.append(Node(firstEdge: Int32(edges.count), firstLeaf: Int32(leaves.count), rest: -1))
    for node in 0..<nodes.count - 1 {
      let own = Int(nodes[node].firstEdge)..<Int(nodes[node + 1].firstEdge)
      guard own.count > Self.mostEdges else { continue }
      nodes[node].fan = Int32(fans.count)
      fans += [Int32](repeating: -1, count: 256)
      for edge in own { fans[fans.count - 256 + Int(edges[edge].byte)] = Int32(edge) }
    }
  }

  init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    fans = try archive.table()
    nodes = try archive.table()
    edges = try archive.table()
    tails = try archive.table()
    leaves = try archive.table()
  }

  func write(to archive: inout TableArchive) {
    archive.add(fans)
    archive.add(nodes)
    archive.add(edges)
    archive.add(tails)
    archive.add(leaves)
  }

  var isEmpty: Bool { edges.isEmpty }

  /// The node that some bytes lead to, and how many they are.
  /// - Parameters:
  ///   - node: where they begin.
  ///   - available: how many bytes there are.
  ///   - byte: gives one of them.
  /// - Returns: nil where no keyword goes on like that.
  func step(
    from node: Int, available: Int, _ byte: (Int) -> UInt8
  ) -> (node: Int, count: Int)? {
    guard available > 0, let edge = edge(of: node, at: byte(0)) else { return nil }
    let length = Int(edge.tailLength)
    guard length < available else { return nil }
    let tail = Int(edge.tail)
    var place = 0
    while place < length {
      if tails[tail + place] != byte(place + 1) { return nil }
      place += 1
    }
    return (Int(edge.target), length + 1)
  }

  private func edge(of node: Int, at byte: UInt8) -> Edge? {
    let fan = nodes[node].fan
    if fan >= 0 {
      let edge = fans[Int(fan) + Int(byte)]
      return edge < 0 ? nil : edges[Int(edge)]
    }
    var edge = Int(nodes[node].firstEdge)
    let end = Int(nodes[node + 1].firstEdge)
    while edge < end {
      if edges[edge].byte == byte { return edges[edge] }
      edge += 1
    }
    return nil
  }

  func restOfWord(after node: Int) -> Int? {
    nodes[node].rest < 0 ? nil : Int(nodes[node].rest)
  }

  /// Gives each leaf of a node.
  func forEachLeaf(at node: Int, _ body: (Leaf) -> Void) {
    var leaf = Int(nodes[node].firstLeaf)
    let end = Int(nodes[node + 1].firstLeaf)
    while leaf < end {
      body(leaves[leaf])
      leaf += 1
    }
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
