internal import Console
internal import Foundation

/// What a chat looks like: on a terminal labelled, coloured and broken between words; elsewhere replies
/// are the bare texts, a line's end behind each.
struct ChatScreen {
  /// Who speaks; labels are of one width, so that texts stand below each other.
  enum Voice: String {
    case buyer, bot, agent

    var label: String { String(repeating: " ", count: 5 - rawValue.count) + rawValue + "> " }
  }

  private static let indent = Voice.bot.label.count

  /// Shows a text of the conversation.
  func say(_ text: String, as voice: Voice) throws {
    guard Terminal.isInteractive else { return try Terminal.print(text) }
    let lines = text.wrapped(to: Terminal.size(of: 1).columns, indent: Self.indent)
    try Terminal.print(
      Terminal.coloured(voice.label, .bold)
        + (voice == .bot ? Terminal.coloured(lines, .cyan) : lines) + "\n")
  }

  /// Shows what was written elsewhere than at this terminal.
  func echo(_ text: String, as voice: Voice) throws {
    if Terminal.isInteractive, isatty(0) == 0 { try say(text, as: voice) }
  }

  /// Says something to the person at the terminal.
  func note(_ text: String, _ colour: Terminal.Colour = .dim) {
    guard isatty(2) == 1 else { return Terminal.note("(\(text))", colour) }
    let lines = text.wrapped(to: Terminal.size(of: 2).columns, indent: Self.indent + 1)
    Terminal.note(String(repeating: " ", count: Self.indent) + "(\(lines))", colour)
  }

  /// Shows a list or table as it is.
  func list(_ text: String) { Terminal.note(text) }
}
