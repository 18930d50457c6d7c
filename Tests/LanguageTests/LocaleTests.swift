import Language
import Testing

@Suite struct LocaleTests {
  @Test(arguments: ["", "p", "polski języki", "12", "pl-", "pl--PL"])
  func `what is no tag is refused`(text: String) {
    #expect(LocaleTag(text) == nil)
  }

  @Test func `a tag falls back to its language`() throws {
    let tag = try #require(LocaleTag("pl_PL"))
    let polish = try #require(LocaleTag("pl"))
    #expect(tag.match(in: [polish]) == polish)
    #expect(LocaleTag("de")?.match(in: [polish]) == nil)
  }

  @Test(arguments: [
    ("pl", 1, 0, PluralCategory.one), ("pl", 2, 0, .few), ("pl", 5, 0, .many),
    ("pl", 12, 0, .many), ("pl", 22, 0, .few), ("pl", 112, 0, .many), ("pl", 1, 1, .other),
    ("en", 1, 0, .one), ("en", 0, 0, .other), ("en", 1, 1, .other), ("de", 1, 0, .one),
    ("cs", 1, 0, .one), ("cs", 3, 0, .few), ("cs", 5, 0, .other), ("cs", 1, 1, .many),
    ("sk", 4, 0, .few), ("sk", 22, 0, .other), ("hu", 1, 0, .one), ("hu", 5, 0, .other),
    ("ro", 1, 0, .one), ("ro", 0, 0, .few), ("ro", 19, 0, .few), ("ro", 20, 0, .other),
    ("ro", 101, 0, .few), ("ro", 1, 1, .few),
  ])
  func `plural categories are CLDR's`(
    locale: String, integer: Int, digits: Int, expected: PluralCategory
  ) throws {
    let tag = try #require(LocaleTag(locale))
    #expect(PluralCategory(integer: integer, fractionDigits: digits, in: tag) == expected)
    #expect(PluralCategory.used(in: tag).contains(expected))
  }

  @Test(arguments: [
    ("Gdzie jest moja paczka?", "pl"), ("gdzie jest moja paczka", "pl"),
    ("Where is my parcel?", "en"), ("Wo ist mein Paket, bitte?", "foreign"), ("ZAM-1001", "–"),
    ("", "–"),
  ])
  func `a language is told by its small words`(text: String, expected: String) throws {
    let detector = LanguageDetector(functionWords: [
      try #require(LocaleTag("pl")): ["gdzie", "jest", "moja", "się"],
      try #require(LocaleTag("en")): ["where", "is", "my", "the"],
    ])
    let verdict =
      switch detector.detect(Utterance(text)) {
      case .certain(let tag): tag.description
      case .foreign: "foreign"
      case .unknown: "–"
      }
    #expect(verdict == expected)
  }
}
