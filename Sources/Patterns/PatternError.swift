/// A pattern that PCRE2 refuses, and where.
package struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What PCRE2 says is wrong.
  package let message: String
  /// The byte of the pattern at which it noticed.
  package let offset: Int

  /// The message with its offset.
  package var description: String { "\(message) (at byte \(offset) of the pattern)" }
}
