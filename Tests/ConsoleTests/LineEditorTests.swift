import Console
import Testing

/// Keys pressed one after the other, and what has come of them.
struct Typing {
  private(set) var editor = LineEditor()
  private(set) var effects: [LineEditor.Effect] = []
  private var decoder = KeyDecoder()

  /// Sends what a terminal sends.
  init(_ bytes: String, completions: [String] = []) { send(bytes, completions: completions) }

  mutating func send(_ bytes: String, completions: [String] = []) {
    for key in decoder.keys(from: bytes.utf8) {
      effects.append(editor.press(key) { _ in completions })
    }
  }

  /// The line with `|` at the cursor.
  var line: String {
    String(editor.characters[..<editor.cursor]) + "|" + String(editor.characters[editor.cursor...])
  }

  var submitted: [String] {
    effects.compactMap { if case .submit(let line) = $0 { line } else { nil } }
  }
}

@Suite struct LineEditorTests {
  struct Row: CustomTestStringConvertible {
    let keys: String
    let line: String
    var testDescription: String { keys.debugDescription }
  }

  @Test(arguments: [
    Row(keys: "paczka", line: "paczka|"),
    Row(keys: "paczka\u{1B}[D\u{1B}[D", line: "pacz|ka"),
    Row(keys: "paczka\u{1}x\u{5}y", line: "xpaczkay|"),
    Row(keys: "paczka\u{1B}[Hx\u{1B}[Fy", line: "xpaczkay|"),
    Row(keys: "paczka\u{1B}[1~x\u{1B}[4~y", line: "xpaczkay|"),
    Row(keys: "gdzie jest\u{1B}b\u{1B}b\u{1B}f", line: "gdzie| jest"),
    Row(keys: "gdzie jest\u{1B}[1;5D", line: "gdzie |jest"),
    Row(keys: "gdzie jest paczka\u{1B}b\u{B}", line: "gdzie jest |"),
    Row(keys: "gdzie jest paczka\u{1B}b\u{15}", line: "|paczka"),
    Row(keys: "gdzie jest, panie\u{17}\u{17}", line: "gdzie |"),
    Row(keys: "gdzie jest\u{17}\u{1}\u{19}", line: "jest|gdzie "),
    Row(keys: "gdzie jest\u{1}\u{1B}d", line: "| jest"),
    Row(keys: "ab\u{2}\u{1B}[3~", line: "a|"),
    Row(keys: "ab\u{2}\u{4}", line: "a|"),
    Row(keys: "ab\u{3}c", line: "c|"),
    Row(keys: "ab\u{1B}\rc", line: "ab\nc|"),
    // What a person takes for one sign is one: an accent of its own, a family, a flag.
    Row(keys: "e\u{301}x\u{7F}\u{7F}", line: "|"),
    Row(keys: "a👩‍👩‍👧b\u{2}\u{7F}", line: "a|b"),
    Row(keys: "🇵🇱🇩🇪\u{7F}", line: "🇵🇱|"),
    Row(keys: "żółw\u{1B}[D\u{1B}[D\u{7F}", line: "ż|łw"),
    // An accent joins the letter before the cursor.
    Row(keys: "ex\u{2}\u{301}", line: "é|x"),
    // What no key sends is no text.
    Row(keys: "a\u{1B}[99;99~\u{1B}[?1;2cb", line: "ab|"),
    Row(keys: "a\u{0}\u{1C}b", line: "ab|"),
  ])
  func `keys edit the line`(_ row: Row) {
    #expect(Typing(row.keys).line == row.line)
  }

  @Test func `nothing happens beyond the ends, and the terminal rings`() {
    let typing = Typing("\u{7F}\u{1B}[C\u{1B}[D\u{1B}[A\u{1B}[B\u{B}")
    #expect(typing.effects == Array(repeating: .bell, count: 6))
  }

  @Test func `the history goes back and forth, and keeps what was being typed`() {
    var typing = Typing("one\rtwo\rtwo\r  \rthr")
    #expect(typing.submitted == ["one", "two", "two", "  "])
    typing.send("\u{1B}[A")
    #expect(typing.line == "two|")
    typing.send("\u{1B}[A")
    #expect(typing.line == "one|")
    typing.send("\u{1B}[A")
    #expect(typing.line == "one|" && typing.effects.last == .bell)
    typing.send("\u{1B}[B\u{1B}[B")
    #expect(typing.line == "thr|")
  }

  @Test func `a recalled line that is changed is a new one`() {
    var typing = Typing("one\r\u{1B}[A more\r")
    #expect(typing.submitted == ["one", "one more"])
    typing.send("\u{1B}[A\u{1B}[A")
    #expect(typing.line == "one|")
  }

  @Test func `a pasted text of several lines is one message`() {
    var typing = Typing("x \u{1B}[200~Dzień dobry,\r\ngdzie\tpaczka?\r\r\u{1B}[201~")
    #expect(typing.line == "x Dzień dobry,\ngdzie paczka?|")
    typing.send("\r")
    #expect(typing.submitted == ["x Dzień dobry,\ngdzie paczka?"])
  }

  @Test func `what is pasted cannot steer the terminal`() {
    #expect(Typing("\u{1B}[200~a\u{1B}[2Jb\u{7}\u{1B}[201~").line == "a[2Jb|")
  }

  @Test func `lines that come without marks are lines of their own`() {
    #expect(Typing("one\ntwo\nthree").submitted == ["one", "two"])
  }

  @Test func `Ctrl-C gives the line up, Ctrl-D ends at an empty one`() {
    #expect(Typing("ab\u{3}").effects.last == .abandon(wasEmpty: false))
    #expect(Typing("\u{3}").effects.last == .abandon(wasEmpty: true))
    #expect(Typing("\u{4}").effects.last == .end)
  }

  @Test func `Tab completes the word, as far as it is certain`() {
    #expect(Typing("/ord\t", completions: ["/order"]).line == "/order |")
    #expect(Typing("/order zam\t", completions: ["ZAM-1", "ZAM-2"]).line == "/order ZAM-|")
    let open = Typing("/order ZAM-\t", completions: ["ZAM-1", "ZAM-2"])
    #expect(open.line == "/order ZAM-|")
    #expect(open.effects.last == .candidates(["ZAM-1", "ZAM-2"]))
    #expect(Typing("where\t").effects.last == .bell)
  }

  @Test func `bytes may come one by one`() {
    let bytes = "zażółć 👩‍👩‍👧 \u{1B}[200~a\rb\u{1B}[201~\u{1B}[D\u{1B}OHx\u{1B}b\r"
    var decoder = KeyDecoder()
    var editor = LineEditor()
    var submitted: String?
    for byte in bytes.utf8 {
      for key in decoder.keys(from: [byte]) {
        if case .submit(let line) = editor.press(key) { submitted = line }
      }
    }
    #expect(submitted == "xzażółć 👩‍👩‍👧 a\nb")
  }

  @Test func `any bytes leave a line whose cursor stands in it`() {
    var random = SeededNumbers()
    for _ in 0..<50 {
      var decoder = KeyDecoder()
      var editor = LineEditor()
      for _ in 0..<60 {
        let piece = (0..<Int.random(in: 1...6, using: &random)).map { _ in
          [0x1B, 0x5B, 0x7F, 0xC3, 0xB3, 0x20, UInt8.random(in: 0...255, using: &random)]
            .randomElement(using: &random) ?? 0
        }
        for key in decoder.keys(from: piece) {
          _ = editor.press(key) { [$0, $0 + "a"] }
          #expect((0...editor.characters.count).contains(editor.cursor))
          let layout = LineLayout(
            editor.characters, cursor: editor.cursor, indent: 7, columns: 20, height: 5)
          #expect(layout.rows.indices.contains(layout.row) && layout.column <= 20)
        }
      }
    }
  }
}

/// Numbers that are the same in every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64 = 20_261_120

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
