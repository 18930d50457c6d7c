internal import Diagnostics
internal import Patterns

/// What concepts say for each rule, or for a lawful text, in every language alike: one that stands in a sentence,
/// or two that stand in one.
///
/// Words say little of what they were not fitted to; a concept has the words that people gathered for it, and
/// what it says was learnt from the texts of all languages.
struct ConceptHints: Sendable {
  /// A concept with another one, or with itself: the lower number in the upper half.
  private let keys: Table<UInt64>
  /// Where the shares of each begin, and where those of the last end.
  private let starts: Table<Int32>
  private let shares: Table<HintTable.Share>

  /// Reads the hints of the file for every language.
  /// - Parameters:
  ///   - rules: hints by rule.
  ///   - targets: the numbers of the rules.
  ///   - concepts: the concepts; what names others says nothing.
  ///   - faults: receives what is neither a concept nor two.
  init(
    _ rules: [PolicyHints.Rule], _ targets: [String: Int], of concepts: ConceptTable,
    _ faults: inout [Diagnostic]
  ) {
    var found: [UInt64: [HintTable.Share]] = [:]
    for (rule, words) in rules {
      guard let target = targets[rule.value] else { continue }
      for (entry, points) in words {
        let names = entry.value.split(separator: " ")
        guard (1...2).contains(names.count), names.allSatisfy({ $0.first == "@" }) else {
          faults.append(
            Diagnostic(
              code: "invalid-hint", at: entry.location,
              "'\(entry.value)' is neither a concept nor two concepts",
              remedy: "in the file of every language write '@review' or '@ask @review'"))
          continue
        }
        let numbers = names.compactMap { concepts.number(of: String($0.dropFirst())) }
        guard numbers.count == names.count, let first = numbers.first, let last = numbers.last
        else { continue }
        found[Self.key(Int32(first), Int32(last)), default: []].append(
          HintTable.Share(target: target, points: points))
      }
    }
    let sorted = found.sorted { $0.key < $1.key }
    keys = Table(sorted.map(\.key))
    starts = Table(
      sorted.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1.value.count)) })
    shares = Table(sorted.flatMap(\.value))
  }

  /// Reads hints back.
  init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    keys = try archive.table()
    starts = try archive.table()
    shares = try archive.table()
    guard starts.count == keys.count + 1, starts.last.map(Int.init) == shares.count else {
      throw TableArchive.Damaged()
    }
  }

  func write(to archive: inout TableArchive) {
    archive.add(keys)
    archive.add(starts)
    archive.add(shares)
  }

  private static func key(_ one: Int32, _ other: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: min(one, other))) << 32 | UInt64(UInt32(bitPattern: max(one, other)))
  }

  /// How many there are.
  var count: Int { keys.count }

  /// The hints of a sentence.
  /// - Parameter concepts: those that stand in it, each once.
  /// - Returns: their numbers; so many searches as the concepts make pairs.
  func hints(of concepts: [Int32]) -> [Int] {
    var found: [Int] = []
    for (number, one) in concepts.enumerated() {
      for other in concepts[number...] {
        if let hint = place(of: Self.key(one, other)) { found.append(hint) }
      }
    }
    return found
  }

  private func place(of key: UInt64) -> Int? {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && keys[low] == key ? low : nil
  }

  /// Tells what a hint says, rule by rule.
  func forEachShare(of hint: Int, _ body: (HintTable.Share) -> Void) {
    for place in Int(starts[hint])..<Int(starts[hint + 1]) { body(shares[place]) }
  }

  /// The concepts of a hint, by their numbers: one, or two.
  func concepts(of hint: Int) -> [Int] {
    let key = keys[hint]
    let both = [Int(key >> 32), Int(key & 0xFFFF_FFFF)]
    return both[0] == both[1] ? [both[0]] : both
  }
}
