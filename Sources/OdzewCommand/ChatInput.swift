internal import Console
internal import Foundation

/// Where the lines of a chat come from: typed and edited at a terminal, or read as they come.
enum ChatInput {
  case typed(TypedLines)
  case read(LineReader)

  init() {
    self =
      TypedLines.arePossible ? .typed(TypedLines()) : .read(LineReader(limit: Pipe.lineLimit))
  }

  /// The next line that says something.
  /// - Parameters:
  ///   - prompt: what stands before it on a terminal.
  ///   - completions: the words that may stand at the end of a text instead of its last word.
  /// - Returns: the line without spaces around it, or nil at the end.
  /// - Throws: the exit code of an input that cannot be read.
  mutating func next(prompt: String, completions: (String) -> [String]) throws -> String? {
    while let line = try line(prompt, completions) {
      let text = line.trimmingCharacters(in: .whitespacesAndNewlines)
      if !text.isEmpty { return text }
    }
    return nil
  }

  private mutating func line(
    _ prompt: String, _ completions: (String) -> [String]
  ) throws -> String? {
    switch self {
    case .typed(var lines):
      defer { self = .typed(lines) }
      return try lines.next(prompt: prompt, completions: completions)
    case .read(var lines):
      defer { self = .read(lines) }
      if isatty(0) == 1 { Terminal.note(prompt, .bold, ending: "") }
      guard let line = try lines.next(beforeWaiting: {}) else {
        if isatty(0) == 1 { Terminal.note("") }
        return nil
      }
      guard case .text(let bytes) = line else {
        Terminal.note("(this line cannot be read: it is too long or not UTF-8)", .yellow)
        return ""
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
