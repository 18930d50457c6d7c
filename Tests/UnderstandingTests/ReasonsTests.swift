import Diagnostics
import Language
import Testing
import Understanding

@Suite struct ReasonsTests {
  private func read(_ yaml: String) -> (reasons: Reasons, codes: [String]) {
    let reader = YAMLReader(SourceText(file: "reasons.yaml", text: yaml))
    let reasons = reader.root.map { Reasons(reading: $0) } ?? Reasons()
    return (reasons, reader.diagnostics.map(\.code))
  }

  private static let yaml = """
    intents: [exchange]
    quoting: {en: {stops_before: [regards], capitals: [amazon]}}
    reasons:
      too_small:
        locales:
          en: {phrases: [too small, small*], unless: [not .. small]}
          de: {phrases: [zu klein*]}
      defective:
        intents: [defective_product]
        locales: {en: {phrases: [does not work]}}
    """

  private func found(
    _ text: String, _ language: String = "en", readAs intents: [String] = []
  ) -> [String] {
    let reasons = read(Self.yaml).reasons
    let bytes = Array(text.utf8)
    return reasons.sightings(in: Utterance(text), language, readAs: intents).map {
      "\($0.reason): \(String(decoding: bytes[$0.sentence], as: UTF8.self))"
    }
  }

  @Test func `a phrase gives its reason, with the sentence it stands in`() {
    #expect(
      found("Hello. They are TOO SMALL! It does not work")
        == ["too_small: They are TOO SMALL", "defective: It does not work"])
    #expect(found("Smaller ones, please. Too small!") == ["too_small: Smaller ones, please"])
  }

  @Test func `what takes it back holds in its own sentence alone`() {
    #expect(found("They are not too small") == [])
    #expect(found("Not too small. But small") == ["too_small: But small"])
  }

  @Test func `only the words of the message's language count`() {
    #expect(found("zu klein") == [])
    #expect(found("zu klein", "de") == ["too_small: zu klein"])
    #expect(found("zu klein", "xx") == [])
  }

  @Test func `where no phrase stands the intent gives the reason`() {
    #expect(
      found("Hi. It hums and hums.", readAs: ["defective_product"])
        == ["defective: It hums and hums"])
    #expect(found("Too small.", readAs: ["defective_product"]) == ["too_small: Too small"])
    #expect(found("", readAs: ["defective_product"]) == [])
  }

  @Test func `what others wrote in a message gives no reason`() {
    let text = "Hello.\n> too small"
    let reasons = read(Self.yaml).reasons
    #expect(reasons.sightings(in: Utterance(text), "en", aside: [7..<text.utf8.count]) == [])
  }

  @Test func `a sentence is public up to its signature`() {
    let reasons = read(Self.yaml).reasons
    #expect(reasons.publicPart(of: "Zu eng: too small Regards, Ann", "en") == 18)
    #expect(reasons.publicPart(of: "too small", "en") == 9)
    #expect(reasons.isNoName("Amazon", "en") && !reasons.isNoName("Ann", "en"))
  }

  @Test func `faults are findings, and no file is no reason`() {
    let faults = read(
      """
      intent: [exchange]
      reasons:
        a: {locales: {english: {phrases: [x]}, en: {phrases: ["*"], words: [y]}}}
        b: {}
      """)
    #expect(
      Set(faults.codes) == ["unknown-key", "unknown-locale", "invalid-keyword", "missing-key"])
    #expect(!Reasons().concern(["exchange"]))
    #expect(read(Self.yaml).reasons.concern(["invoice", "exchange"]))
  }
}
