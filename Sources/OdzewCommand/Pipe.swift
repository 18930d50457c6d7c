internal import ArgumentParser
internal import Foundation
internal import Odzew

/// The pipe: line-delimited JSON in, line-delimited JSON out.
struct Pipe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answers line-delimited JSON: one request a line, one response a line.",
    discussion: """
      Reads requests from standard input and writes exactly one response for each line, in the \
      order of the lines. A line that cannot be read gets a response with 'action': 'error', and \
      the next line is answered as if nothing had happened.

      Example:
        echo '{"id":"1","text":"Where is my parcel?","order_number":"ZAM-2026-1001",\
      "buyer":{"id":"anna_k"}}' | odzew pipe --orders orders.json
      """)

  /// The longest line that is read (protocol, "The pipe").
  static let lineLimit = 1 << 20

  @OptionGroup var options: BotOptions

  @Option(
    help: ArgumentHelp(
      "Orders to look up: a JSON array, or one JSON object a line.", valueName: "file"))
  var orders: String?

  func run() throws {
    let responder = Responder(try options.load())
    let orders = try orders.map { try OrderFile($0).orders } ?? [:]
    var ledger = Ledger()
    var lines = LineReader(limit: Self.lineLimit)
    var number = 0
    // Responses are gathered while there is more to read, and written before waiting for more.
    var output = Data()
    func flush() throws {
      guard !output.isEmpty else { return }
      try Terminal.write(output)
      output.removeAll(keepingCapacity: true)
    }
    while let line = try lines.next(beforeWaiting: flush) {
      number += 1
      output += respond(to: line, number, responder, orders, &ledger)
      output.append(UInt8(ascii: "\n"))
      if output.count > 1 << 16 { try flush() }
    }
    try flush()
  }

  private func respond(
    to line: LineReader.Line, _ number: Int, _ responder: Responder, _ orders: some OrderBook,
    _ ledger: inout Ledger
  ) -> Data {
    func refuse(_ code: Response.Failure.Code, _ message: String) -> Data {
      Response(InvalidRequest(code, message), line: number).json()
    }
    switch line {
    case .tooLong: return refuse(.lineTooLong, "the line is longer than 1 MiB")
    case .invalidUTF8: return refuse(.invalidUTF8, "the line is not UTF-8")
    case .text(let json):
      do throws(InvalidRequest) {
        let request = try Request(json: json)
        return ledger.answer(to: request) { conversation in
          responder.respond(
            to: request, in: &conversation, orders: orders, at: options.now ?? Date())
        }
      } catch {
        return Response(error, line: number).json()
      }
    }
  }
}

/// What a run of the pipe remembers: its conversations, and what each message was answered, so that
/// a repeated message gets the same bytes and changes nothing.
struct Ledger {
  private struct Entry {
    var conversation = Conversation()
    var answers: [String: Data] = [:]
    var order: [String] = []
  }

  private var entries: [String: Entry] = [:]
  private var order: [String] = []

  /// Bounds of the memory of a long run: the oldest goes first.
  private static let mostConversations = 20_000
  private static let mostAnswers = 200

  /// The answer to a request: the one it got before, or a new one.
  mutating func answer(
    to request: Request, _ respond: (inout Conversation) -> Response
  ) -> Data {
    let key = request.conversation
    if let known = entries[key]?.answers[request.id] { return known }
    if entries[key] == nil {
      order.append(key)
      if order.count > Self.mostConversations {
        // Many at once, so that making room costs little on average.
        for old in order.prefix(Self.mostConversations / 10) { entries[old] = nil }
        order.removeFirst(Self.mostConversations / 10)
      }
    }
    var entry = entries.removeValue(forKey: key) ?? Entry()
    let answer = respond(&entry.conversation).json()
    entry.answers[request.id] = answer
    entry.order.append(request.id)
    if entry.order.count > Self.mostAnswers { entry.answers[entry.order.removeFirst()] = nil }
    entries[key] = entry
    return answer
  }
}
