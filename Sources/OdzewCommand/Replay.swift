internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew
internal import Store

/// Old requests under today's bot folder.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Answers old requests with the bot folder as it is now, and shows what changes.",
    discussion: """
      Reads requests as the pipe takes them, one a line, and answers them in their order, with \
      their own times. What they were answered then comes from '--before FILE' (the responses of \
      that time), from another bot folder ('--before-bot DIR'), or from the state file. Shows every \
      answer that would be another one, word by word, and counts by intent, policy finding and \
      escalation. Exit code 1 where anything changes.

      Examples:
        odzew replay requests.ndjson --before responses.ndjson
        odzew replay requests.ndjson --bot new-bot --before-bot old-bot
        odzew replay --state shop.odzew --bot new-bot
      """)

  @OptionGroup var options: BotOptions
  @OptionGroup var state: StateOptions

  @Argument(help: "The requests; those of the state file where none is named.", completion: .file())
  var file: String?

  @Option(
    help: ArgumentHelp("What they were answered then.", valueName: "file"), completion: .file())
  var before: String?

  @Option(
    help: ArgumentHelp("The bot folder that answered them then.", valueName: "dir"),
    completion: .directory)
  var beforeBot: String?

  @Option(help: ArgumentHelp("Orders to look up.", valueName: "file"), completion: .file())
  var orders: String?

  @Flag(help: "Counts alone, without the answers.")
  var summary = false

  func run() throws {
    let orders = try orders.map { try OrderFile($0).orders } ?? [:]
    let stored = state.state == nil ? nil : try state.open()
    let requests = try requests(stored)
    let now = try answers(to: requests, by: try options.load(), orders)
    let then = try earlier(requests, orders, stored)
    let comparison = ReplayComparison(requests.map(\.line), then: then, now: now)
    if !summary {
      for change in comparison.changes {
        try Terminal.print(
          "\(Terminal.coloured(change.heading, .bold))\n\(CaseReport.text(of: change.reply))\n")
      }
    }
    try Terminal.print(comparison.table)
    if !comparison.changes.isEmpty { throw ExitStatus.failures.exit }
  }

  private func requests(_ store: SQLiteStore?) throws -> [(line: Data, at: Date?)] {
    if let file { return try lines(of: file).map { ($0, nil) } }
    guard let store else {
      throw ValidationError("name a file of requests, or '--state FILE'")
    }
    do throws(StoreError) {
      return try store.answeredLines()
    } catch {
      throw StateOptions.failure(error)
    }
  }

  private func lines(of path: String) throws -> [Data] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      Terminal.error("'\(path)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    return bytes.split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }

  /// What was answered then, by request.
  private func earlier(
    _ requests: [(line: Data, at: Date?)], _ orders: [OrderNumber: Order], _ store: SQLiteStore?
  ) throws -> [Data?] {
    if let before {
      let known = Dictionary(
        try lines(of: before).map { (ReplayComparison.key(of: $0), $0) },
        uniquingKeysWith: { first, _ in first })
      return requests.map { known[ReplayComparison.key(of: $0.line)] }
    }
    if let beforeBot {
      var old = options
      old.bot = beforeBot
      return try answers(to: requests, by: try old.load(), orders)
    }
    guard let store else {
      throw ValidationError("say what to compare with: '--before FILE' or '--before-bot DIR'")
    }
    return try requests.map { recorded in
      guard let request = try? Request(json: recorded.line) else { return nil }
      do throws(StoreError) {
        return try store.response(to: request.id, in: request.conversation)
      } catch {
        throw StateOptions.failure(error)
      }
    }
  }

  private func answers(
    to requests: [(line: Data, at: Date?)], by bot: Bot, _ orders: [OrderNumber: Order]
  ) throws -> [Data] {
    var ledger = MemoryLedger(Responder(bot), orders: orders)
    let started = Date()
    return requests.enumerated().map { index, recorded in
      do throws(InvalidRequest) {
        let request = try Request(json: recorded.line)
        return ledger.answer(
          to: request, line: recorded.line, at: options.now ?? recorded.at ?? started)
      } catch {
        return Response(error, line: index + 1).json()
      }
    }
  }
}
