internal import Commerce
internal import Diagnostics
internal import Foundation
internal import Liquid
internal import Patterns

extension FilterTable {
  /// The filters of adapters: the standard ones, and those that turn other systems' ways to write
  /// times, amounts and texts into ours.
  /// - Parameter tables: the tables of values that `lookup` reads.
  /// - Returns: the table.
  static func adapting(with tables: [String: ValueTable]) -> FilterTable {
    var table = FilterTable.standard
    table.add("lookup", arguments: 1...1, choices: Set(tables.keys)) {
      value, arguments throws(FilterError) in
      guard let values = tables[arguments[0].text] else {
        throw FilterError("knows no table '\(arguments[0].text)'")
      }
      return try values.value(of: value)
    }
    table.add("unix_time") { value, _ throws(FilterError) in
      guard let number = value.number, var seconds = Double(number.description) else {
        throw FilterError("needs seconds since 1970, not '\(value.text)'")
      }
      // No order is placed in the year 5138: these are milliseconds.
      if seconds > 1e11 { seconds /= 1000 }
      guard (0...4_102_444_800).contains(seconds) else {
        throw FilterError("needs seconds since 1970, not '\(value.text)'")
      }
      return .string(Timestamp.format(Date(timeIntervalSince1970: seconds), in: .gmt))
    }
    table.add("local_time", arguments: 1...1) { value, arguments throws(FilterError) in
      guard let zone = TimeZone(identifier: arguments[0].text) else {
        throw FilterError("knows no time zone '\(arguments[0].text)'")
      }
      if Timestamp.parse(value.text) != nil { return value }
      // A day alone begins at midnight.
      let text = value.text.count == 10 ? value.text + "T00:00:00" : value.text
      guard let clock = Timestamp.parse(text + "Z") else {
        throw FilterError("needs a time such as 2026-11-20 10:00:00, not '\(value.text)'")
      }
      // The offset of the moment that this clock shows, not of the same figures in UTC.
      let guess = clock - TimeInterval(zone.secondsFromGMT(for: clock))
      let moment = clock - TimeInterval(zone.secondsFromGMT(for: guess))
      return .string(Timestamp.format(moment, in: zone))
    }
    table.add("day") { value, _ throws(FilterError) in
      let day = String(value.text.prefix(10))
      guard CalendarDay(day) != nil else {
        throw FilterError("needs a time, not '\(value.text)'")
      }
      return .string(day)
    }
    table.add("cents") { value, _ throws(FilterError) in
      guard let number = value.number else {
        throw FilterError("needs a whole number, not '\(value.text)'")
      }
      return .string(
        (number / 100).formatted(
          .number.precision(.fractionLength(2)).grouping(.never)
            .locale(Locale(identifier: "en_US_POSIX"))))
    }
    table.add("plain_text") { value, _ in .string(PlainText.of(html: value.text)) }
    table.add("match", arguments: 1...1) { value, arguments throws(FilterError) in
      let text = Array(value.text.utf8)
      let outcome: MatchOutcome
      do throws(PatternError) {
        outcome = try Pattern(arguments[0].text).firstMatch(
          in: text.span, from: 0, using: MatchScratch())
      } catch {
        throw FilterError("needs a pattern: \(error.message)")
      }
      switch outcome {
      case .match(let match):
        return .string(String(decoding: text[match.group ?? match.range], as: UTF8.self))
      case .noMatch: return .nothing
      case .limitReached: throw FilterError("took too long with '\(arguments[0].text)'")
      }
    }
    return table
  }
}

/// What the values of another system mean with us.
struct ValueTable: Sendable {
  /// The row for whatever no other row names.
  static let others = "*"

  private let rows: [String: Value]
  private let name: String

  init(_ rows: [String: Value], named name: String) {
    self.rows = rows
    self.name = name
  }

  func value(of value: Value) throws(FilterError) -> Value {
    if value == .nothing { return .nothing }
    guard let row = rows[value.text] ?? rows[Self.others] else {
      throw FilterError("has no row '\(value.text)' in the table '\(name)'")
    }
    return row
  }
}
