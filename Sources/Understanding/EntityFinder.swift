package import Patterns

/// A form that numbers of one kind have.
package struct NumberForm: Sendable {
  let kind: Entity.Kind
  let pattern: Pattern
  let check: CheckDigit?

  /// Makes a form.
  /// - Parameters:
  ///   - kind: what such a number is.
  ///   - pattern: an expression over the buyer's text, in either case; it need not say where words
  ///     begin and end.
  ///   - check: the arithmetic that the number must satisfy, if any.
  /// - Throws: `PatternError` for an expression that is wrong.
  package init(_ kind: Entity.Kind, _ pattern: String, check: CheckDigit? = nil)
    throws(PatternError)
  {
    self.kind = kind
    self.check = check
    // Compiled alone first, so that a fault is placed in the author's own text.
    _ = try Pattern(pattern, ignoresCase: true)
    self.pattern = try Pattern("(?<![\\w.@/-])(?:\(pattern))(?![\\w@]|[.,-]\\w)", ignoresCase: true)
  }
}

/// Finds what has a form of its own in a message.
package struct EntityFinder: Sendable {
  private let forms: [NumberForm]

  /// Makes a finder.
  /// - Parameters:
  ///   - orderNumbers: how the shop's own order numbers look.
  ///   - trackingNumbers: how carriers' parcel numbers look.
  /// - Throws: `PatternError` for an expression that is wrong.
  package init(orderNumbers: [NumberForm], trackingNumbers: [NumberForm]) throws(PatternError) {
    // The order decides where forms overlap: a shop's own numbers are meant before anybody else's.
    forms =
      [try NumberForm(.email, #"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"#)]
      + orderNumbers + [
        // Amazon, 3-7-7 digits; Allegro, a UUID (RFC 9562).
        try NumberForm(.orderNumber, #"\d{3}-\d{7}-\d{7}"#),
        try NumberForm(.orderNumber, "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
      ] + trackingNumbers + [
        try NumberForm(.date, #"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}"#),
        try NumberForm(
          .amount,
          #"\d{1,6}(?:[.,]\d{1,2})? ?(?:zł|zl|pln|eur|euro|€|gbp|£|usd|\$|kč|czk|ft|huf|lei|ron)"#
            + #"|[€£$] ?\d{1,6}(?:[.,]\d{1,2})?"#),
        try NumberForm(.percentage, #"\d{1,3}(?:[.,]\d{1,2})? ?(?:%|proc\.?|procent|percent)"#),
        try NumberForm(
          .postcode, #"\d{2}-\d{3}|\d{3} \d{2}|\d{5}|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}"#),
        try NumberForm(.phone, #"(?:\+|00)\d[\d ()-]{7,16}\d|\d{3}[ -]?\d{3}[ -]?\d{3}"#),
      ]
  }

  /// Everything with a form of its own, from left to right, without overlaps.
  /// - Parameters:
  ///   - text: the message.
  ///   - scratch: room for matches.
  /// - Returns: the entities; a search that was given up finds none of its kind, which at worst
  ///   makes the responder ask.
  package func entities(in text: String, using scratch: borrowing MatchScratch) -> [Entity] {
    let bytes = Array(text.utf8)
    var found: [Entity] = []
    for form in forms {
      for match in form.pattern.matches(in: bytes.span, using: scratch) ?? []
      where !found.contains(where: { $0.range.overlaps(match.range) }) {
        let written = String(decoding: bytes[match.range], as: UTF8.self)
        let value = form.kind.value(of: written)
        if let check = form.check, !check.holds(for: value) { continue }
        found.append(Entity(kind: form.kind, value: value, range: match.range))
      }
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

extension Entity.Kind {
  /// The form in which values of the kind are compared.
  fileprivate func value(of written: String) -> String {
    switch self {
    case .orderNumber, .postcode: written.uppercased()
    case .trackingNumber:
      written.uppercased().filter { $0.isLetter || $0.isNumber }
    case .email: written.lowercased()
    case .phone, .amount, .percentage, .date: written
    }
  }
}
