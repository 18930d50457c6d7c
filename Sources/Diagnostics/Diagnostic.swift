/// Something that is wrong, or doubtful, at one place of a file, with what to do about it.
///
/// Wording: lower case, no full stop, the offending thing in single quotes, then what was
/// expected; the remedy stands apart.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  /// How grave a finding is.
  public enum Severity: String, Sendable, Comparable {
    /// Worth a look; the bot works.
    case warning
    /// The bot does not load, or would not do what its author means.
    case error

    /// Warnings come before errors.
    public static func < (left: Severity, right: Severity) -> Bool {
      left == .warning && right == .error
    }
  }

  /// How grave it is.
  public let severity: Severity
  /// A stable word for this kind of finding, for searching and for tests.
  public let code: String
  /// Where it stands.
  public let location: SourceLocation
  /// What is wrong.
  public let message: String
  /// What to do about it.
  public let remedy: String?
  /// The remedy as a change of the file, where it needs no thought.
  public let mend: Mend?

  /// Makes a finding.
  /// - Parameters:
  ///   - severity: how grave it is.
  ///   - code: a stable word for this kind of finding, in kebab case.
  ///   - location: where it stands.
  ///   - message: what is wrong.
  ///   - remedy: what to do about it.
  ///   - mend: the same as a change of the file.
  public init(
    _ severity: Severity = .error, code: String, at location: SourceLocation, _ message: String,
    remedy: String? = nil, mend: Mend? = nil
  ) {
    self.severity = severity
    self.code = code
    self.location = location
    self.message = message
    self.remedy = remedy
    self.mend = mend
  }

  /// A word that cannot be looked for.
  /// - Parameters:
  ///   - word: the word as it is written.
  ///   - role: what it was to be: `keyword`, `hint`.
  ///   - reason: why it cannot.
  /// - Returns: the finding.
  package static func unusable(
    _ word: Located<String>, as role: String, because reason: String
  ) -> Diagnostic {
    Diagnostic(
      code: "invalid-keyword", at: word.location, "'\(word.value)' cannot be a \(role): \(reason)")
  }

  /// `file:line:column: severity: message; remedy`.
  public var description: String {
    "\(location): \(severity.rawValue): \(message)" + (remedy.map { "; \($0)" } ?? "")
  }
}

/// Content that cannot be used, with every reason at once.
public struct InvalidFiles: Error, Sendable, CustomStringConvertible {
  /// The findings, never empty, sorted by place.
  public let diagnostics: [Diagnostic]

  /// Makes the error of one finding or more.
  /// - Parameters:
  ///   - first: a finding.
  ///   - others: any further ones.
  public init(_ first: Diagnostic, _ others: [Diagnostic] = []) {
    diagnostics = ([first] + others).sorted { $0.location < $1.location }
  }

  /// Makes the error of what was found, if anything in it is an error and not a mere warning.
  /// - Parameter found: findings in any order.
  public init?(_ found: [Diagnostic]) {
    guard let first = found.first(where: { $0.severity == .error }) else { return nil }
    var others = found
    others.removeAll { $0 == first }
    self.init(first, others)
  }

  /// One finding a line.
  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
