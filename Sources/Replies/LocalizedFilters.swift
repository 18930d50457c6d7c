internal import Commerce
public import Foundation
public import Language
public import Liquid

/// By whose customs a template writes.
public struct LocalCustoms: Sendable {
  let locale: LocaleTag
  let zone: TimeZone
  let currency: String?
  let days: RelativeDays?
  /// Foundation builds a formatter for nearly every date, and most replies name the same few.
  private let memo = Memo<Formatted, String>(capacity: 4096)

  /// Says by whose customs a template writes.
  /// - Parameters:
  ///   - locale: the language, and the country where the tag names one.
  ///   - zone: the seller's time zone: times are written in it, and it says which day is today.
  ///   - currency: the currency of amounts that name none (ISO 4217).
  ///   - days: how days near today are named.
  public init(
    _ locale: LocaleTag, zone: TimeZone, currency: String? = nil, days: RelativeDays? = nil
  ) {
    self.locale = locale
    self.zone = zone
    self.currency = currency
    self.days = days
  }

  /// The locale whose formats are used: English buyers of European marketplaces read days before
  /// months.
  fileprivate var formats: Locale {
    Locale(
      identifier: locale.description == "en"
        ? "en_GB" : locale.description.replacing("-", with: "_"))
  }

  /// How a moment is written.
  fileprivate enum Form: Hashable, Sendable {
    case long, day, month, short, weekday, time

    /// The forms that a template may name.
    static let named: [String: Form] = [
      "long": .long, "day": .day, "month": .month, "short": .short,
    ]

    var style: Date.FormatStyle {
      let style = Date.FormatStyle()
      return switch self {
      case .long: style.day().month(.wide).year()
      case .day: style.day().month(.wide)
      case .month: style.month(.wide)
      case .short: style.day().month(.twoDigits).year()
      case .weekday: style.weekday(.wide)
      case .time: style.hour(.twoDigits(amPM: .omitted)).minute(.twoDigits)
      }
    }
  }

  private struct Formatted: Hashable {
    let moment: Date
    let form: Form
  }

  fileprivate func written(_ moment: Date, _ form: Form) -> String {
    memo.answer(to: Formatted(moment: moment, form: form)) {
      var style = form.style.locale(formats)
      style.timeZone = zone
      return moment.formatted(style)
    }
  }
}

extension FilterTable {
  /// The standard filters and those that write as a locale does.
  ///
  /// - `money`: an amount with its currency: 61,97 zł
  /// - `number`, `percent`: 1 234,5 and, of 20, 20%
  /// - `ordinal`: 2nd, 2.
  /// - `date`: a day, or the day of a time: 20 listopada 2026; `'short'` 20.11.2026, `'day'` 20
  ///   listopada; a pattern with `%` as in the standard language
  /// - `weekday`: the day of the week of either: piątek
  /// - `relative_date`: the same inside a sentence: jutro, w piątek, 20 listopada
  /// - `time`: the time of day in the seller's zone: 10:00
  /// - `plural`: the form of a word that goes with a number, by CLDR's categories
  /// - `list`: several names as one phrase: A, B i C
  /// - Parameter customs: by whose customs.
  /// - Returns: the table.
  public static func localized(by customs: LocalCustoms) -> FilterTable {
    var table = FilterTable.standard(in: customs.zone)
    table.addNumbers(customs)
    table.addCalendar(customs)
    table.addWording(customs)
    return table
  }

  /// Currencies that have fractions by ISO 4217 and no coins for them: nobody writes "990,00 Ft".
  private static let coinless: Set<String> = ["HUF"]

  private mutating func addNumbers(_ customs: LocalCustoms) {
    let locale = customs.formats
    @Sendable func number(_ value: Value) throws(FilterError) -> Decimal {
      guard let number = value.number else { throw FilterError("needs a number") }
      return number
    }
    add("money", takes: [.amount, .number], gives: .text) { value, _ throws(FilterError) in
      guard let number = (value.field("amount") ?? value).number else {
        throw FilterError("needs an amount")
      }
      guard let currency = value.field("currency")?.text ?? customs.currency else {
        throw FilterError("needs a currency; set 'currency' in odzew.yaml")
      }
      var style = Decimal.FormatStyle.Currency(code: currency).locale(locale)
      if Self.coinless.contains(currency), number.isWhole {
        style = style.precision(.fractionLength(0))
      }
      return .string(number.formatted(style))
    }
    add("number", takes: [.number], gives: .text) { value, _ throws(FilterError) in
      .string(try number(value).formatted(.number.locale(locale)))
    }
    add("percent", takes: [.number], gives: .text) { value, _ throws(FilterError) in
      .string((try number(value) / 100).formatted(.percent.locale(locale)))
    }
    add("ordinal", takes: [.number], gives: .text) { value, _ throws(FilterError) in
      let formatter = NumberFormatter()
      formatter.numberStyle = .ordinal
      formatter.locale = locale
      guard let text = formatter.string(from: try number(value) as NSDecimalNumber) else {
        throw FilterError("needs a whole number")
      }
      return .string(text)
    }
  }

  private mutating func addCalendar(_ customs: LocalCustoms) {
    @Sendable func moment(_ value: Value) throws(FilterError) -> Date {
      guard let moment = value.moment(in: customs.zone) else { throw FilterError("needs a date") }
      return moment
    }
    let pattern = self["date"]
    add(
      "date", arguments: 0...1, choices: Set(LocalCustoms.Form.named.keys), takes: [.day, .moment],
      gives: .text
    ) {
      value, arguments throws(FilterError) in
      let name = arguments.count == 0 ? "long" : arguments[0].text
      if let pattern,
        name.contains("%")
          || arguments.undefined == .lenient && LocalCustoms.Form.named[name] == nil
      {
        return try pattern.body(value, arguments)
      }
      guard let form = LocalCustoms.Form.named[name] else {
        throw FilterError(
          "knows no style '\(name)'; there are "
            + LocalCustoms.Form.named.keys.sorted().joined(separator: ", "))
      }
      return .string(customs.written(try moment(value), form))
    }
    add("weekday", takes: [.day, .moment], gives: .text) { value, _ throws(FilterError) in
      .string(customs.written(try moment(value), .weekday))
    }
    add("time", takes: [.moment], gives: .text) { value, _ throws(FilterError) in
      .string(
        customs.written(try moment(value), .time))
    }
    add("relative_date", takes: [.day, .moment], gives: .text) {
      value, arguments throws(FilterError) in
      let moment = try moment(value)
      guard let now = arguments.now, let days = customs.days else {
        return .string(customs.written(moment, .day))
      }
      return .string(
        days.name(
          of: CalendarDay(of: moment, in: customs.zone),
          from: CalendarDay(of: now, in: customs.zone),
          date: { customs.written(moment, .day) },
          month: { customs.written(moment, .month) }))
    }
  }

  private mutating func addWording(_ customs: LocalCustoms) {
    let rules = PluralRules(for: customs.locale)
    let categories = rules.categories.map(\.rawValue)
    add(
      "plural", named: Set(PluralCategory.allCases.map(\.rawValue)), needed: categories,
      takes: [.number], gives: .text
    ) { value, arguments throws(FilterError) in
      guard let number = value.number else { throw FilterError("needs a number") }
      let category = rules.category(of: number.description).rawValue
      guard let form = arguments[category] else {
        throw FilterError(
          "needs the form '\(category)'; '\(customs.locale)' has \(categories.joined(separator: ", "))"
        )
      }
      return form
    }
    let locale = customs.formats
    add("list", takes: [.list], gives: .text) { value, _ throws(FilterError) in
      guard case .list(let values) = value, !values.isEmpty else {
        throw FilterError("needs a list")
      }
      return .string(values.map(\.text).formatted(.list(type: .and).locale(locale)))
    }
  }
}

extension Decimal {
  fileprivate var isWhole: Bool {
    var (number, rounded) = (self, Decimal())
    unsafe NSDecimalRound(&rounded, &number, 0, .plain)
    return rounded == self
  }
}

extension Value {
  fileprivate func field(_ name: String) -> Value? {
    if case .object(let fields) = self { fields[name] } else { nil }
  }

  /// A moment on the day, or at the time, that the value names.
  fileprivate func moment(in zone: TimeZone) -> Date? {
    guard case .string(let text) = self else { return nil }
    return CalendarDay(text)?.noon(in: zone) ?? Timestamp.parse(text)
  }
}
