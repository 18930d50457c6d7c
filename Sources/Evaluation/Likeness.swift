internal import Foundation

/// How alike texts of one language are: by the words that they share, of which rare ones count more.
///
/// Words are compared by their beginnings, a short one and a longer one, because the languages in
/// question change words at their ends. Small words, numbers and single letters count nothing.
package struct Likeness: Sendable {
  /// A text as a direction: its words with their weights, of length 1; empty where none counts.
  package struct Direction: Sendable {
    fileprivate(set) var words: [(number: Int, weight: Double)] = []

    /// How near another one is, from 0 to 1.
    /// - Complexity: O(n) in the words of both.
    func likeness(to other: Direction) -> Double {
      var sum = 0.0
      var (left, right) = (0, 0)
      while left < words.count, right < other.words.count {
        let (one, two) = (words[left], other.words[right])
        if one.number == two.number { sum += one.weight * two.weight }
        if one.number <= two.number { left += 1 }
        if two.number <= one.number { right += 1 }
      }
      return sum
    }

    /// The direction in which several point together.
    init(between all: [Direction]) {
      var sums: [Int: Double] = [:]
      for (number, weight) in all.lazy.flatMap(\.words) { sums[number, default: 0] += weight }
      self.init(sums.map { ($0.key, $0.value) })
    }

    fileprivate init(_ words: [(number: Int, weight: Double)]) {
      let sorted = words.sorted { $0.number < $1.number }
      let length = sorted.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
      self.words = length > 0 ? sorted.map { ($0.number, $0.weight / length) } : []
    }
  }

  /// How many bytes the beginnings of a word have by which it is compared.
  private static let beginnings = [4, 6]
  /// Shorter words tell nothing.
  private static let shortest = 3

  private let smallWords: Set<[UInt8]>
  private var numbers: [[UInt8]: Int] = [:]
  private var weights: [Double] = []

  /// Learns how rare words are.
  /// - Parameters:
  ///   - texts: the folded words of each text.
  ///   - smallWords: the words that nearly every text has.
  package init(over texts: [[[UInt8]]], smallWords: Set<[UInt8]>) {
    self.smallWords = smallWords
    var counts: [[UInt8]: Int] = [:]
    for words in texts {
      for stem in Set(words.flatMap(stems)) { counts[stem, default: 0] += 1 }
    }
    // Numbered by themselves, so that sums come out the same in every run.
    for (number, (stem, count)) in counts.sorted(by: {
      $0.key.lexicographicallyPrecedes($1.key)
    }).enumerated() {
      numbers[stem] = number
      weights.append(log(1 + Double(texts.count) / Double(count)))
    }
  }

  /// What tells a word from others; nothing for one that counts nothing.
  private func stems(of word: [UInt8]) -> [[UInt8]] {
    let isLetters = !word.contains { (48...57).contains($0) }
    guard word.count >= Self.shortest, isLetters, !smallWords.contains(word) else { return [] }
    return Self.beginnings.map { Array(word.prefix($0)) }
  }

  /// Where a text with some folded words points.
  package func direction(of words: [[UInt8]]) -> Direction {
    Direction(
      Set(words.flatMap(stems).compactMap { numbers[$0] }).map { ($0, weights[$0]) })
  }
}
