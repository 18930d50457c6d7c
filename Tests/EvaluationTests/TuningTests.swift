import Evaluation
import Foundation
import Odzew
import Testing

@Suite struct TuningTests {
  @Test func `points are written behind their names, several keywords of a line among them`() throws
  {
    let folder = try CaseTests.copy()
    defer { try? FileManager.default.removeItem(at: folder) }
    let name = "Intents/missing_item.yaml"
    let file = folder.appending(path: name)
    let text = try String(contentsOf: file, encoding: .utf8)
      .replacing("  en:\n", with: "  en:\n    keywords: {box: 3, one: 3, missing: 3, not: 3}\n")
    try Data(text.utf8).write(to: file)
    let messages = try LabelledMessage.read(
      try Data(
        contentsOf: CaseTests.root.appending(
          path: "Tests/Fixtures/messages/development.en.jsonl")))
    let tuning = Tuning(
      on: Array(messages.prefix(800)), of: try Bot.load(from: folder), caution: 1, rounds: 20)
    let byLine = Dictionary(grouping: tuning.proposals) {
      "\($0.location.file):\($0.location.line)"
    }
    try #require(
      byLine.values.contains { $0.count > 1 },
      "no line has two keywords with new points: take more messages")
    for (file, proposals) in Dictionary(grouping: tuning.proposals, by: \.location.file) {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
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
