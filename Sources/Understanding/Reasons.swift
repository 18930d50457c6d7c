public import Diagnostics
package import Language
internal import Patterns

/// Why buyers send things back and complain, as reports count it: what `reasons.yaml` says.
///
/// No reply depends on it.
public struct Reasons: Sendable {
  /// One reason.
  package struct Reason: Sendable {
    /// Its name: `too_small`.
    package let id: String
    /// Messages with one of these intents have this reason where no phrase says more.
    package let intents: [Located<String>]
    /// Sentences that must be found to give it, by language.
    package let examples: [(locale: LocaleTag, text: Located<String>)]
    /// Sentences that must not be.
    package let counterExamples: [(locale: LocaleTag, text: Located<String>)]
  }

  /// A reason that a message gives, and the sentence that gives it.
  package struct Sighting: Sendable, Hashable {
    /// The reason's name.
    package let reason: String
    /// The sentence: offsets into the message's UTF-8.
    package let sentence: Range<Int>
  }

  /// What a keyword of one language stands for.
  private enum Mark: Hashable, Sendable {
    case says(Int)
    case takesBack(Int)
    /// From here on a sentence tells who wrote it.
    case turnsPrivate
    /// A word that is written with a capital and is no name.
    case isNoName
  }

  private struct Wording: Sendable {
    var builder = KeywordTableBuilder()
    var table = KeywordTableBuilder().table
    var marks: [Mark] = []

    mutating func insert(_ phrase: String, as mark: Mark) throws(KeywordError) {
      try builder.insert(Folding.keyword(phrase), value: marks.count)
      marks.append(mark)
    }
  }

  /// How many words a sentence has that shows something, where no phrase tells which one.
  private static let fewestWords = 4

  /// The reasons, in the order of the file.
  package private(set) var all: [Reason] = []
  /// The messages that are searched: those that were read as one of these.
  package private(set) var intents: [Located<String>] = []
  private var wordings: [String: Wording] = [:]

  /// Knows no reason.
  public init() {}

  /// Reads the reasons.
  /// - Parameter file: the mapping of `reasons.yaml`; faults go to its reader.
  public init(reading file: YAMLMapping) {
    intents = file.strings("intents")
    readQuoting(file)
    if let list = file.mapping("reasons") {
      for name in list.entries {
        guard let entry = list.optionalMapping(name.value) else { continue }
        let reason = all.count
        var examples: [(locale: LocaleTag, text: Located<String>)] = []
        var counterExamples: [(locale: LocaleTag, text: Located<String>)] = []
        forEachLocale(entry.mapping("locales")) { reasons, locale, words in
          reasons.insert(words, "phrases", as: .says(reason), in: locale)
          reasons.insert(words, "unless", as: .takesBack(reason), in: locale)
          examples += words.strings("examples").map { (locale: locale, text: $0) }
          counterExamples += words.strings("counter_examples").map { (locale: locale, text: $0) }
        }
        all.append(
          Reason(
            id: name.value, intents: entry.strings("intents"), examples: examples,
            counterExamples: counterExamples))
        entry.finish()
      }
    }
    let finished = Array(wordings).concurrentMap { language, wording in
      var wording = wording
      wording.table = wording.builder.table
      wording.builder = KeywordTableBuilder()
      return (language, wording)
    }
    wordings = Dictionary(finished) { $1 }
    file.finish()
  }

  private mutating func readQuoting(_ file: YAMLMapping) {
    forEachLocale(file.optionalMapping("quoting")) { reasons, locale, words in
      reasons.insert(words, "stops_before", as: .turnsPrivate, in: locale)
      reasons.insert(words, "capitals", as: .isNoName, in: locale)
    }
  }

  private mutating func forEachLocale(
    _ list: YAMLMapping?, _ read: (inout Reasons, LocaleTag, YAMLMapping) -> Void
  ) {
    guard let list else { return }
    for entry in list.entries {
      guard let locale = LocaleTag(entry.value) else {
        list.report("unknown-locale", at: entry.location, "'\(entry.value)' is not a locale")
        continue
      }
      guard let words = list.optionalMapping(entry.value) else { continue }
      read(&self, locale, words)
      words.finish()
    }
  }

  private mutating func insert(
    _ words: YAMLMapping, _ key: String, as mark: Mark, in locale: LocaleTag
  ) {
    for phrase in words.strings(key) {
      do throws(KeywordError) {
        // In its place: taken out and put back it would be copied for every phrase.
        try wordings[locale.language, default: Wording()].insert(phrase.value, as: mark)
      } catch {
        words.report(
          "invalid-keyword", at: phrase.location,
          "'\(phrase.value)' cannot be a phrase: \(error.message)")
      }
    }
  }

  /// Whether a message that was read so is searched.
  /// - Parameter found: what it was read as.
  /// - Returns: whether one of them is an intent of the file.
  package func concern(_ found: some Sequence<String>) -> Bool {
    found.contains { id in intents.contains { $0.value == id } }
  }

  /// The reasons that a message gives, each once, with the first sentence that gives it.
  ///
  /// Where no phrase is found, its intents say the reason, and the longest sentence stands for it; an
  /// empty one where none says anything.
  /// - Parameters:
  ///   - utterance: the message.
  ///   - language: the language it is in, as `pl`.
  ///   - aside: what others wrote in it, and signatures: offsets into its UTF-8.
  ///   - found: what it was read as.
  /// - Returns: the reasons, in the order of the message.
  /// - Complexity: O(n) in the message's length.
  package func sightings(
    in utterance: Utterance, _ language: String, aside: [Range<Int>] = [],
    readAs found: some Sequence<String> = [String]()
  ) -> [Sighting] {
    let sentences = utterance.clauses.filter { clause in
      let range = utterance.originalRange(of: clause)
      return !aside.contains { $0.overlaps(range) }
    }
    var sightings: [Sighting] = []
    for sentence in sentences {
      let marks = marks(in: utterance.folded.bytes[sentence], language)
      for case .says(let reason) in marks.map(\.mark)
      where !marks.contains(where: { $0.mark == .takesBack(reason) })
        && !sightings.contains(where: { $0.reason == all[reason].id })
      {
        sightings.append(
          Sighting(reason: all[reason].id, sentence: utterance.originalRange(of: sentence)))
      }
    }
    guard sightings.isEmpty, let longest = sentences.max(by: { $0.count < $1.count }) else {
      return sightings
    }
    // "The first one" answers a question, and shows nothing.
    let words = utterance.folded.bytes[longest].split(separator: UInt8(ascii: " ")).count
    let sentence = words < Self.fewestWords ? 0..<0 : utterance.originalRange(of: longest)
    return found.flatMap { id in
      all.filter { reason in reason.intents.contains { $0.value == id } }.map {
        Sighting(reason: $0.id, sentence: sentence)
      }
    }
  }

  /// How much of a sentence may be shown: all before what begins a signature or an address.
  /// - Parameters:
  ///   - sentence: the sentence.
  ///   - language: the language it is in.
  /// - Returns: how many bytes of its UTF-8.
  package func publicPart(of sentence: String, _ language: String) -> Int {
    let folded = Folding.fold(sentence)
    let starts = marks(in: folded.bytes[...], language).filter { $0.mark == .turnsPrivate }
      .map { folded.originalRange(of: $0.range).lowerBound }
    return starts.min() ?? sentence.utf8.count
  }

  /// Whether a word that begins with a capital is known not to be a name.
  /// - Parameters:
  ///   - word: the word.
  ///   - language: the language it is in.
  /// - Returns: false for what nobody knows.
  package func isNoName(_ word: String, _ language: String) -> Bool {
    marks(in: Folding.fold(word).bytes[...], language).contains { $0.mark == .isNoName }
  }

  /// What stands in some folded bytes, from left to right.
  private func marks(
    in bytes: ArraySlice<UInt8>, _ language: String
  ) -> [(range: Range<Int>, mark: Mark)] {
    guard let wording = wordings[language] else { return [] }
    var found: [(range: Range<Int>, mark: Mark)] = []
    let text = Array(bytes)
    wording.table.forEachMatch(in: text.span) { range, value in
      found.append((range, wording.marks[value]))
    }
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}
