import Language
import Testing
import Understanding

/// A keyword on trial is read as if it stood in its intent's file.
@Suite struct TrialKeywordTests {
  private static let body = """
    points: {where: 2, parcel + where: 1}
    locales:
      pl:
        label: a
        examples: []
    """

  private static func classifier(with keywords: String = "") throws -> Classifier {
    let gift =
      "points: {hello: 1}\nlocales:\n  pl:\n    label: b\n    examples: []\n"
      + (keywords.isEmpty ? "" : "    keywords: {\(keywords)}\n")
    return try Rules.classifier([Rules.intent("location", body), Rules.intent("gift", gift)])
  }

  private static let texts = [
    "gdzie paczka", "czy zapakujecie na prezent", "prezent", "prezant", "nieprezent",
    "nie prezent", "na prezent", "Na prezent, proszę! gdzie paczka", "zapakowac na prezenty",
    "presnt dzień dobry", "paczkę na prezentt", "", "palka na palka",
  ]

  @Test(arguments: [["prezent"], ["na prezent"], ["zapakujecie na prezent", "prezent"]])
  func `it is read as if the file had it`(_ keywords: [String]) throws {
    let polish = try #require(LocaleTag("pl"))
    let gift = try #require(IntentID("gift"))
    var tried = try Self.classifier()
    for keyword in keywords {
      tried = try #require(
        tried.adding(TrialKeyword(keyword, points: 5, for: gift, in: polish)))
    }
    let made = try Self.classifier(with: keywords.map { "\($0): 5" }.joined(separator: ", "))
    for text in Self.texts {
      let utterance = Utterance(text, locale: polish)
      #expect(tried.read(utterance) == made.read(utterance), "\(text)")
      #expect(
        tried.language(of: Utterance(text)) == made.language(of: Utterance(text)), "\(text)")
    }
  }

  @Test func `what has no word that depends on it is read as before`() throws {
    let polish = try #require(LocaleTag("pl"))
    let keyword = TrialKeyword(
      "prezent", points: 5, for: try #require(IntentID("gift")), in: polish)
    let before = try Self.classifier()
    let after = try #require(before.adding(keyword))
    var changed = 0
    for text in Self.texts {
      let utterance = Utterance(text, locale: polish)
      let depends = utterance.folded.bytes.split(separator: UInt8(ascii: " ")).contains { word in
        before.words(of: keyword).contains { Classifier.mayDepend(Array(word), on: $0) }
      }
      if before.read(utterance) != after.read(utterance) {
        changed += 1
        #expect(depends, "\(text)")
      }
    }
    #expect(changed >= 6)
    #expect(!Classifier.mayDepend(Array("paczka".utf8), on: Array("prezent".utf8)))
  }

  @Test func `what can be no keyword is none`() throws {
    let polish = try #require(LocaleTag("pl"))
    let gift = try #require(IntentID("gift"))
    let other = try #require(IntentID("other"))
    let rules = try Self.classifier()
    #expect(rules.adding(TrialKeyword("*", points: 5, for: gift, in: polish)) == nil)
    #expect(rules.adding(TrialKeyword("prezent", points: 5, for: other, in: polish)) == nil)
    let german = try #require(LocaleTag("de"))
    #expect(rules.adding(TrialKeyword("prezent", points: 5, for: gift, in: german)) == nil)
  }
}
