import Commerce
import Language
import Testing
import Understanding

@Suite struct EntityTests {
  @Test(arguments: [
    ("zam-1001 i ZAM-1002.", ["order_number ZAM-1001", "order_number ZAM-1002"]),
    ("302-1234567-1234567", ["order_number 302-1234567-1234567"]),
    ("RR123456785PL", ["tracking_number RR123456785PL"]), ("RR123456784PL", []),
    ("anna@example.com, 60-101", ["email anna@example.com", "postcode 60-101"]),
    ("24,99 zł i 10%", ["amount 24.99 PLN", "percentage 10 %"]),
    ("1 299,90 zł, €5 i 300 lei", ["amount 1299.90 PLN", "amount 5 EUR", "amount 300 RON"]),
    ("POZ01A", ["locker_code POZ01A"]), ("31.02.2026", []), ("5.12.2026", ["date 2026-12-05"]),
    ("+48 501 234 567", ["phone +48501234567"]), ("xZAM-1001x", []),
  ])
  func `entities have their own form and proof`(text: String, expected: [String]) throws {
    let entities = try Rules.classifier([]).read(Utterance(text, locale: LocaleTag("pl"))).entities
    #expect(entities.map { "\($0.kind.rawValue) \($0.value)" } == expected)
  }

  @Test(arguments: [
    ("wczoraj", ["2026-11-19"]), ("przedwczoraj i jutro", ["2026-11-18", "2026-11-21"]),
    ("3 dni temu", ["2026-11-17"]), ("dwa dni temu", ["2026-11-18"]),
    ("12 listopada", ["2026-11-12"]), ("3. stycznia", ["2027-01-03"]),
    ("w zeszły piątek", ["2026-11-13"]), ("w przyszły poniedziałek", ["2026-11-23"]),
    // It may have been or be to come, and is not told.
    ("w piątek", []), ("31 lutego", []), ("5.12.", ["2026-12-05"]),
  ])
  func `days are told against the clock`(text: String, expected: [String]) throws {
    let classifier = try Rules.classifier(
      [],
      lexicon: """
        locale: pl
        concepts: {}
        dates:
          days: {wczoraj: -1, przedwczoraj: -2, jutro: 1, '# dni temu': -1}
          numbers: {dwa: 2}
          months: [stycz*, lut*, mar*, kwie*, maj*, czerw*, lip*, sierp*, wrze*, paź*, listop*, grud*]
          weekdays: [poniedział*, wtor*, środ*, czwart*, piąt*, sobot*, niedziel*]
          last: [zeszł*]
          next: [przyszł*]
        """)
    let reading = classifier.read(
      Utterance(text, locale: LocaleTag("pl")),
      in: ReadingContext(today: CalendarDay("2026-11-20")))
    #expect(reading.entities.filter { $0.kind == .date }.map(\.value) == expected)
  }

  @Test func `a product of the order is found by its name`() throws {
    let named = try Rules.classifier([]).read(
      Utterance("Kubek ceramiczny pękł", locale: LocaleTag("pl")),
      in: ReadingContext(products: ["Kubek ceramiczny 300 ml", "Czajnik"]))
    #expect(named.entities.map(\.value) == ["Kubek ceramiczny 300 ml"])
  }

  @Test(arguments: [
    (CheckDigit.s10, "RR123456785PL", true), (.s10, "RR123456786PL", false),
    (.mod10, "00340434161094021502", false), (.mod10, "00340434161094042557", true),
    (.ups, "1Z12345E0205271688", true), (.ups, "1Z12345E0205271689", false),
    (.mod7, "12345678904", false), (.fedex, "986578788855", true), (.fedex, "986578788856", false),
  ])
  func `a number proves itself or is nobody's`(check: CheckDigit, number: String, holds: Bool) {
    #expect(check.holds(for: number) == holds)
  }
}
