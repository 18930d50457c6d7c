public import Synchronization

/// What a pure function gave for what it was asked lately.
///
/// It changes how long an answer takes and never which one comes: what is asked must hold everything
/// that the answer depends on, and be equal only where that is the same. Strings are equal that are
/// written with other bytes; where those matter, ask with the bytes.
///
/// Public, because the compiler makes special code in another module of what is public alone.
public final class Memo<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  /// The answers of now, and those of the time before, which are forgotten unless they are asked for again.
  @usableFromInline
  struct Generations {
    @usableFromInline var young: [Question: Answer] = [:]
    @usableFromInline var old: [Question: Answer] = [:]

    @inlinable
    init() {}

    @inlinable
    mutating func keep(_ answer: Answer, to question: Question, atMost capacity: Int) {
      if young.count >= capacity / 2 {
        old = young
        young = [:]
      }
      young[question] = answer
    }
  }

  @usableFromInline let answers = Mutex(Generations())
  @usableFromInline let capacity: Int

  /// Makes an empty memo.
  /// - Parameter capacity: how many answers are kept at most; half of them may be forgotten at once.
  @inlinable
  public init(capacity: Int) { self.capacity = capacity }

  /// The answer to a question: the one that is kept, or a new one.
  /// - Parameters:
  ///   - question: what is asked.
  ///   - answer: finds the answer; it may run twice where two threads ask at once.
  /// - Returns: the answer.
  /// - Throws: what `answer` throws; nothing is kept then.
  @inlinable
  public func answer<Failure: Error>(
    to question: Question, _ answer: () throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let known = answers.withLock { answers -> Answer? in
      if let known = answers.young[question] { return known }
      guard let known = answers.old[question] else { return nil }
      answers.keep(known, to: question, atMost: capacity)
      return known
    }
    if let known { return known }
    let new = try answer()
    answers.withLock { $0.keep(new, to: question, atMost: capacity) }
    return new
  }
}
