internal import Yams

/// A value of a YAML file whose shape is the author's own affair: a fact that templates may name.
public indirect enum YAMLValue: Sendable, Hashable {
  /// Plain text, and whatever is neither a number nor a truth value.
  case text(String)
  /// A number, as written.
  case number(String)
  /// true or false
  case flag(Bool)
  /// A list.
  case list([YAMLValue])
  /// A mapping.
  case mapping([String: YAMLValue])
}

extension YAMLMapping {
  /// The value of a key, whatever its shape.
  /// - Parameter key: the key.
  /// - Returns: the value, or nil where it is absent or null.
  public func value(_ key: String) -> YAMLValue? { node(key).map(YAMLValue.init) }
}

extension YAMLValue {
  fileprivate init(_ node: Node) {
    switch node {
    case .sequence(let items): self = .list(items.map(YAMLValue.init))
    case .mapping(let entries):
      self = .mapping(
        Dictionary(
          entries.compactMap { entry in
            entry.key.scalar.map { ($0.string, YAMLValue(entry.value)) }
          }, uniquingKeysWith: { first, _ in first }))
    case .scalar(let scalar) where scalar.style == .plain:
      if let flag = ["true": true, "false": false][scalar.string] {
        self = .flag(flag)
      } else {
        self = Double(scalar.string) == nil ? .text(scalar.string) : .number(scalar.string)
      }
    case .scalar(let scalar): self = .text(scalar.string)
    case .alias: self = .text("")
    }
  }
}
