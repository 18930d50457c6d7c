internal import Diagnostics

/// What a rule looks for among the concepts, by their numbers.
struct ConceptSearch: Sendable {
  /// What must be there, with its alternatives.
  struct Part: Sendable {
    var concepts: [Int] = []
    /// Whether one of the concepts may stand in a text though none of its keywords does.
    var hasExpressions = false
    /// Times longer than so many days count too.
    var longestDuration: Int?

    init(_ concepts: Int..., of table: ConceptTable) { add(concepts, of: table) }

    mutating func add(_ added: [Int], of table: ConceptTable) {
      concepts += added
      hasExpressions = hasExpressions || added.contains(where: table.hasExpressions)
    }
  }

  struct Combination: Sendable {
    let parts: [Part]
    let exceptions: [Int]
    let distance: PolicyPack.Combination.Distance
    let isOrdered: Bool
    /// Whether it is a phrase of an author, which nothing excuses but an exception.
    var isPhrase = false
    var locales: Set<String> = []
  }

  private(set) var combinations: [Combination] = []
  /// Concepts that take back what ends in the clause that they stand in.
  private(set) var exceptions: [Int] = []
  /// Concepts that take back what shares sentences with them.
  private(set) var exceptionsNearby: [Int] = []
  /// Concepts that excuse the whole text.
  private(set) var exceptionsAnywhere: [Int] = []

  /// Whether there is nothing to look for.
  var isEmpty: Bool { combinations.isEmpty }

  /// Resolves the names in a rule.
  /// - Parameters:
  ///   - rule: the rule.
  ///   - table: all concepts.
  ///   - faults: receives the names that no lexicon has.
  init(_ rule: PolicyPack.Rule, _ table: ConceptTable, _ faults: inout [Diagnostic]) {
    func numbers(_ names: [Located<String>]) -> [Int] {
      names.compactMap { name in
        if let number = table.number(of: name.value) { return number }
        faults.append(
          Diagnostic(
            code: "unknown-concept", at: name.location, "no lexicon has a concept '\(name.value)'",
            remedy: nearest(to: name.value, among: table.names).map { "did you mean '\($0)'?" }
              ?? "write it under 'concepts' of a pack with 'language'"))
        return nil
      }
    }
    exceptions = numbers(rule.excepted)
    exceptionsNearby = numbers(rule.exceptedNearby)
    exceptionsAnywhere = numbers(rule.exceptedAnywhere)
    // What a language says of this rule alone.
    if let excused = table.number(of: ConceptTable.exception(of: rule.id)) {
      exceptionsNearby.append(excused)
    }
    if let said = table.number(of: ConceptTable.violation(of: rule.id)) {
      combinations.append(
        Combination(
          parts: [Part(said, of: table)], exceptions: [], distance: .sentence, isOrdered: false,
          isPhrase: true))
    }
    for combination in rule.combinations {
      let parts = combination.parts.map { alternatives in
        alternatives.reduce(into: Part(of: table)) { part, alternative in
          switch alternative.value {
          case .concept(let name):
            part.add(numbers([Located(name, at: alternative.location)]), of: table)
          case .duration(let days): part.longestDuration = days
          }
        }
      }
      combinations.append(
        Combination(
          parts: parts, exceptions: numbers(combination.exceptions),
          distance: combination.distance, isOrdered: combination.isOrdered,
          locales: Set(combination.locales.map(\.value))))
    }
  }
}
