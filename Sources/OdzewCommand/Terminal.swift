internal import Foundation

/// What the program writes, and in which colours.
enum Terminal {
  /// Colours that a terminal can show.
  enum Colour: String {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case dim = "2"
    case bold = "1"
  }

  /// Whether results go to a person's screen.
  static let isInteractive = isatty(1) == 1

  /// Whether the terminal is one that shows what it gets and obeys nothing.
  static let isDumb =
    ["", "dumb"].contains(ProcessInfo.processInfo.environment["TERM"] ?? "")

  /// Whether a person sees what is no result.
  static let isWatched = isatty(2) == 1

  /// Colours only where a terminal shows them, and not where NO_COLOR is set (no-color.org).
  private static func allowsColour(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && !isDumb
      && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  private static let coloursResults = allowsColour(1)
  private static let coloursNotes = allowsColour(2)

  /// A text in a colour, for results.
  static func coloured(_ text: String, _ colour: Colour) -> String {
    coloursResults ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// A text in a colour, for notes.
  static func colouredNote(_ text: String, _ colour: Colour) -> String {
    coloursNotes ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Columns and rows of a terminal; those of the first ones where it does not say.
  static func size(of descriptor: Int32) -> (columns: Int, rows: Int) {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return (80, 24)
    }
    return (Int(size.ws_col), max(1, Int(size.ws_row)))
  }

  /// Writes results.
  static func write(_ bytes: Data) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: bytes)
    } catch {
      self.error("the output cannot be written: \(error.localizedDescription)")
      throw ExitStatus.inputOutput.exit
    }
  }

  /// Writes a result and a line's end.
  static func print(_ text: String) throws { try write(Data((text + "\n").utf8)) }

  /// Writes something that is no result.
  static func note(_ text: String, _ colour: Colour? = nil, ending: String = "\n") {
    let shown = colour.map { colouredNote(text, $0) } ?? text
    // Where even this cannot be written there is nobody to tell.
    try? FileHandle.standardError.write(contentsOf: Data((shown + ending).utf8))
  }

  /// Shows how far long work has come, where somebody watches.
  static func progress(_ text: String) {
    if isatty(2) == 1 { note("\r\u{1B}[K\(text)", ending: "") }
  }

  /// Writes why the program cannot go on.
  static func error(_ text: String) { note("odzew: \(text)", .red) }
}
