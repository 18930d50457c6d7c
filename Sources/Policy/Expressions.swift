internal import Diagnostics
internal import Language
internal import Patterns

/// Reads the expressions of one file: folds them, puts the file's `words` in the places of their
/// names, compiles them, and reports what is wrong where it stands.
final class Expressions {
  private let source: SourceText
  private var words: [String: String] = [:]

  /// Reads the words.
  /// - Parameters:
  ///   - words: parts of expressions by name, where the file has some; `{name}` stands for one. A
  ///     word may name those above it.
  ///   - source: the file.
  init(words: YAMLMapping?, in source: SourceText) {
    self.source = source
    guard let words else { return }
    for name in words.entries {
      guard let written = words.string(name.value) else { continue }
      // Put in even when it is wrong: one finding is enough.
      self.words[name.value] = "(?:" + (expanded(written, in: words) ?? "(?!)") + ")"
    }
  }

  /// The compiled expressions of a mapping from locales to lists, and the locales that it has.
  func patterns(of list: YAMLMapping) -> (patterns: [Pattern], locales: [String]) {
    var patterns: [Pattern] = []
    let names = Policy.locales(of: list, orAny: true)
    for (_, name) in names {
      patterns += list.strings(name.value).compactMap { compiled($0, in: list) }
    }
    return (patterns, names.map(\.1.value))
  }

  /// The compiled phrases of such a mapping: plain words, `*` for the rest of a word.
  func phrases(of list: YAMLMapping) -> (patterns: [Pattern], locales: [String]) {
    let names = Policy.locales(of: list, orAny: true)
    let patterns = names.compactMap { _, name -> Pattern? in
      let phrases = list.strings(name.value).compactMap { phrase -> String? in
        let folded = Folding.pattern(phrase.value.lowercased())
        guard folded.contains(where: { $0.isLetter || $0.isNumber }) else {
          list.report("invalid-phrase", at: phrase.location, "'\(phrase.value)' has no word")
          return nil
        }
        return folded.map { letter -> String in
          switch letter {
          case "*": #"\w*"#
          case _ where letter.isLetter || letter.isNumber || letter == " ": String(letter)
          default: "\\" + String(letter)
          }
        }.joined()
      }
      // Phrases are escaped, so that this cannot fail.
      return phrases.isEmpty
        ? nil : try? Pattern(#"(?<!\w)"# + ReadingRules.alternatives(phrases) + #"(?!\w)"#)
    }
    return (patterns, names.map(\.1.value))
  }

  /// Compiles one expression; nil after a finding.
  func compiled(_ written: Located<String>, in list: YAMLMapping) -> Pattern? {
    guard let expression = expanded(written, in: list) else { return nil }
    // The expression as written has compiled; with the words put in it fails only by its size.
    return try? Pattern(expression)
  }

  /// An expression with its words put in; nil after a finding.
  private func expanded(_ written: Located<String>, in list: YAMLMapping) -> String? {
    var result = ""
    var rest = written.value[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[rest.index(after: open)...]
      guard !result.hasSuffix("\\"), rest.first?.isLetter == true,
        let close = rest.firstIndex(of: "}"),
        rest[..<close].allSatisfy({ $0.isLetter || $0 == "_" })
      else {
        result += "{"
        continue
      }
      let name = String(rest[..<close])
      guard let word = words[name] else {
        list.report(
          "unknown-word", at: written.location, "'{\(name)}' is not among the words of this file",
          remedy: nearest(to: name, among: words.keys.sorted()).map { "did you mean '{\($0)}'?" }
            ?? "write it under 'words:'")
        return nil
      }
      result += word
      rest = rest[rest.index(after: close)...]
    }
    let expression = Folding.pattern(result + rest)
    do throws(PatternError) {
      _ = try Pattern(expression)
      return expression
    } catch {
      list.report(
        "invalid-pattern", at: place(of: error, in: written),
        "'\(written.value)' is not a pattern: \(error.message)")
      return nil
    }
  }

  /// Where in the file an expression is wrong.
  ///
  /// With words put in, or letters folded, the offset is
  /// another one than in the file, and the beginning must do.
  private func place(of error: PatternError, in written: Located<String>) -> SourceLocation {
    let start = written.location
    guard written.value.utf8.allSatisfy({ $0 < 0x80 && $0 != 10 && $0 != 39 }),
      !words.keys.contains(where: { written.value.contains("{\($0)}") })
    else { return start }
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(start.line - 1) else { return start }
    let line = lines[start.line - 1].dropFirst(start.column - 1)
    let quote = line.first == "'" ? 1 : 0
    // A double-quoted or folded text stands otherwise in the file than it reads.
    guard line.dropFirst(quote).hasPrefix(written.value) else { return start }
    return SourceLocation(
      file: start.file, line: start.line, column: start.column + quote + error.offset)
  }
}
