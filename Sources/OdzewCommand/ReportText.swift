internal import Evaluation
internal import Foundation
internal import Odzew

/// A report as a terminal shows it: tables with bars of block characters.
struct ReportText {
  private let report: ServiceReport

  /// Rows of a table that are shown; files have them all.
  private static let mostRows = 25
  private static let barWidth = 20
  /// Columns of a cell; sentences stand last and may be longer.
  private static let widest = 38

  /// What a screen has no room for.
  private static let tooMuch = ["clock", "clock_ends", "answered_at", "errors"]

  init(_ report: ServiceReport) { self.report = report }

  /// Lines of text, with their ends.
  var text: String {
    guard let span = report.span else {
      return "no messages in this period\n"
    }
    func shown(_ moment: Date) -> String {
      String(Timestamp.format(moment, in: report.period.zone).prefix(16))
        .replacing("T", with: " ")
    }
    let head =
      "\(shown(span.lowerBound)) to \(shown(span.upperBound)), "
      + "as of \(shown(report.now)) (\(report.period.zone.identifier))\n"
    return
      ([head]
      + report.tables.filter {
        !$0.rows.isEmpty && $0.name != "reasons_over_time"
      }.map(text)).joined(separator: "\n")
  }

  private func text(of table: ReportTable) -> String {
    let rows = table.rows.prefix(Self.mostRows)
    let shown = table.columns.indices.filter {
      table.name == "answer_times" || !Self.tooMuch.contains(table.columns[$0].name)
    }
    let titles = shown.map { table.columns[$0].title }
    let isNumeric = shown.map { table.isNumeric($0) }
    let cells = rows.map { row in shown.map { Self.plain(table.shown(row[$0])) } }
    let last = shown.count - 1
    let widths = titles.indices.map { column in
      min(
        column == last ? .max : Self.widest,
        ([titles[column]] + cells.map { $0[column] }).map(\.count).max() ?? 0)
    }
    func line(_ cells: [String]) -> String {
      cells.indices.map { column in
        let cell = Self.cut(cells[column], to: widths[column])
        let room = String(repeating: " ", count: widths[column] - cell.count)
        if isNumeric[column] { return room + cell }
        return column == last ? cell : cell + room
      }.joined(separator: "  ")
    }
    let bars = table.name == "reasons" ? sparklines : bars(of: table)
    var lines = [Terminal.coloured(table.title, .bold)]
    if !table.note.isEmpty { lines.append(Terminal.coloured(table.note, .dim)) }
    if table.name != "summary" {
      lines.append(Terminal.coloured("  " + line(titles), .dim))
    }
    for (index, row) in cells.enumerated() {
      lines.append("  " + line(row) + (bars.isEmpty ? "" : "  " + bars[index]))
    }
    if table.rows.count > rows.count {
      lines.append("  … and \(table.rows.count - rows.count) more; --csv and --json have them all")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How long each row's bar is, by the first column that counts messages or complaints.
  private func bars(of table: ReportTable) -> [String] {
    guard
      let column = table.columns.firstIndex(where: {
        ["messages", "complaints", "texts"].contains($0.name)
      })
    else { return [] }
    let counts = table.rows.map { row in
      if case .count(let count) = row[column] { count } else { 0 }
    }
    let most = counts.max() ?? 0
    return counts.map { count in
      guard most > 0 else { return "" }
      // Eighths of a character.
      let eighths = (count * Self.barWidth * 8 + most / 2) / most
      let rest = eighths % 8
      let bar =
        String(repeating: "█", count: eighths / 8)
        + (rest == 0 ? "" : String(Array("▏▎▍▌▋▊▉")[rest - 1]))
      return Terminal.coloured(bar.isEmpty && count > 0 ? "▏" : bar, .cyan)
    }
  }

  /// Each reason's way through the pieces of the period, where there are several.
  private var sparklines: [String] {
    let pieces = report.overTime.map(\.piece)
    guard pieces.count > 1, pieces.count <= 60 else { return [] }
    let most = report.reasons.flatMap(\.pieces.values).max() ?? 1
    return report.reasons.map { reason in
      let marks = pieces.map { piece -> Character in
        let count = reason.pieces[piece] ?? 0
        return count == 0 ? "·" : Array("▁▂▃▄▅▆▇█")[(count * 8 - 1) / most % 8]
      }
      return Terminal.coloured(String(marks), .cyan)
    }
  }

  private static func cut(_ text: String, to width: Int) -> String {
    text.count > width ? text.prefix(width - 1) + "…" : text
  }

  /// Without what a terminal would obey: names of goods and rules come from outside.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar -> Unicode.Scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator: " "
          default: scalar
          }
        }))
  }
}
