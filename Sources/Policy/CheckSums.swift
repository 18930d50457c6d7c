/// Arithmetic that tells account, card and identity numbers from other digits.
enum CheckSums {
  /// Payment cards (ISO/IEC 7812, Luhn).
  static func isCard(_ digits: [Int]) -> Bool {
    guard (13...19).contains(digits.count), Set(digits).count > 1 else { return false }
    let sum = digits.reversed().enumerated().reduce(0) { sum, entry in
      guard !entry.offset.isMultiple(of: 2) else { return sum + entry.element }
      let doubled = entry.element * 2
      return sum + (doubled > 9 ? doubled - 9 : doubled)
    }
    return sum.isMultiple(of: 10)
  }

  /// Bank accounts (ISO 13616, mod 97).
  /// - Parameter text: letters and digits in lower case.
  /// - Returns: whether the check digits hold.
  static func isIBAN(_ text: [UInt8]) -> Bool {
    guard (15...34).contains(text.count) else { return false }
    var rest = 0
    for byte in text[4...] + text[..<4] {
      switch byte {
      case 48...57: rest = (rest * 10 + Int(byte) - 48) % 97
      case 97...122: rest = (rest * 100 + Int(byte) - 87) % 97
      default: return false
      }
    }
    return rest == 1
  }

  /// A Polish bank account without its country: 26 digits, checked as the IBAN that they make.
  static func isPolishAccount(_ digits: [Int]) -> Bool {
    digits.count == 26 && isIBAN(Array("pl".utf8) + digits.map { UInt8(48 + $0) })
  }
}
