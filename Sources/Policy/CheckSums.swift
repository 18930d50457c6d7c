/// Arithmetic that tells account, card and identity numbers from other digits.
enum CheckSums {
  /// Payment cards (ISO/IEC 7812, Luhn).
  static func isCard(_ digits: [Int]) -> Bool {
    // Today's cards: fifteen digits from 34 or 37, else sixteen from 2 to 6. Thirteen digits are an
    // EAN far more often than one of the last old cards.
    let begins = digits.prefix(2).reduce(0) { $0 * 10 + $1 }
    guard
      (digits.count == 15 && [34, 37].contains(begins))
        || (digits.count == 16 && (20...69).contains(begins))
    else { return false }
    let sum = digits.reversed().enumerated().reduce(0) { sum, entry in
      guard !entry.offset.isMultiple(of: 2) else { return sum + entry.element }
      let doubled = entry.element * 2
      return sum + (doubled > 9 ? doubled - 9 : doubled)
    }
    return sum.isMultiple(of: 10)
  }

  /// How long the account numbers of a country are (SWIFT, "IBAN Registry").
  private static let lengths: [String: Int] = [
    "at": 20, "be": 16, "bg": 22, "ch": 21, "cz": 24, "de": 22, "dk": 18, "es": 24, "fi": 18,
    "fr": 27, "gb": 22, "gr": 27, "hr": 21, "hu": 28, "ie": 22, "it": 27, "lt": 20, "lu": 20,
    "lv": 21, "nl": 18, "no": 15, "pl": 28, "pt": 25, "ro": 24, "se": 24, "si": 19, "sk": 24,
  ]

  /// Whether a text begins with a bank account: words that follow it do not matter, and words that
  /// only look like one have no country, or too few digits.
  /// - Parameter text: letters and digits in lower case.
  /// - Returns: whether the country, the length and the check digits agree.
  static func beginsWithIBAN(_ text: [UInt8]) -> Bool {
    guard let length = lengths[String(decoding: text.prefix(2), as: UTF8.self)],
      text.count >= length
    else { return false }
    let account = Array(text.prefix(length))
    return account.count { (48...57).contains($0) } * 2 > length && isIBAN(account)
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
