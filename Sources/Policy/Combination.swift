internal import Diagnostics

extension PolicyPack {
  /// Concepts that violate when they stand near each other: an entry of a rule's `when`.
  struct Combination: Sendable {
    /// How near.
    enum Distance: String, CaseIterable, Sendable {
      case sentence
      /// In one sentence or in two that follow each other.
      case neighbours
      case text
    }

    /// What must be there: each with its alternatives.
    let parts: [[Located<Notion>]]
    /// Concepts of which none may stand in the clause.
    let exceptions: [Located<String>]
    let distance: Distance
    /// The languages of the conversation in which it counts; empty for all.
    let locales: [Located<String>]
    /// Whether the parts must come in the order in which they are written.
    let isOrdered: Bool

    init(reading entry: YAMLMapping) {
      parts = entry.strings("all").map { part in
        part.value.split(separator: "|").map {
          Located(Notion($0.trimmingPrefix(" ")), at: part.location)
        }
      }
      exceptions = entry.strings("unless")
      distance = entry.optionalChoice("within") ?? .sentence
      isOrdered = entry.flag("ordered")
      locales = entry.strings("locales")
      if parts.isEmpty {
        entry.report(
          "too-few-parts", at: entry.location, "'all' names no concept",
          remedy: "write the concepts that must stand together")
      }
      entry.finish()
    }
  }

  /// What a combination asks for.
  enum Notion: Sendable, Hashable {
    case concept(String)
    /// A time longer than so many days: `over 14 days`.
    case duration(over: Int)

    init(_ written: Substring) {
      let words = written.split(separator: " ")
      if words.count == 3, words[0] == "over", words[2] == "days", let days = Int(words[1]) {
        self = .duration(over: days)
      } else {
        self = .concept(written.split(separator: " ").joined(separator: " "))
      }
    }
  }
}
