import Patterns
import Testing

@Suite struct RequiredLiteralsTests {
  private func mayMatch(_ pattern: String, _ text: String) throws -> Bool {
    let bytes = Array(text.utf8)
    return try Pattern(pattern).mayMatch(TrigramSet(bytes.span))
  }

  @Test(arguments: [
    (#"\bopini\w*"#, "bardzo prosimy o zwrot", false),
    (#"\bopini\w*"#, "prosimy o opinie", true),
    (#"(?:obal|krabic)\w* (?:neni|nejsou) treba"#, "obal neni", false),
    (#"(?:obal|krabic)\w* (?:neni|nejsou) treba"#, "bez krabice to neni treba", true),
    (#"(?:obal|krabic)\w* (?:neni|nejsou) treba"#, "bez krabice to je treba", false),
    (#"koe?nnen"#, "sie konnen", true),
    (#"koe?nnen"#, "sie wollen", false),
    (#"(?:gratis)?"#, "sie wollen", true),
    (#"gratis(?!.*nicht)"#, "alles bezahlt", false),
    (#"(?i)gratis"#, "GRATIS", true),
    (#"x{0}gratis{0,2}"#, "grati", true),
    (#"[abc]+|gratis"#, "a", true),
    (#"(?=gratis)"#, "a", true),
    (#"żółć"#, "żółć", true),
    (#"żółć?ka"#, "żółka", true),
    (#"a\x{62}c"#, "abc", true),
    (#"ab\ż?"#, "ab", true),
    (#"^[^\n]*(*SKIP)(*F)|gratis"#, "gratis", true),
  ])
  func `a pattern is tried where it may match, and not where it cannot`(
    pattern: String, text: String, expected: Bool
  ) throws {
    #expect(try mayMatch(pattern, text) == expected)
  }

  @Test func `no match is ever lost`() throws {
    var chance = SplitMix64(state: 7)
    func word() -> String {
      String(
        (0..<Int.random(in: 1...5, using: &chance)).map { _ in
          "abcd".randomElement(using: &chance) ?? "a"
        })
    }
    func expression(_ depth: Int) -> String {
      var parts: [String] = []
      for _ in 0..<Int.random(in: 1...4, using: &chance) {
        var part: String
        switch Int.random(in: 0...(depth > 0 ? 8 : 4), using: &chance) {
        case 0: part = "[ab]"
        case 1: part = "."
        case 2: part = "\\b"
        case 5: part = "(?:\(expression(depth - 1))|\(expression(depth - 1)))"
        case 6: part = "(\(expression(depth - 1)))"
        case 7:
          part = ["(?=", "(?!", "(?<!ab"].randomElement(using: &chance) ?? "(?="
          part += part.hasSuffix("b") ? ")" : "\(expression(depth - 1)))"
        default: part = word()
        }
        if part != "\\b", !part.hasPrefix("(?="), !part.hasPrefix("(?!"), !part.hasPrefix("(?<") {
          part +=
            ["", "", "", "?", "*", "+", "{2}", "{0,2}", "+?"].randomElement(using: &chance) ?? ""
        }
        parts.append(part)
      }
      return parts.joined()
    }
    var matches = 0
    var skipped = 0
    for _ in 0..<4000 {
      let source = expression(2)
      let pattern = try Pattern(source)
      for _ in 0..<6 {
        let text = (0..<Int.random(in: 0...6, using: &chance)).map { _ in word() }
          .joined(separator: Bool.random(using: &chance) ? " " : "")
        let bytes = Array(text.utf8)
        let mayMatch = pattern.mayMatch(TrigramSet(bytes.span))
        if !mayMatch { skipped += 1 }
        if case .match = pattern.firstMatch(in: bytes.span, using: MatchScratch()) {
          matches += 1
          #expect(mayMatch, "'\(source)' matches '\(text)'")
        }
      }
    }
    // Both happen, or nothing was shown.
    #expect(matches > 1000 && skipped > 1000)
  }
}
