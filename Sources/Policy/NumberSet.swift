/// A set of small numbers, a bit each.
struct NumberSet {
  private var bits: [UInt64]

  /// An empty set of numbers from zero to below a bound.
  init(below bound: Int) { bits = Array(repeating: 0, count: bound / 64 + 1) }

  /// Takes up a number.
  /// - Returns: whether it was not there.
  mutating func insert(_ number: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(number & 63)
    if bits[number >> 6] & bit != 0 { return false }
    bits[number >> 6] |= bit
    return true
  }
}
