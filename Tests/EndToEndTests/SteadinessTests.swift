import Foundation
import Testing

/// What the pipe does when its surroundings misbehave.
@Suite(.serialized) struct SteadinessTests {
  /// A pipe that is fed and read while it runs.
  private struct Running {
    let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let notes: URL

    init(_ arguments: [String]) throws {
      notes = FileManager.default.temporaryDirectory.appending(path: "odzew-\(UUID().uuidString)")
      try Data().write(to: notes)
      process.executableURL = Program.executable
      process.arguments = ["pipe"] + arguments
      process.standardInput = input
      process.standardOutput = output
      process.standardError = try FileHandle(forWritingTo: notes)
      try process.run()
    }

    func write(_ text: String) throws {
      try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    /// The next line of the output; what has been written by the end where there is none.
    func line() -> String {
      var bytes = Data()
      while true {
        let byte = output.fileHandleForReading.readData(ofLength: 1)
        if byte.isEmpty || byte == Data([10]) { return String(decoding: bytes, as: UTF8.self) }
        bytes += byte
      }
    }

    /// Waits until the notes contain a text.
    func waitForNote(_ text: String) throws -> Bool {
      for _ in 0..<1200 {
        if try told.contains(text) { return true }
        usleep(50_000)
      }
      return false
    }

    var told: String {
      get throws { String(decoding: try Data(contentsOf: notes), as: UTF8.self) }
    }

    func finish() throws -> Int32 {
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      try? FileManager.default.removeItem(at: notes)
      return process.terminationStatus
    }
  }

  private static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "odzew-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Some hundred lines: several buyers, conversations that go on, orders told of and asked about.
  private static let lines: [String] = (0..<400).map { number in
    let texts = [
      "Gdzie jest moja paczka?", "Where is my order ZAM-\(number % 7)?", "STOP", "Dziękuję!",
      "Wie kann ich das zurückgeben?", "Kde je môj balík?", "2", "I want a refund, this is a scam!",
      "Nie działa.", "moj kod pocztowy 60-101",
    ]
    if number % 23 == 0 {
      return
        #"{"id":"\#(number)","type":"order","order":{"number":"ZAM-\#(number % 7)","status":"shipped","references":["R\#(number % 3)"],"buyer":{"id":"b\#(number % 5)","postcode":"60-101"}}}"#
    }
    let channel = ["allegro", "chat", "amazon", "shop_email"][number % 4]
    return
      #"{"id":"\#(number)","conversation":"c\#(number % 61)","channel":"\#(channel)","sent_at":"2026-11-20T10:00:\#(10 + number % 50)Z","buyer":{"id":"b\#(number % 5)"},"text":"\#(texts[number % texts.count])"}"#
  }

  @Test func `answers do not depend on how many are made at a time`() throws {
    let folder = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = Self.lines.joined(separator: "\n") + "\n"
    let one = try Program.run(["pipe", "--jobs", "1"], input: input)
    #expect(one.lines.count == Self.lines.count)
    for (number, state) in [("8", nil), ("1", "one"), ("8", "eight")] {
      let place = state.map { ["--state", folder.appending(path: "\($0).odzew").path] } ?? []
      let other = try Program.run(["pipe", "--jobs", number] + place, input: input)
      #expect(other.status == 0)
      #expect(other.output == one.output, "--jobs \(number) \(state ?? "")")
    }
  }

  @Test func `an order that is told of again in other letters is answered as it was told`() throws {
    let folder = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let orders = folder.appending(path: "orders.json")
    func order(_ number: String) -> String {
      #"{"number":"\#(number)","status":"shipped","buyer":{"id":"b"},"shipments":[{"carrier":"inpost","tracking_number":"620123456789012345678901","shipped_at":"2026-11-18T10:00:00Z"}]}"#
    }
    try Data("[\(order("ZAM-9"))]".utf8).write(to: orders)
    let input = [
      #"{"id":"1","type":"order","order":\#(order("zam-9"))}"#,
      #"{"id":"2","order_number":"ZAM-9","buyer":{"id":"b"},"text":"Gdzie jest moja paczka?"}"#,
    ].joined(separator: "\n")
    let options = ["pipe", "--now", "2026-11-20T10:00:00Z", "--orders", orders.path, "--jobs"]
    let one = try Program.run(options + ["1"], input: input)
    #expect(one.lines.last?.contains("zam-9") == true)
    #expect(try Program.run(options + ["2"], input: input).output == one.output)
  }

  @Test func `what was sent counts after thousands of other conversations`() throws {
    let order =
      #""order":{"number":"ZAM-1","status":"delivered","marketplace":"shop","buyer":{"id":"b"},"items":[{"name":"Kubek"}],"shipments":[{"status":"delivered","delivered_at":"2026-11-10T10:00:00Z"}]}"#
    var lines = [
      #"{"id":"n","type":"notice","notice":"review_request","channel":"shop_email","conversation":"first","sent_at":"2026-11-20T10:00:00+01:00","buyer":{"id":"b","verified":true},\#(order)}"#
    ]
    lines += (0..<4400).map { #"{"id":"\#($0)","type":"agent","event":"takeover"}"# }
    lines.append(
      #"{"id":"d","type":"draft","kind":"review_request","channel":"shop_email","conversation":"last","sent_at":"2026-11-20T12:00:00+01:00","buyer":{"id":"b"},\#(order),"author":"person","text":"Będziemy wdzięczni za opinię o zakupie."}"#
    )
    let outcome = try Program.run(["pipe"], input: lines.joined(separator: "\n"))
    #expect(outcome.lines.first?.contains(#""action":"reply""#) == true)
    #expect(outcome.lines.last?.contains(#""rule":"review-once""#) == true)
  }

  @Test func `who asks twice to stop need not wait for a reader who does not read`() throws {
    let folder = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let many = (0..<2000).map { #"{"id":"\#($0)","text":"Dzień dobry"}"# }.joined(separator: "\n")
    try Data(many.utf8).write(to: folder.appending(path: "in"))
    let outcome = try Program.shell(
      """
      cd '\(folder.path)'; mkfifo out; exec 3<>out; "$ODZEW" pipe <in >out & program=$!
      sleep 5; kill -TERM $program; sleep 1; kill -0 $program && echo waits
      kill -TERM $program; wait $program; echo $?
      """)
    #expect(outcome.lines == ["waits", "143"])
  }

  @Test func `a closed input is an error, not a wait`() throws {
    let outcome = try Program.shell(#""$ODZEW" pipe <&-"#)
    #expect(outcome.status == 74)
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `a signal ends the program once what was read is answered`(signal: Int32) throws {
    let running = try Running([])
    try running.write(#"{"id":"1","text":"Gdzie jest moja paczka?"}"# + "\n")
    #expect(running.line().contains(#""id":"1""#))
    // Half of a line is still its sender's.
    try running.write(#"{"id":"2","te"#)
    usleep(100_000)
    kill(running.process.processIdentifier, signal)
    running.process.waitUntilExit()
    #expect(running.process.terminationReason == .exit)
    #expect(running.process.terminationStatus == 0)
    #expect(running.line().isEmpty)
    #expect(try running.told == "")
  }

  @Test func `a changed folder is read again, and a bad one is refused while the old one stays`()
    throws
  {
    let folder = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let bot = folder.appending(path: "bot")
    try FileManager.default.createDirectory(at: bot, withIntermediateDirectories: true)
    for name in try FileManager.default.contentsOfDirectory(atPath: Program.root.path)
    where name.hasSuffix(".yaml")
      || ["Concepts", "Hints", "Intents", "Templates", "Policies"].contains(name)
    {
      try FileManager.default.copyItem(
        at: Program.root.appending(path: name), to: bot.appending(path: name))
    }
    let running = try Running(["--bot", bot.path])
    func ask(_ id: String) throws -> String {
      try running.write(#"{"id":"\#(id)","locale":"en","text":"hello"}"# + "\n")
      return running.line()
    }
    let greeting = bot.appending(path: "Templates/en/greeting.liquid")
    let original = try String(contentsOf: greeting, encoding: .utf8)
    let before = try ask("1")
    try "{{ order.numbre }}".write(to: greeting, atomically: true, encoding: .utf8)
    kill(running.process.processIdentifier, SIGHUP)
    #expect(try running.waitForNote("the bot stays as it was"))
    #expect(try running.told.contains("greeting.liquid:1:"))
    #expect(
      try ask("2")
        == before.replacing(#""id":"1""#, with: #""id":"2""#)
        .replacing(#""conversation":"1""#, with: #""conversation":"2""#))
    try (original + "\nWe answer from Kraków.\n").write(
      to: greeting, atomically: true, encoding: .utf8)
    kill(running.process.processIdentifier, SIGHUP)
    #expect(try running.waitForNote("has been read again"))
    #expect(try ask("3").contains("We answer from Kraków."))
    #expect(try running.finish() == 0)
  }

  @Test func `what nobody reads any more ends the program quietly`() throws {
    let folder = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "in")
    let many = (0..<2000).map { #"{"id":"\#($0)","text":"Dzień dobry"}"# }.joined(separator: "\n")
    try Data(many.utf8).write(to: input)
    let outcome = try Program.shell("\"$ODZEW\" pipe < '\(input.path)' | head -n 1")
    #expect(outcome.lines.count == 1)
    #expect(outcome.notes.isEmpty)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `a full disk is told, and is no success`() throws {
    let outcome = try Program.shell(
      #"echo '{"id":"1","text":"Dzień dobry"}' | "$ODZEW" pipe > /dev/full"#)
    #expect(outcome.status == 74)
    #expect(outcome.notes.contains("the output cannot be written"))
  }

  @Test func `a line that breaks off at the end of the input is an error of its own`() throws {
    let outcome = try Program.run(
      ["pipe"], input: #"{"id":"1","text":"Dzień dobry"}"# + "\n" + #"{"id":"2","te"#)
    #expect(outcome.status == 0 && outcome.lines.count == 2)
    #expect(outcome.lines.last?.contains("invalid_json") == true)
  }

  @Test func `what is kept between runs changes nothing, whatever becomes of it`() throws {
    let home = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: home) }
    let ask = #"echo '{"id":"1","text":"Gdzie jest moja paczka?"}' | "$ODZEW" pipe "#
    func run(_ options: String = "") throws -> Program.Outcome {
      try Program.shell(
        "export HOME='\(home.path)' XDG_CACHE_HOME='\(home.path)'; " + ask + options)
    }
    func kept() throws -> [URL] {
      let folder = home.appending(path: "odzew")
      guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
      return try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil)
    }
    let plain = try run("--no-cache")
    #expect(plain.status == 0 && !plain.output.isEmpty)
    #expect(try kept().isEmpty)
    #expect(try run().output == plain.output)
    #expect(Set(try kept().map(\.pathExtension)) == ["notes", "tables"])
    for file in try kept() {
      let intact = try Data(contentsOf: file)
      #expect(try run().output == plain.output)
      for damaged in [Data(), Data(intact.prefix(1000)), flipped(intact)] {
        try damaged.write(to: file)
        #expect(try run().output == plain.output)
        let mended = try Data(contentsOf: file)
        #expect(mended.count == intact.count && mended != damaged, "what is damaged is made anew")
      }
    }
  }

  private func flipped(_ bytes: Data) -> Data {
    var bytes = bytes
    bytes[bytes.count / 2] ^= 4
    return bytes
  }
}
