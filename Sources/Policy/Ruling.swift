/// A text that has passed the policy filter: the only kind of text that leaves.
///
/// It can be written as JSON and not read from it, so that no text becomes approved by having been
/// stored.
public struct ApprovedText: Sendable, Hashable, Encodable {
  /// The text.
  public let text: String

  /// Reachable from this file alone: from `Ruling.init`, which knows the findings.
  fileprivate init(_ text: String) { self.text = text }

  /// Writes the text alone.
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    try value.encode(text)
  }
}

/// What the policy filter says of a text.
public enum Ruling: Sendable {
  /// It may leave; the findings are warnings.
  case passed(ApprovedText, [PolicyFinding])
  /// It may leave in this form; the findings say what was removed.
  case changed(ApprovedText, [PolicyFinding])
  /// It may not leave.
  case blocked([PolicyFinding])

  /// Rules on a text by what was found in it.
  /// - Parameters:
  ///   - text: the text, as it would leave.
  ///   - found: what fired in it.
  ///   - removed: what fired in earlier forms of it and has been removed since.
  init(_ text: String, found: [PolicyFinding], removed: [PolicyFinding]) {
    if found.contains(where: { $0.action != .warn }) {
      self = .blocked(removed + found)
    } else if removed.isEmpty {
      self = .passed(ApprovedText(text), found)
    } else {
      self = .changed(ApprovedText(text), removed + found)
    }
  }
}
