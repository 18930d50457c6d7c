internal import Diagnostics
internal import Language
internal import Patterns

/// What the filter must know of languages before it can look for anything: the content of
/// `reading:`, in one pack for each language.
struct ReadingRules: Sendable {
  /// Words whose stop ends no sentence: `ul`, `tel`.
  private(set) var abbreviations: Set<String> = []
  /// Numbers in words.
  ///
  /// `-2` and `-3` stand for "double" and "triple".
  private(set) var numbers = NumberLexicon()
  private var numberValues: [String: Int] = [:]
  /// Words between the parts of a number: *and*, *then*.
  private(set) var joins: Set<[UInt8]> = []
  /// Spelled-out marks of addresses: at, dot, slash.
  private(set) var at: [String] = []
  private(set) var dot: [String] = []
  private(set) var slash: [String] = []
  private var phoneWords: [String] = []
  private var numberWords: [String] = []
  private var turnWords: [String] = []

  /// An expression after which digits are a telephone number.
  var announcesPhone: String { Self.alternatives(phoneWords) }
  /// An expression after which they are another number.
  var announcesNumber: String { Self.alternatives(numberWords) }
  /// Words at which a sentence turns: what is denied before them is not denied behind.
  var turns: String { Self.alternatives(turnWords) }

  /// Puts the rules of several packs together.
  init(_ parts: [ReadingRules]) {
    for part in parts {
      abbreviations.formUnion(part.abbreviations)
      numbers.merge(part.numberValues)
      joins.formUnion(part.joins)
      at += part.at
      dot += part.dot
      slash += part.slash
      phoneWords += part.phoneWords
      numberWords += part.numberWords
      turnWords += part.turnWords
    }
  }

  /// Reads the rules of one pack.
  /// - Parameter file: the pack's mapping `reading`; faults go to its reader.
  init(reading file: YAMLMapping) {
    func words(_ key: String) -> [String] { file.strings(key).map { Folding.pattern($0.value) } }
    abbreviations = Set(words("abbreviations"))
    at = words("at")
    dot = words("dot")
    slash = words("slash")
    phoneWords = words("announces_phone")
    numberWords = words("announces_number")
    turnWords = words("turns")
    joins = Set(words("joins").map { Array($0.utf8) })
    if let table = file.optionalMapping("numbers") {
      for name in table.entries {
        guard let value = Int(name.value), (-9...999).contains(value) else {
          table.report("invalid-number", at: name.location, "'\(name.value)' is no whole number")
          continue
        }
        for word in table.strings(name.value) {
          numberValues[Folding.pattern(word.value)] = value
        }
      }
    }
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
