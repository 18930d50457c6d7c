package import Diagnostics
public import Language

/// The identifier of an intent, part of the public interface: `parcel_location`.
public struct IntentID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The identifier's text.
  public let description: String

  /// Takes an identifier.
  /// - Parameter text: lower-case ASCII letters and `_`; nil for anything else.
  public init?(_ text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy({ (97...122).contains($0) || $0 == 95 }) else {
      return nil
    }
    description = text
  }

  private init(known: String) { description = known }

  /// What a buyer means who wants no more messages: its record the responder keeps itself.
  package static let optOut = IntentID(known: "opt_out")
  /// What a buyer means who wants nothing more: no answer is owed.
  package static let thanks = IntentID(known: "thanks")

  /// Orders identifiers as their text.
  public static func < (left: IntentID, right: IntentID) -> Bool {
    left.description < right.description
  }
}

/// What a buyer may want, and how that is recognised: the content of one file of `Intents/`.
public struct Intent: Sendable {
  /// A combination of concepts, for every language, as its author wrote it.
  struct Rule: Sendable {
    let combination: Located<String>
    let points: Double
  }

  /// An expression over the clauses of one language.
  struct Pattern: Sendable {
    let match: Located<String>
    /// It runs only in clauses where all of these combinations of concepts stand.
    let gate: [Located<String>]
    let points: Double
  }

  /// How the intent is recognised in one language, beyond concepts.
  struct Wording: Sendable {
    let label: String
    let patterns: [Pattern]
    let keywords: [(entry: Located<String>, points: Double)]
    let examples: [Located<String>]
    let counterExamples: [Located<String>]
  }

  /// The identifier, which is also the file's name.
  public let id: IntentID
  /// What the buyer means by it, in one line.
  public let meaning: String
  /// How risky it is to get it wrong: 0 for ordinary intents, then 1 to 7, decided first.
  public let risk: Int
  /// The intents before which this one stands back.
  let yieldsTo: Set<IntentID>
  /// Whether it is a mere greeting or thanks: it stands back before every other intent, nobody is asked
  /// whether it is meant, and it takes less to be answered.
  let isSmallTalk: Bool
  /// Whether nobody is asked to their face if they mean it: an insult, a lawsuit.
  let isNeverAsked: Bool
  /// Whether a buyer may be asked if this is meant.
  package var isChoice: Bool { !isSmallTalk && !isNeverAsked && !isOutOfScope }
  /// The points with which the intent starts: below zero for what is rarely asked.
  package let bias: Double
  let rules: [Rule]
  let wordings: [LocaleTag: Wording]
  /// Where the file begins.
  package let location: SourceLocation

  /// The name of the file that lists messages which no intent may claim.
  package static let outOfScope = "out_of_scope"

  /// Whether this is no intent, but the list of messages which none may claim.
  package var isOutOfScope: Bool { id.description == Self.outOfScope }

  /// The name by which a buyer is asked whether this is meant.
  /// - Parameter locale: the buyer's language.
  /// - Returns: the name, where the intent has one in that language.
  public func label(in locale: LocaleTag) -> String? { wordings[locale]?.label }

  /// Messages that must be read as this intent, and messages that must not.
  /// - Parameter locale: their language.
  /// - Returns: both lists, as the file has them.
  package func examples(in locale: LocaleTag) -> (
    examples: [Located<String>], counterExamples: [Located<String>]
  ) {
    let wording = wordings[locale]
    return (wording?.examples ?? [], wording?.counterExamples ?? [])
  }

  /// What an author has given points to, and where the points stand.
  package struct Weighed: Sendable, Hashable {
    /// What kind of rule it is.
    package let kind: Evidence.Kind
    /// The rule as its author wrote it.
    package let rule: String
    /// The language that it belongs to; nil for all.
    package let locale: LocaleTag?
    /// Its points.
    package let points: Double
    /// Where it stands.
    package let location: SourceLocation
  }

  /// Everything that an author gives points to: combinations and keywords.
  package var weighed: [Weighed] {
    rules.map {
      Weighed(
        kind: .concepts, rule: $0.combination.value, locale: nil, points: $0.points,
        location: $0.combination.location)
    }
      + wordings.sorted { $0.key < $1.key }.flatMap { locale, wording in
        wording.keywords.map {
          Weighed(
            kind: .keyword, rule: $0.entry.value, locale: locale, points: $0.points,
            location: $0.entry.location)
        }
      }
  }

  /// The keywords and patterns of single languages.
  package var ofOneLanguage: [Weighed] {
    weighed.filter { $0.locale != nil }
      + wordings.sorted { $0.key < $1.key }.flatMap { locale, wording in
        wording.patterns.map {
          Weighed(
            kind: .pattern, rule: $0.match.value, locale: locale, points: $0.points,
            location: $0.match.location)
        }
      }
  }

  /// The languages in which the intent is recognised.
  package var locales: [LocaleTag] { wordings.keys.sorted() }
}
