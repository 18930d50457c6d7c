import Evaluation
import Foundation
import Odzew
import Testing

@Suite struct CaseTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func `a difference keeps the reading order of both texts`() {
    let lines = LineDifference(from: "a\nb\nc", to: "a\nx\nc\nd").lines
    #expect(lines == [.same("a"), .removed("b"), .added("x"), .same("c"), .added("d")])
  }

  @Test func `the examples of the shipped intents and policies are proved`() throws {
    let findings = Lint.findings(in: try Bot.load(from: Self.root))
    #expect(findings.map(\.description) == [])
  }
}
