internal import Diagnostics
internal import Language
internal import Patterns

/// Everything by which one language is read, compiled.
struct Grammar: Sendable {
  /// What a keyword of the one table stands for.
  enum Signal: Sendable {
    case concept(Int)
    case keyword(Int)
    case clauseBreak
  }

  struct Keyword: Sendable {
    let intent: Int
    let weight: Double
    let text: String
  }

  struct Expression: Sendable {
    let intent: Int
    let pattern: Pattern
    let weight: Double
    let text: String
  }

  private(set) var table = KeywordTable<Signal>()
  private(set) var keywords: [Keyword] = []
  private(set) var patterns: [Expression] = []
  private(set) var rules: [ConceptRule] = []
  /// The concepts that an entity belongs to, whatever its words.
  private(set) var concepts: [Entity.Kind: [Int]] = [:]
  let conceptCount: Int

  /// Compiles the rules of all intents with the words of one language.
  /// - Parameters:
  ///   - intents: the intents; rules refer to them by their place.
  ///   - lexicon: the language.
  ///   - found: receives every fault.
  init(_ intents: [Intent], with lexicon: Lexicon, _ found: inout [Diagnostic]) {
    let names = lexicon.concepts.keys.sorted()
    conceptCount = names.count
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    for (number, name) in names.enumerated() {
      for entry in lexicon.concepts[name] ?? [] {
        if let kind = Lexicon.entityKind(of: entry.value) {
          concepts[kind, default: []].append(number)
        } else {
          insert(entry, .concept(number), &found)
        }
      }
    }
    for entry in lexicon.clauseBreaks { insert(entry, .clauseBreak, &found) }

    func number(of concept: Located<String>) -> Int? {
      if let number = numbers[concept.value] { return number }
      found.append(
        Diagnostic(
          code: "unknown-concept", at: concept.location,
          "the concept '\(concept.value)' is missing in Concepts/\(lexicon.locale).yaml",
          remedy: nearest(to: concept.value, among: names).map { "did you mean '\($0)'?" }
            ?? "add it there"))
      return nil
    }
    for (index, intent) in intents.enumerated() {
      for rule in intent.rules {
        rules.append(
          ConceptRule(
            intent: index, all: rule.all.compactMap(number(of:)),
            none: rule.none.compactMap(number(of:)), inOrder: rule.inOrder, within: rule.within,
            only: rule.only.compactMap(number(of:)), weight: rule.weight,
            text: rule.all.map(\.value).joined(separator: " + ")
              + rule.none.map { " − " + $0.value }.joined()))
      }
      guard let wording = intent.wordings[lexicon.locale] else { continue }
      for (entry, weight) in wording.keywords {
        insert(entry, .keyword(keywords.count), &found)
        keywords.append(Keyword(intent: index, weight: weight, text: entry.value))
      }
      for (match, weight) in wording.patterns {
        switch lexicon.expanding(match.value) {
        case .failure(let unknown):
          _ = number(of: Located(unknown.name, at: match.location))
        case .success(let expanded):
          do throws(PatternError) {
            patterns.append(
              Expression(
                intent: index, pattern: try Pattern(expanded), weight: weight, text: match.value))
          } catch {
            found.append(
              Diagnostic(
                code: "invalid-pattern", at: match.location,
                "'\(match.value)' is not a pattern: \(error)"))
          }
        }
      }
    }
  }

  /// How many words of a text stand in the language's lexicon.
  func knownWords(in bytes: [UInt8]) -> Int {
    var starts: Set<Int> = []
    table.forEachMatch(in: bytes.span) { range, _ in starts.insert(range.lowerBound) }
    return starts.count
  }

  private mutating func insert(
    _ entry: Located<String>, _ signal: Signal, _ found: inout [Diagnostic]
  ) {
    do throws(KeywordError) {
      try table.insert(Folding.keyword(entry.value), value: signal)
    } catch {
      found.append(
        Diagnostic(
          code: "invalid-keyword", at: entry.location,
          "'\(entry.value)' cannot be a keyword: \(error.message)"))
    }
  }
}
