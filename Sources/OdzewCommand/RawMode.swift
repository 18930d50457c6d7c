internal import Foundation

/// A terminal that hands over every key, until it is given back.
struct RawMode {
  private let before: termios

  /// Takes the terminal of the standard input over; nil where it cannot be.
  init?() {
    var mode = termios()
    guard unsafe tcgetattr(0, &mode) == 0 else { return nil }
    before = mode
    unsafe cfmakeraw(&mode)
    // Line ends that the program writes are to stay line ends.
    mode.c_oflag |= tcflag_t(OPOST)
    guard unsafe tcsetattr(0, TCSADRAIN, &mode) == 0 else { return nil }
    // What is pasted comes between marks (xterm: bracketed paste).
    Terminal.note("\u{1B}[?2004h", ending: "")
  }

  /// Gives the terminal back as it was; more than once does no harm.
  func leave() {
    Terminal.note("\u{1B}[?2004l", ending: "")
    var mode = before
    _ = unsafe tcsetattr(0, TCSADRAIN, &mode)
  }
}
