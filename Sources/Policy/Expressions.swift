internal import Diagnostics
internal import Foundation
internal import Language
internal import Patterns

/// Reads the expressions that a rule has of its own: folds and compiles them, and reports what is
/// wrong where it stands.
enum Expressions {
  /// The compiled expressions of a mapping from locales to lists, and the locales that it has.
  static func patterns(of list: YAMLMapping) -> (patterns: [Pattern], locales: [String]) {
    var patterns: [Pattern] = []
    let names = Policy.locales(of: list, orAny: true)
    for (_, name) in names {
      patterns += list.strings(name.value).compactMap { compiled($0, in: list) }
    }
    return (patterns, names.map(\.1.value))
  }

  /// Up to three words, as `..` stands for in keywords.
  private static let gap = #"(?:[^\w\n]+\w+){0,3}[^\w\n]+"#

  /// The compiled phrases of such a mapping: plain words, `*` for the rest of a word, `..` for words
  /// between.
  static func phrases(of list: YAMLMapping) -> (patterns: [Pattern], locales: [String]) {
    let names = Policy.locales(of: list, orAny: true)
    let patterns = names.compactMap { _, name -> Pattern? in
      let phrases = list.strings(name.value).compactMap { phrase -> String? in
        let folded = Folding.pattern(phrase.value.lowercased())
        guard folded.contains(where: { $0.isLetter || $0.isNumber }) else {
          list.report("invalid-phrase", at: phrase.location, "'\(phrase.value)' has no word")
          return nil
        }
        return folded.components(separatedBy: " .. ").map { part in
          part.map { letter -> String in
            switch letter {
            case "*": #"\w*"#
            case _ where letter.isLetter || letter.isNumber || letter == " ": String(letter)
            default: "\\" + String(letter)
            }
          }.joined()
        }.joined(separator: gap)
      }
      // Phrases are escaped, so that this cannot fail.
      return phrases.isEmpty
        ? nil : try? Pattern(#"(?<!\w)"# + ReadingRules.alternatives(phrases) + #"(?!\w)"#)
    }
    return (patterns, names.map(\.1.value))
  }

  /// Compiles one expression; nil after a finding.
  private static func compiled(_ written: Located<String>, in list: YAMLMapping) -> Pattern? {
    let expression = Folding.pattern(written.value)
    do throws(PatternError) {
      return try Pattern(expression)
    } catch {
      // Where letters were folded, the offset is another one than in the file.
      let column =
        written.value.utf8.allSatisfy { $0 < 0x80 && $0 != 10 && $0 != 39 } ? error.offset + 1 : 0
      var place = written.location
      place = SourceLocation(file: place.file, line: place.line, column: place.column + column)
      list.report(
        "invalid-pattern", at: place, "'\(written.value)' is not a pattern: \(error.message)")
      return nil
    }
  }
}
