internal import Yams

/// A YAML file as a table of its nodes in the order of the file, each with its place; behind a list
/// or mapping stands all that is in it.
///
/// A table and not a tree: it can be kept as it is and read back without parsing, and looking for a
/// key compares bytes and nothing else.
public struct YAMLDocument: Sendable {
  /// What a node is.
  enum Kind: Int32 {
    /// A word as it stands.
    case plain
    /// A text in quotes or a block.
    case quoted
    case list
    case mapping

    var isText: Bool { self == .plain || self == .quoted }
  }

  /// One node.
  package struct Node: BitwiseCopyable, Sendable {
    fileprivate let kind: Int32
    fileprivate let line: Int32
    fileprivate let column: Int32
    /// Where the bytes of a text begin, and how many they are.
    fileprivate var start: Int32
    fileprivate let count: Int32
    /// The node behind this one and all that is in it.
    fileprivate var end: Int32
  }

  /// The nodes, the first of which is the whole file.
  package private(set) var nodes: [Node] = []
  /// The texts of all nodes.
  package private(set) var texts: [UInt8] = []

  /// Parses a file; nil where it is empty.
  /// - Parameter text: its content.
  /// - Throws: what Yams has against it.
  init?(parsing text: String) throws {
    // Values are read as they are written, so that nothing need be resolved. The encoding is named,
    // since the default is looked up in the environment for every file.
    guard let root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot() else {
      return nil
    }
    add(root)
  }

  /// Parses a file; nil where it is empty, or not YAML.
  init?(reading source: SourceText) {
    guard let document = try? YAMLDocument(parsing: source.text) else { return nil }
    self = document
  }

  /// Takes up a table that was kept; nil where the nodes do not lie within each other.
  package init?(nodes: [Node], texts: [UInt8]) {
    guard !nodes.isEmpty else { return nil }
    var open: [Int32] = []
    for (index, node) in nodes.enumerated() {
      while let last = open.last, last == index { open.removeLast() }
      guard Kind(rawValue: node.kind) != nil, node.end > index,
        node.end <= open.last ?? Int32(nodes.count), node.start >= 0, node.count >= 0,
        Int(node.start) + Int(node.count) <= texts.count
      else { return nil }
      open.append(node.end)
    }
    self.nodes = nodes
    self.texts = texts
  }

  private mutating func add(_ node: Yams.Node) {
    let index = nodes.count
    let (kind, text): (Kind, String) =
      switch node {
      case .scalar(let scalar): (scalar.style == .plain ? .plain : .quoted, scalar.string)
      case .sequence: (.list, "")
      case .mapping: (.mapping, "")
      case .alias: (.plain, "")
      }
    nodes.append(
      Node(
        kind: kind.rawValue, line: Int32(clamping: node.mark?.line ?? 1),
        column: Int32(clamping: node.mark?.column ?? 1), start: Int32(clamping: texts.count),
        count: Int32(clamping: text.utf8.count), end: 0))
    texts += text.utf8
    switch node {
    case .sequence(let items): for item in items { add(item) }
    case .mapping(let entries):
      for entry in entries {
        add(entry.key)
        add(entry.value)
      }
    case .scalar, .alias: break
    }
    nodes[index].end = Int32(nodes.count)
  }

  // Reading. A node is named by its number.

  func kind(of node: Int) -> Kind { Kind(rawValue: nodes[node].kind) ?? .plain }

  func place(of node: Int) -> (line: Int, column: Int) {
    (Int(nodes[node].line), Int(nodes[node].column))
  }

  /// The text of a scalar; nil for lists and mappings.
  func text(of node: Int) -> String? {
    kind(of: node).isText ? String(decoding: bytes(of: node), as: UTF8.self) : nil
  }

  /// The bytes of a scalar's text.
  func bytes(of node: Int) -> ArraySlice<UInt8> {
    texts[Int(nodes[node].start)..<Int(nodes[node].start + nodes[node].count)]
  }

  /// Whether nothing stands there.
  func isNull(_ node: Int) -> Bool {
    guard kind(of: node) == .plain else { return false }
    let text = bytes(of: node)
    return text.isEmpty || text.elementsEqual("~".utf8) || text.elementsEqual("null".utf8)
  }

  /// What stands in a list, or the keys and values of a mapping in turn.
  func children(of node: Int) -> [Int] {
    var children: [Int] = []
    var next = node + 1
    while next < nodes[node].end {
      children.append(next)
      next = Int(nodes[next].end)
    }
    return children
  }

  /// The keys and values of a mapping.
  func entries(of node: Int) -> [(key: Int, value: Int)] {
    let children = children(of: node)
    return stride(from: 0, to: children.count - 1, by: 2).map {
      (children[$0], children[$0 + 1])
    }
  }
}

extension YAMLDocument {
  /// Whether another file says the same, wherever and in whatever form.
  func says(_ other: YAMLDocument) -> Bool {
    texts == other.texts
      && nodes.elementsEqual(other.nodes) {
        ($0.kind, $0.count, $0.end) == ($1.kind, $1.count, $1.end)
      }
  }

  /// The file without one text of a list.
  func without(_ item: Int) -> YAMLDocument {
    var rest = self
    let gone = rest.nodes.remove(at: item)
    rest.texts.removeSubrange(Int(gone.start)..<Int(gone.start + gone.count))
    for index in rest.nodes.indices {
      if index >= item { rest.nodes[index].start -= gone.count }
      if rest.nodes[index].end > item { rest.nodes[index].end -= 1 }
    }
    return rest
  }
}
