internal import Yams

/// What is written into a YAML file, in the order in which it is to stand there.
public indirect enum YAMLText: Sendable {
  /// A number, truth value or plain word.
  case word(String)
  /// What a person wrote: quoted, and over several lines where it has them.
  case text(String)
  /// A list, an item a line.
  case list([YAMLText])
  /// A mapping, an entry a line, or all on one where it is small.
  case mapping([(key: String, value: YAMLText)], isOnOneLine: Bool = false)

  /// The file: readers of YAML find in it what was put in.
  public var yaml: String {
    // Nothing of the above can fail to be written.
    (try? Yams.serialize(node: node, width: -1, allowUnicode: true)) ?? ""
  }

  private var node: Node {
    switch self {
    case .word(let word): Node(word)
    case .text(let text):
      Node.scalar(
        Node.Scalar(text, .implicit, text.contains("\n") ? .literal : .singleQuoted))
    case .list(let items): Node.sequence(Node.Sequence(items.map(\.node)))
    case .mapping(let entries, let isOnOneLine):
      Node.mapping(
        Node.Mapping(
          entries.map { (Node($0.key), $0.value.node) }, .implicit, isOnOneLine ? .flow : .block))
    }
  }
}
