/// Arithmetic by which a parcel number proves itself.
///
/// A number whose digits do not agree is not that carrier's, however much it looks like it.
package enum CheckDigit: String, Sendable, CaseIterable {
  /// UPU S10: two letters, eight digits, a check digit, two letters.
  case s10
  /// GS1 mod 10 (SSCC, EAN): weights 3 and 1 in turn from the right.
  case mod10 = "gs1"
  /// ISO/IEC 7064 mod 37,36 over digits and letters, the last character being the check.
  case mod37x36 = "mod37_36"
  /// The last digit is the rest of the others divided by seven.
  case mod7
  /// UPS: after `1Z`, odd places doubled, letters as (ASCII − 63) mod 10.
  case ups
  /// FedEx Express: weights 3, 1, 7 in turn, mod 11, mod 10.
  case fedex

  /// Whether a number is consistent.
  /// - Parameter number: letters and digits in upper case, nothing else.
  /// - Returns: true where the check holds.
  package func holds(for number: String) -> Bool {
    let bytes = Array(number.utf8)
    switch self {
    case .s10:
      guard bytes.count == 13, let digits = digits(bytes[2..<11]) else { return false }
      let sum = zip(digits, [8, 6, 4, 2, 3, 5, 9, 7]).reduce(0) { $0 + $1.0 * $1.1 }
      let rest = 11 - sum % 11
      return digits[8] == (rest == 10 ? 0 : rest == 11 ? 5 : rest)
    case .mod10:
      guard let digits = digits(bytes[...]), digits.count > 1 else { return false }
      let sum = digits.reversed().enumerated().reduce(0) {
        $0 + $1.element * ($1.offset.isMultiple(of: 2) ? 1 : 3)
      }
      return sum.isMultiple(of: 10)
    case .mod37x36:
      guard bytes.count > 1 else { return false }
      var state = 36
      for byte in bytes.dropLast() {
        guard let value = alphanumeric(byte) else { return false }
        state = (state + value) % 36
        state = (state == 0 ? 36 : state) * 2 % 37
      }
      guard let last = bytes.last.flatMap(alphanumeric) else { return false }
      return (state + last) % 36 == 1
    case .mod7:
      guard let digits = digits(bytes[...]), let last = digits.last, digits.count > 1 else {
        return false
      }
      return digits.dropLast().reduce(0) { ($0 * 10 + $1) % 7 } == last
    case .ups:
      guard bytes.count == 18, let last = digits(bytes[17...])?.first else { return false }
      let sum = bytes[2..<17].enumerated().reduce(0) { sum, entry in
        let isDigit = (48...57).contains(entry.element)
        let value = isDigit ? Int(entry.element) - 48 : (Int(entry.element) - 63) % 10
        return sum + (entry.offset.isMultiple(of: 2) ? value * 2 : value)
      }
      return (10 - sum % 10) % 10 == last
    case .fedex:
      guard let digits = digits(bytes[...]), digits.count == 12 else { return false }
      let weights = [3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]
      let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
      return sum % 11 % 10 == digits[11]
    }
  }

  private func digits(_ bytes: ArraySlice<UInt8>) -> [Int]? {
    let digits = bytes.compactMap { (48...57).contains($0) ? Int($0) - 48 : nil }
    return digits.count == bytes.count ? digits : nil
  }

  private func alphanumeric(_ byte: UInt8) -> Int? {
    switch byte {
    case 48...57: Int(byte) - 48
    case 65...90: Int(byte) - 55
    default: nil
    }
  }
}
