internal import Synchronization

/// What a pure function gave for what it was asked lately.
///
/// It changes how long an answer takes and never which one comes: what is asked must hold everything
/// that the answer depends on, and be equal only where that is the same. Strings are equal that are
/// written with other bytes; where those matter, ask with the bytes.
package final class Memo<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  private let answers = Mutex<[Question: Answer]>([:])
  private let capacity: Int

  /// Makes an empty memo.
  /// - Parameter capacity: how many answers are kept; when there are more, all are forgotten at once,
  ///   which costs least on average and keeps memory flat.
  package init(capacity: Int) { self.capacity = capacity }

  /// The answer to a question: the one that is kept, or a new one.
  /// - Parameters:
  ///   - question: what is asked.
  ///   - answer: finds the answer; it may run twice where two threads ask at once.
  /// - Returns: the answer.
  /// - Throws: what `answer` throws; nothing is kept then.
  package func answer<Failure: Error>(
    to question: Question, _ answer: () throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    if let known = answers.withLock({ $0[question] }) { return known }
    let new = try answer()
    answers.withLock { answers in
      if answers.count >= capacity { answers.removeAll(keepingCapacity: true) }
      answers[question] = new
    }
    return new
  }
}
