package import Foundation

// What the pipe's fields have in common. Each failure says what was expected; the decoder knows
// where it stands.

extension KeyedDecodingContainer {
  /// A text that a failable initialiser must accept.
  package func parse<Value>(
    _ key: Key, _ make: (String) -> Value?, _ expected: @autoclosure () -> String
  ) throws -> Value {
    let text = try decode(String.self, forKey: key)
    guard let value = make(text) else { throw invalid(key, expected()) }
    return value
  }

  /// The same where it may be absent or null.
  package func parseIfPresent<Value>(
    _ key: Key, _ make: (String) -> Value?, _ expected: @autoclosure () -> String
  ) throws -> Value? {
    guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
    guard let value = make(text) else { throw invalid(key, expected()) }
    return value
  }

  /// One word of a fixed set.
  package func choice<Value>(_ key: Key) throws -> Value
  where Value: RawRepresentable<String> & CaseIterable {
    try parse(key, Value.init(rawValue:), Self.expectation(of: Value.self))
  }

  /// The same where it may be absent or null.
  package func choiceIfPresent<Value>(_ key: Key) throws -> Value?
  where Value: RawRepresentable<String> & CaseIterable {
    try parseIfPresent(key, Value.init(rawValue:), Self.expectation(of: Value.self))
  }

  /// A moment of RFC 3339 that may be absent or null.
  package func momentIfPresent(_ key: Key) throws -> Date? {
    try parseIfPresent(
      key, Timestamp.parse, "must be a time of RFC 3339 such as \"2026-11-16T09:12:00+01:00\"")
  }

  /// A day that may be absent or null; of a moment, its local day is taken.
  package func dayIfPresent(_ key: Key) throws -> CalendarDay? {
    try parseIfPresent(
      key,
      { text in
        CalendarDay(text)
          ?? Timestamp.parse(text).flatMap { _ in CalendarDay(String(text.prefix(10))) }
      },
      "must be a date such as \"2026-11-20\"")
  }

  /// A whole number of zero or more that may be absent or null.
  package func countIfPresent(_ key: Key) throws -> Int? {
    guard let count = try decodeIfPresent(Int.self, forKey: key) else { return nil }
    guard count >= 0 else { throw invalid(key, "must not be negative") }
    return count
  }

  /// A decimal amount, as text or as a number, that may be absent or null.
  package func amountIfPresent(_ key: Key) throws -> Decimal? {
    guard contains(key), try !decodeNil(forKey: key) else { return nil }
    let expected = "must be a decimal amount such as \"24.99\""
    if let text = try? decode(String.self, forKey: key) {
      guard let amount = Money.decimal(text) else { throw invalid(key, expected) }
      return amount
    }
    guard let amount = try? decode(Decimal.self, forKey: key) else { throw invalid(key, expected) }
    return amount
  }

  /// An object that may be absent or null.
  func nestedIfPresent<Nested>(_ key: Key, keyedBy type: Nested.Type) throws
    -> KeyedDecodingContainer<Nested>?
  {
    guard contains(key), try !decodeNil(forKey: key) else { return nil }
    return try nestedContainer(keyedBy: type, forKey: key)
  }

  /// The error of a value that is there and is not what it must be.
  package func invalid(_ key: Key, _ expected: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: codingPath + [key], debugDescription: expected))
  }

  private static func expectation<Value>(of type: Value.Type) -> String
  where Value: RawRepresentable<String> & CaseIterable {
    "must be one of " + type.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
  }
}
