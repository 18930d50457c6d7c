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
