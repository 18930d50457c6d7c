import Language
import Testing
import Understanding

@Suite struct EntityTests {
  @Test(arguments: [
    ("zam-1001 i ZAM-1002.", ["order_number ZAM-1001", "order_number ZAM-1002"]),
    ("302-1234567-1234567", ["order_number 302-1234567-1234567"]),
    ("RR123456785PL", ["tracking_number RR123456785PL"]), ("RR123456784PL", []),
    ("anna@example.com, 60-101", ["email anna@example.com", "postcode 60-101"]),
    ("24,99 zł i 10%", ["amount 24,99 zł", "percentage 10%"]),
    ("+48 501 234 567", ["phone +48 501 234 567"]), ("xZAM-1001x", []),
  ])
  func `entities have their own form and proof`(text: String, expected: [String]) throws {
    let entities = try Rules.classifier([]).read(Utterance(text, locale: LocaleTag("pl"))).entities
    #expect(entities.map { "\($0.kind.rawValue) \($0.value)" } == expected)
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
