internal import Odzew

/// A message cut wherever something that was found in it begins or ends, so that marks which
/// overlap can all be drawn.
struct MarkedMessage {
  /// A stretch of the message about which everywhere the same was found.
  struct Segment: Hashable {
    /// Offsets into the message's UTF-8.
    let range: Range<Int>
    /// What speaks for each of the intents here, in points.
    let points: [Double]
    /// Whether something here is denied.
    let isDenied: Bool
    /// What begins here that was taken for a typo.
    let mending: Mending?
  }

  /// More of a message than this is not shown, in bytes.
  static let longest = 20_000

  /// The stretches, in order and without gaps.
  let segments: [Segment]
  /// How many bytes are not shown.
  let hidden: Int

  /// Cuts a message.
  /// - Parameters:
  ///   - reading: what was found in it.
  ///   - message: the message.
  ///   - intents: the intents whose reasons are marked.
  init(_ reading: Reading, of message: String, marking intents: [Finding]) {
    let end = Self.shownEnd(of: message)
    hidden = message.utf8.count - end
    let reasons = intents.map { finding in
      // What is true of the message as a whole marks no words.
      finding.evidence.filter { $0.points > 0 && !Self.isAboutTheWhole($0.rule) }
    }
    let denied = reading.concepts.filter(\.isDenied).map(\.range)
    // One within another cannot be drawn; words are mended one by one, so that there are none.
    let mended = Dictionary(
      reading.mended.map { ($0.range.lowerBound, $0) }, uniquingKeysWith: { first, _ in first })
    let ranges = reasons.joined().map(\.range) + denied + mended.values.map(\.range)
    let cuts = Set(ranges.flatMap { [$0.lowerBound, $0.upperBound] } + [0, end])
      .filter { (0...end).contains($0) }.sorted()
    segments = zip(cuts, cuts.dropFirst()).map { start, end in
      let range = start..<end
      return Segment(
        range: range,
        points: reasons.map { $0.reduce(0) { $0 + ($1.range.overlaps(range) ? $1.points : 0) } },
        isDenied: denied.contains { $0.overlaps(range) }, mending: mended[start])
    }
  }

  private static func isAboutTheWhole(_ rule: String) -> Bool {
    rule.split(whereSeparator: { " +".contains($0) })
      .contains { Classifier.traits.contains(String($0)) }
  }

  /// Where what is shown ends: behind a whole character.
  private static func shownEnd(of message: String) -> Int {
    guard message.utf8.count > longest else { return message.utf8.count }
    let place = message.utf8.index(message.startIndex, offsetBy: longest)
    let character = message.unicodeScalars.index(
      before: message.unicodeScalars.index(after: place))
    return message.utf8.distance(from: message.startIndex, to: character)
  }
}
