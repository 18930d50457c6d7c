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

  @Test func `accuracy counts what is right, wrongly answered and off topic`() throws {
    let responder = Responder(try Bot.load(from: Self.root))
    let lines = [
      #"{"text":"Gdzie jest moja paczka?","locale":"pl","intents":["parcel_location"]}"#,
      #"{"text":"Where is my parcel?","locale":"en","intents":["invoice"]}"#,
      #"{"text":"asdf qwer zxcv","locale":"en","intents":["out_of_scope"]}"#,
    ]
    let messages = try lines.map {
      try JSONDecoder().decode(LabelledMessage.self, from: Data($0.utf8))
    }
    let accuracy = Accuracy(of: messages, by: responder)
    #expect(accuracy.total == 3 && accuracy.right == 2 && accuracy.wronglyAnswered == 1)
    #expect(accuracy.offTopic == (answered: 0, total: 1))
    #expect(accuracy.confusions == ["invoice → parcel_location": 1])
  }
}
