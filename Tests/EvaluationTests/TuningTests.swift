import Evaluation
import Foundation
import Odzew
import Testing

@Suite struct TuningTests {
  @Test func `points are written behind their names, several keywords of a line among them`() throws
  {
    let messages = try LabelledMessage.read(
      try Data(
        contentsOf: CaseTests.root.appending(
          path: "Tests/Fixtures/messages/development.en.jsonl")))
    let tuning = Tuning(
      on: Array(messages.prefix(200)), of: try CaseTests.bot.get(), caution: 1, rounds: 20)
    let byFile = Dictionary(grouping: tuning.proposals, by: \.location.file)
    let shared = byFile.values.contains { proposals in
      Set(proposals.map(\.location.line)).count < proposals.count
    }
    try #require(shared, "no line has two keywords with new points: take more messages")
    for (file, proposals) in byFile {
      let text = try String(contentsOf: CaseTests.root.appending(path: file), encoding: .utf8)
      let (changed, changes) = tuning.applied(to: text, of: file)
      let lines = changed.components(separatedBy: "\n")
      for proposal in proposals {
        let new =
          proposal.new == proposal.new.rounded()
          ? String(Int(proposal.new)) : String(proposal.new)
        let line = lines[proposal.location.line - 1]
        #expect(
          line.contains("\(proposal.rule): \(new)") || line.contains("\(proposal.rule)': \(new)"),
          "\(line)")
      }
      #expect(Set(changes.map(\.line)) == Set(proposals.map(\.location.line)), "\(file)")
    }
  }
}
