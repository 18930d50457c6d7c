internal import ArgumentParser
internal import Console
internal import Foundation

/// Lines that a person types at a terminal and edits there.
///
/// The terminal is taken over for each line and given back while it is answered, so that a program that
/// ends in between, however it does, leaves nothing behind.
struct TypedLines {
  private var editor = LineEditor()
  private var decoder = KeyDecoder()
  /// Keys that have come and are for later lines.
  private var waiting: [Key] = []
  /// Signals end the wait for a key and not the program, which has a terminal to give back.
  private let interruptions = Interruptions()
  /// In which row of what is shown the cursor stands.
  private var shownRow = 0

  /// Whether there is a terminal to type at and to show on that obeys.
  static var arePossible: Bool { isatty(0) == 1 && isatty(2) == 1 && !Terminal.isDumb }

  /// The next line.
  /// - Parameters:
  ///   - prompt: what stands before it.
  ///   - completions: the words that may stand at the end of a text instead of its last word.
  /// - Returns: the line, or nil at the end.
  /// - Throws: the exit code of a terminal that cannot be used.
  mutating func next(
    prompt: String, completions: (String) -> [String]
  ) throws -> String? {
    var mode = try Self.takeOver()
    defer { mode.leave() }
    show(prompt)
    while true {
      guard !waiting.isEmpty || more() else {
        finish(prompt)
        return nil
      }
      guard !waiting.isEmpty else { continue }
      let key = waiting.removeFirst()
      if case .paste(let text) = key, editor.characters.isEmpty, text.hasPrefix("/") {
        // Commands that were copied are meant line by line, and not as a buyer's message.
        waiting = text.split(separator: "\n").flatMap { [.text(String($0)), .enter] } + waiting
        continue
      }
      switch editor.press(key, completions: completions) {
      case .redraw: if waiting.isEmpty { show(prompt) }
      case .bell: Terminal.note("\u{7}", ending: "")
      case .clearScreen:
        Terminal.note("\u{1B}[H\u{1B}[2J", ending: "")
        shownRow = 0
        show(prompt)
      case .candidates(let words):
        finish(prompt)
        let list = words.prefix(60).joined(separator: "  ") + (words.count > 60 ? "  …" : "")
        Terminal.note(list.wrapped(to: Terminal.size(of: 2).columns), .dim)
        show(prompt)
      case .abandon(let wasEmpty):
        show(prompt)
        if wasEmpty {
          finish(prompt)
          Terminal.note("(Ctrl-D or /quit ends)", .dim)
          show(prompt)
        }
      case .suspend:
        finish(prompt)
        mode.leave()
        raise(SIGTSTP)
        mode = try Self.takeOver()
        show(prompt)
      case .end:
        finish(prompt)
        return nil
      case .submit(let line):
        // What was typed stays on the screen as it was sent.
        draw(
          prompt,
          LineLayout(
            Array(line), cursor: line.count, indent: prompt.count,
            columns: Terminal.size(of: 2).columns))
        Terminal.note("")
        shownRow = 0
        return line
      }
    }
  }

  private static func takeOver() throws -> RawMode {
    guard let mode = RawMode() else {
      Terminal.error("the terminal cannot be used: \(unsafe String(cString: strerror(errno)))")
      throw ExitStatus.inputOutput.exit
    }
    return mode
  }

  /// Waits for keys.
  /// - Returns: false at the end: the terminal is gone, or the program is asked to end.
  private mutating func more() -> Bool {
    repeat {
      if interruptions.isAskedToStop { return false }
    } while !interruptions.wait(for: 0)
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(0, &bytes, bytes.count)
    guard count > 0 else { return count < 0 && errno == EINTR }
    waiting += decoder.keys(from: bytes.prefix(count))
    return true
  }

  /// Shows the line as it is being typed.
  private mutating func show(_ prompt: String) {
    let size = Terminal.size(of: 2)
    draw(
      prompt,
      LineLayout(
        editor.characters, cursor: editor.cursor, indent: prompt.count, columns: size.columns,
        height: size.rows - 1))
  }

  /// Moves below the line.
  private mutating func finish(_ prompt: String) {
    let size = Terminal.size(of: 2)
    draw(
      prompt,
      LineLayout(
        editor.characters, cursor: editor.characters.count, indent: prompt.count,
        columns: size.columns, height: size.rows - 1))
    Terminal.note("")
    shownRow = 0
  }

  /// Puts a line where the last one was shown.
  private mutating func draw(_ prompt: String, _ layout: LineLayout) {
    let below = layout.rows.count - 1 - layout.row
    Terminal.note(
      Self.up(shownRow) + "\r\u{1B}[J" + Terminal.colouredNote(prompt, .bold)
        + layout.rows.joined(separator: "\r\n" + String(repeating: " ", count: prompt.count))
        + Self.up(below) + "\r" + (layout.column > 0 ? "\u{1B}[\(layout.column)C" : ""),
      ending: "")
    shownRow = layout.row
  }

  private static func up(_ rows: Int) -> String { rows > 0 ? "\u{1B}[\(rows)A" : "" }
}
