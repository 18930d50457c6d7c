/// Which form of a word goes with a number: the cardinal plural categories of Unicode CLDR.
///
/// Source of the rules: CLDR, "Language Plural Rules" (supplemental/plurals.xml).
public enum PluralCategory: String, Sendable, CaseIterable {
  /// 1 dzień, 1 day
  case one
  /// 2 dni, 2 dny
  case few
  /// 5 dni
  case many
  /// 1,5 dnia, 5 days
  case other

  /// The categories that a language uses.
  /// - Parameter locale: the language.
  /// - Returns: its categories; `other` is among them in every language.
  public static func used(in locale: LocaleTag) -> Set<PluralCategory> {
    switch locale.language {
    case "pl", "cs", "sk": [.one, .few, .many, .other]
    case "ro": [.one, .few, .other]
    default: [.one, .other]
    }
  }

  /// The category of a number.
  /// - Parameters:
  ///   - integer: the digits before the decimal mark, without sign (CLDR's operand i).
  ///   - fractionDigits: how many digits are shown after the mark (operand v).
  ///   - locale: the language.
  public init(integer: Int, fractionDigits: Int = 0, in locale: LocaleTag) {
    let isWhole = fractionDigits == 0
    let (tens, units) = (integer % 100, integer % 10)
    self =
      switch locale.language {
      case "pl":
        if !isWhole {
          .other
        } else if integer == 1 {
          .one
        } else if (2...4).contains(units), !(12...14).contains(tens) {
          .few
        } else {
          .many
        }
      case "cs", "sk":
        if !isWhole {
          .many
        } else if integer == 1 {
          .one
        } else if (2...4).contains(integer) {
          .few
        } else {
          .other
        }
      case "ro":
        if isWhole, integer == 1 {
          .one
        } else if !isWhole || integer == 0 || (1...19).contains(tens) {
          .few
        } else {
          .other
        }
      default: isWhole && integer == 1 ? .one : .other
      }
  }
}
