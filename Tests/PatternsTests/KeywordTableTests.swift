import Patterns
import Testing

@Suite struct KeywordTableTests {
  private func found(_ keywords: [String], in text: String) throws -> [String] {
    var table = KeywordTable<String>()
    for keyword in keywords { try table.insert(Array(keyword.utf8), value: keyword) }
    let bytes = Array(text.utf8)
    var found: [String] = []
    table.forEachMatch(in: bytes.span) { range, keyword in
      found.append("\(keyword)@\(range.lowerBound)..<\(range.upperBound)")
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
    (["x"], "", []),
  ])
  func `keywords begin and end with words`(keywords: [String], text: String, expected: [String])
    throws
  {
    #expect(try found(keywords, in: text) == expected)
  }

  @Test(arguments: ["", "*", "pacz*ka", "* paczka"])
  func `a keyword that could never be found is refused`(keyword: String) {
    var table = KeywordTable<Int>()
    #expect(throws: KeywordError.self) { try table.insert(Array(keyword.utf8), value: 0) }
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
