import Commerce
import Diagnostics
import Dialogue
import Foundation
import Language
import Testing
import Understanding

@Suite struct HandlingTests {
  private let polish: LocaleTag
  private let now = Date(timeIntervalSince1970: 1_794_816_720)

  init() throws { polish = try #require(LocaleTag("pl")) }

  private func handling(_ answers: String, findings: inout [String]) throws -> Handling {
    let text =
      "intent: a\nmeaning: x\nlocales: {pl: {label: a, keywords: {zwrot: 0.7}}}\n" + answers
    let reader = YAMLReader(SourceText(file: "Intents/a.yaml", text: text))
    let root = try #require(reader.root)
    _ = Intent(reading: root, named: "a")
    let table = AnswerTable(reading: root, queues: ["service", "fast"])
    root.finish()
    findings = reader.diagnostics.map(\.message)
    return Handling(
      tables: [try #require(IntentID("a")): table],
      labels: [polish: [try #require(IntentID("a")): "a"]],
      escalations: EscalationRules(
        queues: ["service": Queue(), "fast": Queue(answersWithin: 3_600)],
        calendar: BusinessCalendar(zone: .gmt)),
      calendar: BusinessCalendar(zone: .gmt))
  }

  private func outcome() throws -> Reading.Outcome {
    let lexicon = YAMLReader(
      SourceText(file: "pl.yaml", text: "locale: pl\nfunction_words: [i]\nconcepts: {}\n"))
    let intent = YAMLReader(
      SourceText(
        file: "a.yaml",
        text: "intent: a\nmeaning: x\nlocales: {pl: {label: a, keywords: {zwrot: 0.7}}}\n"))
    let classifier = try Classifier(
      [try #require(intent.root.flatMap { Intent(reading: $0, named: "a") })],
      lexicons: [try #require(lexicon.root.flatMap { Lexicon(reading: $0, named: "pl") })],
      entityFinder: EntityFinder(orderNumbers: [], trackingNumbers: []))
    return classifier.read(Utterance("zwrot", locale: polish)).outcome(by: Thresholds())
  }

  private func view(_ status: String) throws -> OrderView {
    let order = try JSONDecoder().decode(
      Order.self, from: Data(#"{"number":"1","status":"\#(status)"}"#.utf8))
    return try #require(order.view(for: BuyerClaim(vouch: .buyer)))
  }

  private func decide(
    _ answers: String, order: OrderAccess, in conversation: inout Conversation
  ) throws -> Decision {
    var findings: [String] = []
    return try handling(answers, findings: &findings).decide(
      on: Handling.Situation(
        outcome: try outcome(), order: order, allowsProof: true, locale: polish,
        duty: AnswerDuty(since: now)),
      in: &conversation)
  }

  private static let rows = """
    needs: order
    answers:
      - {when: [delivered], template: there}
      - {when: [lost], do: escalate, template: gone, queue: fast, priority: high}
    """

  @Test func `the first row whose states hold is taken`() throws {
    var conversation = Conversation()
    let delivered = try decide(Self.rows, order: .shown(view("delivered")), in: &conversation)
    guard case .reply(let answered, let plan) = delivered else {
      Issue.record("\(delivered)")
      return
    }
    #expect(answered.map(\.intent.description) == ["a"])
    #expect(plan.templates == ["there"])
  }

  @Test func `an escalation has the row's queue, priority and deadline`() throws {
    var conversation = Conversation()
    guard
      case .escalate(let escalation, let plan) = try decide(
        Self.rows, order: .shown(view("lost")), in: &conversation)
    else {
      Issue.record("not an escalation")
      return
    }
    #expect(escalation.queue == "fast" && escalation.priority == .high)
    #expect(escalation.dueAt == now.addingTimeInterval(3_600))
    #expect(plan.dueAt == escalation.dueAt)
  }

  @Test func `an order that no row foresees goes to a person, never to a guess`() throws {
    var conversation = Conversation()
    guard
      case .escalate(let escalation, _) = try decide(
        Self.rows, order: .shown(view("paid")), in: &conversation)
    else {
      Issue.record("not an escalation")
      return
    }
    #expect(escalation.reason == .missingOrderData)
  }

  @Test func `an order is asked for twice, then a person takes over`() throws {
    var conversation = Conversation()
    let asked = try (0..<3).map { _ in
      try decide(Self.rows, order: .notNamed, in: &conversation)
    }
    let templates = asked.map { decision in
      switch decision {
      case .clarify(let plan), .escalate(_, let plan), .reply(_, let plan): plan.templates
      }
    }
    #expect(templates == [["ask_order_number"], ["ask_order_number"], ["handoff_verification"]])
  }

  @Test func `rows that cannot be reached or lack their queue are findings`() throws {
    var findings: [String] = []
    _ = try handling(
      "answers:\n  - {template: x}\n  - {do: escalate, template: y}\n", findings: &findings)
    #expect(
      findings == [
        "an answer with 'do: escalate' needs a 'queue'",
        "the rows after 'x' are never reached",
      ])
  }

  /// Two intents that claim the same word with the same right, and what each answers.
  private func decide(_ first: String, _ second: String, order: OrderAccess) throws -> Decision {
    var intents: [Intent] = []
    var tables: [IntentID: AnswerTable] = [:]
    for (name, answers) in [("a", first), ("b", second)] {
      let reader = YAMLReader(
        SourceText(
          file: "\(name).yaml",
          text: """
            intent: \(name)
            meaning: x
            locales: {pl: {label: \(name), keywords: {zwrot: 9}}}
            \(answers)
            """))
      let root = try #require(reader.root)
      let intent = try #require(Intent(reading: root, named: name))
      intents.append(intent)
      tables[intent.id] = AnswerTable(reading: root, queues: ["service"])
    }
    let lexicon = YAMLReader(
      SourceText(file: "pl.yaml", text: "locale: pl\nfunction_words: [i]\nconcepts: {}\n"))
    let classifier = try Classifier(
      intents, lexicons: [try #require(lexicon.root.flatMap { Lexicon(reading: $0, named: "pl") })],
      entityFinder: EntityFinder(orderNumbers: [], trackingNumbers: []))
    let reading = classifier.read(Utterance("zwrot", locale: polish))
    let thresholds = Thresholds(answer: 0.9)
    let outcome = reading.outcome(by: thresholds)
    let handling = Handling(
      tables: tables, labels: [polish: tables.mapValues { _ in "x" }],
      escalations: EscalationRules(
        queues: ["service": Queue()], calendar: BusinessCalendar(zone: .gmt)),
      calendar: BusinessCalendar(zone: .gmt))
    var conversation = Conversation()
    return handling.decide(
      on: Handling.Situation(
        outcome: outcome, candidates: reading.jointlyAnswerable(outcome, by: thresholds),
        order: order, allowsProof: true, locale: polish, duty: AnswerDuty(since: now)),
      in: &conversation)
  }

  @Test func `two readings that have the same answer need no question`() throws {
    let decision = try decide(
      "answers: [{when: [lost], template: gone}, {template: there}]",
      "answers: [{template: there}]", order: .shown(view("delivered")))
    guard case .reply(_, let plan) = decision else {
      Issue.record("\(decision)")
      return
    }
    #expect(plan.templates == ["there"])
  }

  @Test(arguments: ["delivered", "lost"])
  func `two readings with different answers are asked about`(status: String) throws {
    let decision = try decide(
      "answers: [{template: here}]", "answers: [{when: [delivered], template: there}]",
      order: .shown(view(status)))
    guard case .clarify(let plan) = decision else {
      Issue.record("\(decision)")
      return
    }
    #expect(plan.templates == ["clarify_choice"])
  }
}
