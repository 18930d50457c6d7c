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

/// A rule that fired, and on what.
public struct PolicyFinding: Sendable, Hashable {
  /// What is done about a finding, gravest last.
  public enum Action: String, Sendable, CaseIterable, Comparable {
    /// The text leaves, marked for review.
    case warn
    /// The offending part is removed and the rest is reviewed again.
    case redact
    /// The text does not leave.
    case block

    /// Orders actions by gravity.
    public static func < (left: Action, right: Action) -> Bool { left.rank < right.rank }

    private var rank: Int {
      switch self {
      case .warn: 0
      case .redact: 1
      case .block: 2
      }
    }
  }

  /// How grave a finding is.
  public enum Severity: String, Sendable {
    case warning, error
  }

  /// The rule's identifier: `review-incentive`.
  public let rule: String
  /// What is done about it.
  public let action: Action
  /// The words that it fired on, as they stand in the text.
  public let excerpt: String
  /// Where they stand: offsets into the text's UTF-8.
  public let range: Range<Int>
  /// Where the rule comes from.
  public let source: String
  /// What is wrong, for the person who mends it.
  public let message: String

  /// How grave it is.
  public var severity: Severity { action == .warn ? .warning : .error }
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
