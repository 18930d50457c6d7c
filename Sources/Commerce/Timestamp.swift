public import Foundation

/// Moments as RFC 3339 writes them: `2026-11-16T09:12:00+01:00`.
///
/// Own code, because Foundation's ISO 8601 styles read either with or without fractions of a
/// second, and take forms that RFC 3339, section 5.6, does not have.
public enum Timestamp {
  /// Reads a moment.
  /// - Parameter text: date, `T`, time with optional fraction, and `Z` or an offset.
  /// - Returns: the moment, or nil where the text is anything else.
  public static func parse(_ text: String) -> Date? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.count <= 35, let day = CalendarDay(String(text.prefix(10))),
      bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
      let hour = number(bytes, 11), hour < 24, bytes[13] == UInt8(ascii: ":"),
      let minute = number(bytes, 14), minute < 60, bytes[16] == UInt8(ascii: ":"),
      // 60 for a leap second, which is counted as the first second of the next minute.
      let second = number(bytes, 17), second <= 60
    else { return nil }
    var rest = bytes[19...]
    var fraction = 0.0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (48...57).contains($0) }
      guard !digits.isEmpty, digits.count <= 9 else { return nil }
      fraction = Double("0." + String(decoding: digits, as: UTF8.self)) ?? 0
      rest = rest.dropFirst(digits.count + 1)
    }
    guard let offset = offset(Array(rest)) else { return nil }
    let seconds = day.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
    return Date(timeIntervalSince1970: Double(seconds) + fraction)
  }

  /// Writes a moment, to the second.
  /// - Parameters:
  ///   - moment: the moment.
  ///   - zone: the zone in whose local time it is written.
  /// - Returns: RFC 3339 with a numeric offset, or `Z` for UTC.
  public static func format(_ moment: Date, in zone: TimeZone) -> String {
    let offset = zone.secondsFromGMT(for: moment)
    let local = Int(moment.timeIntervalSince1970.rounded(.down)) + offset
    let day = CalendarDay(daysSince1970: (local - (local % 86_400 + 86_400) % 86_400) / 86_400)
    let second = (local % 86_400 + 86_400) % 86_400
    let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, to: 2) }
    let minutes = abs(offset) / 60
    let suffix =
      offset == 0
      ? "Z"
      : (offset < 0 ? "-" : "+") + padded(minutes / 60, to: 2) + ":" + padded(minutes % 60, to: 2)
    return "\(day)T\(time.joined(separator: ":"))\(suffix)"
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int? {
    guard (48...57).contains(bytes[place]), (48...57).contains(bytes[place + 1]) else { return nil }
    return Int(bytes[place] - 48) * 10 + Int(bytes[place + 1] - 48)
  }

  private static func offset(_ bytes: [UInt8]) -> Int? {
    if bytes.count == 1, bytes[0] | 0x20 == UInt8(ascii: "z") { return 0 }
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"),
      let hours = number(bytes, 1), hours < 24, let minutes = number(bytes, 4), minutes < 60
    else { return nil }
    switch bytes[0] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }
}
