import Patterns
import Testing

@Suite struct KeywordTableTests {
  private func found(_ keywords: [String], in text: String) throws -> [String] {
    var builder = KeywordTableBuilder()
    for (number, keyword) in keywords.enumerated() {
      try builder.insert(Array(keyword.utf8), value: number)
    }
    let bytes = Array(text.utf8)
    var found: [String] = []
    builder.table.forEachMatch(in: bytes.span) { range, number in
      found.append("\(keywords[number])@\(range.lowerBound)..<\(range.upperBound)")
    }
    return found.sorted()
  }

  @Test(arguments: [
    (["paczka"], "moja paczka", ["paczka@5..<11"]),
    (["paczka"], "paczkami", []),
    (["paczk*"], "paczkami i paczka", ["paczk*@0..<8", "paczk*@11..<17"]),
    (["nie dotar*"], "nie dotarla wcale", ["nie dotar*@0..<11"]),
    (["nie* ma"], "niema nie ma niewiele ma", ["nie* ma@13..<24", "nie* ma@6..<12"]),
    (["a", "a*", "ab"], "ab", ["a*@0..<2", "ab@0..<2"]),
    (["*nummer"], "paketnummer nummern nummer", ["*nummer@0..<11", "*nummer@20..<26"]),
    (["meine *nummer"], "ist meine paketnummer da", ["meine *nummer@4..<21"]),
    (["does .. work"], "it does not really work", ["does .. work@3..<23"]),
    (["does .. work"], "does work", ["does .. work@0..<9"]),
    (["does .. work"], "does one two three four work", []),
    (["a .. b .. c"], "a x b y y c", ["a .. b .. c@0..<11"]),
    (["a .. b"], "b a", []),
    (["x"], "", []),
  ])
  func `keywords begin and end with words`(keywords: [String], text: String, expected: [String])
    throws
  {
    #expect(try found(keywords, in: text) == expected)
  }

  @Test(arguments: ["", "*", "pacz*ka", "* paczka", "*a*", "..", "a ..", ".. a"])
  func `a keyword that could never be found is refused`(keyword: String) {
    var builder = KeywordTableBuilder()
    #expect(throws: KeywordError.self) { try builder.insert(Array(keyword.utf8), value: 0) }
  }

  @Test func `the table finds what a plain search finds`() throws {
    var random = SplitMix64(state: 42)
    let letters = ["a", "b", "c"]
    func word() -> String {
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? "a"
      }.joined()
    }
    for _ in 0..<300 {
      let keywords = Set((0..<5).map { _ in word() })
      let words = (0..<12).map { _ in word() }
      let naive = words.filter(keywords.contains).count
      #expect(
        try found(Array(keywords), in: words.joined(separator: " ")).count == naive,
        "keywords \(keywords.sorted()) in \(words)")
    }
  }
}

struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
