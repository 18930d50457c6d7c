import Diagnostics
import Language
import Testing
import Understanding

@Suite struct ReadingTests {
  private static let lexicon = """
    locale: pl
    function_words: [gdzie, jest, moja]
    clause_breaks: [i jak]
    concepts:
      parcel: [paczk*]
      where: [gdzie]
      back: [zwrot, zwróc*]
      hello: [dzień dobry]
    """

  private static func intent(_ name: String, _ body: String) -> (String, String) {
    (name, "intent: \(name)\nmeaning: x\n" + body)
  }

  private func classifier(_ intents: [(String, String)]) throws -> Classifier {
    let lexicon = YAMLReader(SourceText(file: "Concepts/pl.yaml", text: Self.lexicon))
    let words = try #require(lexicon.root.flatMap { Lexicon(reading: $0, named: "pl") })
    let parsed = intents.compactMap { name, text in
      YAMLReader(SourceText(file: "Intents/\(name).yaml", text: text)).root
        .flatMap { Intent(reading: $0, named: name) }
    }
    let finder = try EntityFinder(
      orderNumbers: [NumberForm(.orderNumber, #"zam-\d{4}"#)],
      trackingNumbers: [NumberForm(.trackingNumber, #"[a-z]{2}\d{9}pl"#, check: .s10)])
    return try Classifier(parsed, lexicons: [words], entityFinder: finder)
  }

  private func shop() throws -> Classifier {
    try classifier([
      Self.intent(
        "parcel_location",
        """
        rules: [{all: [where, parcel], none: [back], weight: 0.8}]
        locales: {pl: {label: paczka, keywords: {"status paczki": 0.7}}}
        """),
      Self.intent(
        "return_request",
        """
        rules: [{all: [back], weight: 0.7}]
        locales: {pl: {label: zwrot, patterns: [{match: 'nie chce.*{back}', weight: -0.9}]}}
        """),
      Self.intent(
        "greeting",
        """
        yields_to: [all]
        rules: [{all: [hello], weight: 0.9}]
        locales: {pl: {label: powitanie}}
        """),
      Self.intent(
        "legal_threat",
        "risk: 6\nlocales: {pl: {label: sąd, keywords: {sąd*: 0.7}}}"),
    ])
  }

  private func read(_ text: String) throws -> (Reading, [String]) {
    let reading = try shop().read(Utterance(text, locale: LocaleTag("pl")))
    guard case .answerable(let found) = reading.outcome(by: Thresholds()) else {
      return (reading, [])
    }
    return (reading, found.map(\.intent.description))
  }

  @Test(arguments: [
    ("Gdzie jest moja paczka?", ["parcel_location"]),
    ("GDZIE PACZKA", ["parcel_location"]),
    ("Chcę zrobić zwrot", ["return_request"]),
    ("Nie chcę robić zwrotu, tylko... zwrot", []),
    ("Gdzie jest paczka i jak zrobić zwrot?", ["parcel_location", "return_request"]),
    ("Dzień dobry, gdzie paczka", ["parcel_location"]),
    ("Dzień dobry", ["greeting"]),
    ("Gdzie paczka? Pójdę do sądu!", ["legal_threat", "parcel_location"]),
    ("Jaka pogoda?", []), ("", []),
  ])
  func `messages are read`(text: String, expected: [String]) throws {
    let (reading, found) = try read(text)
    #expect(Set(found) == Set(expected), "\(reading.findings)")
    if expected.first == "legal_threat" { #expect(found.first == "legal_threat") }
  }

  @Test func `evidence points at the buyer's own bytes`() throws {
    let text = "Żółw? Gdzie jest moja PACZKA"
    let evidence = try #require(read(text).0.findings.first?.evidence.first)
    #expect(
      String(decoding: Array(text.utf8)[evidence.range], as: UTF8.self) == "Gdzie jest moja PACZKA")
    #expect(evidence.clause == 1)
  }

  @Test func `two readings of the same words are a question, not a guess`() throws {
    let classifier = try classifier([
      Self.intent("a", "locales: {pl: {label: a, keywords: {zwrot: 0.7}}}"),
      Self.intent("b", "locales: {pl: {label: b, keywords: {zwrot: 0.65}}}"),
    ])
    let reading = classifier.read(Utterance("zwrot", locale: LocaleTag("pl")))
    guard case .ambiguous(let found) = reading.outcome(by: Thresholds()) else {
      Issue.record("\(reading.outcome(by: Thresholds()))")
      return
    }
    #expect(found.map(\.intent.description) == ["a", "b"])
  }

  @Test func `faults of rules are findings with their place`() {
    let error = #expect(throws: InvalidFiles.self) {
      try classifier([
        Self.intent(
          "a",
          """
          yields_to: [bb]
          rules: [{all: [parcels], weight: 0.5}]
          locales: {pl: {label: a, patterns: [{match: '(', weight: 0.5}], keywords: {"*": 0.5}}}
          """)
      ])
    }
    #expect(
      error?.diagnostics.map(\.code) == [
        "unknown-intent", "unknown-concept", "invalid-pattern", "invalid-keyword",
      ])
    #expect(error?.diagnostics.dropFirst().first?.remedy == "did you mean 'parcel'?")
  }

  @Test(arguments: [
    ("zam-1001 i ZAM-1002.", ["order_number ZAM-1001", "order_number ZAM-1002"]),
    ("302-1234567-1234567", ["order_number 302-1234567-1234567"]),
    ("RR123456785PL", ["tracking_number RR123456785PL"]), ("RR123456784PL", []),
    ("anna@example.com, 60-101", ["email anna@example.com", "postcode 60-101"]),
    ("24,99 zł i 10%", ["amount 24,99 zł", "percentage 10%"]),
    ("+48 501 234 567", ["phone +48 501 234 567"]), ("xZAM-1001x", []),
  ])
  func `entities have their own form and proof`(text: String, expected: [String]) throws {
    let entities = try read(text).0.entities
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
