internal import Dispatch
internal import Synchronization

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
