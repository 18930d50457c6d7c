/// Concepts that mean something together: all of them in one clause, and none of some others.
struct ConceptRule: Sendable {
  let intent: Int
  let all: [Int]
  let none: [Int]
  /// Whether they must stand in this order.
  let inOrder: Bool
  /// From the first word to the last at most so many words.
  let within: Int?
  /// Nothing else may be said in the whole message than words of these concepts; empty for no bound.
  let only: [Int]
  let weight: Double
  let text: String

  /// Whether a message says nothing but words of the concepts that the rule allows.
  /// - Parameters:
  ///   - bytes: the message.
  ///   - hits: for each concept the ranges of the message's bytes where it stands.
  /// - Returns: whether nothing else is said.
  func coversAll(of bytes: [UInt8], with hits: [[Range<Int>]]) -> Bool {
    var isCovered = bytes.map { $0 == UInt8(ascii: " ") }
    for concept in only {
      for range in hits[concept] {
        for index in range { isCovered[index] = true }
      }
    }
    return !isCovered.contains(false)
  }

  /// The stretch of the clause in which the rule's concepts occur together, if they do.
  func range(in hits: [[Range<Int>]], of bytes: Span<UInt8>) -> Range<Int>? {
    if none.contains(where: { !hits[$0].isEmpty }) { return nil }
    guard let first = all.first else { return nil }
    // Each place of the first concept is tried with the nearest places of the others.
    for start in hits[first] {
      var covered = start
      var last = start
      var isComplete = true
      for concept in all.dropFirst() {
        let places =
          inOrder ? hits[concept].filter { $0.lowerBound >= last.upperBound } : hits[concept]
        let nearest = places.min { distance($0, covered) < distance($1, covered) }
        guard let place = nearest else {
          isComplete = false
          break
        }
        last = place
        covered =
          min(covered.lowerBound, place.lowerBound)..<max(covered.upperBound, place.upperBound)
      }
      if isComplete, within.map({ words(in: covered, of: bytes) <= $0 }) ?? true { return covered }
    }
    return nil
  }

  private func distance(_ left: Range<Int>, _ right: Range<Int>) -> Int {
    max(0, max(left.lowerBound - right.upperBound, right.lowerBound - left.upperBound))
  }

  private func words(in range: Range<Int>, of bytes: Span<UInt8>) -> Int {
    var count = 1
    for index in range where bytes[index] == UInt8(ascii: " ") { count += 1 }
    return count
  }
}
