public import Diagnostics

/// Why there is no text.
public struct RenderError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong.
  public enum Kind: Sendable, Hashable {
    /// A value that was to be printed, filtered or walked over is not there, or is an empty text.
    case missing(String)
    /// A value is not of a kind that a text can show: an object, or a list.
    case unprintable(String, String)
    /// A filter cannot do anything with its value.
    case filter(String, String)
    /// A number that must be whole is not.
    case notWhole(String)
    /// A text and a number were to be ordered.
    case incomparable
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
  public var description: String { "\(location): \(reason)" }

  /// What, without the place.
  public var reason: String {
    switch kind {
    case .missing(let path): "'\(path)' has no value"
    case .unprintable(let path, let what): "'\(path)' is \(what) and cannot be printed"
    case .filter(let name, let message): "the filter '\(name)' \(message)"
    case .notWhole(let name): "'\(name)' must be a whole number"
    case .incomparable: "a text and a number cannot be ordered"
    case .limit(let which): "the template exceeds the limit of \(which)"
    case .noTemplate(let name): "there is no template '\(name)'"
    }
  }
}
