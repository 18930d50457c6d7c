package import Diagnostics
internal import Language
internal import Patterns

extension Classifier {
  /// Concepts for which a language has no word, though another one has: there the rules that name
  /// them never speak.
  package var lexiconGaps: [Diagnostic] {
    lexicons.flatMap { lexicon in
      vocabulary.concepts.compactMap { concept -> Diagnostic? in
        if let entries = lexicon.concepts[concept], !entries.isEmpty { return nil }
        return Diagnostic(
          .warning, code: "missing-concept", at: lexicon.location,
          "the concept '\(concept)' has no words in '\(lexicon.locale)'",
          remedy: "add them under 'concepts'")
      }
    }
  }

  /// Patterns that a hostile text makes run until they are given up.
  ///
  /// Each is tried on long texts of the kind that makes expressions backtrack: one letter, one word
  /// and the alphabet, repeated, and the words of the concepts in the pattern's own gate.
  package var slowPatterns: [Diagnostic] {
    let scratch = MatchScratch()
    let repeated = ["a", "a ", "ab ", "abcdefghijklmnopqrstuvwxyz ", "1", "nie "].map {
      Array(String(repeating: $0, count: 20_000 / $0.utf8.count).utf8)
    }
    return grammar.patterns.compactMap { pattern in
      // What the pattern itself looks for, over and over, without ever being complete.
      let letters = pattern.text.utf8.filter { isWordByte($0) || $0 == UInt8(ascii: " ") }
      let own = Array(repeatElement(letters, count: 20_000 / max(1, letters.count)).joined())
      let isSlow = (repeated + [own]).contains { text in
        if case .limitReached = pattern.pattern.firstMatch(in: text.span, using: scratch) {
          return true
        }
        return false
      }
      guard isSlow else { return nil }
      return Diagnostic(
        code: "slow-pattern", at: pattern.location,
        "the pattern '\(pattern.text)' takes too long on a repetitive text",
        remedy: "bound its repetitions: '.{0,30}' instead of '.*', and none inside another")
    }
  }
}
