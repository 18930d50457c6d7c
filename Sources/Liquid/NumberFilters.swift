internal import Foundation

extension FilterTable {
  mutating func addNumberFilters() {
    func arithmetic(
      _ name: String,
      _ compute: @escaping @Sendable (Number, Number) throws(FilterError) -> Number
    ) {
      add(name, arguments: 1...1) { value, arguments throws(FilterError) in
        try compute(
          try arguments.number(value, "needs numbers"),
          try arguments.number(arguments[0], "needs numbers")
        ).value
      }
    }
    arithmetic("plus") { (left, right) throws(FilterError) in try left + right }
    arithmetic("minus") { (left, right) throws(FilterError) in try left - right }
    arithmetic("times") { (left, right) throws(FilterError) in try left * right }
    arithmetic("divided_by") { (left, right) throws(FilterError) in try left / right }
    arithmetic("modulo") { (left, right) throws(FilterError) in try left % right }
    arithmetic("at_least") { $0.decimal < $1.decimal ? $1 : $0 }
    arithmetic("at_most") { $0.decimal > $1.decimal ? $1 : $0 }
    add("abs") { value, arguments throws(FilterError) in
      let number = try arguments.number(value)
      return number.decimal < 0 ? try (Number.integer(0) - number).value : number.value
    }
    add("ceil") { value, arguments throws(FilterError) in
      .integer(try arguments.number(value).rounded(up: true))
    }
    add("floor") { value, arguments throws(FilterError) in
      .integer(try arguments.number(value).rounded(up: false))
    }
    add("round", arguments: 0...1) { value, arguments throws(FilterError) in
      let places = arguments.count == 0 ? 0 : try arguments.number(arguments[0]).truncated
      return try arguments.number(value).rounded(to: places).value
    }
  }
}

/// Whole numbers stay whole, as long as there is room for them.
extension Number {
  static func + (left: Number, right: Number) throws(FilterError) -> Number {
    try compute(left, right, { $0.addingReportingOverflow($1) }, { $0 + $1 })
  }

  static func - (left: Number, right: Number) throws(FilterError) -> Number {
    try compute(left, right, { $0.subtractingReportingOverflow($1) }, { $0 - $1 })
  }

  static func * (left: Number, right: Number) throws(FilterError) -> Number {
    try compute(left, right, { $0.multipliedReportingOverflow(by: $1) }, { $0 * $1 })
  }

  /// Whole numbers are divided into a whole one, the next lower.
  static func / (left: Number, right: Number) throws(FilterError) -> Number {
    if right.isZero { throw FilterError("cannot divide by zero") }
    if case (.integer(let dividend), .integer(let divisor)) = (left, right) {
      let (quotient, overflows) = dividend.dividedReportingOverflow(by: divisor)
      if overflows { throw FilterError("gives a number that is too large") }
      let isBelow = dividend % divisor != 0 && (dividend < 0) != (divisor < 0)
      return .integer(isBelow ? quotient - 1 : quotient)
    }
    let quotient = try checked(left.decimal / right.decimal)
    if quotient * right.decimal == left.decimal { return .decimal(quotient) }
    // A fraction without end is given the digits that the reference gives it: those of a double.
    guard let double = Double(quotient.description),
      case .decimal(let rounded)? = Number(double.description)
    else { return .decimal(quotient) }
    return .decimal(rounded)
  }

  /// The remainder has the sign of the divisor.
  static func % (left: Number, right: Number) throws(FilterError) -> Number {
    if right.isZero { throw FilterError("cannot divide by zero") }
    if case (.integer(let dividend), .integer(let divisor)) = (left, right) {
      let remainder = dividend.remainderReportingOverflow(dividingBy: divisor).partialValue
      let isOpposed = remainder != 0 && (remainder < 0) != (divisor < 0)
      return .integer(isOpposed ? remainder + divisor : remainder)
    }
    let quotient = try Number.decimal(checked(left.decimal / right.decimal)).rounded(up: false)
    return .decimal(try checked(left.decimal - Decimal(quotient) * right.decimal))
  }

  /// The next whole number above or below.
  func rounded(up isUp: Bool) throws(FilterError) -> Int {
    guard case .decimal(let number) = self else { return truncated }
    let whole = truncated
    if whole == Int.max || whole == Int.min {
      throw FilterError("gives a number that is too large")
    }
    if isUp { return Decimal(whole) < number ? whole + 1 : whole }
    return Decimal(whole) > number ? whole - 1 : whole
  }

  /// The number with some digits behind the point, a half rounded away from zero; whole without.
  func rounded(to places: Int) throws(FilterError) -> Number {
    guard case .decimal(let number) = self else { return self }
    // More digits than a decimal has behind the point round nothing.
    if places > 128 { return self }
    if places < -128 { return .integer(0) }
    let behavior = NSDecimalNumberHandler(
      roundingMode: .plain, scale: Int16(places), raiseOnExactness: false, raiseOnOverflow: false,
      raiseOnUnderflow: false, raiseOnDivideByZero: false)
    let rounded = (number as NSDecimalNumber).rounding(accordingToBehavior: behavior) as Decimal
    return places > 0 ? .decimal(rounded) : .integer(try Number.decimal(rounded).rounded(up: false))
  }

  private static func compute(
    _ left: Number, _ right: Number, _ whole: (Int, Int) -> (partialValue: Int, overflow: Bool),
    _ exact: (Decimal, Decimal) -> Decimal
  ) throws(FilterError) -> Number {
    if case (.integer(let left), .integer(let right)) = (left, right) {
      let (result, overflows) = whole(left, right)
      if !overflows { return .integer(result) }
    }
    return .decimal(try checked(exact(left.decimal, right.decimal)))
  }

  private static func checked(_ number: Decimal) throws(FilterError) -> Decimal {
    if number.isNaN { throw FilterError("gives a number that is too large") }
    return number
  }
}
