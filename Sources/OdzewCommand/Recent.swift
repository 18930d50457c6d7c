/// Values by key, of which only the keys that were kept last are remembered: what bounds the memory of
/// a long run.
struct Recent<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var values: [Key: (value: Value, turn: Int)] = [:]
  /// The keys in the order in which they were kept; one that was kept again since is passed over.
  private var order: [(key: Key, turn: Int)] = []
  private var oldest = 0
  private var turn = 0
  private let capacity: Int

  /// Makes an empty collection.
  /// - Parameter capacity: how many keys are kept.
  init(capacity: Int) { self.capacity = capacity }

  subscript(key: Key) -> Value? { values[key]?.value }

  /// Keeps a value, in the place of an earlier one of the same key.
  /// - Returns: what is kept no longer.
  @discardableResult
  mutating func keep(_ value: Value, for key: Key) -> [(key: Key, value: Value)] {
    turn += 1
    values[key] = (value, turn)
    order.append((key, turn))
    var dropped: [(key: Key, value: Value)] = []
    while values.count > capacity {
      let (old, turn) = order[oldest]
      oldest += 1
      guard values[old]?.turn == turn, let entry = values.removeValue(forKey: old) else { continue }
      dropped.append((old, entry.value))
    }
    if order.count - oldest > 4 * capacity || oldest > capacity {
      order = order[oldest...].filter { values[$0.key]?.turn == $0.turn }
      oldest = 0
    }
    return dropped
  }
}
