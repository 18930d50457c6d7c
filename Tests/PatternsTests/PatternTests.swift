import Patterns
import Testing

@Suite struct PatternTests {
  private func outcome(_ pattern: String, _ text: String, ignoresCase: Bool = false) throws
    -> MatchOutcome
  {
    let bytes = Array(text.utf8)
    return try Pattern(pattern, ignoresCase: ignoresCase)
      .firstMatch(in: bytes.span, using: MatchScratch())
  }

  @Test func `a match is given in bytes, with its first group`() throws {
    #expect(try outcome("ż(ó)", "ażów") == .match(PatternMatch(range: 1..<5, group: 3..<5)))
  }

  @Test func `a group that takes no part is absent`() throws {
    #expect(try outcome("a(b)?c", "ac") == .match(PatternMatch(range: 0..<2, group: nil)))
  }

  @Test func `a pattern finds nothing in an empty text, or the empty match`() throws {
    #expect(try outcome("a", "") == .noMatch)
    #expect(try outcome("a*", "") == .match(PatternMatch(range: 0..<0, group: nil)))
  }

  @Test func `case is ignored for letters beyond ASCII too`() throws {
    #expect(try outcome("żółw", "ŻÓŁW", ignoresCase: true) != .noMatch)
    #expect(try outcome("żółw", "ŻÓŁW") == .noMatch)
  }

  @Test func `a limit that is hit is never taken for no match`() throws {
    let hostile = String(repeating: "a", count: 60) + "b"
    #expect(try outcome("^(?:a|aa|aaa|[a-z]a*)+$(?<=c)", hostile) == .limitReached)
  }

  @Test(arguments: [
    ("ż(ó)", "ażów"), ("b", "aaa"), ("(?<=moja )paczk[aię]", "gdzie jest moja paczka?"),
    ("^(?:a|aa|aaa|[a-z]a*)+$(?<=c)", String(repeating: "a", count: 60) + "b"),
    ("(?:(?:a+)+)+$", String(repeating: "a", count: 24) + "!"),
  ])
  func `what is found does not hang on how often it was looked for`(
    expression: String, text: String
  ) throws {
    let bytes = Array(text.utf8)
    let pattern = try Pattern(expression)
    let scratch = MatchScratch()
    // Machine code is made on the way.
    let outcomes = (1...30).map { _ in pattern.firstMatch(in: bytes.span, using: scratch) }
    #expect(Set(outcomes).count == 1, "\(outcomes)")
  }

  @Test func `text that is not UTF-8 is given up, not misread`() throws {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62]
    let found = try Pattern("b").firstMatch(in: bytes.span, using: MatchScratch())
    #expect(found == .limitReached)
  }

  @Test func `an expression that is wrong says where`() {
    #expect(throws: PatternError.self) { try Pattern("a(b") }
    do {
      _ = try Pattern("paczk[a")
    } catch {
      #expect(error.offset == 7)
      #expect(
        error.description
          == "missing terminating ] for character class (at byte 7 of the pattern)")
    }
  }

  @Test func `all matches come from left to right, empty ones once`() throws {
    let bytes = Array("ąbą".utf8)
    let pattern = try Pattern("ą|(?=b)")
    let found = pattern.matches(in: bytes.span, using: MatchScratch())
    #expect(found?.map(\.range) == [0..<2, 2..<2, 3..<5])
  }
}
