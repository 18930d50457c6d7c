/// A combination of concepts in one clause that speaks for an intent, or against it.
///
/// As authors write it: `ask_where + parcel`, `parcel + not arrived`, `give_back > ask_when` where
/// the order matters, `ask_when + arrive - give_back` where one must not be there.
///
/// An object: looking at a rule must not copy what it holds, since a message wakes hundreds.
final class ConceptRule: Sendable {
  /// A concept that must stand in the clause, or must be denied there: "not arrived".
  struct Term: Sendable, Hashable {
    /// Twice the concept's number, and one more where it is denied.
    let index: Int

    init(_ concept: Int, isDenied: Bool) { index = concept * 2 + (isDenied ? 1 : 0) }

    var concept: Int { index / 2 }
    var isDenied: Bool { index % 2 == 1 }
  }

  let intent: Int
  let terms: [Term]
  /// Concepts that must not stand in the clause.
  let absent: [Term]
  /// Whether the terms must stand in the order in which they are written.
  let isOrdered: Bool
  let points: Double
  let text: String

  init(
    intent: Int, terms: [Term], absent: [Term], isOrdered: Bool, points: Double, text: String
  ) {
    self.intent = intent
    self.terms = terms
    self.absent = absent
    self.isOrdered = isOrdered
    self.points = points
    self.text = text
  }

  /// The stretch of a clause in which the terms stand together, if they do.
  /// - Parameter places: where each term stands in the clause.
  /// - Returns: from the first of them to the last.
  func range(among places: ConceptPlaces) -> Range<Int>? {
    for term in terms where !places.has(term) { return nil }
    for term in absent where places.has(term) { return nil }
    var covered: Range<Int>?
    for term in terms {
      let end = isOrdered ? covered?.upperBound ?? 0 : 0
      guard let place = places.first(term, from: end) else { return nil }
      covered =
        covered.map {
          min($0.lowerBound, place.lowerBound)..<max($0.upperBound, place.upperBound)
        } ?? place
    }
    return covered
  }
}

/// Where concepts stand in a clause.
struct ConceptPlaces: Sendable {
  private var places: [(range: Range<Int>, earlier: Int32)] = []
  /// For each term where the last of its places is among all, or -1; each place leads to the one before.
  private var last: [Int32]
  /// The terms that stand anywhere, each once.
  private(set) var present: [ConceptRule.Term] = []

  init(conceptCount: Int) { last = Array(repeating: -1, count: conceptCount * 2) }

  func has(_ term: ConceptRule.Term) -> Bool { last[term.index] >= 0 }

  /// The first place of a term that begins at an offset or after it.
  func first(_ term: ConceptRule.Term, from offset: Int) -> Range<Int>? {
    var found: Range<Int>?
    var number = last[term.index]
    while number >= 0 {
      let place = places[Int(number)]
      // Of places that begin alike the one that was noted first.
      if place.range.lowerBound >= offset,
        found.map({ place.range.lowerBound <= $0.lowerBound }) ?? true
      {
        found = place.range
      }
      number = place.earlier
    }
    return found
  }

  /// Notes a place.
  ///
  /// A denied concept stands there as well as a concept that is not denied: that a parcel did *not*
  /// arrive is about arriving.
  mutating func add(_ concept: Int, isDenied: Bool, at range: Range<Int>) {
    for isDenied in isDenied ? [false, true] : [false] {
      let term = ConceptRule.Term(concept, isDenied: isDenied)
      if !has(term) { present.append(term) }
      places.append((range, last[term.index]))
      last[term.index] = Int32(places.count - 1)
    }
  }
}
