public import Foundation

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
  /// It may leave, but not before a moment; the findings say why.
  case delayed(ApprovedText, until: Date, [PolicyFinding])
  /// A person must take over: something is missing that cannot be supplied, or a machine may not
  /// decide this.
  case escalated([PolicyFinding])
  /// It is not to be sent at all.
  case suppressed([PolicyFinding])
  /// It may not leave.
  case blocked([PolicyFinding])

  /// Rules on a text by what was found in it: the strictest action decides.
  /// - Parameters:
  ///   - text: the text, as it would leave.
  ///   - found: what fired in it.
  ///   - mended: what fired in earlier forms of it and has been removed or supplied since.
  init(_ text: String, found: [PolicyFinding], mended: [PolicyFinding]) {
    let all = mended + found
    switch found.map(\.action).max() {
    case nil, .warn, .alert:
      self =
        mended.isEmpty ? .passed(ApprovedText(text), found) : .changed(ApprovedText(text), all)
    case .delay:
      let until = found.compactMap(\.notBefore).max() ?? .distantFuture
      self = .delayed(ApprovedText(text), until: until, all)
    case .require, .escalate: self = .escalated(all)
    case .suppress: self = .suppressed(all)
    case .redact, .block: self = .blocked(all)
    }
  }

  /// Every rule that fired.
  public var findings: [PolicyFinding] {
    switch self {
    case .passed(_, let findings), .changed(_, let findings), .delayed(_, _, let findings),
      .escalated(let findings), .suppressed(let findings), .blocked(let findings):
      findings
    }
  }

  /// The text where it may leave now.
  public var text: ApprovedText? {
    switch self {
    case .passed(let text, _), .changed(let text, _): text
    case .delayed, .escalated, .suppressed, .blocked: nil
    }
  }
}
