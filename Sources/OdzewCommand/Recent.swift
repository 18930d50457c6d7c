/// Values by key, of which only the latest keys are kept: what bounds the memory of a long run.
struct Recent<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var values: [Key: Value] = [:]
  /// The keys in the order in which they came.
  private var order: [Key] = []
  private let capacity: Int

  /// Makes an empty collection.
  /// - Parameter capacity: how many keys are kept.
  init(capacity: Int) { self.capacity = capacity }

  subscript(key: Key) -> Value? { values[key] }

  /// Keeps a value, in the place of an earlier one of the same key.
  /// - Returns: what is kept no longer: many at once, so that it costs little on average.
  @discardableResult
  mutating func keep(_ value: Value, for key: Key) -> [(key: Key, value: Value)] {
    if values.updateValue(value, forKey: key) == nil { order.append(key) }
    guard order.count > capacity else { return [] }
    let oldest = order.prefix(max(1, capacity / 10))
    let dropped = oldest.compactMap { old in values.removeValue(forKey: old).map { (old, $0) } }
    order.removeFirst(oldest.count)
    return dropped
  }
}
