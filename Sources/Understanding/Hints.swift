internal import Diagnostics
internal import Patterns

/// What single words of one language say beside all concepts: each little, and together often enough
/// to tip the balance.
///
/// They are fitted to labelled messages, word by word, so that they are read in the same way: a hint
/// counts where its word stands, once a message, whether something denies it or not. It is no sign of the
/// language, and none that a word is spelt right.
struct Hints: Sendable {
  /// What one hint says about one intent.
  struct Share: Sendable {
    let intent: Int32
    let points: Double
  }

  /// Words and beginnings of words; their numbers are those of the hints.
  private let table: KeywordTable
  /// Where the shares of each hint begin, and where those of the last end.
  private let starts: [Int32]
  private let shares: [Share]
  /// The hints as they are written, one after another, and where each ends.
  private let letters: [UInt8]
  private let ends: [Int32]

  /// Puts the hints of a language into one table.
  /// - Parameters:
  ///   - lexicon: the language.
  ///   - intents: the intents; shares refer to them by their place.
  ///   - found: receives every fault.
  init(of lexicon: Lexicon, _ intents: [Intent], _ found: inout [Diagnostic]) {
    var places: [String: Int] = [:]
    var words: [Located<String>] = []
    var sharesOfWords: [[Share]] = []
    for (index, intent) in intents.enumerated() {
      for (entry, points) in intent.wordings[lexicon.locale]?.hints ?? [] {
        let share = Share(intent: Int32(index), points: points)
        if let place = places[entry.value] {
          sharesOfWords[place].append(share)
        } else {
          places[entry.value] = words.count
          words.append(entry)
          sharesOfWords.append([share])
        }
      }
    }
    var builder = KeywordTableBuilder()
    for (number, word) in words.enumerated() {
      do throws(KeywordError) {
        for form in lexicon.forms(of: word.value) { try builder.insert(form, value: number) }
      } catch {
        found.append(
          Diagnostic(
            code: "invalid-keyword", at: word.location,
            "'\(word.value)' cannot be a hint: \(error.message)"))
      }
    }
    table = builder.table
    starts = sharesOfWords.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1.count)) }
    shares = sharesOfWords.flatMap { $0 }
    letters = words.flatMap { Array($0.value.utf8) }
    ends = words.reduce(into: []) { $0.append(($0.last ?? 0) + Int32($1.value.utf8.count)) }
  }

  /// Reads hints back.
  init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    table = try KeywordTable(&archive)
    starts = try archive.table()
    shares = try archive.table()
    letters = try archive.table()
    ends = try archive.table()
    guard starts.count == ends.count + 1, starts.last.map(Int.init) == shares.count,
      Int(ends.last ?? 0) == letters.count
    else { throw TableArchive.Damaged() }
  }

  func write(to archive: inout TableArchive) {
    table.write(to: &archive)
    archive.add(starts)
    archive.add(shares)
    archive.add(letters)
    archive.add(ends)
  }

  /// How many there are.
  var count: Int { ends.count }

  /// Finds the hints of a text.
  /// - Parameters:
  ///   - text: folded bytes.
  ///   - body: receives the bytes that a hint covers, and its number.
  func forEachMatch(in text: Span<UInt8>, _ body: (Range<Int>, Int) -> Void) {
    table.forEachMatch(in: text, body)
  }

  /// What a hint says, by intent.
  func shares(of hint: Int) -> ArraySlice<Share> {
    shares[Int(starts[hint])..<Int(starts[hint + 1])]
  }

  /// A hint as it is written.
  func text(of hint: Int) -> String {
    let start = hint == 0 ? 0 : Int(ends[hint - 1])
    return String(decoding: letters[start..<Int(ends[hint])], as: UTF8.self)
  }
}
