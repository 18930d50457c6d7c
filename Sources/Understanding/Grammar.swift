internal import Diagnostics
internal import Language
internal import Patterns

/// The rules of all intents, compiled, each found by the concept that it needs first: what a
/// message costs depends on what it says, not on how many rules there are.
struct Grammar: Sendable {
  /// What is true of a message as a whole, and stands among the concepts under these names.
  enum Trait: String, CaseIterable, Sendable {
    /// It has a question mark.
    case isQuestion = "is_question"
    /// It has at most three words.
    case isShort = "is_short"
    /// It has more than forty words.
    case isLong = "is_long"
    /// Not a word of it is among the concepts.
    case isUnclear = "is_unclear"
    /// Most of its longer words are unknown.
    case isStrange = "is_strange"
  }

  struct Expression: Sendable {
    let intent: Int
    let pattern: Pattern
    let gate: [ConceptRule.Term]
    let points: Double
    let text: String
    let location: SourceLocation
  }

  /// A rule that a term wakes, with another term that it needs.
  ///
  /// Most rules that are woken lack it: asking here saves looking at the rule.
  struct Waking: Sendable {
    let rule: Int32
    let other: ConceptRule.Term?
  }

  /// The points that each intent starts with.
  let biases: [Double]
  private(set) var rules: [ConceptRule] = []
  /// For each term the rules of which it is the rarest.
  private(set) var rulesByTerm: [[Waking]]
  private(set) var patterns: [Expression] = []
  /// For each language, for each term the patterns whose gate names it first.
  private(set) var patternsByTerm: [[Int: [Int32]]]
  let conceptCount: Int
  /// By intent the rules that are about traits alone: they are the same for whole classes of
  /// messages.
  private var traitRules: [Int: [ConceptRule]] = [:]
  /// For each set of traits the points that every intent has before a word is read.
  private(set) var pointsByTraits: [[Double]] = []
  /// For each set of traits the rules about traits that hold, by intent.
  private var rulesByTraits: [[Int: [ConceptRule]]] = []
  private let traits: [Trait: Int]

  /// Compiles the rules of all intents.
  /// - Parameters:
  ///   - intents: the intents; rules refer to them by their place.
  ///   - vocabulary: the concepts.
  ///   - lexicons: the languages, in the order of the vocabulary.
  ///   - found: receives every fault.
  init(
    _ intents: [Intent], over vocabulary: Vocabulary, _ lexicons: [Lexicon],
    _ found: inout [Diagnostic]
  ) {
    biases = intents.map(\.bias)
    let traits = Dictionary(
      uniqueKeysWithValues: Trait.allCases.enumerated().map {
        ($0.element, vocabulary.concepts.count + $0.offset)
      })
    self.traits = traits
    conceptCount = vocabulary.concepts.count + traits.count
    rulesByTerm = []
    patternsByTerm = lexicons.map { _ in [:] }
    let numbers = { (name: String) -> Int? in
      vocabulary.number(of: name) ?? Trait(rawValue: name).flatMap { traits[$0] }
    }
    func combination(_ written: Located<String>) -> Combination? {
      do throws(Combination.Fault) {
        return try Combination(written.value, numbers)
      } catch {
        found.append(error.diagnostic(of: written, known: vocabulary.concepts))
        return nil
      }
    }
    for (index, intent) in intents.enumerated() {
      for rule in intent.rules {
        guard let combination = combination(rule.combination) else { continue }
        let compiled = ConceptRule(
          intent: index, terms: combination.terms, absent: combination.absent,
          isOrdered: combination.isOrdered, points: rule.points, text: rule.combination.value)
        if Set(compiled.terms.map(\.concept)).isSubset(of: traits.values), compiled.absent.isEmpty {
          traitRules[index, default: []].append(compiled)
        } else {
          rules.append(compiled)
        }
      }
      for (language, lexicon) in lexicons.enumerated() {
        for pattern in intent.wordings[lexicon.locale]?.patterns ?? [] {
          let gate = pattern.gate.compactMap(combination).flatMap(\.terms)
          guard let expression = expression(pattern, lexicon, &found), let first = gate.first
          else { continue }
          patternsByTerm[language][first.index, default: []].append(Int32(patterns.count))
          patterns.append(
            Expression(
              intent: index, pattern: expression, gate: gate, points: pattern.points,
              text: pattern.match.value, location: pattern.match.location))
        }
      }
    }
    rulesByTerm = Self.rulesByTerm(rules, count: conceptCount * 2)
    for set in 0..<(1 << Trait.allCases.count) {
      let present = Set(Trait.allCases.indices.filter { set & (1 << $0) != 0 })
      let holding = traitRules.mapValues { $0.filter { holds($0, among: present) } }
      rulesByTraits.append(holding)
      pointsByTraits.append(
        intents.indices.flatMap { holding[$0] ?? [] }.reduce(into: biases) { points, rule in
          points[rule.intent] += rule.points
        })
    }
  }

  /// Whether a rule about traits holds.
  private func holds(_ rule: ConceptRule, among present: Set<Int>) -> Bool {
    rule.terms.allSatisfy { term in
      !term.isDenied && present.contains(term.concept - (conceptCount - Trait.allCases.count))
    }
  }

  /// The rules of an intent about traits alone that hold for a message.
  func traitRules(of intent: Int, holdingFor set: Set<Trait>) -> [ConceptRule] {
    rulesByTraits[number(of: set)][intent] ?? []
  }

  /// The points that every intent has before a word is read.
  func points(before set: Set<Trait>) -> [Double] {
    pointsByTraits[number(of: set)]
  }

  /// A number for a set of traits: one bit each.
  private func number(of set: Set<Trait>) -> Int { set.reduce(0) { $0 | (1 << place(of: $1)) } }

  private func place(of trait: Trait) -> Int {
    (traits[trait] ?? 0) - (conceptCount - Trait.allCases.count)
  }

  /// For each term the rules that are looked at where it stands: each rule under its rarest term,
  /// so that what nearly every message has does not wake most rules.
  private static func rulesByTerm(_ rules: [ConceptRule], count: Int) -> [[Waking]] {
    var uses = Array(repeating: 0, count: count)
    for rule in rules {
      for term in rule.terms { uses[term.index] += 1 }
    }
    var byTerm: [[Waking]] = Array(repeating: [], count: count)
    for (number, rule) in rules.enumerated() {
      let terms = rule.terms.sorted { uses[$0.index] < uses[$1.index] }
      guard let rarest = terms.first else { continue }
      byTerm[rarest.index].append(Waking(rule: Int32(number), other: terms.dropFirst().first))
    }
    return byTerm
  }

  func number(of trait: Trait) -> Int { traits[trait] ?? 0 }

  private func expression(
    _ pattern: Intent.Pattern, _ lexicon: Lexicon, _ found: inout [Diagnostic]
  ) -> Pattern? {
    switch lexicon.expanding(pattern.match.value) {
    case .failure(let unknown):
      found.append(
        Diagnostic(
          code: "unknown-concept", at: pattern.match.location,
          "the concept '\(unknown.name)' is missing in Concepts/\(lexicon.locale).yaml",
          remedy: nearest(to: unknown.name, among: lexicon.concepts.keys.sorted())
            .map { "did you mean '\($0)'?" } ?? "add it there"))
    case .success(let expanded):
      do throws(PatternError) {
        return try Pattern(expanded)
      } catch {
        found.append(
          Diagnostic(
            code: "invalid-pattern", at: pattern.match.location,
            "'\(pattern.match.value)' is not a pattern: \(error)"))
      }
    }
    return nil
  }
}

/// A combination of concepts as authors write it: `parcel + not arrived - give_back`.
struct Combination {
  enum Fault: Error {
    case unknown(String)
    case malformed

    func diagnostic(of written: Located<String>, known: [String]) -> Diagnostic {
      switch self {
      case .unknown(let name):
        let known = known + Grammar.Trait.allCases.map(\.rawValue)
        return Diagnostic(
          code: "unknown-concept", at: written.location, "there is no concept '\(name)'",
          remedy: nearest(to: name, among: known).map { "did you mean '\($0)'?" }
            ?? "add it to Concepts/")
      case .malformed:
        return Diagnostic(
          code: "invalid-rule", at: written.location,
          "'\(written.value)' is not a combination of concepts",
          remedy: "write it as 'ask_where + parcel', 'parcel + not arrived' or 'give_back - want'")
      }
    }
  }

  private(set) var terms: [ConceptRule.Term] = []
  private(set) var absent: [ConceptRule.Term] = []
  private(set) var isOrdered = false

  /// Reads a combination.
  /// - Parameters:
  ///   - text: concepts with ` + ` between them, or ` > ` where their order matters; ` - ` before
  ///     one that must be absent; `not` before one that must be denied.
  ///   - number: tells the number of a concept.
  /// - Throws: `Fault` for a concept that does not exist, and for what is no combination.
  init(_ text: String, _ number: (String) -> Int?) throws(Fault) {
    var isAbsent = false
    var isDenied = false
    var expectsConcept = true
    for word in text.split(separator: " ") {
      switch word {
      case "+", ">", "-":
        if expectsConcept { throw .malformed }
        isAbsent = word == "-"
        if word == ">" { isOrdered = true }
        expectsConcept = true
      case "not" where expectsConcept && !isDenied: isDenied = true
      default:
        guard expectsConcept else { throw .malformed }
        guard let concept = number(String(word)) else { throw .unknown(String(word)) }
        let term = ConceptRule.Term(concept, isDenied: isDenied)
        if isAbsent { absent.append(term) } else { terms.append(term) }
        expectsConcept = false
        isDenied = false
      }
    }
    if expectsConcept || terms.isEmpty { throw .malformed }
  }
}
