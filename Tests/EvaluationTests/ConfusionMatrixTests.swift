import Evaluation
import Testing

@Suite struct ConfusionMatrixTests {
  private func results(_ label: String, _ read: String, _ count: Int) -> [Accuracy.Result] {
    Array(
      repeating: Accuracy.Result(
        text: "x", locale: "pl", labels: [label], read: read == Accuracy.nothing ? [] : [read],
        confidence: 0.9, isAnswered: read != Accuracy.nothing, isLanguageRight: true),
      count: count)
  }

  @Test func `intents that are taken for each other stand together, the most mistaken first`() {
    let matrix = ConfusionMatrix(
      of: results("exchange", "exchange", 20) + results("warranty", "invoice", 1)
        + results("warranty", "warranty", 9) + results("invoice", "invoice", 9)
        + results("late", "location", 6) + results("location", "late", 2)
        + results("location", "tracking", 3) + results("tracking", "tracking", 8)
        + results("late", "late", 4) + results("location", "location", 5)
        + results("exchange", Accuracy.nothing, 2))
    #expect(
      matrix.intents == [
        "late", "location", "tracking", "exchange", "invoice", "warranty", "out_of_scope",
      ])
  }

  @Test func `the order does not depend on the order of messages`() {
    let some =
      ["a", "b", "c", "d"].flatMap { label in
        ["a", "b", "c", "d"].flatMap { results(label, $0, 2) }
      }
    let expected = ConfusionMatrix(of: some).intents
    #expect(ConfusionMatrix(of: some.reversed()).intents == expected)
    #expect(Set(expected).count == 4)
  }

  @Test func `asking back counts as right where nothing is meant`() {
    let asked = Accuracy.Result(
      text: "x", locale: "pl", labels: ["out_of_scope"], read: ["invoice"], confidence: 0.4,
      isAnswered: false, isLanguageRight: true)
    let matrix = ConfusionMatrix(of: [asked] + results("invoice", "exchange", 1))
    #expect(
      matrix.counts == [
        .init(label: "out_of_scope", read: "out_of_scope"): 1,
        .init(label: "invoice", read: "exchange"): 1,
      ])
    #expect(matrix.share(.init(label: "invoice", read: "exchange")) == 1)
    #expect(matrix.share(.init(label: "exchange", read: "invoice")) == 0)
  }

  @Test func `no messages have no matrix`() {
    #expect(ConfusionMatrix(of: []).intents == [])
  }
}
