import Evaluation
import Foundation
import Odzew
import Testing

@Suite struct SuggestionsTests {
  /// Nobody asks for gift wrapping in the shipped bot, and `Kaufnachweis` is no word of it.
  private static let lines = [
    #"{"text":"Can you gift wrap it?"}"#,
    #"{"text":"Do you offer gift wrapping? Jane Miller, 07911 123456"}"#,
    #"{"text":"could you gift wrap my order ZAM-2026-1001","order_number":"ZAM-2026-1001"}"#,
    #"{"text":"gift wrap please, jane miller, jane@example.com","buyer":{"name":"Jane Miller"}}"#,
    #"{"text":"gift wrapping please, jane miller","buyer":{"id":"j","name":"Jane Miller"}}"#,
    #"{"text":"Ich will einen Kaufnachweis","locale":"de","intents":["invoice"]}"#,
    #"{"text":"kaufnachweis?? für handyversicherung","locale":"de","intents":["invoice"]}"#,
    #"{"text":"Kaufnachweis wär nice, sonst schimpft mein Chef","locale":"de"}"#,
    #"{"text":"Where is my parcel?"}"#,
  ]

  private static func messages(_ lines: [String] = lines) throws -> [ReceivedMessage] {
    try lines.enumerated().compactMap {
      try ReceivedMessage.read(Data($0.element.utf8), line: $0.offset + 1)
    }
  }

  private static func suggestions(_ messages: [ReceivedMessage]) throws -> Suggestions {
    Suggestions(of: messages, by: Responder(try CaseTests.bot.get()), cases: [])
  }

  @Test func `messages that are alike are a group, and what is understood is in none`() throws {
    let found = try Self.suggestions(try Self.messages())
    #expect(found.counts.understood == 1 && found.counts.missed == 8)
    #expect(found.groups.map(\.lines) == [[1, 2, 3, 4, 5], [6, 7, 8]])
    #expect(found.groups.map(\.locale.description) == ["en", "de"])
    #expect(found.groups.first?.words.first == "gift")
  }

  @Test func `a group that is near to nothing may be a new intent, and gets no keyword`() throws {
    let group = try #require(try Self.suggestions(try Self.messages()).groups.first)
    #expect(group.nearest == nil && group.keywords.isEmpty && group.file == nil)
  }

  @Test func `a keyword is given to the nearest intent with the least points that do`() throws {
    let group = try #require(try Self.suggestions(try Self.messages()).groups.last)
    #expect(group.nearest?.intent.description == "invoice")
    #expect(group.labelled == (with: 2, of: 2))
    #expect(group.file == "Intents/invoice.yaml" && group.answered == 3)
    #expect(group.yaml == "locales:\n  de:\n    keywords:\n      kaufnachweis: 5\n")
  }

  @Test func `a keyword that would answer what is labelled otherwise is dropped`() throws {
    let lines = Self.lines.map { line in
      line.replacing(#""locale":"de"}"#, with: #""locale":"de","intents":["warranty"]}"#)
    }
    let group = try #require(try Self.suggestions(try Self.messages(lines)).groups.last)
    #expect(group.keywords.isEmpty && group.dropped == 1)
    #expect(
      group.reason == "'kaufnachweis' with 3 points answers line 8, which is labelled warranty")
  }

  @Test func `nothing is shown or proposed that tells who wrote`() throws {
    let found = try Self.suggestions(try Self.messages())
    let shown = found.groups.flatMap { group in
      group.sentences + group.words + group.keywords.map(\.text) + [group.yaml, group.reason ?? ""]
    }.joined(separator: "\n").lowercased()
    #expect(shown.contains("gift"))
    for secret in ["jane", "miller", "07911", "1001", "example.com"] {
      #expect(!shown.contains(secret), "\(secret)")
    }
  }

  @Test func `the order of the lines does not matter`() throws {
    let messages = try Self.messages()
    let (one, other) = (
      try Self.suggestions(messages), try Self.suggestions(messages.reversed())
    )
    #expect(one.groups.map(\.lines) == other.groups.map(\.lines))
    #expect(one.groups.map(\.yaml) == other.groups.map(\.yaml))
    #expect(one.groups.map(\.sentences) == other.groups.map(\.sentences))
  }

  @Test func `what is pasted has the group answered, as the trial said, and breaks nothing`() throws
  {
    let messages = try Self.messages()
    let group = try #require(try Self.suggestions(messages).groups.last)
    let bot = try CaseTests.bot.get()
    let folder = try CaseTests.copy()
    defer { try? FileManager.default.removeItem(at: folder) }
    let name = try #require(group.file)
    let file = folder.appending(path: name)
    var lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    let pasted = group.yaml.split(separator: "\n").map(String.init)
    let place = try #require(lines.firstIndex(of: pasted[1]))
    lines.insert(contentsOf: pasted.dropFirst(2), at: place + 1)
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    let changed = try Bot.load(from: folder)
    #expect(!Lint.findings(in: changed).contains { $0.severity == .error })
    let answers = Suggestions(of: messages, by: Responder(changed), cases: [])
    #expect(answers.counts.understood == 4 && answers.groups.count == 1)

    let keyword = try #require(group.keywords.first)
    let invoice = try #require(IntentID("invoice"))
    let trial = TrialKeyword(
      keyword.text, points: keyword.points, for: invoice, in: group.locale)
    let tried = try #require(bot.classifier.adding(trial))
    let others = try LabelledMessage.read(
      try Data(
        contentsOf: CaseTests.root.appending(path: "Tests/Fixtures/messages/second.de.jsonl")))
    for text in others.map(\.text) + ["Kasenbeleg bitte", "kein Kaufnachweis", "Kaufnachweise"] {
      let utterance = Utterance(text, locale: group.locale)
      #expect(tried.read(utterance) == changed.classifier.read(utterance), "\(text)")
    }
  }

  @Test func `a line needs a text alone, and what is wrong with another is said`() throws {
    func read(_ line: String) throws -> ReceivedMessage? {
      try ReceivedMessage.read(Data(line.utf8), line: 7)
    }
    #expect(try read(#"{"text":"x"}"#)?.intents == [])
    #expect(try read(#"{"type":"agent","event":"takeover"}"#) == nil)
    for (line, says) in [
      ("x", "this is not JSON: byte 1: a value is expected here"), ("{}", "'text' is missing"),
      (#"{"text":"x","intents":"y"}"#, "'intents' must be an array"),
    ] {
      let error = #expect(throws: InvalidRequest.self) { try read(line) }
      #expect(error?.message == says)
    }
  }
}
