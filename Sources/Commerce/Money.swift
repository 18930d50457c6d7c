public import Foundation

/// An amount of a currency, exact to the last digit.
public struct Money: Hashable, Sendable {
  /// The amount; never computed in floating point.
  public let amount: Decimal
  /// The currency's code (ISO 4217): `PLN`.
  public let currency: String

  /// Makes an amount.
  /// - Parameters:
  ///   - amount: the amount.
  ///   - currency: three letters; nil for anything else.
  public init?(_ amount: Decimal, currency: String) {
    guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (65...90).contains($0) }) else {
      return nil
    }
    self.amount = amount
    self.currency = currency
  }

  /// Reads a decimal number as the pipe writes it: `61.97`.
  /// - Parameter text: digits with an optional sign and one optional point.
  /// - Returns: the number, or nil where the text is anything else.
  public static func decimal(_ text: String) -> Decimal? {
    let digits = text.first == "-" ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), digits.utf8.count <= 20,
      parts.allSatisfy({ part in
        !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) }
      })
    else { return nil }
    return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
  }
}
