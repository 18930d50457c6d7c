import Evaluation
import Foundation
import Odzew
import Testing

@Suite struct CaseTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Loaded once for all tests: it never changes.
  static let bot = Result { try Bot.load(from: root) }

  private static func orders() throws -> [OrderNumber: Order] {
    let bytes = try Data(contentsOf: Self.root.appending(path: "Samples/orders.json"))
    let all = try JSONDecoder().decode([Order].self, from: bytes)
    return Dictionary(uniqueKeysWithValues: all.map { ($0.number, $0) })
  }

  /// A bot folder with nothing but one case.
  private static func folder(_ yaml: String, named name: String = "parcel/a.en") throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let file = folder.appending(path: "Cases/\(name).yaml")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(yaml.utf8).write(to: file)
    return folder
  }

  /// A copy of the shipped bot folder, as far as a bot is made of it.
  static func copy() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for part in [
      "odzew.yaml", "carriers.yaml", "countries.yaml", "deadlines.yaml", "automatic.yaml",
      "Concepts", "Hints", "Intents", "Templates", "Policies", "Samples",
    ] {
      try FileManager.default.copyItem(
        at: root.appending(path: part), to: folder.appending(path: part))
    }
    return folder
  }

  /// What comes of a case by the shipped bot.
  static func outcome(
    _ yaml: String, named name: String = "parcel/a.en"
  ) throws -> CaseRunner.Outcome {
    let bot = try bot.get()
    let folder = try folder(yaml, named: name)
    defer { try? FileManager.default.removeItem(at: folder) }
    let now = try #require(Timestamp.parse("2026-11-20T10:00:00+01:00"))
    let cases = try CaseFolder(folder, clock: now).cases
    return try #require(CaseRunner(Responder(bot), orders: try orders()).run(cases).first)
  }

  @Test func `a difference is told word by word, in the reading order of both texts`() {
    let difference = WordDifference(from: "It arrives today.\nBye", to: "It came today.\nBye now")
    #expect(
      difference.parts == [
        .same("It "), .removed("arrives "), .added("came "), .same("today.\n"), .removed("Bye"),
        .added("Bye "), .added("now"),
      ]
        || difference.parts == [
          .same("It "), .removed("arrives "), .added("came "), .same("today.\n"), .removed("Bye"),
          .added("Bye now"),
        ])
  }

  @Test func `a case brings its own order and says what it expects`() throws {
    let met = try Self.outcome(
      """
      order:
        number: OWN-1
        status: shipped
        shipments:
          - {carrier: dpd, tracking_number: X123}
      messages: ['Where is my parcel?']
      expect: {action: reply, intents: parcel_location, template: parcel_shipped, contains: [X123], lacks: [OWN-2]}
      """)
    #expect(met.failures == [])
  }

  @Test func `what is not as expected is said`() throws {
    let unmet = try Self.outcome(
      """
      order: ZAM-2026-1001
      messages: ['Where is my parcel?']
      expect: {action: escalate, template: parcel_lost, contains: [unicorn], lacks: [ZAM-2026-1001]}
      """)
    #expect(
      unmet.failures == [
        "the action is 'reply', not 'escalate'",
        "the template is 'parcel_shipped', not 'parcel_lost'",
        "the reply lacks 'unicorn'", "the reply contains 'ZAM-2026-1001'",
      ])
  }

  @Test func `a case may be a notice`() throws {
    let notice = try Self.outcome("notice: refund_sent\norder: ZAM-2026-1018\nlocale: en\n")
    #expect(
      notice.transcript.hasPrefix(
        "! refund_sent\n[reply: – · notice_refund_sent]\nWe have sent the refund"))
  }

  @Test func `a case that cannot be read is refused with its place`() throws {
    let folder = try Self.folder("mesages: ['x']\n")
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: InvalidFiles.self) {
      try CaseFolder(folder, clock: .distantPast)
    }
    #expect(
      error?.diagnostics.map(\.description).last
        == "Cases/parcel/a.en.yaml:1:1: error: unknown key 'mesages'; did you mean 'messages'?")
  }

  @Test func `what a case names and nobody knows is told`() throws {
    let folder = try Self.folder(
      "messages: [Hi]\norder: ZAM-2026-101\nchannel: alegro\nlocale: polski\n")
    defer { try? FileManager.default.removeItem(at: folder) }
    let scene = CaseScene(
      orders: Set(try Self.orders().keys), settings: try Self.bot.get().settings)
    let error = #expect(throws: InvalidFiles.self) {
      try CaseFolder(folder, clock: .distantPast, scene: scene)
    }
    let found = error?.diagnostics.map(\.description) ?? []
    #expect(found.count == 3)
    #expect(
      found.contains {
        $0.hasPrefix("Cases/parcel/a.en.yaml:2:8: error: there is no order 'ZAM-2026-101'")
      })
    #expect(
      found.contains(
        "Cases/parcel/a.en.yaml:3:10: error: there is no channel 'alegro' to be played with; "
          + "did you mean 'allegro'?"))
    #expect(found.contains { $0.contains("4:9: error: 'polski' is no language such as 'pl'") })
  }

  @Test func `the matrix goes every way that the sample orders know, and always the same`() throws {
    let bot = try Self.bot.get()
    let now = try #require(Timestamp.parse("2026-11-20T10:00:00+01:00"))
    let english = try #require(LocaleTag("en"))
    let first = Matrix(of: bot, orders: try Self.orders(), at: now, locales: [english])
    let second = Matrix(of: bot, orders: try Self.orders(), at: now, locales: [english])
    #expect(first.transcript(in: english) == second.transcript(in: english))
    #expect(Set(first.cells.map(\.template)).isSuperset(of: ["parcel_shipped", "notice_delayed"]))
  }

  @Test func `coverage says what no case has gone through`() throws {
    let bot = try Self.bot.get()
    let one = try Self.outcome("order: ZAM-2026-1001\nmessages: ['Where is my parcel?']\n")
    let coverage = Coverage(of: bot, by: [one])
    #expect(coverage.missedIntents.contains("warranty"))
    #expect(!coverage.missedIntents.contains("parcel_location"))
    #expect(coverage.missedBranches.contains { $0.hasPrefix("Templates/en/refund_sent.liquid:1:") })
    #expect((1..<coverage.all.total).contains(coverage.all.covered))
  }

  @Test func `a template that a policy refuses is found in the branch that it stands in`() throws {
    let folder = try Self.copy()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "Templates/en/return_how.liquid")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data((text + " {% if order.item %}Write to us on WhatsApp.{% endif %}").utf8).write(
      to: file)
    let error = try #require(throws: InvalidFiles.self) { try Bot.load(from: folder) }
    let findings = error.diagnostics
    #expect(Set(findings.map(\.location.file)) == ["Templates/en/return_how.liquid"])
    #expect(findings.first?.message.contains("WhatsApp") == true)
  }

  @Test func `a question with a single choice, and the names to choose from, pass the policies`()
    throws
  {
    let changes = [
      ("Templates/en/clarify_choice.liquid", "Please", "Write to us on WhatsApp. Please"),
      ("Intents/warranty.yaml", "    label: the guarantee", "    label: write to us on WhatsApp"),
    ]
    for (name, old, new) in changes {
      let folder = try Self.copy()
      defer { try? FileManager.default.removeItem(at: folder) }
      let file = folder.appending(path: name)
      let text = try String(contentsOf: file, encoding: .utf8)
      let last = try #require(text.range(of: old, options: .backwards), "\(name) has no '\(old)'")
      try Data(text.replacingCharacters(in: last, with: new).utf8).write(to: file)
      let error = try #require(throws: InvalidFiles.self, "\(name)") { try Bot.load(from: folder) }
      #expect(
        error.diagnostics.contains { $0.location.file.hasSuffix("/clarify_choice.liquid") },
        "\(name): \(error.diagnostics)")
    }
  }

  @Test func `the examples of the shipped intents and policies are proved`() throws {
    let findings = Lint.findings(in: try Self.bot.get())
    #expect(findings.map(\.description) == [])
  }

  /// A conversation as it is held, and the file that it becomes.
  private func recorded(
    _ events: [(Request.Kind, after: TimeInterval)], on channel: Channel = .chat
  ) throws -> (yaml: String, transcript: String) {
    let responder = Responder(try Self.bot.get())
    let orders = try Self.orders()
    let number = OrderNumber("ZAM-2026-1001")
    var recording = CaseRecording(on: channel, in: nil)
    var conversation = Conversation()
    var now = try #require(Timestamp.parse("2026-11-20T10:00:00+01:00"))
    for (index, (kind, delay)) in events.enumerated() {
      now += delay
      var kind = kind
      switch kind {
      case .message(let message):
        kind = .message(Request.Message(text: message.text, orderNumber: number))
      case .notice(let notice, _):
        kind = .notice(notice, Request.Message(text: "", orderNumber: number))
      default: break
      }
      let request = Request(
        id: String(index), channel: channel, buyer: Request.Buyer(verified: true), kind: kind)
      recording.add(
        kind, at: now,
        responder.respond(to: request, in: &conversation, orders: orders, at: now))
    }
    let zone = try #require(TimeZone(identifier: "Europe/Warsaw"))
    let yaml = recording.yaml(about: .word("ZAM-2026-1001"), in: zone)
    return (yaml, recording.transcript)
  }

  private func message(_ text: String) -> Request.Kind { .message(Request.Message(text: text)) }

  @Test func `a recorded conversation of messages is a list of them`() throws {
    let (yaml, _) = try recorded([
      (message("Gdzie jest moja paczka?"), after: 0), (message("it's late"), after: 0),
    ])
    #expect(
      yaml == """
        order: ZAM-2026-1001
        now: 2026-11-20T10:00:00+01:00
        messages:
        - 'Gdzie jest moja paczka?'
        - 'it''s late'

        """)
  }

  @Test func `a recorded conversation says the same as a case, whatever is written in it`() throws {
    let texts = [
      "Where is my parcel?", "it's \"mine\": #1, {a: b} [c]", "- list\n\n  two: lines \n", "null",
      "~",
      "12", "true", "@x %y &z *w !v |u >t `s", "emoji 📦👩‍👩‍👧 zażółć", "tab\tbell\u{7}", "---", "\\n",
    ]
    let (yaml, transcript) = try recorded(
      texts.map { (message($0), after: 61) } + [
        (.agent(.sent("I'll check: today")), after: 3 * 86_400), (.agent(.release), after: 0),
        (message("How do I return this?"), after: 5_000_011),
        (.notice(.shipped, Request.Message(text: "")), after: 7200),
      ], on: try #require(Channel("allegro")))
    #expect(yaml.contains("after: 61s") && yaml.contains("after: 3d"))
    let outcome = try Self.outcome(yaml)
    #expect(outcome.transcript.contains(texts[1]) && outcome.transcript.contains(texts[2]))
    #expect(outcome.transcript == transcript)
  }
}
