import Foundation
import Odzew
import Testing

/// Drafts whose time, consent and history decide: written by other hands than the rules.
@Suite struct CircumstancesTests {
  private struct Expectation: Decodable {
    struct Wanted: Decodable {
      let action: String
      let rules: Set<String>
    }
    let expect: Wanted
    let note: String?
  }

  private struct Answer: Decodable {
    struct Policy: Decodable {
      struct Finding: Decodable { let rule: String }
      let findings: [Finding]
    }
    let action: String
    let policy: Policy?
  }

  @Test func `the labelled circumstances are judged as people judged them`() throws {
    let file = ShippedBot.root.appending(path: "Tests/Fixtures/policies/context.jsonl")
    let responder = try ShippedBot().responder
    var wrong: [String] = []
    for (number, line) in try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
      .enumerated()
    {
      let wanted = try JSONDecoder().decode(Expectation.self, from: line)
      let request = try Request(json: Data(line))
      var conversation = Conversation()
      let response = responder.respond(
        to: request, in: &conversation, orders: [OrderNumber: Order](), at: .distantPast)
      let answer = try JSONDecoder().decode(Answer.self, from: response.json())
      let rules = Set((answer.policy?.findings ?? []).map(\.rule))
      if answer.action != wanted.expect.action || rules != wanted.expect.rules {
        wrong.append(
          "line \(number + 1): \(answer.action) \(rules.sorted()), wanted "
            + "\(wanted.expect.action) \(wanted.expect.rules.sorted()): \(wanted.note ?? "")")
      }
    }
    #expect(wrong == [], "\(wrong.joined(separator: "\n"))")
  }
}
