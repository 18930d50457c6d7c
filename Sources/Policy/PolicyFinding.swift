public import Foundation

/// A rule that fired, and on what.
public struct PolicyFinding: Sendable, Hashable {
  /// What is done about a finding, mildest first (policy-facts, section 1).
  public enum Action: String, Sendable, CaseIterable, Comparable {
    /// The text leaves, marked for review.
    case warn
    /// The text leaves at once, and an alarm is raised.
    case alert = "send-and-alert"
    /// The text leaves at the next allowed moment.
    case delay
    /// The offending part is removed and the rest is reviewed again.
    case redact
    /// Something must be added before the text leaves.
    case require
    /// A person takes the matter over.
    case escalate
    /// The text is not sent at all.
    case suppress
    /// The text does not leave; a person gets it.
    case block

    /// Orders actions by gravity.
    public static func < (left: Action, right: Action) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    /// Whether the text leaves all the same.
    public var letsPass: Bool { self <= .alert }
  }

  /// How grave a finding is.
  public enum Severity: String, Sendable {
    case warning, error
  }

  /// The rule's identifier: `review-incentive`.
  public let rule: String
  /// What is done about it.
  public let action: Action
  /// The words that it fired on, as they stand in the text: its own bytes, however disguised.
  public let excerpt: String
  /// Where they stand: offsets into the UTF-8 of the text that was handed in.
  public let range: Range<Int>
  /// Where the rule comes from.
  public let source: String
  /// From when on the text may leave, for `delay`.
  public var notBefore: Date?
  /// What is wrong, for the person who mends it.
  public let message: String

  /// How grave it is.
  public var severity: Severity { action.letsPass ? .warning : .error }
}
