/// A key that a person presses at a terminal, or what the terminal does for them.
public enum Key: Sendable, Hashable {
  /// Characters.
  case text(String)
  /// A pasted text, whose line ends are part of it.
  case paste(String)
  case enter, tab, backspace, delete
  case left, right, up, down, home, end, wordLeft, wordRight
  case killToEnd, killToStart, killWordLeft, killWordRight, yank
  case clearScreen, interrupt, endOfInput, suspend
}
