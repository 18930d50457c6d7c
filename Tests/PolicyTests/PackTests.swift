import Commerce
import Diagnostics
import Policy
import Testing

@Suite struct PackTests {
  @Test func `every example of the shipped packs is judged as its author says`() throws {
    let findings = try Shipped.filter().proveExamples().filter { $0.severity == .error }
    #expect(findings.map(\.description) == [])
  }

  @Test func `a language that lacks words which several others have is told`() throws {
    #expect(try Shipped.filter().lexiconGaps.map(\.description) == [])
    let packs = try [
      ("rules", "links: {marketplaces: {}, carriers: []}\nreading: {}"),
      ("any", "language: any\nconcepts: {sign: [okay]}"),
      ("pl", "language: pl\nconcepts: {bed: [łóżko], lamp: [lampa], local: [u nas]}"),
      ("en", "language: en\nconcepts: {bed: [bed], sign: [percent]}"),
      ("en2", "language: en\nconcepts: {lamp: [lamp]}"),
      ("sk", "language: sk\nconcepts: {sign: [percento], lamp: [lampa]}"),
    ].map { name, text in
      try PolicyPack(SourceText(file: "Policies/\(name).yaml", text: "pack: \(name)\n\(text)"))
    }
    #expect(
      try PolicyFilter(packs).lexiconGaps.map(\.description) == [
        "Policies/sk.yaml:2:11: warning: the concept 'bed' has no words in 'sk'; "
          + "add them under 'concepts'"
      ])
  }

  @Test func `every rule has a title, a source and the day on which it was read`() throws {
    for rule in try Shipped.filter().rules {
      #expect(!rule.title.isEmpty && !rule.source.isEmpty, "\(rule.id)")
      #expect(rule.sourceDate == "2026-11-20", "\(rule.id)")
    }
  }

  @Test func `the shipped packs have the rules of the policy facts`() throws {
    let ids = Set(try Shipped.filter().rules.map(\.id))
    #expect(
      ids == [
        "review-incentive", "review-gating", "review-positive-ask", "review-change-request",
        "buyer-retaliation", "claim-suppression", "contact-email", "contact-phone",
        "off-platform-redirect", "external-link", "insecure-link", "off-platform-payment",
        "sensitive-data-request", "personal-data-exposure", "marketing-content",
        "bot-claims-human", "safety-advice", "ask-buyer-to-cancel", "tone-unprofessional",
        "wrong-language", "placeholder-leak", "internal-leak", "style-emoji", "html-markup",
        "line-breaks", "message-too-long", "deny-withdrawal", "deny-guarantee",
        "delivery-risk-shift", "refund-deadline", "complaint-deadline",
        "review-timing", "review-once", "review-selective", "review-request-consent",
        "negative-review-followup", "opt-out-respected",
        "amazon-critical-only", "order-id-required", "proactive-window", "thank-you-only",
        "duplicate-notification", "marketing-consent", "consent-record",
        "whatsapp-opt-in", "whatsapp-window", "whatsapp-template-category", "quiet-hours",
        "frequency-cap", "dispute-deadline", "response-time",
        "escalation-only", "ai-disclosure",
      ])
  }

  static let bad: [(yaml: String, error: String)] = [
    (
      "pack: p\nrules:\n  - id: r\n    title: t\n    action: blok\n    detectors: [email]",
      "Policies/p.yaml:5:13: error: 'blok' is not a value of 'action'; did you mean 'block'?"
    ),
    (
      "pack: p\nrules:\n  - id: r\n    title: t\n    action: block\n    detectors: [emial]",
      "Policies/p.yaml:6:17: error: there is no detector 'emial'; did you mean 'email'?"
    ),
    (
      "pack: p\nrules:\n  - id: r\n    title: t\n    action: block",
      "Policies/p.yaml:3:9: error: the rule 'r' looks for nothing; "
        + "give it 'when', 'phrases', 'patterns', 'detectors' or 'context'"
    ),
    (
      "pack: p\nrules:\n  - id: r\n    title: t\n    action: block\n    patterns:\n      pl: ['ab(c']",
      "Policies/p.yaml:7:17: error: 'ab(c' is not a pattern: missing closing parenthesis"
    ),
    (
      "pack: p\nrules:\n  - id: r\n    title: t\n    action: block\n    when: [{all: []}]",
      "Policies/p.yaml:6:12: error: 'all' names no concept; "
        + "write the concepts that must stand together"
    ),
    (
      "pack: p\nrules:\n  - id: r\n    title: t\n    action: block\n"
        + "    context: {condition: quiet_hour}",
      "Policies/p.yaml:6:26: error: 'quiet_hour' is not a value of 'condition'; "
        + "did you mean 'quiet_hours'?"
    ),
    (
      "pack: p\nlanguage: polski\nconcepts: {a: [b]}",
      "Policies/p.yaml:2:11: error: 'polski' is no language such as 'pl'; "
        + "write 'any' for words of all languages"
    ),
    (
      "pack: p\nrules:\n  - id: r\n    title: t\n    action: block\n    patterns:\n      polski: [a]",
      "Policies/p.yaml:7:7: error: 'polski' is no language such as 'pl'; "
        + "write 'any' for all languages"
    ),
    (
      "pack: p\nrules:\n  - id: r\n    title: t\n    action: block\n    detectors: [email]\n"
        + "    source_date: tomorrow",
      "Policies/p.yaml:7:18: error: 'tomorrow' is no date such as '2026-11-20'"
    ),
    (
      "pack: p\nrules:\n  - id: r\n    title: t\n    action: block\n    detectors: [email]\n"
        + "    applies: {kinds: [answer]}",
      "Policies/p.yaml:7:23: error: 'answer' is not a value of 'kinds'; "
        + "known: reply, review_request, marketing, notice"
    ),
    (
      "pack: p\nrules:\n  - {id: r, title: t, action: block, detectors: [email], "
        + "message: m, source: s, source_date: 2026-11-20}\n"
        + "  - {id: r, title: t, action: warn, detectors: [phone], "
        + "message: m, source: s, source_date: 2026-11-20}",
      "Policies/p.yaml:4:10: error: the rule 'r' stands twice in this file; put both into one"
    ),
    (
      "pack: p\nlinks:\n  marketplaces: {}\n  carriers: ['https://dpd.pl']",
      "Policies/p.yaml:4:14: error: 'https://dpd.pl' is not a host, expected a bare name such as "
        + "'inpost.pl'; leave out the scheme, the path and '*'"
    ),
    (
      "pack: p\nrules:\n  - id: r\n    title: t\n    detectors: [email]",
      "Policies/p.yaml:3:5: error: the key 'action' is missing here"
    ),
  ]

  @Test(arguments: bad.indices)
  func `a bad pack says what is wrong and where, word for word`(index: Int) {
    let (written, wanted) = Self.bad[index]
    // What every rule needs stands at its end, where it moves no line.
    var yaml = written
    for key in ["message: m", "source: s", "source_date: 2026-11-20"]
    where written.contains("rules:") && !written.contains("{id") {
      let isThere = key.hasPrefix("source_date") && written.contains("source_date")
      if !isThere { yaml += "\n    \(key)" }
    }
    let error = #expect(throws: InvalidFiles.self) {
      try PolicyPack(SourceText(file: "Policies/p.yaml", text: yaml))
    }
    #expect(error?.description == wanted)
  }

  @Test func `packs without links, without reading or with unknown names do not load`() throws {
    func message(_ yaml: String...) -> String? {
      let packs = yaml.compactMap { try? PolicyPack(SourceText(file: "Policies/p.yaml", text: $0)) }
      let error = #expect(throws: InvalidFiles.self) { try PolicyFilter(packs) }
      return error?.description
    }
    let links = "pack: l\nlinks: {marketplaces: {}}"
    #expect(
      message("pack: p")
        == "Policies:1:1: error: no file says which links are allowed; write 'links:' in one of them"
    )
    #expect(
      message(links)
        == "Policies:1:1: error: no file says how languages are read; "
        + "write 'reading:' in one of them")
    let reading = "pack: w\nlanguage: pl\nreading: {}\nconcepts: {refusal: [nie]}"
    #expect(
      message(
        links, reading,
        "pack: p\nrules:\n"
          + "  - {id: r, title: t, action: block, detectors: [email], except: [refusel], "
          + "message: m, source: s, source_date: 2026-11-20}")
        == "Policies/p.yaml:3:67: error: no lexicon has a concept 'refusel'; "
        + "did you mean 'refusal'?")
    #expect(
      message(links, reading + "\nwordings: {revew-gating: {phrases: [a]}}")
        == "Policies/p.yaml:5:12: error: there is no rule 'revew-gating'")
    #expect(
      message(links, "pack: w\nlanguage: pl\nreading: {}\nconcepts: {a: ['b * c', '/(/']}")
        == "Policies/p.yaml:4:16: error: 'b * c' cannot be a keyword: "
        + "'*' may stand only at the beginning or the end of a word\n"
        + "Policies/p.yaml:4:25: error: '/(/' is not a pattern: missing closing parenthesis")
  }

  @Test func `a rule, an allowed host and an exception need no Swift`() throws {
    let filter = try PolicyFilter([
      PolicyPack(
        SourceText(
          file: "Policies/own.yaml",
          text: """
            pack: own
            links: {marketplaces: {allegro: [allegro.pl]}, carriers: [kurier.example], \
            top_level_domains: [pl, example]}
            reading: {abbreviations: [nr]}
            language: pl
            concepts: {denial: ['nie mamy']}
            rules:
              - {id: no-lamps, title: t, action: warn, phrases: {pl: ['stara lamp*']}, except: [denial], \
            message: m, source: s, source_date: 2026-11-20}
              - {id: links, title: t, action: redact, detectors: [external_link], \
            message: m, source: s, source_date: 2026-11-20}
            """))
    ])
    let occasion = Occasion.reply(on: "allegro", "pl")
    #expect(filter.review("Stara lampka stoi w magazynie.", for: occasion).rules == ["no-lamps"])
    #expect(filter.review("Nie mamy już starej. Nie mamy: stara lampa.", for: occasion).rules == [])
    #expect(filter.review("Zobacz https://kurier.example/x", for: occasion).rules == [])
    #expect(filter.review("Zobacz https://sklep.example/x", for: occasion).rules == ["links"])
  }
}
