internal import Diagnostics
internal import Foundation
internal import Language
internal import Patterns

/// How the words of a text weigh for and against each rule, beside what the rules find in it.
///
/// Rules know certain ways of saying a thing; people find others. Hints are fitted to labelled texts: what
/// each word, and each concept in every language alike, says for a rule, or for a lawful text; the more of them a
/// text has, the less each says. The readings share one certainty in proportion to
/// eᵖᵒⁱⁿᵗˢ, as multinomial logistic regression has it. Where a text is likely enough to violate some rule, whichever,
/// the likeliest has found it. Where a text, and each sentence in which concepts stand together, is
/// unlikely enough to violate any, they are excused: they do so by chance. A phrase, an expression or a detector
/// that an author wrote is never excused.
struct Weighing: Sendable {
  /// What turns points into decisions: `weighing` of a pack.
  struct Scale: Sendable, Hashable {
    /// The points that a text starts with for being lawful.
    let lawful: Double
    /// From which probability on that a text violates any rule the words accuse the likeliest.
    let accuses: Double
    /// Below which probability that they violate any rule, a text and its sentences are excused.
    let excuses: Double

    /// Reads a scale.
    /// - Parameter entry: the mapping; faults go to its reader.
    init?(reading entry: YAMLMapping) {
      let numbers = [
        entry.number("lawful", in: -20...20), entry.number("accuses", in: 0...1),
        entry.number("excuses", in: 0...1),
      ]
      entry.finish()
      let values = numbers.compactMap(\.?.value)
      guard values.count == numbers.count else { return nil }
      (lawful, accuses, excuses) = (values[0], values[1], values[2])
    }
  }

  /// What the words of a text come to.
  struct Verdict: Sendable {
    /// Where the text is likely enough to violate any rule, the likeliest, and another one that is at least half as
    /// likely.
    let charges: [Charge]
    /// Whether the text as a whole is unlikely enough to violate any.
    fileprivate let isLawful: Bool
    /// The sentences that are not so unlikely to, each by itself, in the bytes of the form.
    fileprivate let doubtful: [Range<Int>]

    /// Whether concepts that stand together in a place are excused.
    ///
    /// A bad sentence does not become lawful among good ones.
    /// - Parameter place: where they stand, in the bytes of the form.
    /// - Returns: whether neither the text nor any of the sentences that they stand in is likely enough to violate.
    func excuses(_ place: Range<Int>) -> Bool {
      isLawful && !doubtful.contains { $0.overlaps(place) }
    }
  }

  /// A rule that the words say is violated.
  struct Charge: Sendable {
    /// By its place among the rules with hints.
    let rule: Int
    /// The sentence that says most for it, in the original bytes.
    let sentence: Range<Int>
    /// The hints that say most for it, most first.
    let words: [String]
  }

  /// What stands for a text that violates nothing, among the hints of a language.
  static let lawful = "lawful"
  /// The language of the file whose hints are concepts.
  private static let everyLanguage = "any"

  /// A hint of a language's table, or of the concepts.
  private enum Hint {
    case words(Int)
    case concepts(Int)
  }

  /// What has been found in a text or in a sentence.
  private typealias Sight = (hint: Hint, sentence: Int)

  let scale: Scale
  /// The rules with hints, sorted; their targets are their places, and one more is lawful.
  private let rules: [String]
  /// By language.
  private let tables: [(language: String, hints: HintTable)]
  private let concepts: ConceptHints
  /// What stood in the last sentences: see `ConceptTable`.
  private let remembered = Memo<Sentence, [Int32]>(capacity: 4096)

  private struct Sentence: Hashable {
    let language: String
    let words: ByteKey
  }

  /// Puts the hints of all languages into tables.
  /// - Parameters:
  ///   - hints: the hints.
  ///   - scale: what turns points into decisions.
  ///   - concepts: the concepts that the hints of every language name.
  ///   - faults: receives words that cannot be hints.
  init(
    _ hints: [PolicyHints], _ scale: Scale, _ concepts: ConceptTable, _ faults: inout [Diagnostic]
  ) {
    self.scale = scale
    rules = Set(hints.flatMap { $0.rules.map(\.rule.value) }).subtracting([Self.lawful]).sorted()
    let targets = Dictionary(uniqueKeysWithValues: zip(rules + [Self.lawful], 0...))
    var tables: [(String, HintTable)] = []
    for file in hints where file.locale.language != Self.everyLanguage {
      tables.append((file.locale.language, Self.table(of: file, targets, &faults)))
    }
    self.tables = tables
    let shared = hints.filter { $0.locale.language == Self.everyLanguage }.flatMap(\.rules)
    self.concepts = ConceptHints(shared, targets, of: concepts, &faults)
  }

  private static func table(
    of hints: PolicyHints, _ targets: [String: Int], _ faults: inout [Diagnostic]
  ) -> HintTable {
    var builder = HintTableBuilder()
    for (rule, words) in hints.rules {
      guard let target = targets[rule.value] else { continue }
      for (word, points) in words {
        do throws(KeywordError) {
          try builder.insert(
            word.value, forms: [Folding.keyword(word.value)], target: target, points: points)
        } catch {
          faults.append(.unusable(word, as: "hint", because: error.message))
        }
      }
    }
    return builder.table
  }

  /// Reads the tables back.
  init(_ archive: inout TableArchive.Reader, _ scale: Scale) throws(TableArchive.Damaged) {
    self.scale = scale
    rules = try archive.lists().map { String(decoding: $0, as: UTF8.self) }
    var tables: [(String, HintTable)] = []
    for language in try archive.lists() {
      tables.append((String(decoding: language, as: UTF8.self), try HintTable(&archive)))
    }
    self.tables = tables
    concepts = try ConceptHints(&archive)
  }

  func write(to archive: inout TableArchive) {
    archive.add(rules.map { Array($0.utf8) })
    archive.add(tables.map { Array($0.language.utf8) })
    for (_, hints) in tables { hints.write(to: &archive) }
    concepts.write(to: &archive)
  }

  /// How many rules words are weighed for.
  var count: Int { rules.count }

  /// The hints of a language.
  func hints(of language: String) -> HintTable? {
    tables.first { $0.language == language }?.hints
  }

  /// The place of a rule among those that words are weighed for.
  func place(of rule: String) -> Int? { rules.firstIndex(of: rule) }

  /// Weighs the words of a text.
  /// - Parameters:
  ///   - form: the text.
  ///   - concepts: those of each sentence, in their order.
  ///   - language: the language of the conversation.
  ///   - isInForce: for each rule with hints whether it holds for the occasion.
  /// - Returns: what they come to; nil where no hints are known for the language.
  func verdict(
    on form: ReadableText, of concepts: [[Int32]], in language: String, where isInForce: [Bool]
  ) -> Verdict? {
    guard let hints = hints(of: language) else { return nil }
    let open = rules.indices.filter { isInForce[$0] }
    guard !open.isEmpty else { return nil }
    var spoken = (
      words: NumberSet(below: hints.count), concepts: NumberSet(below: self.concepts.count)
    )
    var found: [Sight] = []
    var sentences: [Range<Int>] = []
    var doubtful: [Range<Int>] = []
    var number = 0
    form.forEachSentence { text, places in
      defer { number += 1 }
      guard !text.isEmpty else { return }
      let said = self.concepts.hints(of: number < concepts.count ? concepts[number] : [])
      let own =
        self.hints(in: text, of: language, hints).map(Hint.words) + said.map(Hint.concepts)
      for hint in own {
        let isNew =
          switch hint {
          case .words(let number): spoken.words.insert(number)
          case .concepts(let number): spoken.concepts.insert(number)
          }
        if isNew { found.append((hint, sentences.count)) }
      }
      let sentence = (places.first ?? 0)..<(places.last ?? 0) + 1
      sentences.append(sentence)
      if guilt(of: sums(of: own, hints), open) >= scale.excuses { doubtful.append(sentence) }
    }
    let points = sums(of: found.map(\.hint), hints)
    let whole = guilt(of: points, open)
    let likeliest = open.sorted { (points[$1], $0) < (points[$0], $1) }.prefix(2)
    let least = likeliest.first.map { points[$0] - log(2) } ?? 0
    let charged = whole < scale.accuses ? [] : likeliest.filter { points[$0] >= least }
    return Verdict(
      charges: charged.map { target in
        charge(of: target, by: found, hints) { form.originalRange(of: sentences[$0]) }
      },
      isLawful: whole < scale.excuses, doubtful: doubtful)
  }

  /// The hints of a sentence, each once.
  private func hints(in words: [UInt8], of language: String, _ hints: HintTable) -> [Int] {
    func look() -> [Int32] {
      var spoken = NumberSet(below: hints.count)
      var found: [Int32] = []
      hints.forEachMatch(in: words.span) { _, hint in
        if spoken.insert(hint) { found.append(Int32(hint)) }
      }
      return found
    }
    let found =
      words.count > ConceptTable.longestRemembered
      ? look() : remembered.answer(to: Sentence(language: language, words: ByteKey(words)), look)
    return found.map(Int.init)
  }

  /// Tells what a hint says, rule by rule.
  private func forEachShare(
    of hint: Hint, _ hints: HintTable, _ body: (HintTable.Share) -> Void
  ) {
    switch hint {
    case .words(let number): hints.forEachShare(of: number, body)
    case .concepts(let number): concepts.forEachShare(of: number, body)
    }
  }

  /// What hints come to for each rule, and for a lawful text: words and concepts each by the root of how many
  /// there are.
  private func sums(of spoken: [Hint], _ hints: HintTable) -> [Double] {
    var counts = (words: 1, concepts: 1)
    for hint in spoken {
      if case .words = hint { counts.words += 1 } else { counts.concepts += 1 }
    }
    let weights = (
      words: 1 / Double(counts.words).squareRoot(),
      concepts: 1 / Double(counts.concepts).squareRoot()
    )
    var points = Array(repeating: 0.0, count: rules.count + 1)
    points[rules.count] = scale.lawful
    for hint in spoken {
      let weight = if case .words = hint { weights.words } else { weights.concepts }
      forEachShare(of: hint, hints) { points[Int($0.target)] += weight * $0.points }
    }
    return points
  }

  /// How likely points make it that some rule in force is violated.
  private func guilt(of points: [Double], _ open: [Int]) -> Double {
    let lawful = points[rules.count]
    let highest = open.reduce(lawful) { max($0, points[$1]) }
    let guilty = open.reduce(0) { $0 + exp(points[$1] - highest) }
    return guilty / (guilty + exp(lawful - highest))
  }

  /// What speaks for a rule rather than for a lawful text.
  private func charge(
    of target: Int, by found: [Sight], _ hints: HintTable, _ range: (Int) -> Range<Int>
  ) -> Charge {
    func says(_ hint: Hint) -> Double {
      var sum = 0.0
      forEachShare(of: hint, hints) { share in
        switch Int(share.target) {
        case target: sum += share.points
        case rules.count: sum -= share.points
        default: break
        }
      }
      return sum
    }
    var sums: [Int: Double] = [:]
    for (hint, sentence) in found { sums[sentence, default: 0] += says(hint) }
    let telling = sums.max { ($0.value, $1.key) < ($1.value, $0.key) }
    // Words tell a person more than the names of concepts.
    let strongest = found.compactMap { sight -> (word: String, points: Double)? in
      guard case .words(let number) = sight.hint else { return nil }
      return (hints.text(of: number), says(sight.hint))
    }.filter { $0.points > 0 }.sorted { ($1.points, $0.word) < ($0.points, $1.word) }
    return Charge(
      rule: target, sentence: telling.map { range($0.key) } ?? 0..<0,
      words: strongest.prefix(3).map(\.word))
  }
}
