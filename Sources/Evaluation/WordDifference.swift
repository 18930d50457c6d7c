/// The difference of two texts, word by word.
public struct WordDifference: Sendable, Hashable {
  /// A stretch of text and where it stands.
  public enum Part: Sendable, Hashable {
    /// In both.
    case same(String)
    /// Only in the old text.
    case removed(String)
    /// Only in the new text.
    case added(String)
  }

  /// The stretches, in reading order; the new text is those that are not removed.
  public let parts: [Part]

  /// Compares two texts.
  /// - Parameters:
  ///   - old: what was.
  ///   - new: what is.
  public init(from old: String, to new: String) {
    let (old, new) = (Self.words(of: old), Self.words(of: new))
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var parts: [Part] = []
    func append(_ part: Part) {
      switch (parts.last, part) {
      case (.same(let before)?, .same(let text)): parts[parts.count - 1] = .same(before + text)
      case (.removed(let before)?, .removed(let text)):
        parts[parts.count - 1] = .removed(before + text)
      case (.added(let before)?, .added(let text)):
        parts[parts.count - 1] = .added(before + text)
      default: parts.append(part)
      }
    }
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if removed.contains(i) {
        append(.removed(old[i]))
        i += 1
      } else if added.contains(j) {
        append(.added(new[j]))
        j += 1
      } else {
        append(.same(new[j]))
        i += 1
        j += 1
      }
    }
    self.parts = parts
  }

  /// Words, each with the spaces behind it; line ends stand alone.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if character.isNewline {
        words += word.isEmpty ? [] : [word]
        words.append(String(character))
        word = ""
      } else if !character.isWhitespace, word.last?.isWhitespace == true {
        words.append(word)
        word = String(character)
      } else {
        word.append(character)
      }
    }
    return words + (word.isEmpty ? [] : [word])
  }
}
