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
    (["a .. b .. c"], "a b x b y y c", ["a .. b .. c@0..<13"]),
    (["a .. b", "a .. b c"], "a b c", ["a .. b c@0..<5", "a .. b@0..<3"]),
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

  // MARK: Against a search that looks for one keyword after the other.

  /// A stretch of words that stand side by side in a keyword, and how many words may stand before it.
  private struct Stretch {
    var words: [String]
    let gap: Int
  }

  private func stretches(of keyword: String) -> [Stretch] {
    var stretches: [Stretch] = []
    var gap = 0
    for word in keyword.split(separator: " ").map(String.init) {
      if word == ".." {
        gap = 3
      } else if gap > 0 || word.hasPrefix("*") || stretches.last?.words.last?.hasPrefix("*") ?? true
      {
        stretches.append(Stretch(words: [word], gap: stretches.isEmpty ? 0 : gap))
        gap = 0
      } else {
        stretches[stretches.count - 1].words.append(word)
      }
    }
    return stretches
  }

  private func matches(_ pattern: String, _ word: Substring) -> Bool {
    if pattern.hasPrefix("*") { return word.hasSuffix(pattern.dropFirst()) }
    if pattern.hasSuffix("*") { return word.hasPrefix(pattern.dropLast()) }
    return word == pattern
  }

  /// Where a keyword stands, by trying it at every word.
  private func places(of keyword: String, in text: String) -> Set<Range<Int>> {
    let words = text.split(separator: " ")
    func start(_ index: Int) -> Int {
      text.utf8.distance(from: text.startIndex, to: words[index].startIndex)
    }
    func end(_ index: Int) -> Int {
      text.utf8.distance(from: text.startIndex, to: words[index].endIndex)
    }
    let stretches = stretches(of: keyword)
    func stands(_ stretch: Stretch, at index: Int) -> Bool {
      index + stretch.words.count <= words.count
        && stretch.words.indices.allSatisfy { matches(stretch.words[$0], words[index + $0]) }
    }
    /// Where the stretches end that follow so many words, whichever way is the shortest.
    func end(of stretches: ArraySlice<Stretch>, after last: Int) -> Int? {
      guard let stretch = stretches.first else { return last }
      return (last..<min(last + stretch.gap + 1, max(last, words.count)))
        .filter { stands(stretch, at: $0) }
        .compactMap { end(of: stretches.dropFirst(), after: $0 + stretch.words.count) }.min()
    }
    var places: Set<Range<Int>> = []
    for first in words.indices where stands(stretches[0], at: first) {
      let next = first + stretches[0].words.count
      if let last = end(of: stretches.dropFirst(), after: next) {
        places.insert(start(first)..<end(last - 1))
      }
    }
    return places
  }

  @Test func `all keywords together are found where each alone stands`() throws {
    var chance = SplitMix64(state: 11)
    func word(_ longest: Int) -> String {
      String(
        (0..<Int.random(in: 1...longest, using: &chance)).map { _ in
          "abc".randomElement(using: &chance) ?? "a"
        })
    }
    func keyword() -> String {
      var parts: [String] = []
      for _ in 0..<Int.random(in: 1...3, using: &chance) {
        if !parts.isEmpty, Int.random(in: 0..<4, using: &chance) == 0 { parts.append("..") }
        switch Int.random(in: 0..<5, using: &chance) {
        case 0: parts.append(word(2) + "*")
        case 1: parts.append("*" + word(2))
        default: parts.append(word(3))
        }
      }
      return parts.joined(separator: " ")
    }
    var found = 0
    for _ in 0..<400 {
      let keywords = (0..<25).map { _ in keyword() }
      var builder = KeywordTableBuilder()
      for (number, keyword) in keywords.enumerated() {
        try builder.insert(Array(keyword.utf8), value: number)
      }
      let table = builder.table
      for _ in 0..<5 {
        let text = (0..<Int.random(in: 0...12, using: &chance)).map { _ in word(4) }
          .joined(separator: " ")
        var places = keywords.map { _ in Set<Range<Int>>() }
        let bytes = Array(text.utf8)
        table.forEachMatch(in: bytes.span) { range, number in places[number].insert(range) }
        for (number, keyword) in keywords.enumerated() {
          let expected = self.places(of: keyword, in: text)
          found += expected.count
          #expect(places[number] == expected, "'\(keyword)' in '\(text)'")
        }
      }
    }
    #expect(found > 10_000)
  }
}

/// A generator that gives the same numbers in every run.
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
