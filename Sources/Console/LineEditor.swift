/// A line while a person types it: keys come in, the line and what is to be done come out.
///
/// Own code, because nothing in Swift does it, and libedit and readline keep their state in globals of
/// C, take over the program's signals, and would be one more library to install before the first chat.
/// The history lasts as long as the value: what is typed into a chat are buyers' words, and words of
/// people are not to lie in a file that nobody knows of (GDPR, Article 5(1)(c) and (e)).
public struct LineEditor: Sendable {
  /// What a key asks for.
  public enum Effect: Sendable, Hashable {
    /// The line is to be shown again.
    case redraw
    /// The line is finished.
    case submit(String)
    /// There is nothing to do.
    case bell
    /// What the word at the cursor could become.
    case candidates([String])
    /// The line was given up; true where there was none.
    case abandon(wasEmpty: Bool)
    case clearScreen, suspend, end
  }

  /// The line, as a person counts: an emoji or a letter with its accents is one.
  public private(set) var characters: [Character] = []
  /// How many characters stand before the cursor.
  public private(set) var cursor = 0

  private var history: [String] = []
  /// Which line of the history is shown; its count for the one that is being typed.
  private var place = 0
  /// What was being typed when the history was entered.
  private var draft = ""
  private var killed = ""

  /// More is not scrolled back to.
  private static let historyLimit = 500

  /// Begins with an empty line.
  public init() {}

  /// The line.
  public var text: String { String(characters) }

  /// Takes a key.
  /// - Parameters:
  ///   - key: the key.
  ///   - completions: the words that may stand at the end of a text instead of its last word.
  /// - Returns: what is to be done.
  public mutating func press(
    _ key: Key, completions: (String) -> [String] = { _ in [] }
  ) -> Effect {
    switch key {
    case .text(let text), .paste(let text): replace(cursor..<cursor, with: text)
    case .backspace: return remove(from: cursor - 1, keeping: false)
    case .delete: return remove(from: cursor + 1, keeping: false)
    case .left: return move(to: cursor - 1)
    case .right: return move(to: cursor + 1)
    case .home: cursor = 0
    case .end: cursor = characters.count
    case .wordLeft: cursor = wordStart
    case .wordRight: cursor = wordEnd
    case .killToEnd: return remove(from: characters.count)
    case .killToStart: return remove(from: 0)
    case .killWordLeft: return remove(from: spacedWordStart)
    case .killWordRight: return remove(from: wordEnd)
    case .yank: replace(cursor..<cursor, with: killed)
    case .up: return recall(place - 1)
    case .down: return recall(place + 1)
    case .tab: return complete(completions)
    case .enter: return submit()
    case .interrupt:
      let wasEmpty = characters.isEmpty
      show("")
      place = history.count
      return .abandon(wasEmpty: wasEmpty)
    case .endOfInput:
      return characters.isEmpty ? .end : remove(from: cursor + 1, keeping: false)
    case .clearScreen: return .clearScreen
    case .suspend: return .suspend
    }
    return .redraw
  }

  /// Puts a text in the place of characters; the cursor stands behind it.
  ///
  /// The line is cut into characters anew: an accent joins the letter before it.
  private mutating func replace(_ range: Range<Int>, with text: String) {
    let before = String(characters[..<range.lowerBound]) + text
    let after = String(characters[range.upperBound...])
    characters = Array(before + after)
    cursor = min(before.count, characters.count)
  }

  private mutating func show(_ text: String) {
    characters = Array(text)
    cursor = characters.count
  }

  private mutating func move(to place: Int) -> Effect {
    guard (0...characters.count).contains(place) else { return .bell }
    cursor = place
    return .redraw
  }

  /// Takes out what stands between a place and the cursor.
  private mutating func remove(from place: Int, keeping: Bool = true) -> Effect {
    guard place != cursor, (0...characters.count).contains(place) else { return .bell }
    let range = min(place, cursor)..<max(place, cursor)
    if keeping { killed = String(characters[range]) }
    replace(range, with: "")
    return .redraw
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  private var wordStart: Int {
    let end = characters[..<cursor].lastIndex(where: Self.isWord) ?? 0
    return characters[..<end].lastIndex { !Self.isWord($0) }.map { $0 + 1 } ?? 0
  }

  private var wordEnd: Int {
    let start = characters[cursor...].firstIndex(where: Self.isWord) ?? characters.count
    return characters[start...].firstIndex { !Self.isWord($0) } ?? characters.count
  }

  /// Where the word before the cursor begins, words being what stands between spaces.
  private var spacedWordStart: Int {
    let end = characters[..<cursor].lastIndex { !$0.isWhitespace } ?? 0
    return characters[..<end].lastIndex(where: \.isWhitespace).map { $0 + 1 } ?? 0
  }

  private mutating func recall(_ wanted: Int) -> Effect {
    guard (0...history.count).contains(wanted) else { return .bell }
    if place == history.count { draft = text }
    place = wanted
    show(wanted == history.count ? draft : history[wanted])
    return .redraw
  }

  private mutating func submit() -> Effect {
    let line = text
    if !line.allSatisfy(\.isWhitespace), line != history.last { history.append(line) }
    history.removeFirst(max(0, history.count - Self.historyLimit))
    place = history.count
    show("")
    return .submit(line)
  }

  private mutating func complete(_ completions: (String) -> [String]) -> Effect {
    let words = completions(String(characters[..<cursor]))
    guard let first = words.first else { return .bell }
    let start = characters[..<cursor].lastIndex(where: \.isWhitespace).map { $0 + 1 } ?? 0
    if words.count == 1 {
      replace(start..<cursor, with: first + " ")
      return .redraw
    }
    let common = words.dropFirst().reduce(first) { common, word in
      String(
        zip(common, word).prefix { $0.lowercased() == $1.lowercased() }.map { $0.0 })
    }
    guard common.count > cursor - start else { return .candidates(words) }
    replace(start..<cursor, with: common)
    return .redraw
  }
}
