import Foundation
import Testing

@Suite struct CommandTests {
  @Test func `a chat answers from the sample orders, with and without diacritics and capitals`()
    throws
  {
    let outcome = try Program.run(
      ["chat", "--order", "ZAM-2026-1001"],
      input: """
        Gdzie jest moja paczka?
        GDZIE JEST MOJA PACZKA
        Jak mogę zwrócić produkt?
        jak moge zwrocic produkt
        Czy produkt jest dostępny?
        Where is my parcel?
        /quit
        Gdzie jest moja paczka?
        """)
    #expect(outcome.status == 0)
    let lines = outcome.lines
    #expect(lines.count == 7)
    #expect(lines[0].contains("automatyczny asystent"))
    #expect(lines[1].contains("620123456789012345678901") && lines[1] == lines[2])
    #expect(lines[3].contains("14 dni") && lines[3] == lines[4])
    #expect(lines[5].contains("12 sztuk"))
    #expect(lines[6].contains("is on its way"))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func `a stranger is asked for the number, then for a fact, then answered`() throws {
    let outcome = try Program.run(
      ["chat"], input: "Gdzie jest moja paczka?\nZAM-2026-1001\n60-101\n")
    let lines = outcome.lines
    #expect(lines[1].contains("numer zamówienia"))
    #expect(lines[2].contains("kod pocztowy"))
    #expect(lines[3].contains("620123456789012345678901"))
  }

  @Test func `a person is announced, and commands work without a terminal`() throws {
    let outcome = try Program.run(
      ["chat"],
      input:
        "/order ZAM-2026-1012\nGdzie jest moja paczka?\n/explain\n/locale en\n/order X\n/nonsense\n"
    )
    #expect(outcome.notes.contains("a person takes over: delivery, high"))
    #expect(outcome.output.contains("→ answers parcel_location"))
    #expect(outcome.notes.contains("(answers in en; a new conversation)"))
    #expect(
      outcome.notes.contains("there is no order 'X'; known: 302-1234567-1234567, ZAM-2026-1001"))
    #expect(outcome.notes.contains("there is no command '/nonsense'"))
  }

  @Test func `a template from standard input is rendered`() throws {
    let outcome = try Program.run(
      ["render", "-", "--locale", "en"], input: #"{{ 5 | plural: one: "day", other: "days" }}"#)
    #expect(outcome.status == 0)
    #expect(outcome.output == "days")
  }

  @Test func `of a message too long to be read its beginning is explained`() throws {
    let text = String(repeating: "Gdzie jest moja paczka? ", count: 4000)
    let outcome = try Program.run(["explain", text])
    #expect(outcome.notes.contains("its first 2500 characters are read"))
    #expect(outcome.output.contains("→ answers parcel_location"))
  }

  @Test func `wrong usage is 64, bad data 65, a missing file 74`() throws {
    #expect(try Program.run(["pipe", "--nonsense"]).status == 64)
    #expect(try Program.run(["pipe", "--now", "noon"]).status == 64)
    #expect(try Program.run(["pipe", "--bot", "/nonexistent"]).status == 65)
    #expect(try Program.run(["pipe", "--orders", "/nonexistent"]).status == 74)
    let broken = FileManager.default.temporaryDirectory
      .appending(path: "odzew-orders-\(UUID().uuidString).ndjson")
    defer { try? FileManager.default.removeItem(at: broken) }
    try Data("{\"number\":\"1\",\"status\":\"new\"}\n{\"number\":\"2\"}\n".utf8).write(to: broken)
    let outcome = try Program.run(["pipe", "--orders", broken.path])
    #expect(outcome.status == 65)
    #expect(outcome.notes.contains(".ndjson:2:1: error: 'status' is missing"))
  }

  @Test func `an input that cannot be read is 74, not a crash`() throws {
    let outcome = try Program.run(["pipe"], standardInput: URL(filePath: "/"))
    #expect(outcome.status == 74)
    #expect(outcome.notes == "odzew: the input cannot be read: Is a directory\n")
  }

  @Test func `help shows examples, and the version is told`() throws {
    for command in ["chat", "pipe", "test", "lint", "explain", "evaluate"] {
      let help = try Program.run([command, "--help"])
      #expect(help.status == 0 && help.output.contains("odzew \(command)"), "\(command)")
    }
    #expect(try Program.run(["--version"]).lines == ["0.1.0"])
  }

  @Test func `explain shows the buyer's own words behind every reason`() throws {
    let text = try Program.run(["explain", "Gdzie jest moja paczka ZAM-2026-1001?"]).output
    #expect(text.contains("parcel_location"))
    #expect(text.contains("← clause 1: “Gdzie jest moja paczka”"))
    #expect(text.contains("order_number ZAM-2026-1001"))
    let json = try Program.run(["explain", "--json", "Gdzie jest moja paczka?"]).output
    #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
  }

  @Test func `pages go to files, and results where they always go`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "odzew-pages-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appending(path: "page.html")
    let text = "<script>alert('x')</script> Gdzie jest moja paczka?"
    let explained = try Program.run(["explain", "--html", page.path, text])
    #expect(explained.status == 0 && explained.output.contains("parcel_location"))
    let why = try String(contentsOf: page, encoding: .utf8)
    #expect(why.contains("&lt;script&gt;") && !why.contains("<script"))

    let messages = folder.appending(path: "messages.jsonl")
    let lines = ["Gdzie jest moja paczka?", "Where is my parcel?"].map { text in
      #"{"text":"\#(text)","locale":"pl","intents":["invoice"]}"#
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: messages)
    let evaluated = try Program.run(
      ["evaluate", messages.path, "--html", page.path, "--json"])
    #expect(evaluated.status == 0 && evaluated.output.contains("\"calibration_error\""))
    let accuracy = try String(contentsOf: page, encoding: .utf8)
    #expect(accuracy.contains("invoice read as parcel_location: 2</h3>"))

    let nowhere = try Program.run(["explain", "--html", "\(folder.path)/none/page.html", "x"])
    #expect(nowhere.status == 74 && nowhere.notes.contains("none/page.html' cannot be written"))
    let standardOutput = try Program.run(["explain", "--html", "-", "x"])
    #expect(standardOutput.status == 64 && standardOutput.notes.contains("a page goes to a file"))
    let policies = try Program.run(["evaluate", "--policies", "x", "--html", page.path])
    #expect(policies.status == 64)
  }
}
