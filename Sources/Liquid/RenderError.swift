public import Diagnostics

/// Why there is no text.
public struct RenderError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong.
  public enum Kind: Sendable, Hashable {
    /// A value that was to be printed is not there.
    case missing(String)
    /// A filter cannot do anything with its value.
    case filter(String, String)
    /// The template costs too much.
    case limit(String)
    /// There is no such template.
    case noTemplate(String)
  }

  /// Where.
  public let location: SourceLocation
  /// What.
  public let kind: Kind

  /// Makes an error.
  /// - Parameters:
  ///   - location: where it happened.
  ///   - kind: what happened.
  public init(at location: SourceLocation, _ kind: Kind) {
    self.location = location
    self.kind = kind
  }

  /// `file:line:column: what`.
  public var description: String {
    let what =
      switch kind {
      case .missing(let path): "'\(path)' has no value"
      case .filter(let name, let message): "the filter '\(name)' \(message)"
      case .limit(let which): "the template exceeds the limit of \(which)"
      case .noTemplate(let name): "there is no template '\(name)'"
      }
    return "\(location): \(what)"
  }
}
