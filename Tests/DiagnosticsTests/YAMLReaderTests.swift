import Diagnostics
import Testing

@Suite struct YAMLReaderTests {
  private func findings(in text: String, _ read: (YAMLMapping) -> Void) -> [String] {
    let reader = YAMLReader(SourceText(file: "Intents/a.yaml", text: text))
    if let root = reader.root {
      read(root)
      root.finish()
    }
    return reader.diagnostics.map(\.description)
  }

  @Test func `an unknown key names the one that was meant`() {
    let found = findings(in: "intent: a\nkeyword: x\n") {
      _ = $0.string("intent")
      _ = $0.strings("keywords")
    }
    #expect(
      found == ["Intents/a.yaml:2:1: error: unknown key 'keyword'; did you mean 'keywords'?"])
  }

  @Test func `a file that nobody reads any more takes no memory`() {
    weak var reader: YAMLReader?
    weak var root: YAMLMapping?
    do {
      let read = YAMLReader(SourceText(file: "Intents/a.yaml", text: "intent: a\n"))
      (reader, root) = (read, read.root)
      #expect(read.root?.string("intent")?.value == "a")
    }
    #expect(reader == nil)
    #expect(root == nil)
  }

  @Test func `a missing key is said where its mapping begins`() {
    let found = findings(in: "meaning: x\n") {
      _ = $0.string("intent")
      _ = $0.string("meaning")
    }
    #expect(found == ["Intents/a.yaml:1:1: error: the key 'intent' is missing here"])
  }

  @Test func `a wrong type, a number out of bounds and an unknown word are all reported`() {
    enum Colour: String, CaseIterable { case red, green }
    let found = findings(in: "intent: [a]\nweight: 2\ncolour: gren\n") {
      _ = $0.string("intent")
      _ = $0.number("weight", in: -1...1)
      let _: Colour? = $0.optionalChoice("colour")
    }
    #expect(
      found == [
        "Intents/a.yaml:1:9: error: 'intent' must be text, not a list or mapping",
        "Intents/a.yaml:2:9: error: 'weight' must be a number from -1 to 1",
        "Intents/a.yaml:3:9: error: 'gren' is not a value of 'colour'; did you mean 'green'?",
      ])
  }

  @Test func `broken YAML and an empty file are findings, not crashes`() {
    #expect(findings(in: "a: [1\n") { _ in }.count == 1)
    #expect(
      findings(in: "") { _ in } == ["Intents/a.yaml:1:1: error: the file is empty"])
    #expect(
      findings(in: "a: 1\na: 2\n") { _ in }.first?.contains("a key stands twice: 'a'") == true)
  }

  @Test(arguments: [
    ("intent: a\n\tmeaning: b\n", "2:1", "indent with spaces, never with tabs"),
    ("keywords: {*grawer: 9}\n", "1:12", "put a word that begins with '*' in quotes, as '*nummer'"),
    ("label: czy: można\n", "1:11", "put a text with ': ' in quotes"),
    ("label: 'open\nintent: a\nmeaning: b\n", "1:8", "close it"),
    ("examples:\n  - 'Kubek 'Kasia' proszę'\n", "2:13", "a ' within '…' is written twice"),
  ])
  func `what most often breaks YAML is told with its place and remedy`(
    text: String, place: String, remedy: String
  ) {
    let found = findings(in: text) { _ in }
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("Intents/a.yaml:\(place): error: this is not YAML") == true)
    #expect(found.first?.contains(remedy) == true, "\(found)")
  }

  @Test func `a colon in a text, and a key without a value, are told as what they are`() {
    let found = findings(in: "examples:\n  - Pytanie: czy można\nkeywords: {graw*, kubek: 9}\n") {
      _ = $0.strings("examples")
      _ = $0.mapping("keywords")?.number("graw*", in: 0...10)
    }
    #expect(
      found == [
        "Intents/a.yaml:2:5: error: 'examples' must be text, not a list or mapping; "
          + "put a text with ': ' in it in quotes",
        "Intents/a.yaml:3:12: error: the key 'graw*' has no value; "
          + "write it behind a colon: 'graw*: …'",
      ])
  }

  @Test func `null is as good as absent, and quoted null is text`() {
    let reader = YAMLReader(SourceText(file: "a", text: "a: null\nb: ~\nc: 'null'\n"))
    #expect(reader.root?.optionalString("a") == nil)
    #expect(reader.root?.has("b") == false)
    #expect(reader.root?.optionalString("c")?.value == "null")
  }
}

@Suite struct SourceTextTests {
  @Test(arguments: [(0, 1, 1), (3, 1, 3), (6, 2, 1), (8, 2, 2), (99, 2, 3)])
  func `columns count characters, not bytes`(offset: Int, line: Int, column: Int) {
    let place = SourceText(file: "f", text: "aął\nął").location(utf8Offset: offset)
    #expect(place == SourceLocation(file: "f", line: line, column: column))
  }

  @Test func `the nearest word is named only when it is near`() {
    #expect(nearest(to: "keyowrds", among: ["keywords", "patterns"]) == "keywords")
    #expect(nearest(to: "zebra", among: ["keywords", "patterns"]) == nil)
  }
}
