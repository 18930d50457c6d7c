import Diagnostics
import Policy
import Testing

/// What words say beside the rules.
@Suite struct WeighingTests {
  private static let rules = """
    pack: rules
    links: {marketplaces: {}, carriers: []}
    reading: {}
    weighing: {lawful: 1, accuses: 0.6, excuses: 0.2}
    rules:
      - id: no-lamps
        title: t
        action: block
        message: No lamps.
        source: s
        source_date: 2026-11-20
        applies: {channels: [chat, email]}
        phrases: {en: [forbidden torch]}
        when: [{all: [lamp, sell]}]
      - {id: no-beds, title: t, action: block, message: m, source: s, source_date: 2026-11-20, when: [{all: [bed]}]}
    """

  private static let words = """
    pack: words
    language: en
    concepts: {lamp: [lamp*], sell: [sell*], bed: [bed]}
    """

  private static let hints = """
    policies:
      no-lamps: {light*: 1.5, glow: 3, shine brightly: 4}
      no-such-rule: {light*: 9}
      lawful: {museum: 6}
    """

  private func filter(
    _ rules: String = rules, _ words: String = words, _ hints: String = hints,
    _ concepts: String = "policies: {}"
  ) throws(InvalidFiles) -> PolicyFilter {
    try PolicyFilter(
      [
        PolicyPack(SourceText(file: "Policies/rules.yaml", text: rules)),
        PolicyPack(SourceText(file: "Policies/en.yaml", text: words)),
      ],
      hints: [("en", hints), ("any", concepts)].compactMap { name, text in
        let file = YAMLReader(SourceText(file: "Hints/\(name).yaml", text: text)).root
        return file.flatMap { PolicyHints(reading: $0, named: name) }
      })
  }

  private func rules(
    _ text: String, on channel: String = "chat", _ locale: String = "en"
  ) throws -> [String] {
    try filter().review(text, for: .reply(on: channel, locale)).rules.sorted()
  }

  @Test(arguments: [
    ("We sell lamps to the museum. It is open.", []),
    ("We sell lamps. The museum is open.", ["no-lamps"]),
    ("The museum is open. We sell lamps with a glow.", ["no-lamps"]),
  ])
  func `a sentence is excused by its own words, not by the sentences around it`(
    text: String, found: [String]
  ) throws {
    #expect(try rules(text) == found)
  }

  @Test func `words accuse where no rule finds anything, and are named`() throws {
    let text = "Good morning. It is a light with a warm glow."
    let ruling = try filter().review(text, for: .reply(on: "chat", "en"))
    #expect(ruling.isBlocked && ruling.rules == ["no-lamps"])
    let finding = try #require(ruling.findings.first)
    #expect(finding.excerpt == "It is a light with a warm glow.")
    #expect(finding.message == "No lamps. (Told by its words, 'glow', 'light*' above all.)")
  }

  @Test(arguments: [
    ("It is a light.", []), ("They shine brightly.", ["no-lamps"]), ("Brightly they shine.", []),
    ("A light with a glow for the museum.", []),
  ])
  func `points for a violation stand against those for a lawful text`(
    text: String, found: [String]
  ) throws {
    #expect(try rules(text) == found)
  }

  @Test(arguments: [("chat", ["no-candles", "no-fires"]), ("email", [])])
  func `words that speak for several rules accuse together, of the two likeliest at the most`(
    channel: String, found: [String]
  ) throws {
    let head = "title: t, action: block, message: m, source: s, source_date: 2026-11-20"
    let filter = try filter(
      """
      pack: rules
      links: {marketplaces: {}, carriers: []}
      reading: {}
      weighing: {lawful: 1, accuses: 0.6, excuses: 0.2}
      rules:
        - {id: no-candles, \(head), when: [{all: [candle]}]}
        - {id: no-fires, \(head), applies: {channels: [chat]}, when: [{all: [fire]}]}
        - {id: no-stoves, \(head), applies: {channels: [chat]}, when: [{all: [stove]}]}
      """,
      """
      pack: words
      language: en
      concepts: {candle: [candle], fire: [fire], stove: [stove]}
      """, "policies: {no-candles: {glow: 1.4}, no-fires: {glow: 1.3}, no-stoves: {glow: 1.1}}")
    let ruling = filter.review("A warm glow.", for: .reply(on: channel, "en"))
    #expect(ruling.rules.sorted() == found)
  }

  @Test func `the more hints a text has, the less each says`() throws {
    let text = "It is a light with a warm glow"
    let others = ["and", "we", "have", "said", "so", "before", "in", "many", "more", "words"]
    let small = others.map { "\($0): 0.01" }.joined(separator: ", ")
    let filter = try filter(
      Self.rules, Self.words, "policies: {no-lamps: {light*: 1.5, glow: 3, \(small)}}")
    for (text, found) in [
      (text, ["no-lamps"]), ("\(text), \(others.joined(separator: " "))", []),
    ] {
      #expect(filter.review(text, for: .reply(on: "chat", "en")).rules.sorted() == found)
    }
  }

  @Test(arguments: [
    ("We sell a bed.", ["no-beds", "no-lamps"]), ("We sell it. A bed.", ["no-beds"]),
    ("A bed for a lamp.", ["no-beds"]),
  ])
  func `two concepts in a sentence say something, too`(text: String, found: [String]) throws {
    let filter = try filter(
      Self.rules, Self.words, Self.hints,
      "policies: {no-lamps: {'@sell @bed': 4}, lawful: {'@lamp': 2, '@no_such_concept': 9}}")
    #expect(filter.review(text, for: .reply(on: "chat", "en")).rules.sorted() == found)
  }

  @Test func `words are no hints of every language`() {
    do throws(InvalidFiles) {
      _ = try filter(Self.rules, Self.words, Self.hints, "policies: {no-lamps: {sell: 1}}")
      Issue.record("it is accepted")
    } catch {
      #expect(
        error.diagnostics.map(\.description) == [
          "Hints/any.yaml:1:23: error: 'sell' is neither a concept nor two concepts; "
            + "in the file of every language write '@review' or '@ask @review'"
        ])
    }
  }

  @Test func `words excuse concepts that stand together, and nothing that an author spelt out`()
    throws
  {
    #expect(try rules("We sell lamps.") == ["no-lamps"])
    #expect(try rules("We sell lamps to the museum.") == [])
    #expect(try rules("A forbidden torch for the museum.") == ["no-lamps"])
  }

  @Test func `a rule without hints decides alone`() throws {
    #expect(try rules("A bed for the museum.") == ["no-beds"])
  }

  @Test func `words accuse of nothing that is allowed where the text goes`() throws {
    #expect(try rules("It is a light with a warm glow.", on: "amazon") == [])
  }

  @Test func `words of another language say nothing`() throws {
    #expect(try rules("It is a light with a warm glow.", "pl") == [])
  }

  @Test func `hints that come to nothing are a fault`() {
    do throws(InvalidFiles) {
      _ = try filter(Self.rules.replacing("weighing:", with: "# "))
      Issue.record("it is accepted")
    } catch {
      #expect(
        error.diagnostics.map(\.description) == [
          "Hints/en.yaml:2:3: error: no file says what hints come to; "
            + "write 'weighing: {lawful: 5, accuses: 0.42, excuses: 0.15}' in one"
        ])
    }
  }
}
