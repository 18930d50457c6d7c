internal import Diagnostics

/// What a person can ask of a chat besides writing into it: the lines that begin with `/`.
public enum ChatCommand: String, Sendable, CaseIterable {
  case explain, order, channel, locale, clock
  case speak = "as"
  case notice, history, save, new, reload, help, quit

  /// What is written behind it, and what it does.
  private var description: (argument: String, meaning: String) {
    switch self {
    case .explain: ("", "why the last message was understood and answered as it was")
    case .order: ("NUMBER", "speak as the buyer of this order; alone: as a stranger")
    case .channel: ("NAME", "as it is on this channel: its templates, rules and limit")
    case .locale: ("TAG", "answer in this language; alone: in the buyer's")
    case .clock: ("+3d", "later: +2h, 09:00, 2026-11-24T09:00; 'reset'; alone: what it is")
    case .speak: ("agent TEXT", "a person writes; '/as agent': takes over, '/as buyer': hands back")
    case .notice: ("shipped", "a system asks for a message; alone: which there are")
    case .history: ("", "the conversation so far, with what was done")
    case .save: ("NAME", "keep the conversation as a case for 'odzew test'")
    case .new: ("", "the conversation starts over, and the clock with it")
    case .reload: ("", "read the bot folder again, after a change")
    case .help: ("", "this list")
    case .quit: ("", "the end")
    }
  }

  /// The commands with what they do, a line each.
  public static let list = allCases.map { command in
    let (argument, meaning) = command.description
    let usage = "/\(command.rawValue)" + (argument.isEmpty ? "" : " " + argument)
    return "  " + usage + String(repeating: " ", count: max(1, 17 - usage.count)) + meaning
  }.joined(separator: "\n")

  /// Reads a line that begins with `/`.
  /// - Parameter line: the line.
  /// - Returns: the command and what stands behind it, nil where nothing does.
  /// - Throws: `Unknown` where there is no such command.
  public static func read(
    _ line: String
  ) throws(Unknown) -> (command: ChatCommand, argument: String?) {
    let body = line.dropFirst()
    let name = String(body.prefix { !$0.isWhitespace })
    let rest = body.dropFirst(name.count).drop(while: \.isWhitespace)
    let end = rest.lastIndex { !$0.isWhitespace }
    guard let command = ChatCommand(rawValue: name.lowercased()) else {
      throw Unknown(name: name)
    }
    return (command, end.map { String(rest[...$0]) })
  }

  /// A command that there is not.
  public struct Unknown: Error, Sendable, Hashable, CustomStringConvertible {
    let name: String

    /// What was written, and what was probably meant.
    public var description: String {
      let known = ChatCommand.allCases.map(\.rawValue)
      let meant =
        nearest(to: name.lowercased(), among: known)
        ?? known.first { !name.isEmpty && $0.hasPrefix(name.lowercased()) }
      return "there is no command '/\(name)'; "
        + (meant.map { "did you mean '/\($0)'?" } ?? "/help lists them all")
    }
  }

  /// The words that may stand at the end of a line instead of its last one.
  /// - Parameters:
  ///   - line: the line up to the cursor.
  ///   - arguments: what may stand behind a command.
  /// - Returns: the words, sorted; none for what is no command.
  public static func completions(
    of line: String, arguments: (ChatCommand) -> [String]
  ) -> [String] {
    guard line.hasPrefix("/") else { return [] }
    let words = line.dropFirst().split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: \.isWhitespace)
    let name = words.first.map(String.init) ?? ""
    guard words.count > 1 else {
      return allCases.map(\.rawValue).filter { $0.hasPrefix(name.lowercased()) }.map { "/" + $0 }
        .sorted()
    }
    // Only the first word behind a command is one of a list.
    let begun = words[1].lowercased()
    guard let command = ChatCommand(rawValue: name.lowercased()),
      !begun.contains(where: \.isWhitespace)
    else { return [] }
    return arguments(command).filter { $0.lowercased().hasPrefix(begun) }.sorted()
  }
}
