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
  public func value(_ key: String) -> YAMLValue? { node(key).map { YAMLValue($0, of: document) } }
}

extension YAMLValue {
  fileprivate init(_ node: Int, of document: YAMLDocument) {
    let text = document.text(of: node) ?? ""
    switch document.kind(of: node) {
    case .list: self = .list(document.children(of: node).map { YAMLValue($0, of: document) })
    case .mapping:
      self = .mapping(
        Dictionary(
          document.entries(of: node).compactMap { entry in
            document.text(of: entry.key).map { ($0, YAMLValue(entry.value, of: document)) }
          }, uniquingKeysWith: { first, _ in first }))
    case .plain:
      if let flag = ["true": true, "false": false][text] {
        self = .flag(flag)
      } else {
        self = Double(text) == nil ? .text(text) : .number(text)
      }
    case .quoted: self = .text(text)
    }
  }
}
