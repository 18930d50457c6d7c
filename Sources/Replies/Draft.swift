public import Language
public import Liquid

/// A finished text and where it came from: rendered with every value present, and not yet reviewed.
///
/// Only the template catalog makes one.
public struct Draft: Sendable, Hashable {
  /// The text.
  public let text: String
  /// The templates it was made from, in order.
  public let templates: [String]
  /// The language it is written in.
  public let locale: LocaleTag

  /// The ways that its templates took.
  public let branches: Set<BranchMark>
}
