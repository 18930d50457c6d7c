internal import Adapters
internal import ArgumentParser
internal import Foundation
internal import Language
internal import Odzew
internal import Store

/// The pipe: line-delimited JSON in, line-delimited JSON out.
struct Pipe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipe",
    abstract: "Answers line-delimited JSON: one request a line, one response a line.",
    discussion: """
      Reads requests from standard input and writes exactly one response for each line, in the \
      order of the lines. A line that cannot be read gets a response with 'action': 'error', and \
      the next line is answered as if nothing had happened.

      Example:
        echo '{"id":"1","text":"Where is my parcel?","order_number":"ZAM-2026-1001",\
      "buyer":{"id":"anna_k"}}' | odzew pipe --orders orders.json
        odzew pipe --state shop.odzew < requests.ndjson > responses.ndjson
        odzew pipe --from chatwoot --to chatwoot --state shop.odzew < webhooks.ndjson
        odzew pipe --jobs 4 --watch < fifo

      With --from each line is a document as that system sends it, with one message or more: each \
      message gets a response of its own. With --to a response also has 'calls': what is to be sent \
      to that system, in order. 'odzew adapt' lists the systems.

      SIGTERM and SIGINT end the program once what was read is answered; SIGHUP reads the bot folder \
      again: where it has findings, they are told and the bot stays as it is.
      """)

  /// The longest line that is read (protocol, "The pipe").
  static let lineLimit = 1 << 20

  @OptionGroup var options: BotOptions

  @Option(
    help: ArgumentHelp(
      "Orders to look up: a JSON array, or one JSON object a line.", valueName: "file"),
    completion: .file())
  var orders: String?

  @OptionGroup var state: StateOptions

  @Option(
    help: ArgumentHelp(
      "The system whose documents the lines are; 'auto' finds out.", valueName: "system"),
    completion: Completions.systems)
  var from: String?

  @Option(
    help: ArgumentHelp(
      "The system that responses are to reach; 'auto' for the one that the document came from.",
      valueName: "system"), completion: Completions.systems)
  var to: String?

  @Option(
    help: ArgumentHelp(
      "How many messages are answered side by side.",
      discussion: """
        Messages of one conversation are answered one after the other, and responses come in the \
        order of the lines: they are the same whatever the number.
        """, valueName: "number"))
  var jobs = 1

  @Flag(help: "Read the bot folder again whenever a file of it changes, as after SIGHUP.")
  var watch = false

  func validate() throws {
    if to != nil, from == nil { throw ValidationError("'--to' needs '--from'") }
    guard (1...256).contains(jobs) else { throw ValidationError("'--jobs' goes from 1 to 256") }
  }

  func run() throws {
    let intake = LineIntake(
      translation: try from.map { try Translation(from: $0, to: to, in: options.folder) })
    let folder = try options.folder
    let interruptions = Interruptions()
    let bot = try options.load()
    let orders = try orders.map { try OrderFile($0).orders } ?? [:]
    var batch = Batch(try state.ledger(of: bot, in: folder, orders: orders), jobs: jobs)
    let reloading = Reloading(of: folder, watches: watch, interruptions)
    var lines = LineReader(limit: Self.lineLimit, interruptions: interruptions)
    var number = 0
    var gathered: [NumberedLine] = []
    var size = 0
    func answer() throws {
      // Between two batches, so that no message sees half of each bot.
      if let (bot, version) = reloading.finished() { batch.use(bot, version: version) }
      try batch.answer(gathered, intake, at: options.now)
      gathered.removeAll(keepingCapacity: true)
      size = 0
    }
    // Lines are gathered while there are more to read, and answered before waiting for more; a sender
    // who is too fast waits, since nothing is read meanwhile.
    while let line = try lines.next(beforeWaiting: answer) {
      number += 1
      gathered.append(NumberedLine(line: line, number: number))
      if case .text(let json) = line { size += json.count }
      if gathered.count >= Self.mostGathered || size >= Self.mostBytes { try answer() }
    }
    try answer()
    if batch.hasFailed { throw ExitStatus.inputOutput.exit }
  }

  /// How many lines are answered together, and how many bytes of them.
  private static let mostGathered = 256
  private static let mostBytes = 256 * 1024
}

/// A line of the input, and which it is, from 1.
struct NumberedLine: Sendable {
  let line: LineReader.Line
  let number: Int
}

/// Responses that leave together, once what they promise is kept.
private struct Batch {
  private var ledger: any Ledger
  private let jobs: Int
  private var responses: [Gathered] = []

  private struct Gathered {
    var bytes: Data
    /// What it answers; nil where nothing has to be kept.
    let asked: LineIntake.Asked?
  }

  /// Whether something could not be kept.
  private(set) var hasFailed = false

  init(_ ledger: any Ledger, jobs: Int) {
    self.ledger = ledger
    self.jobs = jobs
  }

  /// Answers with another bot from now on.
  mutating func use(_ bot: Bot, version: String) { ledger.use(bot, version: version) }

  /// Answers lines, keeps what was answered, and writes it.
  mutating func answer(_ lines: [NumberedLine], _ intake: LineIntake, at clock: Date?) throws {
    guard !lines.isEmpty else { return }
    let work = lines.concurrentMap(jobs: jobs, intake.work).flatMap { $0 }
    let now = clock ?? Date()
    let forecasts = forecasts(of: work, at: now)
    var isTold = false
    for (place, work) in work.enumerated() {
      switch work {
      case .ready(let bytes): responses.append(Gathered(bytes: bytes, asked: nil))
      case .asked(let asked):
        // Orders that are equal may be written in other letters: one that was told of since is asked
        // about anew.
        let forecast = forecasts[place].flatMap { isTold && !$0.asksNoOrders ? nil : $0 }
        answer(asked, forecast, at: now)
        if case .order = asked.request.kind { isTold = true }
      }
    }
    try flush()
  }

  /// Answers ahead, side by side, what is the first of its conversation.
  private func forecasts(of work: [LineIntake.Work], at now: Date) -> [Int: Forecast] {
    guard jobs > 1, work.count > 1 else { return [:] }
    var conversations: Set<String> = []
    var outlooks: [(place: Int, outlook: Outlook)] = []
    for (place, work) in work.enumerated() {
      guard case .asked(let asked) = work,
        conversations.insert(asked.request.conversation).inserted,
        // What cannot be looked up now is said when its turn comes.
        let outlook = try? ledger.outlook(for: asked.request)
      else { continue }
      outlooks.append((place, outlook))
    }
    let (orders, responder) = (ledger.orderBook, ledger.responder)
    let forecasts = outlooks.concurrentMap(jobs: jobs) {
      Forecast($0.outlook, orders, by: responder, at: now)
    }
    return Dictionary(uniqueKeysWithValues: zip(outlooks.map(\.place), forecasts))
  }

  /// Answers a request, or says that nothing of it was kept.
  private mutating func answer(_ asked: LineIntake.Asked, _ forecast: Forecast?, at now: Date) {
    do throws(StoreError) {
      let answer = try ledger.answer(to: asked.request, line: asked.line, at: now, forecast)
      responses.append(Gathered(bytes: asked.finished(answer), asked: asked))
    } catch {
      hasFailed = true
      responses.append(Gathered(bytes: asked.failure(error), asked: asked))
    }
  }

  private mutating func flush() throws {
    do throws(StoreError) {
      try ledger.commit()
    } catch {
      hasFailed = true
      // None of them may leave as an answer: the sender must send them again.
      for index in responses.indices {
        if let asked = responses[index].asked { responses[index].bytes = asked.failure(error) }
      }
    }
    guard !responses.isEmpty else { return }
    var output = Data(capacity: responses.reduce(0) { $0 + $1.bytes.count + 1 })
    for response in responses {
      output += response.bytes
      output.append(UInt8(ascii: "\n"))
    }
    responses.removeAll(keepingCapacity: true)
    try Terminal.write(output)
  }
}
