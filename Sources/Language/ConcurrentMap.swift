internal import Dispatch
internal import Synchronization

/// Makes two things side by side.
/// - Parameters:
///   - one: makes one of them.
///   - other: makes the other.
/// - Returns: both.
package func concurrently<One: Sendable, Other: Sendable>(
  _ one: @Sendable () -> One, _ other: @Sendable () -> Other
) -> (One, Other) {
  let ones = Mutex<One?>(nil)
  let others = Mutex<Other?>(nil)
  DispatchQueue.concurrentPerform(iterations: 2) { half in
    if half == 0 {
      let made = one()
      ones.withLock { $0 = made }
    } else {
      let made = other()
      others.withLock { $0 = made }
    }
  }
  return (ones.withLock(\.self) ?? one(), others.withLock(\.self) ?? other())
}

extension RandomAccessCollection where Self: Sendable, Element: Sendable, Index == Int {
  /// Makes something of every element, side by side.
  /// - Parameters:
  ///   - jobs: how many at a time at most; nil for as many as the machine has cores.
  ///   - make: makes it.
  /// - Returns: what was made, in the order of the elements.
  package func concurrentMap<Made: Sendable>(
    jobs: Int? = nil, _ make: @Sendable (Element) -> Made
  ) -> [Made] {
    guard jobs != 1, count > 1 else { return map(make) }
    let made = Mutex<[Int: Made]>([:])
    let next = Atomic<Int>(startIndex)
    DispatchQueue.concurrentPerform(iterations: Swift.min(jobs ?? count, count)) { _ in
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < endIndex else { return }
        let result = make(self[place])
        made.withLock { $0[place] = result }
      }
    }
    return made.withLock { made in indices.compactMap { made[$0] } }
  }
}
