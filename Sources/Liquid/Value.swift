public import Foundation

/// What templates compute with.
///
/// Numbers with a fraction are decimal, not binary: templates print amounts of money, and the
/// reference computes with decimals too.
public indirect enum Value: Sendable, Hashable {
  /// Nothing at all: an undefined variable, or `nil`.
  case nothing
  /// true or false
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A number with a fraction, exact in decimal.
  case decimal(Decimal)
  /// Text.
  case string(String)
  /// A list.
  case list([Value])
  /// Values by name. Walked in the order of the names, so that the same data give the same text.
  case object([String: Value])
  /// The whole numbers from one to another, none if the second is the smaller.
  case range(from: Int, through: Int)
  /// The word `empty`, which equals every text, list and object without content.
  case empty
  /// The word `blank`, which equals whatever is empty, nothing, false, or text of spaces alone.
  case blank

  /// Whether a condition takes the value for true: everything but nothing and false, also the empty
  /// text and zero.
  public var isTruthy: Bool {
    switch self {
    case .nothing, .bool(false): false
    default: true
    }
  }

  /// The value as it is printed.
  public var text: String {
    switch self {
    case .nothing, .empty, .blank: ""
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .decimal(let number): number.description + (number.hasFractionDigits ? "" : ".0")
    case .string(let text): text
    case .list(let values): values.map(\.text).joined()
    case .range(let first, let last): "\(first)..\(last)"
    case .object: inspected
    }
  }

  /// The value as a number, where it is one or reads as one.
  public var number: Decimal? {
    switch self {
    case .integer(let number): Decimal(number)
    case .decimal(let number): number
    case .string(let text): Number(text)?.decimal
    default: nil
    }
  }

  /// The value as the reference shows what stands inside an object.
  private var inspected: String {
    switch self {
    case .nothing: return "nil"
    case .string(let text): return "\"\(text)\""
    case .list(let values): return "[\(values.map(\.inspected).joined(separator: ", "))]"
    case .object(let fields):
      let shown = fields.sorted { $0.key < $1.key }.map { "\"\($0)\" => \($1.inspected)" }
      return "{\(shown.joined(separator: ", "))}"
    default: return text
    }
  }
}

extension Decimal {
  /// Whether the number is written with digits behind the point.
  fileprivate var hasFractionDigits: Bool { description.utf8.contains(UInt8(ascii: ".")) }
}
