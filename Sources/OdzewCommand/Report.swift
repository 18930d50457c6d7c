internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew
internal import Store

/// What became of buyers' messages, and what they complain of.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract:
      "Tells what became of buyers' messages over a period, and what returns and complaints say.",
    discussion: """
      Reads the audit trail of a state file: messages by intent, channel and language, the share that \
      was answered without a person, time to an answer against the marketplaces' clocks, what waits and \
      what was late, why people were fetched, what rules of policy did, and why buyers send things back, by \
      product, in their own words, without what tells who they are. docs/report.md says what each figure \
      means.

      Examples:
        odzew report --state shop.odzew
        odzew report --state shop.odzew --from 2026-11-01 --to 2026-11-30 --by week
        odzew report --state shop.odzew --html november.html --csv november
        odzew report --state shop.odzew --json | jq .summary
      """)

  @OptionGroup var options: BotOptions
  @OptionGroup var state: StateOptions

  @Option(
    help: ArgumentHelp(
      "The first day (2026-11-01) or moment (RFC 3339); by default the first message.",
      valueName: "time"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "The last day, which counts, or the moment up to which messages count; by default the last message.",
      valueName: "time"))
  var to: String?

  @Option(help: "Cut into pieces by: day, week (default), month.", transform: Report.unit)
  var by: ReportPeriod.Unit = .week

  @Flag(help: "Write JSON (Schemas/report.schema.json) instead of the tables.")
  var json = false

  @Option(help: ArgumentHelp("Write a page with plots.", valueName: "file"))
  var html: String?

  @Option(
    help: ArgumentHelp("Write each table as NAME.csv into this folder.", valueName: "folder"))
  var csv: String?

  @Flag(name: .customLong("no-sentences"), help: "Leave out the buyers' own sentences.")
  var leavesOutSentences = false

  func run() throws {
    guard state.state != nil else {
      throw ValidationError("name the state file with '--state FILE'")
    }
    let bot = try options.load()
    let store = try state.open()
    let now = options.now ?? Date()
    let period = try period(in: bot.settings.calendar.zone)
    var tally = ServiceTally(over: period, at: now)
    let redaction = SentenceRedaction(bot)
    let reader = TrailReader(bot: bot, orders: store.orders, redaction)
    var count = 0
    do throws(StoreError) {
      try store.forEachExchange(since: period.start ?? .distantPast) { exchange in
        if let entry = reader.entry(exchange) { tally.add(entry) }
        count += 1
        if count.isMultiple(of: 2000) { Terminal.progress("\(count) links") }
      }
    } catch {
      throw StateOptions.failure(error)
    }
    Terminal.progress("")
    let report = tally.report { sentence, product in
      leavesOutSentences ? nil : redaction.text(of: sentence, about: product.name)
    }
    if let html { try write(ReportPage(report).html, to: URL(filePath: html)) }
    if let csv { try write(report, intoFolder: URL(filePath: csv, directoryHint: .isDirectory)) }
    try Terminal.write(
      json ? report.json + Data("\n".utf8) : Data(ReportText(report).text.utf8))
  }

  private static func unit(_ text: String) throws -> ReportPeriod.Unit {
    guard let unit = ReportPeriod.Unit(rawValue: text) else {
      throw ValidationError("'\(text)' is none of: day, week, month")
    }
    return unit
  }

  private func period(in zone: TimeZone) throws -> ReportPeriod {
    func moment(_ text: String, daysLater days: Int) throws -> Date {
      if let day = CalendarDay(text) { return (day + days).start(in: zone) }
      guard let moment = Timestamp.parse(text) else {
        throw ValidationError(
          "'\(text)' is neither a day such as '2026-11-20' nor a time such as '2026-11-20T10:00:00+01:00'"
        )
      }
      return moment
    }
    let start = try from.map { try moment($0, daysLater: 0) }
    let end = try to.map { try moment($0, daysLater: 1) }
    if let start, let end, start >= end {
      throw ValidationError("'--from' must lie before '--to'")
    }
    return ReportPeriod(from: start, to: end, by: by, in: zone)
  }

  private func write(_ report: ServiceReport, intoFolder folder: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      Terminal.error("the folder '\(folder.relativePath)' cannot be made")
      throw ExitStatus.inputOutput.exit
    }
    for table in report.tables {
      // The mark tells spreadsheets that it is UTF-8.
      try write("\u{FEFF}" + table.csv, to: folder.appending(path: "\(table.name).csv"))
    }
  }

  private func write(_ text: String, to file: URL) throws {
    do {
      try Data(text.utf8).write(to: file)
    } catch {
      Terminal.error("'\(file.relativePath)' cannot be written")
      throw ExitStatus.inputOutput.exit
    }
  }
}
