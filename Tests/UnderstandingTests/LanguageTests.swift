import Language
import Testing
import Understanding

@Suite struct LanguageTests {
  private func classifier() throws -> Classifier {
    try Rules.classifier(
      [],
      lexicons: [
        """
        locale: cs
        function_words: [kde, je, můj, balík, kdy, že, jsem, ještě, nebo, když, přišel]
        concepts: {parcel: [balík, balíček, zásilk*], work: [funguje, přístroj]}
        """,
        """
        locale: sk
        function_words: [kde, je, môj, balík, kedy, že, som, ešte, alebo, keď, prišiel]
        concepts: {parcel: [balík, balíček, zásielk*], work: [funguje, prístroj]}
        """,
        """
        locale: pl
        function_words: [gdzie, jest, mój, kiedy, że, jestem, jeszcze, albo]
        concepts: {parcel: [paczk*, przesyłk*]}
        """,
      ])
  }

  @Test(arguments: [
    ("Kde je můj balík?", "cs"), ("Kde je môj balík?", "sk"), ("kedy prišiel balík", "sk"),
    ("kdy přišel balík", "cs"), ("kdy prijde zasilka", "cs"), ("kedy pride zasielka", "sk"),
    ("gdzie jest paczka", "pl"), ("kiedy dojdzie przesyłka", "pl"),
  ])
  func `neighbouring languages are told apart`(text: String, language: String) throws {
    #expect(
      try classifier().language(of: Utterance(text)) == .certain(try #require(LocaleTag(language))))
  }

  @Test func `a word that several languages have keeps what is expected`() throws {
    let slovak = LocaleTag("sk")
    #expect(try classifier().language(of: Utterance("balík")) == .unknown)
    let expected = try classifier().language(of: Utterance("balík"), expecting: slovak)
    #expect(expected == .certain(try #require(slovak)))
  }

  @Test(arguments: [("여보세요 제 소포는 어디에 있나요", true), ("1234", false), ("😡", false)])
  func `what no lexicon knows is foreign, and numbers are not`(text: String, isForeign: Bool) throws
  {
    #expect(try classifier().language(of: Utterance(text)) == (isForeign ? .foreign : .unknown))
  }
}
