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
  enum Leaf: Sendable {
    case keyword(Int32)
    /// A part of a keyword with gaps behind its first: which keyword, and its how manieth part, from 1.
    case part(of: Int32, Int32)
  }

  /// How many words may stand where a keyword has two dots.
  package static let widestGap = 3

  fileprivate var forward = KeywordTree()
  fileprivate var backward = KeywordTree()
  /// The keywords that are found part by part: their values, and where their gaps begin and end among all.
  fileprivate var gapped: [Int32] = []
  /// The node that the first part of each leads to; of the backward tree its complement.
  fileprivate var starts: [Int32] = []
  fileprivate var firstGaps: [Int32] = [0]
  /// How many words each gap may have.
  fileprivate var gaps: [UInt8] = []

  fileprivate init() {}

  /// Reads a table back.
  package init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    forward = try KeywordTree(&archive)
    backward = try KeywordTree(&archive)
    gapped = try archive.table()
    starts = try archive.table()
    firstGaps = try archive.table()
    gaps = try archive.table()
    guard starts.count == gapped.count, firstGaps.count == gapped.count + 1,
      firstGaps.last.map(Int.init) == gaps.count
    else {
      throw TableArchive.Damaged()
    }
  }

  /// Writes the table.
  package func write(to archive: inout TableArchive) {
    forward.write(to: &archive)
    backward.write(to: &archive)
    archive.add(gapped)
    archive.add(starts)
    archive.add(firstGaps)
    archive.add(gaps)
  }

  /// Calls the body for every keyword that stands in a text.
  /// - Parameters:
  ///   - text: folded bytes.
  ///   - body: receives the bytes that the keyword covers, and its number.
  /// - Complexity: O(n) in the text's length, times the longest keyword.
  package func forEachMatch(in text: Span<UInt8>, _ body: (Range<Int>, Int) -> Void) {
    var begun: [Beginning] = []
    var parts: [Part] = []
    var isBegun = NodeSet()
    func take(_ leaf: Leaf, _ range: Range<Int>) {
      switch leaf {
      case .keyword(let value): body(range, Int(value))
      case .part(let keyword, let index):
        // Most parts that go on have nothing to go on from.
        guard isBegun.mayContain(starts[Int(keyword)]) else { return }
        parts.append(Part(range: range, keyword: Int(keyword), index: Int(index)))
      }
    }
    // A small word begins hundreds of keywords: it is kept as one place, and not as all of them.
    func begin(_ node: Int32, _ range: Range<Int>) {
      begun.append(Beginning(node: node, order: begun.count, range: range))
      isBegun.insert(node)
    }
    var start = 0
    while start < text.count {
      guard isWordByte(text[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < text.count, isWordByte(text[end]) { end += 1 }
      walk(text, from: start, at: start, node: 0, begin, take)
      if !backward.isEmpty {
        var node = 0
        var place = end
        while let (next, count) = backward.step(
          from: node, available: place - start, { text[place - 1 - $0] })
        {
          place -= count
          node = next
          if backward.isBeginning(node) { begin(~Int32(node), start..<end) }
          backward.forEachLeaf(at: node) { take($0, start..<end) }
        }
      }
      start = end
    }
    if !parts.isEmpty { join(begun, parts, in: text, body) }
  }

  /// Follows the tree along the text.
  ///
  /// It forks only where `*` and a longer word share a beginning, and each step moves on in the
  /// tree, so its depth is bounded by the longest keyword.
  private func walk(
    _ text: Span<UInt8>, from start: Int, at place: Int, node: Int,
    _ begin: (Int32, Range<Int>) -> Void, _ take: (Leaf, Range<Int>) -> Void
  ) {
    var node = node
    var place = place
    while true {
      let isWordEnd = place == text.count || !isWordByte(text[place])
      if isWordEnd {
        if forward.isBeginning(node) { begin(Int32(node), start..<place) }
        forward.forEachLeaf(at: node) { take($0, start..<place) }
      }
      if let next = forward.restOfWord(after: node) {
        var end = place
        while end < text.count, isWordByte(text[end]) { end += 1 }
        walk(text, from: start, at: end, node: next, begin, take)
      }
      guard
        let (next, count) = forward.step(
          from: node, available: text.count - place, { text[place + $0] })
      else { return }
      node = next
      place += count
    }
  }

  /// Some nodes, by a part of their numbers: it may contain others, too.
  private struct NodeSet {
    private var bits = InlineArray<64, UInt64>(repeating: 0)

    mutating func insert(_ node: Int32) {
      bits[Int(node) >> 6 & 63] |= 1 << UInt64(node & 63)
    }

    func mayContain(_ node: Int32) -> Bool {
      bits[Int(node) >> 6 & 63] & (1 << UInt64(node & 63)) != 0
    }
  }

  /// The first part of some keywords with gaps that stands in a text, by the node that it leads to.
  private struct Beginning {
    let node: Int32
    /// How many came before it.
    let order: Int
    let range: Range<Int>
  }

  /// A later part of a keyword with gaps that stands in a text.
  private struct Part {
    let range: Range<Int>
    let keyword: Int
    let index: Int
  }

  /// Puts the parts of keywords with gaps together, and tells them in the order in which they begin.
  private func join(
    _ begun: [Beginning], _ later: [Part], in text: Span<UInt8>, _ body: (Range<Int>, Int) -> Void
  ) {
    let begun = begun.sorted { ($0.node, $0.order) < ($1.node, $1.order) }
    let later = later.sorted {
      ($0.keyword, $0.index, $0.range.lowerBound) < ($1.keyword, $1.index, $1.range.lowerBound)
    }
    var found: [(order: Int, keyword: Int, range: Range<Int>)] = []
    var previous = -1
    for part in later where part.keyword != previous {
      previous = part.keyword
      let node = starts[part.keyword]
      var place = begun.partitioningIndex { $0.node >= node }
      while place < begun.count, begun[place].node == node {
        let first = begun[place]
        if let end = end(of: part.keyword, from: first.range.upperBound, among: later, in: text) {
          found.append((first.order, part.keyword, first.range.lowerBound..<end))
        }
        place += 1
      }
    }
    found.sort { ($0.order, $0.keyword) < ($1.order, $1.keyword) }
    for match in found { body(match.range, Int(gapped[match.keyword])) }
  }

  /// Where a keyword with gaps ends whose first part ends somewhere; nil where it does not go on.
  private func end(
    of keyword: Int, from start: Int, among later: [Part], in text: Span<UInt8>
  ) -> Int? {
    let ownGaps = Int(firstGaps[keyword])..<Int(firstGaps[keyword + 1])
    var end = start
    for gap in ownGaps {
      guard
        let nearest = nearest(
          of: keyword, part: gap - ownGaps.lowerBound + 1, after: end, among: later),
        words(between: end, and: nearest.lowerBound, in: text) <= gaps[gap]
      else { return nil }
      end = nearest.upperBound
    }
    return end
  }

  /// The first place behind another where some part stands.
  private func nearest(
    of keyword: Int, part: Int, after end: Int, among parts: [Part]
  ) -> Range<Int>? {
    let low = parts.partitioningIndex {
      ($0.keyword, $0.index, $0.range.lowerBound) >= (keyword, part, end + 1)
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
  private var forward = KeywordTreeBuilder()
  private var backward = KeywordTreeBuilder()
  /// Keywords with gaps: where each begins, in which tree, and how many words each gap may have.
  private var gapped: [(value: Int32, start: Int, isBackward: Bool, gaps: [UInt8])] = []

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
      let (isBackward, first) = Self.way(of: parts[0].bytes)
      let start = isBackward ? backward.begin(first) : forward.begin(first)
      for (index, part) in parts.enumerated().dropFirst() {
        insert(part.bytes, .part(of: Int32(gapped.count), Int32(index)))
      }
      gapped.append((Int32(value), start, isBackward, parts.dropFirst().map { UInt8($0.gap) }))
    }
  }

  /// The finished table.
  package var table: KeywordTable {
    var table = KeywordTable()
    var forwardNames: [Int32] = []
    var backwardNames: [Int32] = []
    table.forward = KeywordTree(forward, &forwardNames)
    table.backward = KeywordTree(backward, &backwardNames)
    table.gapped = gapped.map(\.value)
    table.starts = gapped.map { $0.isBackward ? ~backwardNames[$0.start] : forwardNames[$0.start] }
    table.gaps = gapped.flatMap(\.gaps)
    table.firstGaps = gapped.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1.gaps.count)) }
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

  private mutating func insert(_ part: [UInt8], _ leaf: KeywordTable.Leaf) {
    let (isBackward, bytes) = Self.way(of: part)
    if isBackward { backward.insert(bytes, leaf) } else { forward.insert(bytes, leaf) }
  }

  /// In which tree a part stands, and how it is spelt there.
  private static func way(of part: [UInt8]) -> (isBackward: Bool, bytes: [UInt8]) {
    part.first == UInt8(ascii: "*") ? (true, part.dropFirst().reversed()) : (false, part)
  }
}

extension Array {
  /// The place of the first element for which something holds that holds for all behind it, too.
  fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
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
