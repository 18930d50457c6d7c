package import Diagnostics
public import Language
internal import Patterns

/// The rules of all intents in all languages, compiled once.
public struct Classifier: Sendable {
  /// The intents, sorted by identifier.
  public let intents: [Intent]
  private let grammars: [LocaleTag: Grammar]
  private let detector: LanguageDetector
  private let entityFinder: EntityFinder

  /// Compiles rules.
  /// - Parameters:
  ///   - intents: the intents.
  ///   - lexicons: one for each language.
  ///   - entityFinder: what finds numbers, addresses and amounts.
  /// - Throws: `InvalidFiles` with every fault of every rule.
  package init(_ intents: [Intent], lexicons: [Lexicon], entityFinder: EntityFinder)
    throws(InvalidFiles)
  {
    self.intents = intents.sorted { $0.id < $1.id }
    self.entityFinder = entityFinder
    detector = LanguageDetector(
      functionWords: Dictionary(
        lexicons.map { ($0.locale, $0.functionWords) }, uniquingKeysWith: { $0 + $1 }))
    var found: [Diagnostic] = []
    var grammars: [LocaleTag: Grammar] = [:]
    for lexicon in lexicons {
      grammars[lexicon.locale] = Grammar(self.intents, with: lexicon, &found)
    }
    self.grammars = grammars
    let known = Set(intents.map(\.id.description))
    for intent in intents {
      for other in intent.yieldsTo where !known.contains(other.description) {
        found.append(
          Diagnostic(
            code: "unknown-intent", at: intent.location, "'\(other)' is no intent",
            remedy: nearest(to: other.description, among: known).map { "did you mean '\($0)'?" }))
      }
    }
    if let error = InvalidFiles(found) { throw error }
  }

  /// The languages that can be read.
  public var locales: [LocaleTag] { grammars.keys.sorted() }

  /// Tells the language of a message.
  /// - Parameter utterance: the message.
  /// - Returns: one of the bot's languages, or why none.
  public func language(of utterance: Utterance) -> LanguageDetector.Verdict {
    let verdict = detector.detect(utterance)
    if case .certain = verdict { return verdict }
    // Without small words the bot's own words must do: "reklamacja, uszkodzony kubek".
    let words = utterance.folded.bytes.count { $0 == UInt8(ascii: " ") } + 1
    let known = grammars.mapValues { $0.knownWords(in: utterance.folded.bytes) }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard let best = known.first, best.value * 3 >= words,
      known.dropFirst().allSatisfy({ $0.value < best.value })
    else { return verdict }
    return .certain(best.key)
  }

  /// Reads a message: total, and the same for the same message.
  /// - Parameter utterance: the message; its locale says by which rules, if the bot has them.
  /// - Returns: what was found, and why.
  public func read(_ utterance: Utterance) -> Reading {
    let scratch = MatchScratch()
    let entities = entityFinder.entities(in: utterance.text, using: scratch)
    guard let locale = utterance.locale?.match(in: grammars.keys.sorted()),
      let grammar = grammars[locale]
    else {
      return Reading(
        findings: [], entities: entities, locale: nil, isIncomplete: false,
        clauses: utterance.clauses.map(utterance.originalRange(of:)))
    }
    var pass = ReadingPass(
      utterance: utterance, entities: entities, intentCount: intents.count, grammar: grammar)
    let clauses = pass.cut(by: grammar)
    for (index, clause) in clauses.enumerated() {
      pass.read(clause, number: index, by: grammar, using: scratch)
    }
    pass.finish(by: grammar)
    return Reading(
      findings: pass.findings(intents), entities: entities, locale: locale,
      isIncomplete: pass.isIncomplete, clauses: clauses.map(utterance.originalRange(of:)))
  }
}
