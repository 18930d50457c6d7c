import Foundation
import Testing

@Suite struct SuggestTests {
  private static let lines = """
    {"text":"Ich will einen Kaufnachweis","locale":"de"}
    {"text":"kaufnachweis?? für handyversicherung","locale":"de"}
    {"text":
    {"type":"agent","event":"takeover"}
    {"text":"Kaufnachweis wär nice, sonst schimpft mein Chef","locale":"de"}

    """

  @Test func `bad lines are told and counted, and the others are looked at`() throws {
    let outcome = try Program.run(["suggest", "-", "--json"], input: Self.lines)
    #expect(outcome.status == 0)
    #expect(
      outcome.notes == """
        odzew: -:3: this is not JSON: byte 9: a value is expected here
        odzew: 1 line left out
        1 line passed over: no buyer's message

        """)
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let groups = try #require(json?["groups"] as? [[String: Any]])
    #expect(groups.first?["lines"] as? [Int] == [1, 2, 5])
    #expect(groups.first?["file"] as? String == "Intents/invoice.yaml")
  }

  @Test(arguments: [
    (["suggest", "no-such-file"], 74, "odzew: 'no-such-file' cannot be read\n"),
    (["suggest", "-"], 65, "odzew: there is no message in '-'\n"),
    (["suggest", "-", "--least", "1"], 64, "'--least' must be at least 2"),
    (["suggest", "-", "--limit", "0"], 64, "'--limit' must be at least 1"),
  ])
  func `what cannot be done is refused`(arguments: [String], status: Int, says: String) throws {
    let outcome = try Program.run(arguments, input: "")
    #expect(Int(outcome.status) == status && outcome.notes.contains(says), "\(outcome.notes)")
  }
}
