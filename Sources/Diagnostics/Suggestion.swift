/// The known word that a person most likely meant by an unknown one.
/// - Parameters:
///   - word: what was written.
///   - known: what could have been written.
/// - Returns: the nearest known word, when it is near enough to be worth naming.
/// - Complexity: the product of the lengths, for each known word.
public func nearest(to word: String, among known: some Sequence<String>) -> String? {
  near(word, among: known).first
}

/// The known words that a person may have meant by an unknown one, the likeliest first.
func near(_ word: String, among known: some Sequence<String>) -> [String] {
  // A third of the word may differ: enough for a slip, too little for another word.
  let limit = max(1, word.count / 3)
  return
    known
    // Every letter too many or too few is a change.
    .filter { abs($0.count - word.count) <= limit }
    .map { (distance: editDistance(Array(word), Array($0)), word: $0) }
    .filter { $0.distance <= limit }
    .sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }
    .map(\.word)
}

/// How many single-letter changes lead from one word to the other; two neighbours that changed
/// places count once (optimal string alignment).
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var cost = min(last[j] + (left[i] == right[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    beforeLast = last
    last = row
  }
  return last[right.count]
}
