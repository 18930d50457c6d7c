public import Foundation

/// What templates compute with.
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
  /// Values by name.
  case object([String: Value])

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
    case .nothing: ""
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .decimal(let number):
      number == Decimal(Int(truncating: number as NSDecimalNumber))
        ? "\(number).0" : number.description
    case .string(let text): text
    case .list(let values): values.map(\.text).joined()
    case .object: ""
    }
  }

  /// The value as a number, where it is one or reads as one.
  public var number: Decimal? {
    switch self {
    case .integer(let number): Decimal(number)
    case .decimal(let number): number
    case .string(let text):
      text.utf8.allSatisfy { (48...57).contains($0) || $0 == 45 || $0 == 46 }
        ? Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) : nil
    default: nil
    }
  }

  /// A number in the form it has without needless fractions.
  /// - Parameters:
  ///   - number: the number.
  ///   - isWhole: whether it came from whole numbers only.
  /// - Returns: an integer where all were, else a decimal.
  static func number(_ number: Decimal, isWhole: Bool) -> Value {
    guard isWhole, number.isFinite, abs(number) < Decimal(Int.max) else { return .decimal(number) }
    return .integer(Int(truncating: number as NSDecimalNumber))
  }

  /// A member of the value by name: a field, or what lists and texts tell of themselves.
  func member(_ name: String) -> Value {
    switch (self, name) {
    case (.object(let fields), _) where fields[name] != nil: fields[name] ?? .nothing
    case (.object(let fields), "size"): .integer(fields.count)
    case (.list(let values), "size"): .integer(values.count)
    case (.list(let values), "first"): values.first ?? .nothing
    case (.list(let values), "last"): values.last ?? .nothing
    case (.string(let text), "size"): .integer(text.count)
    default: .nothing
    }
  }

  /// An element by index, counted from the end where negative, or a member by name.
  func element(_ key: Value) -> Value {
    switch (self, key) {
    case (.list(let values), .integer(let index)):
      let place = index < 0 ? values.count + index : index
      return values.indices.contains(place) ? values[place] : .nothing
    case (_, .string(let name)): return member(name)
    default: return .nothing
    }
  }

  /// Whether two values are the same, numbers by their size.
  func equals(_ other: Value) -> Bool {
    switch (self, other) {
    case (.integer, .decimal), (.decimal, .integer): number == other.number
    default: self == other
    }
  }
}
