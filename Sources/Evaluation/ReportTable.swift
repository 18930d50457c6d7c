public import Foundation
internal import Odzew

/// A table of a report: what the terminal, CSV, JSON and the page show alike.
public struct ReportTable: Sendable {
  /// What stands in a cell.
  public enum Cell: Sendable, Hashable {
    /// Words.
    case text(String)
    /// How many.
    case count(Int)
    /// From 0 to 1; nil where there is nothing to have a share of.
    case share(Double?)
    /// How long, in minutes; nil where nothing took any time.
    case minutes(Int?)
    /// When; nil for never.
    case moment(Date?)
  }

  /// A column.
  public struct Column: Sendable, Hashable {
    /// Its name in JSON and CSV: `answered_share`.
    public let name: String
    /// Its heading for people.
    public var title: String { name.replacing("_", with: " ") }
  }

  /// Its name in JSON and as a file: `over_time`.
  public let name: String
  /// Its heading for people.
  public let title: String
  /// What must be known to read it.
  public let note: String
  /// The columns.
  public let columns: [Column]
  /// The rows, each with a cell for each column.
  public let rows: [[Cell]]
  /// Where days begin.
  let zone: TimeZone

  init(
    _ name: String, _ title: String, note: String = "", _ columns: [String], in zone: TimeZone,
    _ rows: [[Cell]]
  ) {
    self.name = name
    self.title = title
    self.note = note
    self.columns = columns.map(Column.init)
    self.rows = rows
    self.zone = zone
  }

  /// A cell as people read it.
  /// - Parameter cell: the cell.
  /// - Returns: a dash for what does not exist.
  public func shown(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): text
    case .count(let count): String(count)
    case .share(let share):
      share.map { "\(Int(($0 * 1000).rounded()) / 10).\(Int(($0 * 1000).rounded()) % 10) %" } ?? "–"
    case .minutes(let minutes): minutes.map(Self.duration) ?? "–"
    case .moment(let moment):
      moment.map { String(Timestamp.format($0, in: zone).prefix(16)).replacing("T", with: " ") }
        ?? "–"
    }
  }

  /// `45 min`, `3 h 20 min`, `2 d 4 h`.
  static func duration(_ minutes: Int) -> String {
    func parts(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
      small == 0 ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(smallUnit)"
    }
    return switch minutes {
    case ..<60: "\(minutes) min"
    case ..<2880: parts(minutes / 60, "h", minutes % 60, "min")
    default: parts(minutes / 1440, "d", minutes % 1440 / 60, "h")
    }
  }

  /// Whether the cells of a column are numbers, which stand to the right.
  public func isNumeric(_ column: Int) -> Bool {
    rows.contains { row in
      switch row[column] {
      case .count, .share, .minutes: true
      case .text, .moment: false
      }
    }
  }

  /// The table as RFC 4180 has it: a line of names, then one of each row.
  ///
  /// A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula, and runs it: such a
  /// text gets an apostrophe before it (OWASP, CSV Injection). Numbers are plain: shares from 0 to 1, times in minutes, moments in
  /// RFC 3339.
  public var csv: String {
    ([columns.map(\.name)] + rows.map { $0.map(plain) }).map { cells in
      cells.map(Self.quoted).joined(separator: ",") + "\r\n"
    }.joined()
  }

  private func plain(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): Self.guarded(text)
    case .count(let count): String(count)
    case .share(let share): share.map { String(Self.rounded($0)) } ?? ""
    case .minutes(let minutes): minutes.map(String.init) ?? ""
    case .moment(let moment): moment.map { Timestamp.format($0, in: zone) } ?? ""
    }
  }

  /// Four digits: more would claim a precision that counts do not have.
  static func rounded(_ share: Double) -> Double { (share * 10_000).rounded() / 10_000 }

  private static func guarded(_ text: String) -> String {
    // What stands behind spaces is a formula to some programs, too.
    guard let first = text.unicodeScalars.first(where: { $0 != " " }),
      "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first)
    else { return text }
    return "'" + text
  }

  private static func quoted(_ field: String) -> String {
    field.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
      ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }

  /// The rows as JSON objects by the names of the columns.
  var objects: [[String: Any]] {
    rows.map { row in
      Dictionary(
        zip(
          columns.map(\.name),
          row.map { cell -> Any in
            switch cell {
            case .text(let text): text
            case .count(let count): count
            case .share(let share): share.map { Self.rounded($0) as Any } ?? NSNull()
            case .minutes(let minutes): minutes.map { $0 as Any } ?? NSNull()
            case .moment(let moment):
              moment.map { Timestamp.format($0, in: zone) as Any } ?? NSNull()
            }
          }), uniquingKeysWith: { first, _ in first })
    }
  }
}
