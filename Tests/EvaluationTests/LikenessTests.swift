import Evaluation
import Testing

@Suite struct LikenessTests {
  private func groups(of texts: [String]) -> [Set<String>] {
    func split(_ text: String) -> [[UInt8]] { text.split(separator: " ").map { Array($0.utf8) } }
    // What is rare, many other texts tell.
    let others = (0..<300).map { split("please can have order \($0)") }
    let words = texts.map(split)
    let likeness = Likeness(
      over: words + others, smallWords: [Array("the".utf8), Array("you".utf8)])
    return LikenessGroups(of: words.map(likeness.direction)).groups
      .map { group in Set(group.map { texts[$0] }) }
  }

  @Test func `texts are together that share rare words, whatever their endings`() {
    let gifts = ["can you gift wrap the mug", "gift wrapping please", "the gift wraps"]
    let engraving = ["engraving the spoon", "you engrave spoons"]
    let found = groups(of: gifts + engraving + ["unlike anything"])
    #expect(found == [Set(gifts), Set(engraving), ["unlike anything"]])
  }

  @Test func `small words, numbers and letters make nothing alike`() {
    #expect(groups(of: ["the you 2026 a", "the you 2026 a"]).count == 2)
  }

  @Test func `the order of the texts does not matter to who is with whom`() {
    let texts = (0..<60).map { number in
      ["red lamp", "blue chair", "green table"][number % 3] + " variant\(number % 7)x"
    }
    let found = Set(groups(of: texts))
    #expect(found == Set(groups(of: texts.reversed())))
    #expect(found.count == 3)
  }

  @Test func `thousands about one thing are one group`() {
    let words = ["lamp", "chair", "table", "shelf", "spoon", "plate", "glass", "knife"]
    let texts = (0..<4000).map { "engraving wish \(words[$0 % 8]) \(words[$0 / 8 % 8])" }
    let found = groups(of: texts)
    #expect(found.first?.count == Set(texts).count)
  }
}
