/// A tree over bytes in flat arrays: each node's edges and leaves are a stretch of one array.
///
/// Bytes between which nothing ends and nothing parts stand on one edge.
struct KeywordTree: Sendable {
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
  /// One bit for each node: whether keywords with gaps begin with what leads there.
  private var beginnings: [UInt64] = []

  init() {}

  /// Puts a tree that has grown into arrays.
  /// - Parameters:
  ///   - builder: the tree.
  ///   - names: receives what its nodes are called here; -1 for those that are gone.
  init(_ builder: KeywordTreeBuilder, _ names: inout [Int32]) {
    nodes = []
    names = [Int32](repeating: -1, count: builder.nodes.count)
    var isNeeded = builder.nodes.map { node in
      node.lastLeaf >= 0 || node.restOfWord >= 0 || node.isBeginning || node.firstChild < 0
        || builder.nodes[Int(node.firstChild)].nextSibling >= 0
    }
    isNeeded[0] = true
    for node in builder.nodes where node.restOfWord >= 0 { isNeeded[Int(node.restOfWord)] = true }
    let order = builder.order { isNeeded[$0] }
    for (name, place) in order.enumerated() { names[place] = Int32(name) }
    beginnings = Array(repeating: 0, count: order.count / 64 + 1)
    for (name, place) in order.enumerated() where builder.nodes[place].isBeginning {
      beginnings[name >> 6] |= 1 << UInt64(name & 63)
    }
    nodes.reserveCapacity(order.count + 1)
    for node in order.lazy.map({ builder.nodes[$0] }) {
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
    beginnings = try archive.table()
  }

  func write(to archive: inout TableArchive) {
    archive.add(fans)
    archive.add(nodes)
    archive.add(edges)
    archive.add(tails)
    archive.add(leaves)
    archive.add(beginnings)
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

  /// Whether keywords with gaps begin with what leads to a node.
  func isBeginning(_ node: Int) -> Bool {
    node >> 6 < beginnings.count && beginnings[node >> 6] & (1 << UInt64(node & 63)) != 0
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

/// A tree over bytes while it grows: each node's children are a chain of siblings.
struct KeywordTreeBuilder: Sendable {
  typealias Leaf = KeywordTable.Leaf

  struct Node: Sendable {
    let byte: UInt8
    var firstChild: Int32 = -1
    var nextSibling: Int32 = -1
    /// Where the tree goes on after any rest of a word.
    var restOfWord: Int32 = -1
    /// The last leaf, each of which knows the one before it.
    var lastLeaf: Int32 = -1
    /// Whether keywords with gaps begin with what leads here.
    var isBeginning = false
  }

  private(set) var nodes: [Node] = [Node(byte: 0)]
  private(set) var leaves: [(leaf: Leaf, previous: Int32)] = []
  /// The root has too many children for a chain.
  private var roots = [Int32](repeating: -1, count: 256)

  mutating func insert(_ bytes: some Sequence<UInt8>, _ leaf: Leaf) {
    let place = node(at: bytes)
    leaves.append((leaf, nodes[place].lastLeaf))
    nodes[place].lastLeaf = Int32(leaves.count - 1)
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

  /// The nodes as they should stand in memory: those near the root, which every word passes, by their depth, and
  /// behind them each subtree by itself.
  /// - Parameter isWanted: whether a node counts; those below one that does not may.
  /// - Returns: the places of those that count.
  func order(where isWanted: (Int) -> Bool) -> [Int] {
    var order = [0]
    var level = [0]
    for _ in 0..<3 {
      level = level.flatMap(children)
      order += level.filter(isWanted)
    }
    for node in level {
      var rest: [Int] = children(of: node).reversed()
      while let node = rest.popLast() {
        if isWanted(node) { order.append(node) }
        rest += children(of: node).reversed()
      }
    }
    return order
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
