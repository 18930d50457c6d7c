import Language
import Testing
import Understanding

@Suite struct ReadingTests {
  private func shop() throws -> Classifier {
    try Rules.classifier([
      Rules.intent(
        "parcel_location",
        """
        points: {where + parcel: 5, where: 1, parcel: 1, back: -3}
        locales: {pl: {label: paczka, keywords: {"status paczki": 5}}}
        """),
      Rules.intent(
        "not_received",
        "points: {not arrive: 4, parcel + not arrive: 2}\nlocales: {pl: {label: brak}}"),
      Rules.intent(
        "return_request",
        """
        yields_to: [not_received]
        points: {back: 5, not back: -6}
        locales: {pl: {label: zwrot, patterns: [{match: 'zamiast {back}', with: back, points: -6}]}}
        """),
      Rules.intent(
        "greeting",
        "small_talk: true\npoints: {hello: 4, parcel: -2}\nlocales: {pl: {label: powitanie}}"),
      Rules.intent(
        "legal_threat",
        "risk: 6\nlocales: {pl: {label: sąd, keywords: {sąd*: 7}}}"),
      Rules.intent(
        "out_of_scope", "bias: 1\npoints: {is_unclear: 1, is_strange: 1}\nlocales: {pl: {}}"),
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
    ("Status paczki?", ["parcel_location"]),
    ("Chcę zrobić zwrot", ["return_request"]),
    ("Nie chcę robić zwrotu", []),
    ("Prześlijcie inny zamiast zwrotu", []),
    ("Paczka do mnie nie dotarła", ["not_received"]),
    ("Paczka niedotarła", ["not_received"]),
    ("Gdzie jest paczka? I jak zrobić zwrot?", ["parcel_location", "return_request"]),
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

  @Test func `what is quoted or signed is set aside`() throws {
    let answered = try read(
      """
      Gdzie jest paczka?
      Wysłane z iPhone'a
      W dniu 12.11.2026 Sklep napisał:
      > Pójdziemy do sądu. Zwrot?
      """)
    #expect(answered.1 == ["parcel_location"])
    #expect(answered.0.clauses.count == 1)
    // A forwarded mail alone is what the buyer says.
    #expect(try read("> Gdzie jest paczka?").1 == ["parcel_location"])
  }

  @Test func `a typo is mended and reported, and a known word is left alone`() throws {
    let (reading, found) = try read("gdzie moja pcazka")
    #expect(found == ["parcel_location"])
    #expect(reading.mended.map(\.meant) == ["paczka"])
    let range = try #require(reading.mended.first?.range)
    #expect(range == 11..<17)
    // "palka" is a word of its own here; "zwrotnica" only inflects like a slip of "zwróc*".
    #expect(try read("gdzie moja palka").0.mended.isEmpty)
    #expect(try read("gdzie zwrotnica").0.mended.isEmpty)
  }

  @Test func `evidence points at the buyer's own bytes`() throws {
    let text = "Żółw? Gdzie jest moja PACZKA"
    let reading = try read(text).0
    let evidence = try #require(
      reading.findings.first?.evidence.max { $0.points < $1.points })
    #expect(
      String(decoding: Array(text.utf8)[evidence.range], as: UTF8.self) == "Gdzie jest moja PACZKA")
    #expect(evidence.clause == 1)
    let hit = try #require(reading.concepts.first { $0.concept == "parcel" })
    #expect(String(decoding: Array(text.utf8)[hit.range], as: UTF8.self) == "PACZKA")
  }

  @Test func `shares of certainty add up, and grow by e with each point`() throws {
    let classifier = try Rules.classifier([
      Rules.intent("a", "locales: {pl: {label: a, keywords: {zwrot: 2}}}"),
      Rules.intent("b", "locales: {pl: {label: b, keywords: {zwrot: 1}}}"),
    ])
    let findings = classifier.read(Utterance("zwrot", locale: LocaleTag("pl"))).findings
    let shares = findings.map(\.confidence)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
    #expect(abs(shares[0] / shares[1] - 2.718281828) < 1e-6)
  }

  @Test func `two readings of the same words are a question, not a guess`() throws {
    let classifier = try Rules.classifier([
      Rules.intent("a", "locales: {pl: {label: a, keywords: {zwrot: 2.2}}}"),
      Rules.intent("b", "locales: {pl: {label: b, keywords: {zwrot: 2}}}"),
    ])
    let reading = classifier.read(Utterance("zwrot", locale: LocaleTag("pl")))
    guard case .ambiguous(let found) = reading.outcome(by: Thresholds()) else {
      Issue.record("\(reading.outcome(by: Thresholds()))")
      return
    }
    #expect(found.map(\.intent.description) == ["a", "b"])
  }

  @Test func `nobody is asked if they mean what is never asked about`() throws {
    let classifier = try Rules.classifier([
      Rules.intent("a", "locales: {pl: {label: a, keywords: {zwrot: 2}}}"),
      Rules.intent(
        "insult", "never_asked: true\nlocales: {pl: {label: b, keywords: {zwrot: 2.2}}}"),
    ])
    let reading = classifier.read(Utterance("zwrot", locale: LocaleTag("pl")))
    #expect(reading.findings.map(\.intent.description).contains("insult"))
    guard case .ambiguous(let found) = reading.outcome(by: Thresholds()) else {
      Issue.record("\(reading.outcome(by: Thresholds()))")
      return
    }
    #expect(found.map(\.intent.description) == ["a"])
  }

  @Test(arguments: [
    "zwrot", "Zwrot, zwrot i zwrot", "nie zwrot", "Zwrot? Paczka. Jeszcze raz: zwrot",
  ])
  func `a hint counts once a message, denied or not`(text: String) throws {
    let classifier = try Rules.classifier(
      [Rules.intent("a", "locales: {pl: {label: a}}")],
      hints: ["locale: pl\nintents: {a: {zwrot: 1.5}, unheard: {paczka: 2}}"])
    let findings = classifier.read(Utterance(text, locale: LocaleTag("pl"))).findings
    #expect(findings.map(\.points) == [1.5 / 2.0.squareRoot()])
    #expect(findings.first?.evidence.map(\.kind) == [.hint])
  }

  @Test(
    arguments: [
      ("zwrot", 2 / 2.0.squareRoot()), ("zwrot paczki", 3.5 / 2),
      ("paczki. zwrot do was", 3 / 5.0.squareRoot()),
    ] as [(String, Double)])
  func `the more hints a message has, the less each says`(text: String, points: Double) throws {
    let classifier = try Rules.classifier(
      [Rules.intent("a", "locales: {pl: {label: a}}")],
      hints: [
        "locale: pl\nintents: {a: {zwrot: 2, zwrot .. pacz*: 1, do: -0.5, pacz*: 0.5, was: 1}}"
      ])
    let finding = classifier.read(Utterance(text, locale: LocaleTag("pl"))).findings.first
    #expect(abs((finding?.points ?? 0) - points) < 1e-6)
  }

  @Test func `a hint is asked in its own language, and is no sign of it`() throws {
    let english = "locale: en\nfunction_words: [the, where]\nconcepts: {parcel: [parcel]}"
    func classifier(_ key: String) throws -> Classifier {
      try Rules.classifier(
        [Rules.intent("a", "locales: {pl: {label: a\(key)}, en: {label: a}}")],
        lexicons: [Rules.lexicon, english],
        hints: key.isEmpty ? ["locale: pl\nintents: {a: {bilet: 2}}"] : [])
    }
    let polish = try #require(LocaleTag("pl"))
    #expect(
      try classifier(", keywords: {bilet: 2}").language(of: Utterance("bilet bilet"))
        == .certain(polish))
    #expect(try classifier("").language(of: Utterance("bilet bilet")) != .certain(polish))
    func finds(_ text: String, _ locale: String) throws -> Bool {
      try !classifier("").read(Utterance(text, locale: LocaleTag(locale))).findings.isEmpty
    }
    #expect(try finds("jest bilet", "pl"))
    #expect(try !finds("the bilet", "en"))
  }

  @Test(
    arguments: [
      // The return's clause is 0.953 sure: enough beside another sure clause, or for a risk.
      (2.5, 0, nil), (3.0, 0, ["back", "parcel"]), (2.5, 6, ["back"]),
    ] as [(Double, Int, [String]?)])
  func `what one clause alone says counts a point less`(
    points: Double, risk: Int, answered: [String]?
  ) throws {
    let classifier = try Rules.classifier([
      Rules.intent("back", "risk: \(risk)\nlocales: {pl: {label: a, keywords: {zwrot: 3}}}"),
      Rules.intent("parcel", "locales: {pl: {label: b, keywords: {paczka: \(points)}}}"),
    ])
    let reading = classifier.read(Utterance("Zwrot? Paczka.", locale: LocaleTag("pl")))
    let outcome = reading.outcome(by: Thresholds(answer: 0.94, risk: 0.94))
    switch outcome {
    case .answerable(let found): #expect(found.map(\.intent.description).sorted() == answered)
    case .ambiguous, .nothing: #expect(answered == nil, "\(outcome)")
    }
  }

  @Test(arguments: [
    ("where > parcel", "gdzie paczka", true), ("where > parcel", "paczka gdzie", false),
    ("where + parcel - back", "gdzie paczka", true),
    ("where + parcel - back", "gdzie paczka zwrot", false),
    ("parcel - not arrive", "paczka nie dotarła", false),
    ("parcel + arrive", "paczka nie dotarła", true),
    ("is_short + parcel", "paczka", true), ("is_short + parcel", "to jest moja paczka", false),
    ("is_question + parcel", "paczka?", true), ("is_question + parcel", "paczka", false),
  ])
  func `combinations mean what they say`(rule: String, text: String, holds: Bool) throws {
    let classifier = try Rules.classifier([
      Rules.intent("a", "points: {\(rule): 3}\nlocales: {pl: {label: a}}")
    ])
    let found = classifier.read(Utterance(text, locale: LocaleTag("pl"))).findings
    #expect(!found.isEmpty == holds)
  }

  @Test func `a language's other spellings are its own`() throws {
    let classifier = try Rules.classifier(
      [Rules.intent("a", "points: {back: 3}\nlocales: {de: {label: a}}")],
      lexicon: """
        locale: de
        function_words: [zurück]
        spellings: {ä: ae, ö: oe, ü: ue}
        concepts: {back: [rücksend*]}
        """)
    for text in ["Rücksendung", "Ruecksendung", "RUCKSENDUNG"] {
      #expect(!classifier.read(Utterance(text, locale: LocaleTag("de"))).findings.isEmpty)
    }
  }

  @Test func `what denies may stand behind`() throws {
    let classifier = try Rules.classifier(
      [Rules.intent("a", "points: {not work: 3}\nlocales: {de: {label: a}}")],
      lexicon: """
        locale: de
        negation: {before: [nie], after: [nicht]}
        concepts: {work: [funktioniert]}
        """)
    func finds(_ text: String) -> Bool {
      !classifier.read(Utterance(text, locale: LocaleTag("de"))).findings.isEmpty
    }
    #expect(finds("Es funktioniert leider nicht"))
    #expect(finds("Es hat nie funktioniert"))
    #expect(!finds("Es funktioniert. Nicht wahr"))
    #expect(!finds("Nicht schlimm, es funktioniert"))
  }
}
