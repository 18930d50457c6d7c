internal import Foundation
internal import Odzew

/// A report as a page that a person opens: the figures large, plots, the sentences, then every table.
public struct ReportPage: Sendable {
  private let report: ServiceReport

  /// Rows of a table that are shown; CSV and JSON have them all.
  private static let mostRows = 100
  private static let mostBars = 12
  private static let mostWaiting = 20

  /// Lays out a report.
  /// - Parameter report: the report.
  public init(_ report: ServiceReport) { self.report = report }

  /// The page: one file without scripts or anything from elsewhere.
  public var html: String {
    Page(
      title: "Messages and what they say",
      style: """
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .7rem; margin: 1rem 0 }
        .figure { background: var(--sheet); border-radius: .5rem; padding: .7rem .9rem }
        .figure b { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums }
        .figure span { color: var(--soft); font-size: .85rem }
        .scroll { margin: 0 0 .8rem } .scroll svg { min-width: 42rem; width: 100%; max-width: 60rem; display: block }
        .axis { stroke: var(--line); stroke-width: 1 } .bound { stroke: var(--bad); stroke-dasharray: 5 4; fill: none }
        svg text.soft { fill: var(--soft) }
        .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; color: var(--soft); font-size: .9rem; margin: 0 0 .5rem }
        .legend i { display: inline-block; width: .8em; height: .8em; border-radius: .15em; margin-right: .35em }
        th, td { white-space: nowrap }
        .bars { list-style: none; margin: 0 0 .8rem; padding: 0; max-width: 56rem }
        .bars li { display: grid; grid-template-columns: minmax(9rem, 17rem) 1fr 9rem; gap: .2rem .7rem; align-items: center; padding: .12rem 0 }
        .bars span:first-child { text-align: right } .bars small { color: var(--soft) }
        @media (max-width: 40rem) { .bars li { grid-template-columns: 1fr 8.5rem; padding: .3rem 0 }
          .bars span:first-child { grid-column: 1 / -1; text-align: left } }
        blockquote { margin: 0 0 .5rem; padding: .3rem .8rem; border-left: 3px solid var(--line) }
        blockquote small { display: block; color: var(--soft) }
        .state-overdue, .state-late { color: var(--bad); font-weight: 600 }
        details { border-top: 1px solid var(--line); padding: .5rem 0 }
        summary { cursor: pointer; font-weight: 600 } details .scroll { margin-top: .5rem }
        @media print { details::details-content { content-visibility: visible; height: auto } }
        """,
      body: report.span == nil ? "<p>No messages in this period.</p>" : body
    ).html
  }

  private var body: String {
    [
      lead, figures, overTime, bars("What buyers wanted", report.intents),
      bars("Where they wrote", report.channels), times, waiting, reasons, tables,
    ].joined(separator: "\n")
  }

  private func shown(_ moment: Date) -> String {
    String(Timestamp.format(moment, in: report.period.zone).prefix(16)).replacing("T", with: " ")
  }

  private var lead: String {
    guard let span = report.span else { return "" }
    return """
      <p class="soft">\(shown(span.lowerBound)) to \(shown(span.upperBound)), as of \(shown(report.now)) \
      (\(report.period.zone.identifier.xml)).</p>
      """
  }

  private var figures: String {
    let people = report.clocks.map(\.times.people)
    let waiting = report.matters.filter { $0.state != .late }
    let overdue = waiting.count { $0.state == .overdue }
    let inTime = AnswerTimes.share(
      people.reduce(0) { $0 + $1.inTime }, of: people.reduce(0) { $0 + $1.count })
    let figures: [(String, ReportTable.Cell)] = [
      ("messages", .count(report.total.messages)),
      ("answered without a person", .share(report.total.shareAnswered)),
      (
        "conversations without a person",
        .share(AnswerTimes.share(report.conversationsWithoutPerson, of: report.conversations))
      ),
      ("of people's answers in time", .share(inTime)),
      ("wait, \(overdue) overdue", .count(waiting.count)),
      ("complaints", .count(report.complaints)),
    ]
    let boxes = figures.map { name, value in
      "<div class=\"figure\"><b>\(report.summary.shown(value))</b><span>\(name)</span></div>"
    }
    return "<div class=\"figures\">\(boxes.joined())</div>"
  }

  private var overTime: String {
    let kinds: [(String, String, KeyPath<ServiceReport.Handling, Int>)] = [
      ("answered", "--series-1", \.answered), ("asked back", "--series-2", \.askedBack),
      ("to a person", "--series-4", \.toPerson), ("errors", "--bad", \.failed),
      ("no answer needed", "--series-8", \.quiet),
    ]
    let used = kinds.filter { _, _, path in report.total[keyPath: path] > 0 }
    let plot = StackedColumns(
      series: used.map { (name: $0.0, colour: $0.1) },
      columns: report.overTime.map { piece, handling in
        (piece.description, used.map { handling[keyPath: $0.2] })
      })
    return section(
      "Messages by \(report.period.unit.rawValue)",
      legend(used.map { (name: $0.0, colour: $0.1) }) + scroll(plot.svg))
  }

  private func bars(
    _ title: String, _ groups: [(name: String, handling: ServiceReport.Handling)]
  ) -> String {
    let plot = HorizontalBars(
      rows: groups.prefix(Self.mostBars).map { name, handling in
        (
          name.replacing("_", with: " "), handling.messages,
          handling.messages == 0 ? "" : shareText(handling)
        )
      })
    return section(title, plot.html)
  }

  private func shareText(_ handling: ServiceReport.Handling) -> String {
    handling.shareAnswered.map { "\(Int(($0 * 100).rounded())) % answered" } ?? ""
  }

  private var times: String {
    let answered = report.clocks.filter { $0.times.people.count > 0 }
    guard !answered.isEmpty else { return "" }
    let colours = (1...8).map { "--series-\($0)" }
    let series = answered.enumerated().map { index, clock in
      (name: clock.name, colour: colours[index % colours.count], times: clock.times.people)
    }
    return section(
      "How long people took",
      """
      <p class="soft">So many of the answers took no longer than the line says; the dashed lines are 2 and 24 hours.</p>
      """ + legend(series.map { (name: $0.name, colour: $0.colour) })
        + scroll(PercentileLines(series: series).svg))
  }

  /// What still waits; what was late stands among all figures.
  private var waiting: String {
    guard let table = table("waiting") else { return "" }
    let open = zip(report.matters, table.rows).filter { $0.0.state != .late }.map(\.1)
    return open.isEmpty
      ? ""
      : section(
        "What waits", content(of: table, Array(open.prefix(Self.mostWaiting)), of: open.count))
  }

  private var reasons: String {
    guard report.complaints > 0 else { return "" }
    let plot = HorizontalBars(
      rows: report.reasons.prefix(Self.mostBars).map {
        ($0.reason.replacing("_", with: " "), $0.count, "")
      }, colour: "--series-4")
    let top = report.reasons.prefix(5).map { ($0.reason.replacing("_", with: " "), $0) }
    let pieces = report.period.pieces(covering: Set(report.reasons.flatMap(\.pieces.keys)))
    let colours = (1...5).map { "--series-\($0)" }
    let series = zip(top, colours).map { (name: $0.0, colour: $1) }
    let columns = StackedColumns(
      series: series,
      columns: pieces.map { piece in (piece.description, top.map { $0.1.pieces[piece] ?? 0 }) })
    let goods = HorizontalBars(
      rows: report.causes.prefix(Self.mostBars).map { cause, count in
        (
          "\(cause.product.name.isEmpty ? cause.product.sku : cause.product.name): "
            + cause.reason.replacing("_", with: " "), count, ""
        )
      }, colour: "--series-3")
    let note = table("reasons").map { "<p class=\"soft\">\($0.note.xml)</p>" } ?? ""
    return section("What returns and complaints say", note + plot.html)
      + (report.causes.isEmpty
        ? ""
        : "<h3>Which goods</h3>" + goods.html + "<h3>The five most frequent, over time</h3>"
          + legend(series) + scroll(columns.svg))
      + quotes
  }

  private var quotes: String {
    guard !report.quotes.isEmpty else { return "" }
    var parts = ["<h3>In the buyers' own words</h3>"]
    var last = ""
    for quote in report.quotes.prefix(Self.mostRows) {
      if quote.cause.reason != last {
        last = quote.cause.reason
        parts.append("<p><b>\(last.replacing("_", with: " ").xml)</b></p>")
      }
      let product =
        quote.cause.product.name.isEmpty ? quote.cause.product.sku : quote.cause.product.name
      parts.append(
        """
        <blockquote lang="\(quote.locale.xml)" dir="auto">\(quote.text.xml)\
        <small lang="en">\(product.xml), \(quote.locale.xml), link \(quote.link)</small></blockquote>
        """)
    }
    return parts.joined(separator: "\n")
  }

  private var tables: String {
    let folded = report.tables.filter {
      !$0.rows.isEmpty && $0.name != "sentences"
    }.map { table in
      "<details><summary>\(table.title.xml)</summary>\(content(of: table, table.rows, of: table.rows.count))</details>"
    }
    return section("All figures", folded.joined(separator: "\n"))
  }

  private func table(_ name: String) -> ReportTable? { report.tables.first { $0.name == name } }

  private func content(
    of table: ReportTable, _ part: [[ReportTable.Cell]], of count: Int
  ) -> String {
    func mark(_ column: Int) -> String { table.isNumeric(column) ? " class=\"number\"" : "" }
    let head = table.columns.indices.map {
      "<th scope=\"col\"\(mark($0))>\(table.columns[$0].title.xml)</th>"
    }
    let rows = part.prefix(Self.mostRows).map { row in
      let cells = row.indices.map { column in
        let text = table.shown(row[column]).xml
        let isState = table.columns[column].name == "state"
        return isState
          ? "<td class=\"state-\(text)\">\(text)</td>" : "<td\(mark(column))>\(text)</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let more = count - rows.count
    return (table.note.isEmpty ? "" : "<p class=\"soft\">\(table.note.xml)</p>")
      + scroll(
        "<table><thead><tr>\(head.joined())</tr></thead><tbody>\n\(rows.joined(separator: "\n"))</tbody></table>"
      )
      + (more > 0
        ? "<p class=\"soft\">… and \(more) more; --csv and --json have them all.</p>" : "")
  }

  private func section(_ title: String, _ content: String) -> String {
    "<h2>\(title.xml)</h2>\n\(content)"
  }

  private func scroll(_ content: String) -> String {
    // Whoever moves by keys alone must reach what lies beyond the edge.
    "<div class=\"scroll\" tabindex=\"0\">\(content)</div>"
  }

  private func legend(_ series: [(name: String, colour: String)]) -> String {
    let entries = series.map { name, colour in
      "<span><i style=\"background: var(\(colour))\"></i>\(name.xml)</span>"
    }
    return "<div class=\"legend\">\(entries.joined())</div>"
  }
}
