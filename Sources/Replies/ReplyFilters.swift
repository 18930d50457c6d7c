internal import Commerce
internal import Foundation
internal import Language
internal import Liquid

extension FilterTable {
  /// The standard filters and those that write as a locale does.
  ///
  /// - `money`: an amount with its currency: 61,97 zł
  /// - `date`: a day, or the day of a time: 20 listopada 2026
  /// - `weekday`: the day of the week of either: piątek
  /// - `time`: the time of day in the seller's zone: 10:00
  /// - `plural`: the form of a word that goes with a number, by CLDR's categories
  /// - `list`: several names as one phrase: A, B i C
  /// - Parameters:
  ///   - locale: the locale.
  ///   - variables: the seller's zone and currency.
  /// - Returns: the table.
  static func replies(in locale: LocaleTag, _ variables: ReplyVariables) -> FilterTable {
    var table = FilterTable.standard
    let names = Locale(identifier: locale.formattingIdentifier)
    let zone = variables.calendar.zone
    let shopCurrency = variables.currency

    table.add("money") { value, _ throws(FilterError) in
      let amount = value.field("amount") ?? value
      guard let number = amount.number else { throw FilterError("needs an amount") }
      guard let currency = value.field("currency")?.text ?? shopCurrency else {
        throw FilterError("needs a currency; set 'currency' in odzew.yaml")
      }
      return .string(number.formatted(.currency(code: currency).locale(names)))
    }
    func calendarFilter(_ name: String, _ style: Date.FormatStyle) {
      table.add(name) { value, _ throws(FilterError) in
        guard let moment = value.moment(in: zone) else { throw FilterError("needs a date") }
        var style = style.locale(names)
        style.timeZone = zone
        return .string(moment.formatted(style))
      }
    }
    calendarFilter("date", Date.FormatStyle().day().month(.wide).year())
    calendarFilter("weekday", Date.FormatStyle().weekday(.wide))
    calendarFilter(
      "time", Date.FormatStyle().hour(.twoDigits(amPM: .omitted)).minute(.twoDigits))
    let categories = PluralCategory.used(in: locale).map(\.rawValue).sorted()
    table.add("plural", named: Set(PluralCategory.allCases.map(\.rawValue))) {
      value, arguments throws(FilterError) in
      guard let number = value.number else { throw FilterError("needs a number") }
      let digits = number.description.split(separator: ".")
      let category = PluralCategory(
        integer: Int(digits.first?.drop { $0 == "-" } ?? "") ?? 0,
        fractionDigits: digits.count > 1 ? digits[1].count : 0, in: locale)
      guard let form = arguments[category.rawValue] else {
        throw FilterError(
          "needs the form '\(category.rawValue)'; '\(locale)' has \(categories.joined(separator: ", "))"
        )
      }
      return form
    }
    table.add("list") { value, _ throws(FilterError) in
      guard case .list(let values) = value, !values.isEmpty else {
        throw FilterError("needs a list")
      }
      return .string(
        values.map(\.text).formatted(.list(type: .and).locale(names)))
    }
    return table
  }
}

extension LocaleTag {
  /// The locale by whose customs dates and amounts are written.
  ///
  /// English buyers of European marketplaces read days before months.
  fileprivate var formattingIdentifier: String {
    description == "en" ? "en_GB" : description.replacing("-", with: "_")
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
