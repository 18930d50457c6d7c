internal import Yams

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

  private func tree(of node: Node) -> YAMLTree {
    let place = location(of: node)
    switch node {
    case .sequence(let items): return .list(items.map(tree(of:)), at: place)
    case .mapping(let entries):
      return .mapping(
        entries.compactMap { entry in
          entry.key.scalar.map {
            (Located($0.string, at: location(of: entry.key)), tree(of: entry.value))
          }
        }, at: place)
    case .scalar(let scalar):
      let isQuoted = scalar.style != .plain
      if !isQuoted, ["", "~", "null"].contains(scalar.string) { return .null(at: place) }
      return .scalar(Located(scalar.string, at: place), isQuoted: isQuoted)
    case .alias: return .null(at: place)
    }
  }
}
