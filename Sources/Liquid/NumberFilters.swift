internal import Foundation

extension FilterTable {
  mutating func addNumberFilters() {
    func arithmetic(
      _ name: String,
      _ compute: @escaping @Sendable (Decimal, Decimal) throws(FilterError) -> Decimal
    ) {
      add(name, arguments: 1...1) { value, arguments throws(FilterError) in
        guard let left = value.number, let right = arguments[0].number else {
          throw FilterError("needs numbers")
        }
        return .number(
          try compute(left, right), isWhole: value.isWhole && arguments[0].isWhole)
      }
    }
    arithmetic("plus") { $0 + $1 }
    arithmetic("minus") { $0 - $1 }
    arithmetic("times") { $0 * $1 }
    arithmetic("at_least") { max($0, $1) }
    arithmetic("at_most") { min($0, $1) }
    add("divided_by", arguments: 1...1) { value, arguments throws(FilterError) in
      guard let left = value.number, let right = arguments[0].number else {
        throw FilterError("needs numbers")
      }
      guard right != 0 else { throw FilterError("cannot divide by zero") }
      let isWhole = value.isWhole && arguments[0].isWhole
      let quotient = left / right
      return .number(isWhole ? quotient.rounded(0, .down) : quotient, isWhole: isWhole)
    }
    add("modulo", arguments: 1...1) { value, arguments throws(FilterError) in
      guard let left = value.number, let right = arguments[0].number else {
        throw FilterError("needs numbers")
      }
      guard right != 0 else { throw FilterError("cannot divide by zero") }
      return .number(
        left - right * (left / right).rounded(0, .down),
        isWhole: value.isWhole && arguments[0].isWhole)
    }
    add("abs") { value, _ throws(FilterError) in
      guard let number = value.number else { throw FilterError("needs a number") }
      return .number(abs(number), isWhole: value.isWhole)
    }
    for (name, mode) in [("ceil", NSDecimalNumber.RoundingMode.up), ("floor", .down)] {
      add(name) { value, _ throws(FilterError) in
        guard let number = value.number else { throw FilterError("needs a number") }
        return .number(number.rounded(0, mode), isWhole: true)
      }
    }
    add("round", arguments: 0...1) { value, arguments throws(FilterError) in
      guard let number = value.number else { throw FilterError("needs a number") }
      let places = arguments[0].number.map { Int(truncating: $0 as NSDecimalNumber) } ?? 0
      return .number(number.rounded(places, .plain), isWhole: places <= 0)
    }
  }
}

extension Decimal {
  fileprivate func rounded(_ places: Int, _ mode: NSDecimalNumber.RoundingMode) -> Decimal {
    let behaviour = NSDecimalNumberHandler(
      roundingMode: mode, scale: Int16(clamping: places), raiseOnExactness: false,
      raiseOnOverflow: false, raiseOnUnderflow: false, raiseOnDivideByZero: false)
    return (self as NSDecimalNumber).rounding(accordingToBehavior: behaviour) as Decimal
  }
}

extension Value {
  /// Whether a number is whole by its type, as the reference tells integers from floats.
  fileprivate var isWhole: Bool {
    switch self {
    case .integer: true
    case .string(let text): !text.contains(".")
    default: false
    }
  }
}
