import Foundation
import Testing

@Suite struct ChatTests {
  /// A bot folder of a test's own, without the shipped cases.
  private func withBot(_ body: (URL) throws -> Void) throws {
    let files = FileManager.default
    let bot = files.temporaryDirectory.appending(path: "odzew-bot-\(UUID().uuidString)")
    try files.createDirectory(at: bot, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: bot) }
    for name in [
      "odzew.yaml", "automatic.yaml", "carriers.yaml", "countries.yaml", "deadlines.yaml",
      "Adapters", "Concepts", "Hints", "Intents", "Templates", "Policies", "Samples", "Schemas",
    ] {
      try files.copyItem(
        at: Program.root.appending(path: name), to: bot.appending(path: name))
    }
    try body(bot)
  }

  @Test func `a conversation is led through all commands, saved, and passes as a case`() throws {
    try withBot { bot in
      let chat = try Program.run(
        ["chat", "--bot", bot.path, "--order", "ZAM-2026-1012", "--channel", "allegro"],
        input: """
          Gdzie jest moja paczka?
          /explain
          /clock +1d
          /as agent Dzień dobry, już sprawdzam.
          A teraz?
          /as buyer
          /clock 2026-11-22T09:00
          Jak mogę zwrócić kubek?
          /notice delayed
          /history
          /save late/it's
          /save late/allegro
          /save late/allegro
          /save case late/allegro --force
          /clock 2026-11-01
          /clock
          /chanel amazon
          /channel alegro
          /as agent
          Proszę napisać na jan@example.com
          /as buyer Halo?
          /new
          /explain
          """)
      #expect(chat.status == 0 && !chat.output.contains("\u{1B}"))
      #expect(!chat.output.contains("Tu automatyczny asystent"), "a chat's first line is a chat's")
      for note in [
        "(Zielony Kubek · allegro · Fri 2026-11-20 10:00 · Ola Wiśniewska writes, about ZAM-2026-1012",
        " of 2000 characters)", "(a person takes over: delivery, high",
        "(Sat 2026-11-21 10:00)", "(a person has sent this;",
        "(nothing is said: a person has taken the conversation over)", "(handed back;",
        "(Sun 2026-11-22 09:00)", "(name the case in letters",
        "(saved as Cases/late/allegro.pl.yaml and .txt; run it with 'odzew test late/allegro.pl --bot",
        "(Cases/late/allegro.pl.yaml exists; choose another name, or replace it with",
        "(it is Sun 2026-11-22 09:00 already:", "did you mean '/channel'?)",
        "did you mean 'allegro'?", "(a person's text is stopped by ",
        "(a new conversation; Fri 2026-11-20 10:00", "(nothing has been said yet)",
      ] { #expect(chat.notes.contains(note), "\(note)") }
      for line in [
        "action      escalate on allegro in pl", "Templates/pl/frame.liquid",
        "\n> A teraz?\n[suppress: ", "\n* Dzień dobry, już sprawdzam.\n[stored: – · –]",
      ] { #expect(chat.output.contains(line), "\(line)") }
      let file = try String(
        contentsOf: bot.appending(path: "Cases/late/allegro.pl.yaml"), encoding: .utf8)
      #expect(
        file.hasPrefix(
          """
          # yaml-language-server: $schema=../../Schemas/case.schema.json
          order: ZAM-2026-1012
          channel: allegro
          now: 2026-11-20T10:00:00+01:00
          steps:
          - {buyer: 'Gdzie jest moja paczka?'}
          - {agent: sent, text: 'Dzień dobry, już sprawdzam.', after: 1d}
          - {buyer: 'A teraz?'}
          - {agent: release}
          - {buyer: 'Jak mogę zwrócić kubek?', after: 23h}
          - {notice: delayed}

          """))
      let test = try Program.run(["test", "late/allegro", "--bot", bot.path])
      #expect(test.status == 0 && test.output == "1 passed, 0 failed\n")
    }
  }

  @Test func `an order of a file goes with its case, and languages and channels are told apart`()
    throws
  {
    try withBot { bot in
      let orders = bot.appending(path: "mine.ndjson")
      try Data(
        """
        {"number":"OWN-0","status":"new"}
        {"number":"OWN-1","status":"shipped","buyer":{"name":"O'Hara: #1","postcode":"01234","email":null},\
        "items":[{"name":"Mug","quantity":2,"unit_price":8.5,"returnable":true,"exception":null}],\
        "shipments":[{"carrier":"dpd","tracking_number":"13579246801035"}]}
        """.utf8
      ).write(to: orders)
      let chat = try Program.run(
        [
          "chat", "--bot", bot.path, "--orders", orders.path, "--now",
          "2026-11-20T10:00:00+01:00", "--locale", "en",
        ],
        input: "/order own-1\nWhere is my parcel?\n/save own\n/order\n/save none\n")
      #expect(chat.output.contains("13579246801035"))
      #expect(chat.notes.contains("(O'Hara: #1 writes, about OWN-1, shipped)"))
      #expect(chat.notes.contains("; it holds the order: replace what is a real buyer's"))
      #expect(!chat.notes.contains("mind that"))
      #expect(chat.notes.contains("(nothing has been said yet)"))
      let test = try Program.run(["test", "own", "--bot", bot.path])
      #expect(test.status == 0 && test.output == "1 passed, 0 failed\n")
    }
  }
}
