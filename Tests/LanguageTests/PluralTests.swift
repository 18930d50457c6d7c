import Language
import Testing

/// The samples that CLDR gives with its rules (supplemental/plurals.xml).
@Suite struct PluralTests {
  static let samples: [(locales: String, samples: KeyValuePairs<PluralCategory, String>)] = [
    (
      "en de",
      [.one: "1", .other: "0 2~16 100 1000 10000 100000 1000000 0.0~1.5 10.0 100.0 1000.0"]
    ),
    (
      "hu",
      [
        .one: "1 1.0 1.00 1.000 1.0000",
        .other: "0 2~16 100 1000 10000 0.0~0.9 1.1~1.6 10.0 100.0",
      ]
    ),
    (
      "pl",
      [
        .one: "1", .few: "2~4 22~24 32~34 42~44 52~54 62 102 1002",
        .many: "0 5~19 100 1000 10000 100000 1000000", .other: "0.0~1.5 10.0 100.0 1000.0",
      ]
    ),
    (
      "cs sk",
      [
        .one: "1", .few: "2~4", .many: "0.0~1.5 10.0 100.0 1000.0",
        .other: "0 5~19 100 1000 10000 100000 1000000",
      ]
    ),
    (
      "ro",
      [
        .one: "1", .few: "0 2~16 102 1002 0.0~1.5 10.0 100.0 1000.0",
        .other: "20~35 100 1000 10000 100000 1000000",
      ]
    ),
    ("ja", [.other: "0~15 100 0.0~1.5"]),
    ("fr", [.one: "0 1 0.0~1.5", .many: "1000000", .other: "2~17 100 1000 100000 2.0~3.5 10.0"]),
    ("pt", [.one: "0 1 0.0~1.5", .many: "1000000", .other: "2~17 100 2.0~3.5"]),
    ("it pt-PT", [.one: "1", .many: "1000000", .other: "0 2~16 100 0.0~1.5"]),
    ("da", [.one: "1 0.1~1.6", .other: "0 2~16 100 0.0 2.0~3.4 10.0"]),
    (
      "hr sr",
      [
        .one: "1 21 31 41 101 1001 0.1 1.1 2.1 10.1", .few: "2~4 22~24 102 1002 0.2~0.4 1.2~1.4",
        .other: "0 5~19 100 1000 0.0 0.5~1.0 1.5~2.0",
      ]
    ),
    (
      "sl",
      [
        .one: "1 101 201 1001", .two: "2 102 202 1002", .few: "3 4 103 104 1003 0.0~1.5 10.0",
        .other: "0 5~19 100 1000",
      ]
    ),
    (
      "uk ru",
      [
        .one: "1 21 31 101 1001", .few: "2~4 22~24 102 1002", .many: "0 5~19 100 1000 1000000",
        .other: "0.0~1.5 10.0",
      ]
    ),
    (
      "lt",
      [
        .one: "1 21 31 101 1.0 21.0", .few: "2~9 22~29 102 2.0 9.0", .many: "0.1~0.9 1.1~1.7 10.1",
        .other: "0 10~20 30 100 0.0 10.0 11.0",
      ]
    ),
    (
      "lv",
      [
        .zero: "0 10~20 30 100 0.0 10.0 16.0", .one: "1 21 31 101 0.1 1.0 1.1 2.1 10.1",
        .other: "2~9 22~29 102 0.2~0.9 1.2~1.9 10.2",
      ]
    ),
    (
      "ar",
      [
        .zero: "0 0.0 0.00", .one: "1 1.0", .two: "2 2.0", .few: "3~10 103~110 1003 3.0 10.0",
        .many: "11~26 111 1011 11.0 18.0", .other: "100~102 200~202 600 1000 0.1~0.9 1.1~1.7",
      ]
    ),
    (
      "ga",
      [
        .one: "1 1.0", .two: "2 2.0", .few: "3~6 3.0", .many: "7~10 7.0",
        .other: "0 11~25 100 0.0~0.9",
      ]
    ),
    ("he", [.one: "1", .two: "2", .many: "20 30 90 100 1000", .other: "0 3~17 101 0.0~1.5"]),
  ]

  @Test(arguments: samples)
  func `CLDR's samples get their category`(
    locales: String, samples: KeyValuePairs<PluralCategory, String>
  ) throws {
    for name in locales.split(separator: " ") {
      let rules = PluralRules(for: try #require(LocaleTag(String(name))))
      #expect(Set(rules.categories) == Set(samples.map(\.key)), "\(name)")
      for (category, numbers) in samples {
        for number in numbers.split(separator: " ").flatMap(Self.numbers) {
          #expect(rules.category(of: number) == category, "\(name): \(number)")
        }
      }
    }
  }

  /// The numbers of a sample, of which `2~4` and `0.1~0.9` are spans.
  private static func numbers(in sample: Substring) -> [String] {
    let ends = sample.split(separator: "~")
    guard ends.count == 2 else { return [String(sample)] }
    let digits = ends[0].split(separator: ".").dropFirst().first?.count ?? 0
    let whole = ends.compactMap { Int($0.filter { $0 != "." }) }
    return (whole[0]...whole[1]).map { number in
      let text = String(number)
      guard digits > 0 else { return text }
      let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
      return padded.dropLast(digits) + "." + padded.suffix(digits)
    }
  }

  @Test func `a sign does not change the category`() throws {
    #expect(PluralRules(for: try #require(LocaleTag("pl"))).category(of: "-22") == .few)
  }
}
