package import Patterns
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
    fileprivate let line: Int32
    /// The column, times four, and the kind.
    private let columnAndKind: Int32
    /// Where the bytes of a text begin; those of the next node begin where they end.
    fileprivate var start: Int32
    /// The node behind this one and all that is in it.
    fileprivate var end: Int32

    fileprivate init(_ kind: Kind, line: Int, column: Int, start: Int) {
      self.line = Int32(clamping: line)
      columnAndKind = Int32(clamping: column & 0xFFF_FFFF) << 2 | kind.rawValue
      self.start = Int32(clamping: start)
      end = 0
    }

    fileprivate var kind: Kind { Kind(rawValue: columnAndKind & 3) ?? .plain }
    fileprivate var column: Int { Int(columnAndKind >> 2) }
  }

  /// The nodes, the first of which is the whole file.
  package let nodes: Table<Node>
  /// The texts of all nodes.
  package let texts: Table<UInt8>

  /// Parses a file; nil where it is empty.
  /// - Parameter text: its content.
  /// - Throws: what Yams has against it.
  init?(parsing text: String) throws {
    // Values are read as they are written, so that nothing need be resolved. The encoding is named,
    // since the default is looked up in the environment for every file.
    guard let root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot() else {
      return nil
    }
    var growth = Growth()
    growth.add(root)
    self.init(growth)
  }

  private init(_ growth: Growth) {
    nodes = Table(growth.nodes)
    texts = Table(growth.texts)
  }

  /// Parses a file; nil where it is empty, or not YAML.
  init?(reading source: SourceText) {
    guard let document = try? YAMLDocument(parsing: source.text) else { return nil }
    self = document
  }

  /// Takes up a table that was kept; nil where it is empty.
  package init?(nodes: Table<Node>, texts: Table<UInt8>) {
    guard !nodes.isEmpty else { return nil }
    self.nodes = nodes
    self.texts = texts
  }

  /// A table while it is being filled.
  private struct Growth {
    var nodes: [Node] = []
    var texts: [UInt8] = []

    mutating func add(_ node: Yams.Node) {
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
          kind, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, start: texts.count))
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
  }

  // Reading. A node is named by its number.

  func kind(of node: Int) -> Kind { nodes[node].kind }

  func place(of node: Int) -> (line: Int, column: Int) {
    (Int(nodes[node].line), nodes[node].column)
  }

  /// The text of a scalar; nil for lists and mappings.
  func text(of node: Int) -> String? {
    kind(of: node).isText ? texts.text(bytes(of: node)) : nil
  }

  /// Where a scalar's text stands among the bytes.
  private func bytes(of node: Int) -> Range<Int> {
    let end = node + 1 < nodes.endIndex ? Int(nodes[node + 1].start) : texts.endIndex
    return Int(nodes[node].start)..<end
  }

  /// The first byte of a scalar's text.
  func firstByte(of node: Int) -> UInt8? {
    let bytes = bytes(of: node)
    return bytes.isEmpty ? nil : texts[bytes.lowerBound]
  }

  /// Whether a scalar says just this.
  func says(_ text: String, at node: Int) -> Bool {
    let bytes = bytes(of: node)
    guard bytes.count == text.utf8.count, kind(of: node).isText else { return false }
    var place = bytes.lowerBound
    for byte in text.utf8 {
      if texts[place] != byte { return false }
      place += 1
    }
    return true
  }

  /// Whether nothing stands there.
  func isNull(_ node: Int) -> Bool {
    kind(of: node) == .plain
      && ["", "~", "null"].contains { says($0, at: node) }
  }

  /// The node behind one and all that is in it.
  func node(behind node: Int) -> Int { Int(nodes[node].end) }

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
    texts.elementsEqual(other.texts)
      && nodes.elementsEqual(other.nodes) {
        ($0.kind, $0.start, $0.end) == ($1.kind, $1.start, $1.end)
      }
  }

  /// The file without one text of a list.
  func without(_ item: Int) -> YAMLDocument {
    var rest = Growth(nodes: Array(nodes), texts: Array(texts))
    let bytes = bytes(of: item)
    rest.nodes.remove(at: item)
    rest.texts.removeSubrange(bytes)
    for index in rest.nodes.indices {
      if index >= item { rest.nodes[index].start -= Int32(bytes.count) }
      if rest.nodes[index].end > item { rest.nodes[index].end -= 1 }
    }
    return YAMLDocument(rest)
  }
}
