internal import Commerce
internal import Language
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
        try NumberForm(.date, #"\d{4}-\d{2}-\d{2}|\d{1,2}(?:\. ?|[/-])\d{1,2}(?:\. ?|[/-])\d{4}"#),
        try NumberForm(.date, #"\d{1,2}\. ?\d{1,2}\.(?! ?\d)"#),
        try NumberForm(
          .amount,
          #"\d{1,3}(?:[ .]\d{3})+(?:[.,]\d{1,2})? ?(?:zł|zl|pln|eur|euro|€|gbp|£|usd|\$|kč|kc|czk|ft|huf|forint|lei|ron)"#
            + #"|\d{1,6}(?:[.,]\d{1,2})? ?(?:zł|zl|pln|eur|euro|€|gbp|£|usd|\$|kč|kc|czk|ft|huf|forint|lei|ron)"#
            + #"|[€£$] ?\d{1,6}(?:[.,]\d{1,2})?"#),
        try NumberForm(
          .percentage,
          #"\d{1,3}(?:[.,]\d{1,2})? ?(?:%|proc\.?|procent\w*|percent|prozent|százalék\w*|la sută)"#),
        // Allegro One, InPost and the like: letters of the town, a number, letters.
        try NumberForm(.lockerCode, #"[a-z]{3}\d{2,3}[a-z]{1,3}"#),
        try NumberForm(
          .postcode, #"\d{2}-\d{3}|\d{3} \d{2}|\d{5}|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}"#),
        try NumberForm(.phone, #"(?:\+|00)\d[\d ()-]{7,16}\d|\d{3}[ -]?\d{3}[ -]?\d{3}"#),
      ]
  }

  /// Everything with a form of its own, from left to right, without overlaps.
  /// - Parameters:
  ///   - utterance: the message.
  ///   - dates: how its language speaks of days.
  ///   - context: when it was written, and about which products.
  ///   - scratch: room for matches.
  /// - Returns: the entities; a search that was given up finds none of its kind, which at worst
  ///   makes the responder ask.
  func entities(
    in utterance: Utterance, by dates: DateWords?, in context: ReadingContext,
    using scratch: borrowing MatchScratch
  ) -> [Entity] {
    let bytes = Array(utterance.text.utf8)
    var found: [Entity] = []
    // Most messages have neither a number nor an address.
    let hasDigits = utterance.text.unicodeScalars.contains(where: \.isDigit)
    let hasAddresses = bytes.contains(UInt8(ascii: "@"))
    for form in forms where form.kind == .email ? hasAddresses : hasDigits {
      for match in form.pattern.matches(in: bytes.span, using: scratch) ?? []
      where !found.contains(where: { $0.range.overlaps(match.range) }) {
        let written = String(decoding: bytes[match.range], as: UTF8.self)
        // However a seller writes the form: what has no digit is no number.
        guard form.kind == .email || written.unicodeScalars.contains(where: \.isDigit) else {
          continue
        }
        guard let value = form.kind.value(of: written, on: context.today) else { continue }
        if let check = form.check, !check.holds(for: value) { continue }
        found.append(Entity(kind: form.kind, value: value, range: match.range))
      }
    }
    func add(_ kind: Entity.Kind, _ value: String, at folded: Range<Int>) {
      let range = utterance.originalRange(of: folded)
      if found.contains(where: { $0.range.overlaps(range) }) { return }
      found.append(Entity(kind: kind, value: value, range: range))
    }
    if let dates, let today = context.today {
      for (range, day) in dates.days(in: utterance, on: today) {
        add(.date, day.description, at: range)
      }
    }
    for product in context.products {
      if let range = place(of: product, in: utterance) { add(.product, product, at: range) }
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

extension EntityFinder {
  /// Where a product is spoken of: its whole name, or the two words of it that tell it apart.
  private func place(of product: String, in utterance: Utterance) -> Range<Int>? {
    let name = Folding.keyword(product).split(separator: UInt8(ascii: " "))
      .filter { word in word.contains { !(48...57).contains($0) } && word.count >= 3 }
    guard let first = name.first else { return nil }
    let bytes = utterance.folded.bytes
    let words = ReadingPass.words(of: bytes)
    // Inflection changes endings: what counts is how the words begin.
    func isMeant(_ word: Range<Int>, by part: ArraySlice<UInt8>) -> Bool {
      let stem = part.prefix(max(3, part.count - 2))
      return bytes[word].starts(with: stem) && word.count <= part.count + 4
    }
    for (index, word) in words.enumerated() where isMeant(word, by: first) {
      guard name.count > 1 else { return word }
      if index + 1 < words.count, isMeant(words[index + 1], by: name[1]) {
        return word.lowerBound..<words[index + 1].upperBound
      }
    }
    return nil
  }
}

extension Entity.Kind {
  /// The form in which values of the kind are compared; nil for what cannot be one.
  fileprivate func value(of written: String, on today: CalendarDay?) -> String? {
    switch self {
    case .orderNumber, .postcode, .lockerCode: written.uppercased()
    case .trackingNumber: written.uppercased().filter { $0.isLetter || $0.isNumber }
    case .email: written.lowercased()
    case .date: Self.day(written, on: today)?.description
    case .amount: Self.amount(written)
    case .percentage:
      written.prefix { $0.isNumber || $0 == "," || $0 == "." }
        .replacing(",", with: ".") + " %"
    case .phone: written.filter { $0.isNumber || $0 == "+" }
    case .product: written
    }
  }

  /// `2026-11-20`, `20.11.2026`, `20/11/2026`, and `20.11.` in the year that lies nearest.
  private static func day(_ written: String, on today: CalendarDay?) -> CalendarDay? {
    let numbers = written.split { !$0.isNumber }.compactMap { Int($0) }
    switch numbers.count {
    case 3 where numbers[0] > 31:
      return CalendarDay(year: numbers[0], month: numbers[1], day: numbers[2])
    case 3: return CalendarDay(year: numbers[2], month: numbers[1], day: numbers[0])
    case 2:
      guard let today else { return nil }
      let year = today.components.year
      return [year - 1, year, year + 1]
        .compactMap { CalendarDay(year: $0, month: numbers[1], day: numbers[0]) }
        .min { abs($0 - today) < abs($1 - today) }
    default: return nil
    }
  }

  /// The signs and words of currencies, and their ISO 4217 codes.
  private static let currencies: [(sign: String, code: String)] = [
    ("zł", "PLN"), ("zl", "PLN"), ("pln", "PLN"), ("€", "EUR"), ("eur", "EUR"), ("£", "GBP"),
    ("gbp", "GBP"), ("$", "USD"), ("usd", "USD"), ("kč", "CZK"), ("kc", "CZK"), ("czk", "CZK"),
    ("ft", "HUF"), ("huf", "HUF"), ("forint", "HUF"), ("lei", "RON"), ("ron", "RON"),
  ]

  /// `1 299,90 zł` as `1299.90 PLN`.
  private static func amount(_ written: String) -> String? {
    let lowered = written.lowercased()
    guard let currency = currencies.first(where: { lowered.contains($0.sign) }) else { return nil }
    let number = lowered.filter { $0.isNumber || $0 == "," || $0 == "." }
    let parts = number.split { $0 == "," || $0 == "." }
    guard let last = parts.last else { return nil }
    // The last part is cents where it has one or two digits.
    let hasCents = parts.count > 1 && last.count <= 2
    let whole = (hasCents ? parts.dropLast() : parts[...]).joined()
    return whole + (hasCents ? "." + last : "") + " " + currency.code
  }
}

extension Unicode.Scalar {
  /// Whether it is a digit, of whatever script.
  fileprivate var isDigit: Bool {
    isASCII ? (48...57).contains(value) : value >= 0x250 && properties.numericType == .decimal
  }
}
