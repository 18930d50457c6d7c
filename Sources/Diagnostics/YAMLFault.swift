internal import Yams

/// Why a file is not YAML, in words that an author can act on: the parser names what it stumbles over,
/// which is seldom what was written wrongly.
struct YAMLFault {
  let location: SourceLocation
  let message: String
  let remedy: String?

  init(_ error: YamlError, in source: SourceText) {
    func place(_ mark: Mark) -> SourceLocation {
      SourceLocation(file: source.file, line: mark.line, column: mark.column)
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      // A quote that is never closed is a fault of its beginning, not of the end of the file.
      let isOpenQuote = context?.text.contains("quoted scalar") ?? false
      location = place(isOpenQuote ? context?.mark ?? mark : mark)
      message = "this is not YAML: \(isOpenQuote ? "a quote is not closed" : problem)"
      remedy =
        isOpenQuote
        ? "close it; " + Self.inQuotes : Self.remedy(of: problem, at: mark, in: source)
    case .duplicatedKeysInMapping(let duplicates, let context):
      location = place(context.mark)
      message =
        "a key stands twice: \(duplicates.map { "'\($0)'" }.sorted().joined(separator: ", "))"
      remedy = nil
    default:
      location = SourceLocation(file: source.file, line: 1, column: 1)
      message = "this is not YAML"
      remedy = nil
    }
  }

  private static let inQuotes =
    "a ' within '…' is written twice, and \"…\" may hold it as it is"

  /// What the parser says, and what it most often means.
  private static let remedies = [
    (
      "mapping values are not allowed",
      "put a text with ': ' in quotes; or this line, or the one above, is indented unlike its neighbours"
    ),
    ("undefined alias", "put a word that begins with '*' in quotes, as '*nummer'"),
    ("did not find expected", inQuotes + "; or this line is indented unlike its neighbours"),
    ("could not find expected ':'", "write 'key: value'; or close the quote above"),
    ("cannot start any token", "put the text in quotes"),
  ]

  private static func remedy(of problem: String, at mark: Mark, in source: SourceText) -> String? {
    if let offset = source.utf8Offset(line: mark.line, column: mark.column),
      source.text.utf8.dropFirst(offset).first == UInt8(ascii: "\t")
    {
      return "indent with spaces, never with tabs"
    }
    return remedies.first { problem.contains($0.0) }?.1
  }
}
