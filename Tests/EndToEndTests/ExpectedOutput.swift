import Foundation

/// What a page says that a command prints.
///
/// `…` stands for any text within a line, and alone on a line
/// for any lines.
struct ExpectedOutput {
  /// Where a command prints something else.
  struct Difference: CustomStringConvertible {
    /// The line of the expected output, from 0; its end where more was printed than expected.
    let row: Int
    let expected: String?
    let printed: String?

    var description: String {
      """
      expected: \(expected ?? "the end of the output")
      printed:  \(printed ?? "the end of the output")
      """
    }
  }

  let rows: [String]

  init(_ lines: some Sequence<String>) { rows = Self.trimmed(lines) }

  /// Lines without the spaces at their ends, and without the empty ones at the end of all.
  private static func trimmed(_ lines: some Sequence<String>) -> [String] {
    var lines = lines.map { $0.replacing(/\s+$/, with: "") }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The first line that was expected and did not come; nil where all is as expected.
  func difference(from output: String) -> Difference? {
    let printed = Self.trimmed(
      output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    var (row, line) = (0, 0)
    // Where to go on when what follows the last gap does not fit.
    var gap: (row: Int, line: Int)?
    var furthest = (row: -1, line: 0)
    while row < rows.count || line < printed.count {
      if row < rows.count, rows[row] == "…" {
        row += 1
        gap = (row, line)
      } else if row < rows.count, line < printed.count, Self.fits(printed[line], rows[row]) {
        (row, line) = (row + 1, line + 1)
      } else {
        if row > furthest.row { furthest = (row, line) }
        guard let last = gap, last.line < printed.count else {
          return Difference(
            row: furthest.row, expected: rows.dropFirst(furthest.row).first,
            printed: printed.dropFirst(furthest.line).first)
        }
        gap = (last.row, last.line + 1)
        (row, line) = (last.row, last.line + 1)
      }
    }
    return nil
  }

  private static func fits(_ line: String, _ row: String) -> Bool {
    let pieces = row.components(separatedBy: "…")
    guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else {
      return line == row
    }
    guard line.hasPrefix(first), line.count >= first.count + last.count, line.hasSuffix(last) else {
      return false
    }
    var rest = line.dropFirst(first.count).dropLast(last.count)
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      guard let place = rest.range(of: piece) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }
}
