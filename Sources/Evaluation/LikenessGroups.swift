/// Texts in groups of those that are alike, by stars: whichever has most that are like it takes them
/// along, then the next of those that are left; then groups that are alike are taken together.
///
/// No text is in a group only because it is like another that is like a third. What comes out depends
/// on the texts alone, in the order in which they are given.
package struct LikenessGroups: Sendable {
  /// From this likeness on texts belong together.
  private static let leastLikeness = 0.4
  /// From this likeness on groups do.
  private static let leastOfGroups = 0.5
  /// With how many texts at most a text is compared for the sake of one word: evenly chosen among all
  /// that have it, so that ten thousand messages about one thing are not compared each with each.
  private static let mostForOneWord = 64

  /// The groups, as places in what was given: the largest first, and in each the most typical first.
  package let groups: [[Int]]

  /// Groups texts.
  /// - Parameter texts: where they point.
  /// - Complexity: O(texts × words in each × 64), whatever they have in common.
  package init(of texts: [Likeness.Direction]) {
    var groups = Self.stars(among: texts, from: Self.leastLikeness)
    while true {
      let middles = groups.map { group in
        Likeness.Direction(between: group.map { texts[$0] })
      }
      let joined = Self.stars(among: middles, from: Self.leastOfGroups)
      if joined.count == groups.count { break }
      groups = joined.map { star in star.flatMap { groups[$0] } }
    }
    self.groups = groups.map { group in
      let middle = Likeness.Direction(between: group.map { texts[$0] })
      let near = Dictionary(
        uniqueKeysWithValues: group.map { ($0, texts[$0].likeness(to: middle)) })
      return group.sorted { (near[$1] ?? 0, $0) < (near[$0] ?? 0, $1) }
    }.sorted { ($1.count, $0.min() ?? 0) < ($0.count, $1.min() ?? 0) }
  }

  private static func stars(
    among texts: [Likeness.Direction], from least: Double
  ) -> [[Int]] {
    let neighbours = neighbours(among: texts, from: least)
    let order = texts.indices.sorted {
      (neighbours[$1].count, $0) < (neighbours[$0].count, $1)
    }
    var isTaken = Array(repeating: false, count: texts.count)
    return order.compactMap { centre in
      if isTaken[centre] { return nil }
      let star = [centre] + neighbours[centre].filter { !isTaken[$0] }
      for text in star { isTaken[text] = true }
      return star
    }
  }

  /// For each text those that are like it.
  private static func neighbours(
    among texts: [Likeness.Direction], from least: Double
  ) -> [[Int]] {
    var places: [Int: [Int]] = [:]
    for (index, text) in texts.enumerated() {
      for word in text.words { places[word.number, default: []].append(index) }
    }
    for (word, all) in places where all.count > mostForOneWord {
      places[word] = (0..<mostForOneWord).map { all[$0 * all.count / mostForOneWord] }
    }
    var neighbours: [[Int]] = texts.map { _ in [] }
    // The text for which each one was compared last.
    var compared = Array(repeating: -1, count: texts.count)
    for (index, text) in texts.enumerated() {
      compared[index] = index
      for word in text.words {
        for other in places[word.number] ?? [] where compared[other] != index {
          compared[other] = index
          if text.likeness(to: texts[other]) >= least {
            neighbours[index].append(other)
            neighbours[other].append(index)
          }
        }
      }
    }
    return neighbours.map { Set($0).sorted() }
  }
}
