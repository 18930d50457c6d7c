import Foundation
import Testing

@Suite struct LintFixTests {
  private static let intent = """
    intent: gift_wrapping\u{20}\u{20}
    meaning: asks whether it can be wrapped as a gift
    locales:
      en:
        label: gift wrapping
        keyword: {gift wrap*: 8}  # as buyers say it
        examples: [Can you gift wrap it?, Can you gift wrap it?]
    answers:
      - {template: gift_wrapping}

    """

  private static let mendedIntent = """
    # yaml-language-server: $schema=../Schemas/intent.schema.json
    intent: gift_wrapping
    meaning: asks whether it can be wrapped as a gift
    locales:
      en:
        label: gift wrapping
        keywords: {gift wrap*: 8}  # as buyers say it
        examples: [Can you gift wrap it?]
    answers:
      - {template: gift_wrapping}

    """

  private static let mends = [
    "Intents/gift_wrapping.yaml:1:1: M: line added that names the schema '../Schemas/intent.schema.json'",
    "Intents/gift_wrapping.yaml:1:22: M: trailing blanks removed",
    "Intents/gift_wrapping.yaml:6:5: M: key 'keyword' renamed to 'keywords'",
    "Intents/gift_wrapping.yaml:7:39: M: 'Can you gift wrap it?' removed, which stands before in the same list",
    "Templates/en/gift_wrapping.liquid:1:1: M: byte order mark removed",
    "Templates/en/gift_wrapping.liquid:1:5: M: line end added behind the last line",
  ]

  /// The part of a bot folder in which there is something to mend, and a file outside of it.
  private func inFolder(_ body: (_ bot: URL, _ outside: URL) throws -> Void) throws {
    let files = FileManager.default
    let place = files.temporaryDirectory.appending(path: "odzew-fix-\(UUID().uuidString)")
    defer { try? files.removeItem(at: place) }
    let bot = place.appending(path: "bot")
    for (path, text) in [
      "bot/Intents/gift_wrapping.yaml": Self.intent, "bot/Schemas/intent.schema.json": "{}",
      "bot/Templates/en/gift_wrapping.liquid": "\u{FEFF}Yes.", "elsewhere/a.yaml": "a: 1  ",
    ] {
      let file = place.appending(path: path)
      try files.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try files.createSymbolicLink(
      at: bot.appending(path: "Adapters"), withDestinationURL: place.appending(path: "elsewhere"))
    try files.createSymbolicLink(
      at: bot.appending(path: "Intents/a.yaml"),
      withDestinationURL: place.appending(path: "elsewhere/a.yaml"))
    try body(bot, place.appending(path: "elsewhere/a.yaml"))
  }

  private func text(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

  @Test func `what is mechanical is mended once, and nothing but said in a dry run`() throws {
    try inFolder { bot, outside in
      let intent = bot.appending(path: "Intents/gift_wrapping.yaml")
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: intent.path)

      let trial = try Program.run(["lint", "--bot", bot.path, "--fix", "--dry-run"])
      #expect(
        Array(trial.lines.prefix(6))
          == Self.mends.map { $0.replacing(": M: ", with: ": would be mended: ") })
      #expect(trial.notes.hasPrefix("6 mends in 2 files; nothing is written\n"))
      #expect(try text(intent) == Self.intent)

      let mended = try Program.run(["lint", "--bot", bot.path, "--fix"])
      #expect(
        Array(mended.lines.prefix(6))
          == Self.mends.map { $0.replacing(": M: ", with: ": mended: ") }
      )
      // What is left is the same, and decides the exit code.
      #expect(mended.lines.dropFirst(6) == trial.lines.dropFirst(6))
      #expect(
        mended.lines.contains(
          "odzew.yaml:1:1: error: the file is missing; is this the right bot folder?"))
      #expect(mended.status == 1 && trial.status == 1)
      #expect(try text(intent) == Self.mendedIntent)
      #expect(try text(bot.appending(path: "Templates/en/gift_wrapping.liquid")) == "Yes.\n")
      #expect(try text(outside) == "a: 1  ")
      let attributes = try FileManager.default.attributesOfItem(atPath: intent.path)
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      // Nothing is left behind.
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: bot.path + "/Intents").sorted()
          == ["a.yaml", "gift_wrapping.yaml"])

      let again = try Program.run(["lint", "--bot", bot.path, "--fix"])
      #expect(again.lines == Array(mended.lines.dropFirst(6)))
      #expect(again.notes.hasPrefix("0 mends in 0 files\n"))
    }
  }

  @Test func `a dry run of nothing is wrong usage`() throws {
    let outcome = try Program.run(["lint", "--dry-run"])
    #expect(outcome.status == 64 && outcome.notes.contains("'--dry-run' needs '--fix'"))
  }
}
