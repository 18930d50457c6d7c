/// The rules by which a language chooses the form that goes with a number.
///
/// Source: Unicode CLDR, supplemental/plurals.xml (cardinal), in the notation of UTS #35, part 3,
/// "Language Plural Rules". A language that is not in the table has the one form `other`.
public struct PluralRules: Sendable {
  /// The categories that the language uses, `other` last.
  public let categories: [PluralCategory]
  private let conditions: [(category: PluralCategory, condition: PluralCondition)]

  /// The rules of a locale: its own, or those of its language.
  /// - Parameter locale: the locale.
  public init(for locale: LocaleTag) {
    let names = [locale.description, locale.language]
    let family = names.lazy.compactMap { name in
      Self.families.first { $0.languages.split(separator: " ").contains { $0 == name } }
    }.first
    conditions = (family?.rules ?? [:]).map { ($0.key, PluralCondition($0.value)) }
    categories = conditions.map(\.category) + [.other]
  }

  /// The category of a number.
  /// - Parameter number: the number as it is shown, with a point: `1`, `1.50`; `1.0` is not `1`.
  /// - Returns: the category; `other` for what is no number.
  public func category(of number: String) -> PluralCategory {
    let operands = PluralOperands(number)
    return conditions.first { $0.condition.holds(for: operands) }?.category ?? .other
  }

  private static let slavic = "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"
  private static let millions = "i != 0 and i % 1000000 = 0 and v = 0"

  /// Languages that share their rules; what no rule takes is `other`.
  private static let families: [(languages: String, rules: KeyValuePairs<PluralCategory, String>)] =
    [
      ("de en et fi fy gl nl sv sw ur yi", [.one: "i = 1 and v = 0"]),
      (
        "af az bg el eo eu fo hu ka kk ku ky lb ml mn mr nb ne nn no rm sq ta te tk tr ug uz",
        [.one: "n = 1"]
      ),
      ("am as bn fa gu hi kn zu", [.one: "i = 0 or n = 1"]),
      ("hy", [.one: "i = 0,1"]),
      ("ln mg pa ti", [.one: "n = 0..1"]),
      ("da", [.one: "n = 1 or t != 0 and i = 0,1"]),
      ("is", [.one: "t = 0 and i % 10 = 1 and i % 100 != 11 or t != 0"]),
      (
        "mk", [.one: "v = 0 and i % 10 = 1 and i % 100 != 11 or f % 10 = 1 and f % 100 != 11"]
      ),
      (
        "fil tl",
        [.one: "v = 0 and i = 1,2,3 or v = 0 and i % 10 != 4,6,9 or v != 0 and f % 10 != 4,6,9"]
      ),
      (
        "lv",
        [
          .zero: "n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19",
          .one: "n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11 "
            + "or v != 2 and f % 10 = 1",
        ]
      ),
      ("ro mo", [.one: "i = 1 and v = 0", .few: "v != 0 or n = 0 or n % 100 = 2..19"]),
      (
        "bs hr sh sr",
        [
          .one: "v = 0 and i % 10 = 1 and i % 100 != 11 or f % 10 = 1 and f % 100 != 11",
          .few: slavic + " or f % 10 = 2..4 and f % 100 != 12..14",
        ]
      ),
      ("fr", [.one: "i = 0,1", .many: millions]),
      ("pt", [.one: "i = 0..1", .many: millions]),
      ("ca it pt-PT", [.one: "i = 1 and v = 0", .many: millions]),
      ("es", [.one: "n = 1", .many: millions]),
      (
        "sl",
        [
          .one: "v = 0 and i % 100 = 1", .two: "v = 0 and i % 100 = 2",
          .few: "v = 0 and i % 100 = 3..4 or v != 0",
        ]
      ),
      (
        "dsb hsb",
        [
          .one: "v = 0 and i % 100 = 1 or f % 100 = 1",
          .two: "v = 0 and i % 100 = 2 or f % 100 = 2",
          .few: "v = 0 and i % 100 = 3..4 or f % 100 = 3..4",
        ]
      ),
      (
        "he iw",
        [
          .one: "i = 1 and v = 0", .two: "i = 2 and v = 0",
          .many: "v = 0 and n != 0..10 and n % 10 = 0",
        ]
      ),
      (
        "cs sk", [.one: "i = 1 and v = 0", .few: "i = 2..4 and v = 0", .many: "v != 0"]
      ),
      (
        "pl",
        [
          .one: "i = 1 and v = 0", .few: slavic,
          .many: "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 "
            + "or v = 0 and i % 100 = 12..14",
        ]
      ),
      (
        "be",
        [
          .one: "n % 10 = 1 and n % 100 != 11", .few: "n % 10 = 2..4 and n % 100 != 12..14",
          .many: "n % 10 = 0 or n % 10 = 5..9 or n % 100 = 11..14",
        ]
      ),
      (
        "lt",
        [
          .one: "n % 10 = 1 and n % 100 != 11..19", .few: "n % 10 = 2..9 and n % 100 != 11..19",
          .many: "f != 0",
        ]
      ),
      (
        "mt",
        [.one: "n = 1", .few: "n = 0 or n % 100 = 2..10", .many: "n % 100 = 11..19"]
      ),
      (
        "ru uk",
        [
          .one: "v = 0 and i % 10 = 1 and i % 100 != 11", .few: slavic,
          .many: "v = 0 and i % 10 = 0 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 11..14",
        ]
      ),
      ("ga", [.one: "n = 1", .two: "n = 2", .few: "n = 3..6", .many: "n = 7..10"]),
      (
        "ar",
        [
          .zero: "n = 0", .one: "n = 1", .two: "n = 2", .few: "n % 100 = 3..10",
          .many: "n % 100 = 11..99",
        ]
      ),
      (
        "cy", [.zero: "n = 0", .one: "n = 1", .two: "n = 2", .few: "n = 3", .many: "n = 6"]
      ),
    ]
}

/// What the rules ask of a number: CLDR's operands.
private struct PluralOperands {
  /// The whole part.
  var i = 0
  /// How many digits are shown behind the point.
  var v = 0
  /// Those digits as a number.
  var f = 0
  /// The same without zeros at the end.
  var t = 0

  init(_ number: String) {
    let parts = number.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    i = parts.first.flatMap { Int($0) } ?? 0
    guard parts.count > 1 else { return }
    v = parts[1].count
    f = Int(parts[1]) ?? 0
    t = Int(String(parts[1].reversed().drop { $0 == "0" }.reversed())) ?? 0
  }
}

/// A condition as CLDR writes it: relations joined by `and`, and those by `or`.
private struct PluralCondition: Sendable {
  private struct Relation: Sendable {
    var operand: Character = "n"
    var modulus: Int?
    var isNegated = false
    var ranges: [ClosedRange<Int>] = []

    func holds(for operands: PluralOperands) -> Bool {
      let value =
        switch operand {
        case "v": operands.v
        case "f": operands.f
        case "t": operands.t
        default: operands.i
        }
      // A number with a fraction is in no range of whole numbers.
      let isWhole = operand != "n" || operands.t == 0
      let reduced = modulus.map { value % $0 } ?? value
      return (isWhole && ranges.contains { $0.contains(reduced) }) != isNegated
    }
  }

  private let alternatives: [[Relation]]

  init(_ text: String) {
    alternatives = text.split(separator: " or ").map { alternative in
      alternative.split(separator: " and ").map { relation in
        var result = Relation()
        let words = relation.split(separator: " ")
        for (place, word) in words.enumerated() {
          switch word {
          case "%": break
          case "=": result.isNegated = false
          case "!=": result.isNegated = true
          case _ where place == 0: result.operand = word.first ?? "n"
          case _ where words[place - 1] == "%": result.modulus = Int(word)
          default:
            result.ranges = word.split(separator: ",").compactMap { range in
              let ends = range.split(separator: ".").compactMap { Int($0) }
              guard let first = ends.first, let last = ends.last, first <= last else { return nil }
              return first...last
            }
          }
        }
        return result
      }
    }
  }

  func holds(for operands: PluralOperands) -> Bool {
    alternatives.contains { $0.allSatisfy { $0.holds(for: operands) } }
  }
}
