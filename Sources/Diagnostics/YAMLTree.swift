/// A value of a YAML file whose shape is its author's own, with the place of everything in it.
public indirect enum YAMLTree: Sendable {
  /// Text, or a number or truth value as written.
  case scalar(Located<String>, isQuoted: Bool)
  /// A list.
  case list([YAMLTree], at: SourceLocation)
  /// A mapping, in the order of the file.
  case mapping([(key: Located<String>, value: YAMLTree)], at: SourceLocation)
  /// Nothing.
  case null(at: SourceLocation)

  /// Where it begins.
  public var location: SourceLocation {
    switch self {
    case .scalar(let text, _): text.location
    case .list(_, let place), .mapping(_, let place), .null(let place): place
    }
  }
}

extension YAMLMapping {
  /// The value of a key with all its places.
  /// - Parameter key: the key.
  /// - Returns: the value, or nil where it is absent or null.
  public func tree(_ key: String) -> YAMLTree? { node(key).map(tree(of:)) }

  private func tree(of node: Int) -> YAMLTree {
    let place = location(of: node)
    switch document.kind(of: node) {
    case .list: return .list(document.children(of: node).map(tree(of:)), at: place)
    case .mapping:
      return .mapping(
        document.entries(of: node).compactMap { entry in
          document.text(of: entry.key).map {
            (Located($0, at: location(of: entry.key)), tree(of: entry.value))
          }
        }, at: place)
    case .plain, .quoted:
      guard !document.isNull(node), let text = document.text(of: node) else {
        return .null(at: place)
      }
      return .scalar(Located(text, at: place), isQuoted: document.kind(of: node) == .quoted)
    }
  }
}
