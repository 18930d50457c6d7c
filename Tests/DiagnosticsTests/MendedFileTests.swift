import Diagnostics
import Testing

@Suite struct MendedFileTests {
  /// What becomes of a file's form, and what is said of it.
  private func form(_ text: String, isTemplate: Bool = false) -> (text: String, mends: [String]) {
    var file = MendedFile(SourceText(file: "a.yaml", text: text), isTemplate: isTemplate)
    file.mendForm()
    return (file.source.text, file.mends.map(\.description))
  }

  private struct Row: CustomTestStringConvertible {
    let testDescription: String
    let before: String
    let after: String
    let mends: [String]

    init(_ name: String, _ before: String, _ after: String, _ mends: String...) {
      (testDescription, self.before, self.after, self.mends) = (name, before, after, mends)
    }
  }

  private static let yaml = [
    Row(
      "byte order mark", "\u{FEFF}a: 1\n", "a: 1\n", "a.yaml:1:1: mended: byte order mark removed"),
    Row(
      "line ends of Windows, also in a block", "a: |\r\n  x\r\n  y\r\nb: 1\r\n",
      "a: |\n  x\n  y\nb: 1\n", "a.yaml:1:5: mended: line ends changed to LF"),
    Row(
      "old line ends", "a: 1\rb: 2\r", "a: 1\nb: 2\n",
      "a.yaml:1:5: mended: line ends changed to LF"),
    Row(
      "line ends of a file that cannot be read", "a: [1 \r\n", "a: [1 \n",
      "a.yaml:1:7: mended: line ends changed to LF"),
    Row(
      "trailing blanks, behind comments too", "ą: [1, \t\n  2]  # why \n   \nb: 1\n",
      "ą: [1,\n  2]  # why\n\nb: 1\n", "a.yaml:1:7: mended: trailing blanks removed",
      "a.yaml:2:12: mended: trailing blanks removed",
      "a.yaml:3:1: mended: trailing blanks removed"),
    Row(
      "trailing blanks that mean something stay, the others go",
      "a: 1 \nb: |\n  x  \n  y\nc: 2 \n", "a: 1\nb: |\n  x  \n  y\nc: 2\n",
      "a.yaml:1:5: mended: trailing blanks removed", "a.yaml:5:5: mended: trailing blanks removed"),
    Row(
      "missing line end", "a: 1", "a: 1\n",
      "a.yaml:1:5: mended: line end added behind the last line"),
    Row("a line end that would get into a text", "a: |\n  x", "a: |\n  x"),
    Row(
      "blank lines at the end", "a: 1\n\n\n", "a: 1\n",
      "a.yaml:2:1: mended: blank lines at the end removed"),
    Row("blank lines that are text", "a: |+\n  x\n\n", "a: |+\n  x\n\n"),
    Row(
      "tabs", "a:\n\tb: 1\n\tc:\n\t\t- 2\n", "a:\n  b: 1\n  c:\n    - 2\n",
      "a.yaml:2:1: mended: tabs of the indentation changed to spaces",
      "a.yaml:3:1: mended: tabs of the indentation changed to spaces",
      "a.yaml:4:1: mended: tabs of the indentation changed to spaces"),
    Row(
      "tabs beside spaces, of which one width alone can be read",
      "a:\n\tb: 1\n        c: 1\n", "a:\n        b: 1\n        c: 1\n",
      "a.yaml:2:1: mended: tabs of the indentation changed to spaces"),
    Row("tabs that say one thing or another", "a:\n  b:\n\tc: 1\n", "a:\n  b:\n\tc: 1\n"),
    Row("tabs within brackets", "a: [1,\n\t2]\n", "a: [1,\n\t2]\n"),
    Row("tabs in a text", "a: |\n  x\n  \ty\n", "a: |\n  x\n  \ty\n"),
    Row("what cannot be read", "a: [1  \n\n\n", "a: [1  \n\n\n"),
    Row("an empty file", "", ""),
    Row("a file in order", "# a\na: 'x'\nb: [1, \"2\"]\n", "# a\na: 'x'\nb: [1, \"2\"]\n"),
  ]

  @Test(arguments: yaml)
  private func `the form is mended where the file says the same`(row: Row) {
    let mended = form(row.before)
    #expect(mended.text == row.after)
    #expect(mended.mends == row.mends)
    #expect(form(mended.text).mends.isEmpty)
  }

  @Test func `a template keeps its blanks, which reach the buyer`() {
    let mended = form("\u{FEFF}{% if a %} \r\n\tx  \r\n\r\n{% endif %}  ", isTemplate: true)
    #expect(mended.text == "{% if a %} \n\tx  \n\n{% endif %}  \n")
    #expect(
      mended.mends == [
        "a.yaml:1:1: mended: byte order mark removed",
        "a.yaml:1:12: mended: line ends changed to LF",
        "a.yaml:4:14: mended: line end added behind the last line",
      ])
    #expect(form("x\n\n", isTemplate: true).mends.isEmpty)
    #expect(form("", isTemplate: true).mends.isEmpty)
  }

  // Schemas.

  private func named(_ text: String, _ path: String = "Intents/a.yaml") -> (String, [String]) {
    var file = MendedFile(SourceText(file: path, text: text))
    file.name(schema: "Schemas/intent.schema.json")
    return (file.source.text, file.mends.map(\.description))
  }

  private static let line = "# yaml-language-server: $schema=../Schemas/intent.schema.json\n"

  @Test(arguments: [
    "a: 1\n", "# a\na: 1\n", "# yaml-language-server: on\na: 1\n", "a: '$schema=x'\n",
  ])
  func `a file without the line of its schema gets it`(text: String) {
    let (mended, mends) = named(text)
    #expect(mended == Self.line + text)
    #expect(
      mends == [
        "Intents/a.yaml:1:1: mended: line added that names the schema '../Schemas/intent.schema.json'"
      ])
    #expect(named(mended).1.isEmpty)
  }

  @Test func `the way to the schema goes up from the file's folder`() {
    #expect(named("a: 1\n", "odzew.yaml").0.hasPrefix("# yaml-language-server: $schema=Schemas/"))
    #expect(
      named("a: 1\n", "Cases/a/b/c.yaml").0
        .hasPrefix("# yaml-language-server: $schema=../../../Schemas/"))
  }

  @Test(arguments: [
    "../Schemas/policy.schema.json", "Schemas/intent.schema.json",
    "../../Schemas/intent.schema.json",
  ])
  func `a line that leads elsewhere leads to the schema afterwards`(way: String) {
    let (mended, mends) = named("# a\n# yaml-language-server: $schema=\(way)  x\na: 1\n")
    #expect(mended == "# a\n" + Self.line.dropLast() + "  x\na: 1\n")
    #expect(
      mends == [
        "Intents/a.yaml:2:33: mended: schema '\(way)' changed to '../Schemas/intent.schema.json'"
      ])
  }

  @Test(arguments: [
    "./../Schemas/intent.schema.json", "../Intents/../Schemas/intent.schema.json",
    "https://example.com/schema.json", "/srv/schema.json",
  ])
  func `a line that leads there, or to an address, stays`(way: String) {
    #expect(named("# yaml-language-server: $schema=\(way)\na: 1\n").1.isEmpty)
  }

  @Test func `a file that cannot be read gets no line`() {
    #expect(named("a: [1\n").1.isEmpty)
  }

  // Repetitions.

  private func dropped(_ text: String) -> (String, [String]) {
    var file = MendedFile(SourceText(file: "a.yaml", text: text))
    file.dropRepetitions(below: ["examples", "violates"])
    return (file.source.text, file.mends.map(\.description))
  }

  private static let repetitions = [
    Row(
      "a line each", "examples:\n  - a, b\n  # why\n  - 'a, b'\n  - c\n",
      "examples:\n  - a, b\n  # why\n  - c\n",
      "a.yaml:4:5: mended: 'a, b' removed, which stands before in the same list"),
    Row(
      "brackets", "examples: [a, b, \"a\", c, a]  # why\n", "examples: [a, b, c]  # why\n",
      "a.yaml:1:26: mended: 'a' removed, which stands before in the same list",
      "a.yaml:1:18: mended: 'a' removed, which stands before in the same list"),
    Row(
      "brackets over lines", "examples: [it's it, b,\n  'it''s it', c\n  ]\n",
      "examples: [it's it, b, c\n  ]\n",
      "a.yaml:2:3: mended: 'it's it' removed, which stands before in the same list"),
    Row(
      "by language", "violates:\n  pl:\n    - a\n  en: [a, a]\n",
      "violates:\n  pl:\n    - a\n  en: [a]\n",
      "a.yaml:4:11: mended: 'a' removed, which stands before in the same list"),
    Row(
      "the last line, without an end", "examples:\n- a\n- a", "examples:\n- a\n",
      "a.yaml:3:3: mended: 'a' removed, which stands before in the same list"),
    Row(
      "a comment of its own stays, and the item with it", "examples:\n  - a\n  - a # why\n",
      "examples:\n  - a\n  - a # why\n"),
    Row(
      "two lines", "examples:\n  - a\n    b\n  - a\n    b\n",
      "examples:\n  - a\n    b\n  - a\n    b\n"),
    Row("capitals are another text", "examples: [a, A]\n", "examples: [a, A]\n"),
    Row("other lists", "messages: [a, a]\n", "messages: [a, a]\n"),
    Row("two lists", "examples: [a]\nviolates: [a]\n", "examples: [a]\nviolates: [a]\n"),
    Row(
      "what is used elsewhere", "examples: [a, &x a]\nb: *x\n", "examples: [a, &x a]\nb: *x\n"),
  ]

  @Test(arguments: repetitions)
  private func `what stands twice in a list is dropped the second time`(row: Row) {
    let (mended, mends) = dropped(row.before)
    #expect(mended == row.after)
    #expect(mends == row.mends)
    #expect(dropped(mended).1.isEmpty)
  }

  // Keys.

  private func renamed(_ text: String) -> String? {
    var file = MendedFile(SourceText(file: "a.yaml", text: text))
    let reader = YAMLReader(file.source)
    _ = reader.root?.strings("keywords")
    _ = reader.root?.strings("patterns")
    reader.root?.finish()
    let mends = reader.diagnostics.compactMap(\.mend)
    return mends.isEmpty ? nil : file.rename(mends) ? file.source.text : "unreadable"
  }

  @Test(arguments: [
    ("keyword: [a]  # keyword\n", "keywords: [a]  # keyword\n"),
    ("{ą: 1, 'keywrods' : a}\n", "{ą: 1, 'keywords' : a}\n"),
    ("patern: a\n\"keyowrds\": b\n", "patterns: a\n\"keywords\": b\n"),
  ])
  func `a misspelt key is renamed`(text: String, mended: String) {
    #expect(renamed(text) == mended)
  }

  @Test(arguments: [
    "keyword: a\nkeywords: b\n", "keyword: a\nkeywrds: b\n", "keyword: a\nkeywords: null\n",
    "zebra: a\n",
  ])
  func `a key is not renamed where its name is taken, or nothing is near`(text: String) {
    #expect(renamed(text) == nil)
  }

  @Test func `a key that is near to two known ones is not renamed`() {
    let reader = YAMLReader(SourceText(file: "a.yaml", text: "befor: a\n"))
    _ = reader.root?.strings("before")
    _ = reader.root?.strings("befog")
    reader.root?.finish()
    #expect(reader.diagnostics.map(\.mend) == [nil])
    #expect(reader.diagnostics.first?.remedy == "did you mean 'befog'?")
  }

  // Whatever stands in a file.

  @Test func `mending twice is mending once, and the file says the same`() {
    let pieces = [
      "a", "b: ", "- ", "[", "]", "{", "}", ", ", ": ", "|", "|+\n", ">-\n", "\n", "\n  ", "\n\t",
      "\r\n", "  ", "\t", " # c", "'", "\"", "&x ", "*x", "examples:", "examples: [a, a]",
      "\u{FEFF}",
      "ż", "\\", "--- ", "? ", "!t ",
    ]
    var state: UInt64 = 7
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<2000 {
      let text = (0..<next(14)).map { _ in pieces[next(pieces.count)] }.joined()
      func mended(_ text: String) -> MendedFile {
        var file = MendedFile(SourceText(file: "Intents/a.yaml", text: text))
        file.mendForm()
        file.dropRepetitions(below: ["examples"])
        file.name(schema: "Schemas/intent.schema.json")
        return file
      }
      let once = mended(text)
      let again = mended(once.source.text)
      #expect(!again.isChanged, "\(text.debugDescription): \(again.mends)")
      let before = YAMLReader(SourceText(file: "a", text: text)).diagnostics
      let after = YAMLReader(SourceText(file: "a", text: once.source.text)).diagnostics
      #expect(after.count <= before.count, "\(text.debugDescription)")
    }
  }
}
