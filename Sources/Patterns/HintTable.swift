/// What single words say for and against a number of readings of a text: each little, and together often
/// enough to tip the balance.
///
/// A hint is a keyword of a `KeywordTable` with points for some of the readings, which are known by their
/// numbers. Who counts the points decides how often a hint speaks.
public struct HintTable: Sendable {
  /// What one hint says about one reading.
  public struct Share: BitwiseCopyable, Sendable {
    /// The reading's number.
    public let target: Int16
    /// The points in thousandths: there are more than a million of them.
    @usableFromInline let thousandths: Int16
    /// Above zero for it, below zero against it.
    @inlinable public var points: Double { Double(thousandths) * 0.001 }

    /// Makes a share.
    /// - Parameters:
    ///   - target: the reading's number, below 32,768.
    ///   - points: for it or against it, up to 32 either way and to a thousandth.
    package init(target: Int, points: Double) {
      self.target = Int16(clamping: target)
      thousandths = Int16(clamping: Int((points * 1000).rounded()))
    }
  }

  /// Words, beginnings of words and phrases; their numbers are those of the hints.
  private let table: KeywordTable
  /// Where the shares of each hint begin, and where those of the last end.
  @usableFromInline let starts: Table<Int32>
  @usableFromInline let shares: Table<Share>
  /// The hints as they are written, one after another, and where each ends.
  private let letters: Table<UInt8>
  private let ends: Table<Int32>

  fileprivate init(_ table: KeywordTable, _ hints: [(word: String, shares: [Share])]) {
    self.table = table
    starts = Table(
      hints.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1.shares.count)) })
    shares = Table(hints.flatMap(\.shares))
    letters = Table(hints.flatMap { Array($0.word.utf8) })
    ends = Table(
      hints.reduce(into: []) { $0.append(($0.last ?? 0) + Int32($1.word.utf8.count)) })
  }

  /// Reads hints back.
  package init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    table = try KeywordTable(&archive)
    starts = try archive.table()
    shares = try archive.table()
    letters = try archive.table()
    ends = try archive.table()
    guard starts.count == ends.count + 1, starts.last.map(Int.init) == shares.count,
      Int(ends.last ?? 0) == letters.count
    else { throw TableArchive.Damaged() }
  }

  /// Writes the hints.
  package func write(to archive: inout TableArchive) {
    table.write(to: &archive)
    archive.add(starts)
    archive.add(shares)
    archive.add(letters)
    archive.add(ends)
  }

  /// How many there are.
  package var count: Int { ends.count }

  /// Finds the hints of a text.
  /// - Parameters:
  ///   - text: folded bytes.
  ///   - body: receives the bytes that a hint covers, and its number.
  package func forEachMatch(in text: Span<UInt8>, _ body: (Range<Int>, Int) -> Void) {
    table.forEachMatch(in: text, body)
  }

  /// Tells what a hint says, reading by reading.
  @inlinable public func forEachShare(of hint: Int, _ body: (Share) -> Void) {
    var place = Int(starts[hint])
    let end = Int(starts[hint + 1])
    while place < end {
      body(shares[place])
      place += 1
    }
  }

  /// A hint as it is written.
  package func text(of hint: Int) -> String {
    letters.text(range(of: hint))
  }

  /// Whether a hint is so much of a word that few other words begin alike: all of it, or five letters.
  package func isTelling(_ hint: Int) -> Bool {
    let range = range(of: hint)
    return range.count > 5 || letters[range.upperBound - 1] != UInt8(ascii: "*")
  }

  private func range(of hint: Int) -> Range<Int> {
    (hint == 0 ? 0 : Int(ends[hint - 1]))..<Int(ends[hint])
  }
}

/// Hints while they are being gathered.
package struct HintTableBuilder: Sendable {
  private var builder = KeywordTableBuilder()
  private var places: [String: Int] = [:]
  private var hints: [(word: String, shares: [HintTable.Share])] = []

  /// Makes an empty builder.
  package init() {}

  /// Adds what a word says about a reading.
  /// - Parameters:
  ///   - word: the word as it is written.
  ///   - forms: its folded forms; they are asked for once a word.
  ///   - target: the reading's number.
  ///   - points: for it or against it.
  /// - Throws: `KeywordError` for a word that cannot be a keyword.
  package mutating func insert(
    _ word: String, forms: @autoclosure () -> some Sequence<[UInt8]>, target: Int, points: Double
  ) throws(KeywordError) {
    let share = HintTable.Share(target: target, points: points)
    if let place = places[word] {
      hints[place].shares.append(share)
      return
    }
    for form in forms() { try builder.insert(form, value: hints.count) }
    places[word] = hints.count
    hints.append((word, [share]))
  }

  /// The finished table.
  package var table: HintTable { HintTable(builder.table, hints) }
}
