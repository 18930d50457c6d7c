import Language
import Testing

@Suite struct MemoTests {
  /// Asks for squares, and tells which of them had to be found.
  private func found(_ questions: [Int], capacity: Int) -> [Int] {
    let memo = Memo<Int, Int>(capacity: capacity)
    var found: [Int] = []
    for question in questions {
      let answer = memo.answer(to: question) {
        found.append(question)
        return question * question
      }
      #expect(answer == question * question)
    }
    return found
  }

  @Test func `an answer is found once`() {
    #expect(found([2, 3, 2, 3, 2], capacity: 8) == [2, 3])
  }

  @Test func `what is asked again and again outlives what is asked once`() {
    let questions = (1...100).flatMap { [0, $0] }
    #expect(found(questions, capacity: 8) == Array(0...100))
  }

  @Test func `what is not asked for is forgotten`() {
    #expect(found([0] + Array(1...20) + [0], capacity: 8).filter { $0 == 0 }.count == 2)
  }

  @Test func `an answer that fails is not kept`() throws {
    struct Unknown: Error {}
    let memo = Memo<Int, Int>(capacity: 8)
    #expect(throws: Unknown.self) {
      try memo.answer(to: 1) { () throws(Unknown) in throw Unknown() }
    }
    #expect(memo.answer(to: 1) { 5 } == 5)
  }
}
