import Diagnostics
import Policy
import Testing

@Suite struct RuleSettingTests {
  private static let pack = """
    pack: p
    links: {marketplaces: {}, carriers: []}
    reading: {}
    rules:
      - {id: no-lamps, title: t, action: redact, phrases: {en: [lamp, 'torch* .. free']}, message: m, source: s, \
    source_date: 2026-11-20}
    """

  private func filter(_ settings: String) throws -> PolicyFilter {
    let reader = YAMLReader(SourceText(file: "odzew.yaml", text: settings))
    let settings = reader.root.map(RuleSetting.read) ?? []
    if let error = InvalidFiles(reader.diagnostics) { throw error }
    return try PolicyFilter(
      [PolicyPack(SourceText(file: "Policies/p.yaml", text: Self.pack))], settings: settings)
  }

  @Test(arguments: [
    ("Torches are quite free. And three more words.", true),
    ("Torches free of charge. And three more words.", true),
    ("Torches are one two three four free. And more words.", false),
    ("A torch. Free, and three more words.", false),
  ])
  func `two dots in a phrase stand for up to three words of a sentence`(
    text: String, fires: Bool
  ) throws {
    let ruling = try filter("no-lamps: {action: block}").review(text, for: .reply(on: "chat", "en"))
    #expect(ruling.isBlocked == fires)
  }

  @Test func `a seller tightens a rule without giving a reason`() throws {
    let ruling = try filter("no-lamps: {action: block}")
      .review("A lamp. And three more words.", for: .reply(on: "chat", "en"))
    #expect(ruling.isBlocked)
  }

  @Test func `a seller loosens a rule with a reason`() throws {
    let reason = "reason: We sell lamps."
    let text = "A lamp. And three more words."
    let warned = try filter("no-lamps: {action: warn, \(reason)}")
      .review(text, for: .reply(on: "chat", "en"))
    #expect(warned.left == text && warned.rules == ["no-lamps"])
    let off = try filter("no-lamps: {off: true, \(reason)}")
      .review(text, for: .reply(on: "chat", "en"))
    #expect(off.left == text && off.rules == [])
  }

  @Test(arguments: [
    (
      "no-lamps: {action: warn}",
      "odzew.yaml:1:1: error: the rule 'no-lamps' is loosened without a reason; "
        + "write 'reason:' with why this shop may do so"
    ),
    (
      "no-lamps: {off: true}",
      "odzew.yaml:1:1: error: the rule 'no-lamps' is loosened without a reason; "
        + "write 'reason:' with why this shop may do so"
    ),
    (
      "no-lamsp: {action: block}",
      "odzew.yaml:1:1: error: there is no rule 'no-lamsp'; did you mean 'no-lamps'?"
    ),
    (
      "no-lamps: {}",
      "odzew.yaml:1:1: error: nothing is said about the rule 'no-lamps'; "
        + "write 'action: warn', or 'off: true'"
    ),
  ])
  func `what cannot be meant is refused`(settings: String, wanted: String) {
    let error = #expect(throws: InvalidFiles.self) { try filter(settings) }
    #expect(error?.description == wanted)
  }
}
