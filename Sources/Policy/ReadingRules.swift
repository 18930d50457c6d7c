internal import Diagnostics
internal import Language
internal import Patterns

/// What the filter must know of languages before it can look for anything: the content of `reading:`
/// in one of the packs.
public struct ReadingRules: Sendable {
  /// Words whose stop ends no sentence: `ul`, `tel`.
  let abbreviations: Set<String>
  /// Numbers in words.
  ///
  /// `-2` and `-3` stand for "double" and "triple".
  let numbers: [String: Int]
  /// Spelled-out marks of addresses: at, dot, slash.
  let at: [String]
  let dot: [String]
  let slash: [String]
  /// Expressions after which digits are a telephone number, and after which they are another number.
  let announcesPhone: String
  let announcesNumber: String
  /// Words at which a sentence turns: what is denied before them is not denied behind.
  let turns: String

  /// Reads the rules.
  /// - Parameter file: the file's mapping; faults go to its reader.
  init(reading file: YAMLMapping) {
    func words(_ key: String) -> [String] { file.strings(key).map { Folding.pattern($0.value) } }
    abbreviations = Set(words("abbreviations"))
    at = words("at")
    dot = words("dot")
    slash = words("slash")
    announcesPhone = Self.alternatives(words("announces_phone"))
    announcesNumber = Self.alternatives(words("announces_number"))
    turns = Self.alternatives(words("turns"))
    var numbers: [String: Int] = [:]
    if let table = file.optionalMapping("numbers") {
      for name in table.entries {
        guard let value = Int(name.value), (-9...999).contains(value) else {
          table.report("invalid-number", at: name.location, "'\(name.value)' is no whole number")
          continue
        }
        for word in table.strings(name.value) { numbers[Folding.pattern(word.value)] = value }
      }
    }
    self.numbers = numbers
    file.finish()
    for (key, expression) in [
      ("announces_phone", announcesPhone), ("announces_number", announcesNumber), ("turns", turns),
    ] {
      do throws(PatternError) {
        _ = try Pattern(expression)
      } catch {
        file.report(
          "invalid-pattern", at: file.location, "'\(key)' is not a pattern: \(error.message)")
      }
    }
  }

  /// An expression that matches any of some; nothing, where there are none.
  static func alternatives(_ expressions: [String]) -> String {
    expressions.isEmpty ? "(?!)" : "(?:" + expressions.joined(separator: "|") + ")"
  }
}
