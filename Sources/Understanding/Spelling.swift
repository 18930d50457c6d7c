internal import Patterns

/// Mends typos against the words that a language's rules know.
///
/// A word is taken for a mistyped one when a single slip separates it from exactly one known word:
/// a letter too many, too few, another one, or two neighbours swapped (Damerau's four, 1964). Short
/// words are left alone, since there one letter makes another word; the first letter, which people
/// rarely miss, must be right in words of fewer than seven. Where only the beginning of words is
/// known, its last letter must be right too: there inflection changes letters, not slips.
///
/// Known words are indexed by themselves less one letter, so that looking a word up costs its
/// length, not the number of known words (the method of W. Garbe's SymSpell, 2012).
struct Spelling: Sendable {
  /// The shortest word that is mended.
  static let shortest = 5
  /// Below this length the first letter must be right.
  static let shortestWithAnyFirstLetter = 7

  private let words: ByteLists
  /// Whole words and beginnings of words, each by itself and by itself less one letter.
  private let whole: Index
  private let beginnings: Index
  private let longestBeginning: Int

  /// Words by the hashes of what they may be mistyped as, in the order of the hashes.
  private struct Index: Sendable {
    private let hashes: Table<UInt32>
    private let words: Table<Int32>

    init(_ entries: [(hash: UInt32, word: Int32)]) {
      let sorted = entries.sorted { ($0.hash, $0.word) < ($1.hash, $1.word) }
      hashes = Table(sorted.map(\.hash))
      words = Table(sorted.map(\.word))
    }

    init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
      hashes = try archive.table()
      words = try archive.table()
    }

    func write(to archive: inout TableArchive) {
      archive.add(hashes)
      archive.add(words)
    }

    func forEach(_ hash: UInt32, _ body: (Int) -> Void) {
      var low = 0
      var high = hashes.count
      while low < high {
        let middle = (low + high) / 2
        if hashes[middle] < hash { low = middle + 1 } else { high = middle }
      }
      while low < hashes.count, hashes[low] == hash {
        body(Int(words[low]))
        low += 1
      }
    }
  }

  /// Indexes words.
  /// - Parameter words: folded words; `*` at the end marks the beginning of words.
  init(_ words: Set<[UInt8]>) {
    let star = UInt8(ascii: "*")
    let useful = words.filter { word in
      word.first != star && word.allSatisfy { $0 == star || isLetter($0) }
        && word.count { $0 != star } >= Self.shortest
    }
    let sorted = useful.sorted { $0.lexicographicallyPrecedes($1) }
    self.words = ByteLists(sorted)
    var whole: [(hash: UInt32, word: Int32)] = []
    var beginnings: [(hash: UInt32, word: Int32)] = []
    var longestBeginning = 0
    for (index, word) in sorted.enumerated() {
      let isBeginning = word.last == star
      let letters = isBeginning ? word.dropLast() : word[...]
      if isBeginning { longestBeginning = max(longestBeginning, letters.count) }
      Self.forEachHash(of: letters) { hash in
        if isBeginning {
          beginnings.append((hash, Int32(index)))
        } else {
          whole.append((hash, Int32(index)))
        }
      }
    }
    self.whole = Index(whole)
    self.beginnings = Index(beginnings)
    self.longestBeginning = longestBeginning
  }

  init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    words = try ByteLists(&archive)
    whole = try Index(&archive)
    beginnings = try Index(&archive)
    longestBeginning = try archive.array(of: Int.self).first ?? 0
  }

  func write(to archive: inout TableArchive) {
    words.write(to: &archive)
    whole.write(to: &archive)
    beginnings.write(to: &archive)
    archive.add([longestBeginning])
  }

  /// The word that was meant.
  /// - Parameters:
  ///   - word: a folded word that no rule knows.
  ///   - others: more known words, where there are some.
  /// - Returns: how it is spelt, with its own ending where only the beginning is known; nil where
  ///   nothing or more than one thing can be meant.
  /// - Complexity: O(l³) in the word's length.
  func mended(_ word: ArraySlice<UInt8>, knowing others: Spelling? = nil) -> [UInt8]? {
    guard word.count >= Self.shortest, word.allSatisfy(isLetter) else { return nil }
    let candidates = candidates(for: word) + (others?.candidates(for: word) ?? [])
    // The longest known word explains most; two different ones of that length leave it open.
    guard let best = candidates.max(by: { $0.known.count < $1.known.count }) else { return nil }
    let rivals = candidates.filter { $0.known.count == best.known.count && $0.known != best.known }
    return rivals.isEmpty ? best.mended : nil
  }

  /// The known words that one slip separates from a word.
  private func candidates(
    for word: ArraySlice<UInt8>
  ) -> [(known: ArraySlice<UInt8>, mended: [UInt8])] {
    var candidates: [(known: ArraySlice<UInt8>, mended: [UInt8])] = []
    Self.forEachHash(of: word) { hash in
      whole.forEach(hash) { index in
        let known = words[index]
        if isSlip(word, known[...]) { candidates.append((known[...], known)) }
      }
    }
    if word.count > Self.shortest, longestBeginning >= Self.shortest {
      for taken in Self.shortest - 1...min(word.count, longestBeginning + 1) {
        let head = word.prefix(taken)
        Self.forEachHash(of: head) { hash in
          beginnings.forEach(hash) { index in
            let known = words[index].dropLast()
            if head.last == known.last, isSlip(head, known) {
              candidates.append((known, Array(known) + word.dropFirst(taken)))
            }
          }
        }
      }
    }
    return candidates
  }

  /// Whether one word may be a mistyped other.
  private func isSlip(_ written: ArraySlice<UInt8>, _ known: ArraySlice<UInt8>) -> Bool {
    if known.count < Self.shortestWithAnyFirstLetter, written.first != known.first { return false }
    return Self.isSlip(written, known)
  }

  /// Whether one slip makes one word of the other.
  static func isSlip(_ written: ArraySlice<UInt8>, _ known: ArraySlice<UInt8>) -> Bool {
    guard abs(written.count - known.count) <= 1 else { return false }
    var left = written
    var right = known
    while let first = left.first, first == right.first {
      left = left.dropFirst()
      right = right.dropFirst()
    }
    while let last = left.last, last == right.last {
      left = left.dropLast()
      right = right.dropLast()
    }
    if left.isEmpty, right.isEmpty { return false }
    if left.count <= 1, right.count <= 1 { return true }
    return left.count == 2 && right.count == 2 && left.first == right.last
      && left.last == right.first
  }

  /// Gives the hash of a word, and of the word less each of its letters; of equal neighbours one.
  private static func forEachHash(of word: ArraySlice<UInt8>, _ body: (UInt32) -> Void) {
    // FNV-1a, folded in half: the same in every run, unlike the standard library's hashes.
    func hash(without skipped: Int) -> UInt32 {
      var value: UInt64 = 0xcbf2_9ce4_8422_2325
      for index in word.indices where index != skipped {
        value = (value ^ UInt64(word[index])) &* 0x100_0000_01b3
      }
      return UInt32(truncatingIfNeeded: value ^ value >> 32)
    }
    body(hash(without: -1))
    for index in word.indices where index == word.startIndex || word[index] != word[index - 1] {
      body(hash(without: index))
    }
  }
}

private func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
}
