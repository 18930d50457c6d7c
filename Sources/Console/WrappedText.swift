extension String {
  /// The text in lines that fit a screen, broken between words.
  ///
  /// A word that is too long for a line keeps a line for itself: links and numbers are copied whole. What
  /// would steer the terminal is shown by its picture.
  /// - Parameters:
  ///   - columns: the columns of the screen.
  ///   - indent: the columns before every line but the first, whose label stands there already.
  /// - Returns: the lines, joined.
  public func wrapped(to columns: Int, indent: Int = 0) -> String {
    let room = max(10, columns - indent)
    return split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .flatMap { Self.lines(of: String($0.map(\.shown)), room) }
      .enumerated()
      .map { $0 == 0 || $1.isEmpty ? $1 : String(repeating: " ", count: indent) + $1 }
      .joined(separator: "\n")
  }

  /// The lines of one paragraph; further ones are as far from the edge as the first.
  private static func lines(of paragraph: String, _ room: Int) -> [String] {
    let margin = String(paragraph.prefix { $0 == " " })
    var lines: [String] = []
    var line = margin
    var width = margin.count
    for word in paragraph.dropFirst(margin.count).split(
      separator: " ", omittingEmptySubsequences: false)
    {
      let isFirst = width == margin.count
      if !isFirst, width + 1 + word.columns > room {
        lines.append(line)
        line = margin + word
        width = margin.count + word.columns
      } else {
        line += isFirst ? String(word) : " " + word
        width += word.columns + (isFirst ? 0 : 1)
      }
    }
    return lines + [line]
  }
}
