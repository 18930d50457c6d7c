/// How a line that is being typed lies on a screen: its rows, and where the cursor is.
public struct LineLayout: Sendable, Hashable {
  /// The rows, each without the indentation that the prompt makes.
  public let rows: [String]
  /// In which row the cursor stands.
  public let row: Int
  /// In which column, the indentation counted.
  public let column: Int

  /// Lays a line out.
  /// - Parameters:
  ///   - characters: the line.
  ///   - cursor: how many characters stand before the cursor.
  ///   - indent: the columns of the prompt, and of the space before further rows.
  ///   - columns: the columns of the screen.
  ///   - height: the rows of the screen; of a longer line the rows about the cursor are shown.
  public init(
    _ characters: [Character], cursor: Int, indent: Int, columns: Int, height: Int = .max
  ) {
    let room = max(2, columns - indent)
    var rows = [""]
    var width = 0
    var place = (row: 0, column: 0)
    for (number, character) in characters.enumerated() {
      let next = character.shown.columns
      if width + next > room {
        rows.append("")
        width = 0
      }
      if number == cursor { place = (rows.count - 1, width) }
      rows[rows.count - 1].append(character.shown)
      width += next
    }
    if cursor >= characters.count {
      // Behind a full row the cursor stands in the next one.
      if width >= room {
        rows.append("")
        width = 0
      }
      place = (rows.count - 1, width)
    }
    let height = max(1, height)
    let first = max(0, min(place.row - height / 2, rows.count - height))
    self.rows = Array(rows[first...].prefix(height))
    row = place.row - first
    column = indent + place.column
  }
}
