import Console
import Testing

@Suite struct LayoutTests {
  @Test(
    arguments: [
      ("a", 1), ("ż", 1), ("e\u{301}", 1), ("\u{301}", 0), ("漢", 2), ("한", 2), ("📦", 2),
      ("👩‍👩‍👧", 2), ("🇵🇱", 2), ("☎", 1), ("☎️", 2), ("\u{200B}", 0), ("–", 1),
    ] as [(Character, Int)])
  func `a character takes its columns`(_ character: Character, _ columns: Int) {
    #expect(character.columns == columns)
  }

  @Test func `a long line goes on below its beginning`() {
    let layout = LineLayout(Array("gdzie paczka"), cursor: 8, indent: 4, columns: 10)
    #expect(layout.rows == ["gdzie ", "paczka"])
    #expect(layout.row == 1 && layout.column == 4 + 2)
  }

  @Test func `the cursor behind a full row stands in the next`() {
    let layout = LineLayout(Array("abcd"), cursor: 4, indent: 2, columns: 6)
    #expect(layout.rows == ["abcd", ""] && layout.row == 1 && layout.column == 2)
  }

  @Test func `a wide character is not cut in two`() {
    let layout = LineLayout(Array("abc📦"), cursor: 4, indent: 0, columns: 4)
    #expect(layout.rows == ["abc", "📦"] && layout.row == 1 && layout.column == 2)
  }

  @Test func `line ends and control characters are shown by their pictures`() {
    let layout = LineLayout(Array("a\nb\u{1B}c"), cursor: 5, indent: 0, columns: 20)
    #expect(layout.rows == ["a↵b␛c"] && layout.column == 5)
  }

  @Test func `of a line that is longer than the screen the rows about the cursor are shown`() {
    let line = Array(String(repeating: "x", count: 95))
    let layout = LineLayout(line, cursor: 50, indent: 0, columns: 10, height: 4)
    #expect(layout.rows.count == 4 && layout.row == 2)
    let end = LineLayout(line, cursor: 95, indent: 0, columns: 10, height: 4)
    #expect(end.rows.last == "xxxxx" && end.row == 3)
  }

  @Test func `a text is broken between words, and goes on below its beginning`() {
    #expect("Gdzie jest moja paczka?".wrapped(to: 18, indent: 2) == "Gdzie jest moja\n  paczka?")
  }

  @Test func `paragraphs, lists and long links stay what they are`() {
    let text = "Dzień dobry\n\n  - https://zielonykubek.example/zwroty/formularz tutaj\n  - nr 5"
    let lines = [
      "Dzień dobry", "", "  -", "  https://zielonykubek.example/zwroty/formularz", "  tutaj",
      "  - nr 5",
    ]
    #expect(text.wrapped(to: 24) == lines.joined(separator: "\n"))
  }

  @Test func `a number is not parted from its unit`() {
    #expect("kosztuje 11,99\u{A0}zł".wrapped(to: 16) == "kosztuje\n11,99\u{A0}zł")
  }

  @Test func `what would steer the terminal is shown`() {
    #expect("a\u{1B}[2Jb\u{7}".wrapped(to: 40) == "a␛[2Jb␇")
  }

  @Test func `a narrow screen keeps a few words a line`() {
    #expect("ala ma kota i psa".wrapped(to: 3, indent: 7) == "ala ma\n       kota i psa")
  }
}
