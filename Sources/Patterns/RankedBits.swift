/// A set of numbers, a bit each, that tells of each the how manieth it is.
struct RankedBits: Sendable {
  private let words: Table<UInt64>
  /// How many bits are set before each word.
  private let ranks: Table<Int32>

  /// Makes a set of the numbers for which there is a true.
  init(_ isSet: [Bool]) {
    var words = [UInt64](repeating: 0, count: isSet.count / 64 + 1)
    for (number, isSet) in isSet.enumerated() where isSet {
      words[number >> 6] |= 1 << UInt64(number & 63)
    }
    var count: Int32 = 0
    ranks = Table(
      words.map { word in
        defer { count += Int32(word.nonzeroBitCount) }
        return count
      })
    self.words = Table(words)
  }

  init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    words = try archive.table()
    ranks = try archive.table()
  }

  func write(to archive: inout TableArchive) {
    archive.add(words)
    archive.add(ranks)
  }

  /// How many smaller numbers are in the set; nil where this one is not.
  /// - Complexity: O(1).
  @inline(__always)
  func place(of number: Int) -> Int? {
    let word = words[number >> 6]
    let bit: UInt64 = 1 << UInt64(number & 63)
    return word & bit == 0
      ? nil : Int(ranks[number >> 6]) + (word & (bit - 1)).nonzeroBitCount
  }
}
