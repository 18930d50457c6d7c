internal import Foundation

/// A number that filters compute with, whole as long as whole numbers suffice.
enum Number {
  case integer(Int)
  case decimal(Decimal)

  /// Reads `12`, `-12` or `12.5`, with spaces around it.
  init?(_ text: String) {
    let bytes = Array(text.utf8).trimmed
    let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
    let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else {
      return nil
    }
    let written = String(decoding: bytes, as: UTF8.self)
    if parts.count == 1, let whole = Int(written) {
      self = .integer(whole)
    } else if let decimal = Decimal(string: written, locale: Locale(identifier: "en_US_POSIX")) {
      self = .decimal(decimal)
    } else {
      return nil
    }
  }

  /// A value as a number: where it is none, the digits that it begins with, or zero.
  init(leniently value: Value) {
    switch value {
    case .integer(let number): self = .integer(number)
    case .decimal(let number): self = .decimal(number)
    case .string(let text):
      if let number = Number(text) {
        self = number
      } else {
        let bytes = Array(text.utf8).trimmed
        let sign = bytes.prefix { $0 == UInt8(ascii: "-") }.prefix(1)
        let digits = sign + bytes.dropFirst(sign.count).prefix(while: isDigit)
        self = .integer(Int(String(decoding: digits, as: UTF8.self)) ?? 0)
      }
    default: self = .integer(0)
    }
  }

  var decimal: Decimal {
    switch self {
    case .integer(let number): Decimal(number)
    case .decimal(let number): number
    }
  }

  var value: Value {
    switch self {
    case .integer(let number): .integer(number)
    case .decimal(let number): .decimal(number)
    }
  }

  /// The number without its fraction, at most as large as a whole number can be.
  var truncated: Int {
    switch self {
    case .integer(let number): number
    case .decimal(let number):
      Int(number.description.prefix { $0 != "." }) ?? (number < 0 ? Int.min : Int.max)
    }
  }

  var isZero: Bool { decimal == 0 }
}

extension Value {
  /// The whole number that a value is or reads as, if it has no fraction.
  var wholeNumber: Int? {
    switch self {
    case .integer(let number): return number
    case .string(let text):
      guard case .integer(let number)? = Number(text) else { return nil }
      return number
    default: return nil
    }
  }
}

extension [UInt8] {
  /// The bytes without spaces at their ends.
  var trimmed: ArraySlice<UInt8> {
    var slice = drop(while: isSpace)
    while let last = slice.last, isSpace(last) { slice.removeLast() }
    return slice
  }
}
