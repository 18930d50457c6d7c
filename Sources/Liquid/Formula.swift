public import Diagnostics
internal import Foundation

/// A value or a condition of the language by itself: what stands between braces, without them.
///
/// Nothing comes of nothing (`Undefined.absent`): `a.b | downcase` has no value where `a.b` has none.
public struct Formula: Sendable {
  /// What a formula is to give.
  public enum Kind: Sendable, Hashable {
    /// A value, with filters: `message.text | default: message.title`.
    case value
    /// Yes or no, as `if` asks: `message.private == true`.
    case condition
  }

  private let template: Template
  private let content: Content

  private enum Content: Sendable {
    case value(FilteredExpression)
    case condition(Condition)
  }

  /// Parses a formula.
  /// - Parameters:
  ///   - text: the formula, and where it stands.
  ///   - kind: what it is to give.
  ///   - filters: the filters that it may use.
  /// - Throws: `InvalidFiles` with every fault, at its place.
  public init(
    _ text: Located<String>, _ kind: Kind = .value, filters: FilterTable = .standard
  ) throws(InvalidFiles) {
    let (opening, closing) = kind == .value ? ("{{ ", " }}") : ("{% if ", " %}{% endif %}")
    do throws(InvalidFiles) {
      template = try Template(
        SourceText(file: text.location.file, text: opening + text.value + closing), filters: filters
      )
    } catch {
      let moved = error.diagnostics.map { $0.moved(to: text.location, past: opening.count) }
      throw InvalidFiles(moved) ?? error
    }
    switch template.nodes.first?.content {
    case .output(let value) where template.nodes.count == 1: content = .value(value)
    case .branches(let branches) where template.nodes.count == 1 && branches.count == 1:
      guard let condition = branches[0].condition else { fallthrough }
      content = .condition(condition)
    default:
      throw InvalidFiles(
        Diagnostic(
          code: "invalid-formula", at: text.location,
          "'\(text.value)' is not one \(kind == .value ? "value" : "condition")",
          remedy: "write it without braces"))
    }
  }

  /// Whether a text of a template is one output alone, and which.
  /// - Parameter text: the text.
  /// - Returns: what stands between its braces, or nil.
  public static func loneOutput(_ text: String) -> String? {
    guard text.hasPrefix("{{"), text.hasSuffix("}}"), text.utf8.count >= 4 else { return nil }
    let inner = text.dropFirst(2).dropLast(2)
    guard !inner.contains("}}"), !inner.contains("{{") else { return nil }
    return inner.trimmingCharacters(in: .whitespaces)
  }

  /// The variable that the formula begins with, as it is written: `message.text.body`; nil for a
  /// literal or a condition.
  public var path: String? {
    guard case .value(let value) = content, case .variable(let variable) = value.expression else {
      return nil
    }
    return variable.description
  }

  /// Computes the value.
  /// - Parameter variables: the values by name.
  /// - Returns: the value, nothing where it is not there; of a condition whether it holds.
  /// - Throws: `RenderError` for what a filter cannot take, and beyond limits.
  public func value(of variables: [String: Value]) throws(RenderError) -> Value {
    var renderer = Renderer(
      template, Scope(outside: variables), { _ in nil }, undefined: .absent, limits: .standard,
      now: nil)
    switch content {
    case .value(let value): return try renderer.value(of: value)
    case .condition(let condition): return .bool(try renderer.holds(condition))
    }
  }
}

extension Diagnostic {
  /// The finding in the file that a formula was taken from.
  fileprivate func moved(to place: SourceLocation, past opening: Int) -> Diagnostic {
    Diagnostic(
      severity, code: code,
      at: SourceLocation(
        file: place.file, line: place.line,
        column: place.column + max(0, location.column - 1 - opening)),
      message, remedy: remedy)
  }
}
