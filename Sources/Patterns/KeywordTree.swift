/// A tree over bytes in flat arrays: each node's edges and leaves are a stretch of one array.
///
/// Bytes between which nothing ends and nothing parts stand on one edge.
///
/// It is a class because it is handed on at every word, and its arrays with it.
final class KeywordTree: Sendable {
  /// Where a node's own things begin in the arrays; the next node says where they end.
  ///
  /// There are hundreds of thousands, of which few have what is told elsewhere.
  private struct Node: Sendable {
    let firstEdge: Int32
    let firstKeyword: Int32
  }

  /// A node's edges stand by their bytes.
  private struct Edge: Sendable {
    let target: Int32
    /// The bytes behind the first.
    let tail: Int32
    let tailLength: UInt16
    let byte: UInt8
    /// The byte of an edge that is any rest of a word: none of UTF-8, and behind all others.
    static let restOfWord: UInt8 = 0xFF
  }

  /// More edges than this are not gone through one by one.
  private static let mostEdges = 8

  /// One bit for every byte.
  private struct Fan: Sendable {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0

    init(_ bytes: some Sequence<UInt8>) {
      for byte in bytes {
        let bit: UInt64 = 1 << UInt64(byte & 63)
        switch byte >> 6 {
        case 0: first |= bit
        case 1: second |= bit
        case 2: third |= bit
        default: fourth |= bit
        }
      }
    }

    /// How many of the bytes are smaller than this one; nil where this is none of them.
    func place(of byte: UInt8) -> Int? {
      let bit: UInt64 = 1 << UInt64(byte & 63)
      let (word, before): (UInt64, Int) =
        switch byte >> 6 {
        case 0: (first, 0)
        case 1: (second, first.nonzeroBitCount)
        case 2: (third, first.nonzeroBitCount + second.nonzeroBitCount)
        default:
          (fourth, first.nonzeroBitCount + second.nonzeroBitCount + third.nonzeroBitCount)
        }
      return word & bit == 0 ? nil : before + (word & (bit - 1)).nonzeroBitCount
    }
  }

  private let nodes: Table<Node>
  /// The nodes with more edges than are gone through, and which bytes those have.
  private let fanned: RankedBits
  private let fans: Table<Fan>
  private let edges: Table<Edge>
  private let tails: Table<UInt8>
  /// The values of the keywords that end at each node.
  private let keywords: Table<Int32>
  /// The nodes at which keywords with gaps go on, where the ways begin that each of them has, and the ways, sorted
  /// for each node by what must come before.
  private let continued: RankedBits
  private let firstContinuations: Table<Int32>
  private let continuations: Table<Continuation>
  /// One bit for each node: whether keywords with gaps begin with what leads there.
  private let beginnings: Table<UInt64>

  /// Puts a tree that has grown into arrays.
  /// - Parameters:
  ///   - builder: the tree.
  ///   - layout: how its nodes stand in memory.
  ///   - place: what the places are called at which keywords with gaps have begun.
  init(
    _ builder: KeywordTreeBuilder, _ layout: KeywordTreeBuilder.Layout,
    _ place: (KeywordTreeBuilder.Start) -> Int32
  ) {
    var nodes: [Node] = []
    var edges: [Edge] = []
    var tails: [UInt8] = []
    var keywords: [Int32] = []
    var continued: [Bool] = []
    var firstContinuations: [Int32] = []
    var continuations: [Continuation] = []
    var fanned: [Bool] = []
    var fans: [Fan] = []
    let (order, names) = (layout.order, layout.names)
    var beginnings = [UInt64](repeating: 0, count: order.count / 64 + 1)
    for (name, place) in order.enumerated() where builder.nodes[place].isBeginning {
      beginnings[name >> 6] |= 1 << UInt64(name & 63)
    }
    func addNode(_ own: [Edge]) {
      nodes.append(
        Node(firstEdge: Int32(edges.count), firstKeyword: Int32(keywords.count)))
      fanned.append(own.count > Self.mostEdges)
      if own.count > Self.mostEdges { fans.append(Fan(own.map(\.byte))) }
      edges += own.sorted { $0.byte < $1.byte }
    }
    nodes.reserveCapacity(order.count + 1)
    for grown in order.lazy.map({ builder.nodes[$0] }) {
      var own: [Edge] = []
      var child = grown.firstChild
      while child >= 0 {
        let tail = tails.count
        var end = Int(child)
        while names[end] < 0 {
          end = Int(builder.nodes[end].firstChild)
          tails.append(builder.nodes[end].byte)
        }
        own.append(
          Edge(
            target: names[end], tail: Int32(tail), tailLength: UInt16(tails.count - tail),
            byte: builder.nodes[Int(child)].byte))
        child = builder.nodes[Int(child)].nextSibling
      }
      if grown.restOfWord >= 0 {
        own.append(
          Edge(
            target: names[Int(grown.restOfWord)], tail: 0, tailLength: 0, byte: Edge.restOfWord))
      }
      addNode(own)
      keywords += builder.keywords(of: grown)
      let ways = builder.continuations(of: grown, place).sorted { $0.place < $1.place }
      continued.append(!ways.isEmpty)
      if !ways.isEmpty { firstContinuations.append(Int32(continuations.count)) }
      continuations += ways
    }
    addNode([])
    firstContinuations.append(Int32(continuations.count))
    self.nodes = Table(nodes)
    self.fanned = RankedBits(fanned)
    self.fans = Table(fans)
    self.edges = Table(edges)
    self.tails = Table(tails)
    self.keywords = Table(keywords)
    self.continued = RankedBits(continued)
    self.firstContinuations = Table(firstContinuations)
    self.continuations = Table(continuations)
    self.beginnings = Table(beginnings)
  }

  init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    nodes = try archive.table()
    fanned = try RankedBits(&archive)
    fans = try archive.table()
    edges = try archive.table()
    tails = try archive.table()
    keywords = try archive.table()
    continued = try RankedBits(&archive)
    firstContinuations = try archive.table()
    continuations = try archive.table()
    beginnings = try archive.table()
  }

  func write(to archive: inout TableArchive) {
    archive.add(nodes)
    fanned.write(to: &archive)
    archive.add(fans)
    archive.add(edges)
    archive.add(tails)
    archive.add(keywords)
    continued.write(to: &archive)
    archive.add(firstContinuations)
    archive.add(continuations)
    archive.add(beginnings)
  }

  var isEmpty: Bool { edges.isEmpty }

  /// The node that some bytes lead to, and how many they are.
  /// - Parameters:
  ///   - node: where they begin.
  ///   - available: how many bytes there are.
  ///   - byte: gives one of them.
  /// - Returns: nil where no keyword goes on like that.
  @inline(__always)
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

  @inline(__always)
  private func edge(of node: Int, at byte: UInt8) -> Edge? {
    var edge = Int(nodes[node].firstEdge)
    let end = Int(nodes[node + 1].firstEdge)
    if end - edge > Self.mostEdges {
      guard let fan = fanned.place(of: node), let place = fans[fan].place(of: byte) else {
        return nil
      }
      return edges[edge + place]
    }
    while edge < end {
      if edges[edge].byte == byte { return edges[edge] }
      edge += 1
    }
    return nil
  }

  /// The node after any rest of a word.
  func restOfWord(after node: Int) -> Int? {
    let end = Int(nodes[node + 1].firstEdge)
    guard end > nodes[node].firstEdge else { return nil }
    let last = edges[end - 1]
    return last.byte == Edge.restOfWord ? Int(last.target) : nil
  }

  /// Whether keywords with gaps begin with what leads to a node.
  func isBeginning(_ node: Int) -> Bool {
    node >> 6 < beginnings.count && beginnings[node >> 6] & (1 << UInt64(node & 63)) != 0
  }

  /// Gives the values of the keywords that end at a node, as they were added.
  func forEachKeyword(at node: Int, _ body: (Int) -> Void) {
    var place = Int(nodes[node].firstKeyword)
    let end = Int(nodes[node + 1].firstKeyword)
    while place < end {
      body(Int(keywords[place]))
      place += 1
    }
  }

  /// How keywords with gaps go on at a node.
  func continuations(at node: Int) -> Range<Int> {
    guard let place = continued.place(of: node) else { return 0..<0 }
    return Int(firstContinuations[place])..<Int(firstContinuations[place + 1])
  }

  /// Gives each way to go on from a place.
  /// - Parameters:
  ///   - place: where keywords with gaps have begun.
  ///   - range: those of a node.
  ///   - body: receives them in the order in which they were added.
  /// - Complexity: O(log n) in their number, and the number of those given.
  func forEachContinuation(
    from place: Int32, in range: Range<Int>, _ body: (Continuation) -> Void
  ) {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if continuations[middle].place < place { low = middle + 1 } else { high = middle }
    }
    while low < range.upperBound, continuations[low].place == place {
      body(continuations[low])
      low += 1
    }
  }
}

/// How a keyword with gaps goes on where a part of it ends that is not its first.
struct Continuation: Sendable {
  /// What comes of it.
  enum Outcome: Sendable {
    /// The keyword is whole: its value.
    case keyword(Int32)
    /// So much of it stands, and more must come: the number of this way to begin.
    case beginning(Int32)
  }

  /// Where the part before it ends, by its name in `KeywordTable`.
  let place: Int32
  private let packed: Int32

  init(place: Int32, isAdjacent: Bool, _ outcome: Outcome) {
    self.place = place
    let number =
      switch outcome {
      case .keyword(let value): value
      case .beginning(let number): ~number
      }
    packed = number << 1 | (isAdjacent ? 1 : 0)
  }

  /// Whether no word may stand between.
  var isAdjacent: Bool { packed & 1 != 0 }
  var outcome: Outcome { packed < 0 ? .beginning(~(packed >> 1)) : .keyword(packed >> 1) }
}

/// A tree over bytes while it grows: each node's children are a chain of siblings.
struct KeywordTreeBuilder: Sendable {
  /// What must stand before a part of a keyword with gaps.
  enum Start: Sendable {
    case forward(Int)
    case backward(Int)
    /// Several parts, together a beginning of this number.
    case joined(Int32)
  }

  /// How the nodes that are needed stand in memory.
  struct Layout {
    /// Their places among those that have grown.
    let order: [Int]
    /// By their places what they are called; -1 for those that are not needed.
    let names: [Int32]
  }

  /// A part of a keyword with gaps.
  private struct Part: Sendable {
    let start: Start
    let isAdjacent: Bool
    let outcome: Continuation.Outcome
  }

  struct Node: Sendable {
    let byte: UInt8
    var firstChild: Int32 = -1
    var nextSibling: Int32 = -1
    /// Where the tree goes on after any rest of a word.
    var restOfWord: Int32 = -1
    /// The last keyword and the last part of a keyword with gaps that end here, each of which knows the one
    /// before it.
    var lastKeyword: Int32 = -1
    var lastPart: Int32 = -1
    /// Whether keywords with gaps begin with what leads here.
    var isBeginning = false
  }

  private(set) var nodes: [Node] = [Node(byte: 0)]
  private var keywords: [(value: Int32, previous: Int32)] = []
  private var parts: [(part: Part, previous: Int32)] = []
  /// The root has too many children for a chain.
  private var roots = [Int32](repeating: -1, count: 256)

  mutating func insert(_ bytes: some Sequence<UInt8>, value: Int32) {
    let place = node(at: bytes)
    keywords.append((value, nodes[place].lastKeyword))
    nodes[place].lastKeyword = Int32(keywords.count - 1)
  }

  /// Adds a part of a keyword with gaps that is not its first.
  mutating func insert(
    _ bytes: some Sequence<UInt8>, after start: Start, isAdjacent: Bool,
    _ outcome: Continuation.Outcome
  ) {
    let place = node(at: bytes)
    let part = Part(start: start, isAdjacent: isAdjacent, outcome: outcome)
    parts.append((part, nodes[place].lastPart))
    nodes[place].lastPart = Int32(parts.count - 1)
  }

  /// Notes that a keyword with gaps begins with some bytes.
  /// - Returns: the node that they lead to.
  mutating func begin(_ bytes: some Sequence<UInt8>) -> Int {
    let place = node(at: bytes)
    nodes[place].isBeginning = true
    return place
  }

  private mutating func node(at bytes: some Sequence<UInt8>) -> Int {
    bytes.reduce(0) { child(of: $0, at: $1) }
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

  /// The nodes as they should stand in memory.
  ///
  /// Those near the root, which every word passes, come first, by their depth, and behind them each subtree by
  /// itself. Those at which nothing ends and nothing parts are left out.
  var layout: Layout {
    var isNeeded = nodes.map { node in
      node.lastKeyword >= 0 || node.lastPart >= 0 || node.restOfWord >= 0 || node.isBeginning
        || node.firstChild < 0 || nodes[Int(node.firstChild)].nextSibling >= 0
    }
    isNeeded[0] = true
    for node in nodes where node.restOfWord >= 0 { isNeeded[Int(node.restOfWord)] = true }
    var order = [0]
    var level = [0]
    for _ in 0..<3 {
      level = level.flatMap(children)
      order += level.filter { isNeeded[$0] }
    }
    for node in level {
      var rest: [Int] = children(of: node).reversed()
      while let node = rest.popLast() {
        if isNeeded[node] { order.append(node) }
        rest += children(of: node).reversed()
      }
    }
    var names = [Int32](repeating: -1, count: nodes.count)
    for (name, place) in order.enumerated() { names[place] = Int32(name) }
    return Layout(order: order, names: names)
  }

  private func children(of node: Int) -> [Int] {
    var children = nodes[node].restOfWord < 0 ? [] : [Int(nodes[node].restOfWord)]
    var child = nodes[node].firstChild
    while child >= 0 {
      children.append(Int(child))
      child = nodes[Int(child)].nextSibling
    }
    return children
  }

  /// The values of the keywords that end at a node, as they were added.
  func keywords(of node: Node) -> [Int32] {
    sequence(first: node.lastKeyword) { keywords[Int($0)].previous }.prefix { $0 >= 0 }
      .map { keywords[Int($0)].value }.reversed()
  }

  /// How keywords with gaps go on at a node, as they were added.
  func continuations(of node: Node, _ place: (Start) -> Int32) -> [Continuation] {
    sequence(first: node.lastPart) { parts[Int($0)].previous }.prefix { $0 >= 0 }
      .map { number in
        let part = parts[Int(number)].part
        return Continuation(
          place: place(part.start), isAdjacent: part.isAdjacent, part.outcome)
      }.reversed()
  }
}
