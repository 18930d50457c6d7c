/// How often each intent was read as which, in an order in which intents that are taken for each
/// other stand together.
public struct ConfusionMatrix: Sendable {
  /// What was said, and what it was read as.
  public struct Cell: Sendable, Hashable {
    /// What was said, as labelled.
    public let label: String
    /// What it was read as.
    public let read: String

    /// Names a pair.
    /// - Parameters:
    ///   - label: what was said.
    ///   - read: what it was read as.
    public init(label: String, read: String) {
      self.label = label
      self.read = read
    }
  }

  /// Every intent that was labelled or read, the most mistaken group first, and what is none last.
  public let intents: [String]
  /// How many messages there are of each pair.
  public let counts: [Cell: Int]
  /// How many messages were labelled with each intent.
  public let totals: [String: Int]

  /// Counts results.
  /// - Parameter results: what became of each message.
  public init(of results: [Accuracy.Result]) {
    var counts: [Cell: Int] = [:]
    var totals: [String: Int] = [:]
    for result in results {
      counts[result.cell, default: 0] += 1
      totals[result.cell.label, default: 0] += 1
    }
    self.counts = counts
    self.totals = totals
    intents = Self.neighbours(
      Set(counts.keys.flatMap { [$0.label, $0.read] }), by: counts, totals)
  }

  /// Which share of an intent's messages was read as another, from 0 to 1.
  /// - Parameter cell: the pair.
  /// - Returns: the share; 0 where nothing was labelled so.
  public func share(_ cell: Cell) -> Double {
    Double(counts[cell] ?? 0) / Double(max(1, totals[cell.label] ?? 0))
  }

  /// Chains the intents that are most often taken for each other, most often first, as long as both
  /// stand at an end of theirs: Kruskal's way to a path.
  ///
  /// What is no intent is taken for everything, and would hold no chain together.
  private static func neighbours(
    _ intents: Set<String>, by counts: [Cell: Int], _ totals: [String: Int]
  ) -> [String] {
    var ties: [Cell: Double] = [:]
    var mistakes: [String: Int] = [:]
    for (cell, count) in counts where cell.label != cell.read {
      for intent in [cell.label, cell.read] { mistakes[intent, default: 0] += count }
      if [cell.label, cell.read].contains(Accuracy.nothing) { continue }
      let pair = Cell(label: min(cell.label, cell.read), read: max(cell.label, cell.read))
      ties[pair, default: 0] += Double(count) / Double(max(1, totals[cell.label] ?? 0))
    }
    var chains = intents.subtracting([Accuracy.nothing]).sorted().map { [$0] }
    let strongest = ties.filter { pair, _ in
      // A single message ties nothing together.
      [pair, Cell(label: pair.read, read: pair.label)].reduce(0) { $0 + (counts[$1] ?? 0) } > 1
    }
    .sorted {
      ($1.value, $0.key.label, $0.key.read) < ($0.value, $1.key.label, $1.key.read)
    }
    for (pair, _) in strongest {
      guard
        let left = chains.firstIndex(where: { $0.first == pair.label || $0.last == pair.label }),
        let right = chains.firstIndex(where: { $0.first == pair.read || $0.last == pair.read }),
        left != right
      else { continue }
      let head =
        chains[left].last == pair.label ? chains[left] : Array(chains[left].reversed())
      let tail =
        chains[right].first == pair.read ? chains[right] : Array(chains[right].reversed())
      chains[left] = head + tail
      chains.remove(at: right)
    }
    let weighed = chains.map { chain in
      (chain, mistakes: chain.reduce(0) { $0 + (mistakes[$1] ?? 0) })
    }
    return weighed.sorted { ($1.mistakes, $0.0[0]) < ($0.mistakes, $1.0[0]) }.flatMap(\.0)
      + (intents.contains(Accuracy.nothing) ? [Accuracy.nothing] : [])
  }
}
