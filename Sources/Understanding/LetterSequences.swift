internal import Foundation
internal import Patterns

/// How likely sequences of three letters are in each language, counted in the language's own
/// lexicon: it tells languages apart by words that no lexicon knows, and Czech from Slovak.
///
/// Counts are kept by a hash of the sequence; that two sequences share one now and then blurs both
/// languages alike. Counts are smoothed by a constant (Lidstone).
struct LetterSequences: Sendable {
  private static let buckets = 1 << 15
  private static let smoothing = 0.3

  /// For each bucket and language the logarithm of how likely the sequence is.
  private let logs: Table<Float>
  private let languages: Int

  /// Words of a language while they are being counted.
  struct Counts: Sendable {
    private(set) var counts = [Int32](repeating: 0, count: LetterSequences.buckets)
    private(set) var total = 0
    private var seen: Set<[UInt32]> = []

    /// Counts a word once.
    /// - Parameters:
    ///   - word: its letters.
    ///   - isBeginning: whether it may go on.
    ///   - weight: how often it is counted.
    /// - Returns: whether it had not been counted before.
    @discardableResult
    mutating func add(_ word: [UInt32], isBeginning: Bool, weight: Int32 = 1) -> Bool {
      guard seen.insert(word).inserted else { return false }
      LetterSequences.forEachSequence(of: word, isBeginning: isBeginning) { bucket in
        counts[bucket] += weight
        total += Int(weight)
      }
      return true
    }
  }

  init(_ counts: [Counts]) {
    languages = counts.count
    var logs = [Float](repeating: 0, count: Self.buckets * counts.count)
    for (language, part) in counts.enumerated() {
      let whole = Double(part.total) + Self.smoothing * Double(Self.buckets)
      for bucket in 0..<Self.buckets {
        logs[bucket * counts.count + language] = Float(
          log((Double(part.counts[bucket]) + Self.smoothing) / whole))
      }
    }
    self.logs = Table(logs)
  }

  init(
    _ archive: inout TableArchive.Reader, languages: Int
  ) throws(TableArchive.Damaged) {
    logs = try archive.table()
    self.languages = languages
    guard logs.count == Self.buckets * languages else { throw TableArchive.Damaged() }
  }

  func write(to archive: inout TableArchive) { archive.add(logs) }

  /// Says how likely a word is in each language.
  /// - Parameters:
  ///   - word: its letters.
  ///   - sums: receives a logarithm for each language, in place of what it holds.
  func tellLikelihoods(of word: some Sequence<UInt32>, in sums: inout [Double]) {
    for language in sums.indices { sums[language] = 0 }
    Self.forEachSequence(of: word, isBeginning: false) { bucket in
      for language in sums.indices { sums[language] += Double(logs[bucket * languages + language]) }
    }
  }

  private static func forEachSequence(
    of word: some Sequence<UInt32>, isBeginning: Bool, _ body: (Int) -> Void
  ) {
    let space: UInt32 = 32
    var first = space
    var second = space
    func take(_ letter: UInt32) {
      let mixed = (UInt64(first) &* 0x9E37_79B1 ^ UInt64(second)) &* 0x85EB_CA77 ^ UInt64(letter)
      body(Int((mixed &* 0xC2B2_AE3D_27D4_EB4F) >> 49))
      first = second
      second = letter
    }
    for letter in word { take(letter) }
    if !isBeginning, second != space { take(space) }
  }
}
