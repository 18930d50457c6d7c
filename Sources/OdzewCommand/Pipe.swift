internal import Adapters
internal import ArgumentParser
internal import Foundation
internal import Odzew
internal import Store

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
        odzew pipe --state shop.odzew < requests.ndjson > responses.ndjson
        odzew pipe --from chatwoot --to chatwoot --state shop.odzew < webhooks.ndjson

      With --from each line is a document as that system sends it, with one message or more: each \
      message gets a response of its own. With --to a response also has 'calls': what is to be sent \
      to that system, in order. 'odzew adapt' lists the systems.
      """)

  /// The longest line that is read (protocol, "The pipe").
  static let lineLimit = 1 << 20

  @OptionGroup var options: BotOptions

  @Option(
    help: ArgumentHelp(
      "Orders to look up: a JSON array, or one JSON object a line.", valueName: "file"))
  var orders: String?

  @OptionGroup var state: StateOptions

  @Option(
    help: ArgumentHelp(
      "The system whose documents the lines are; 'auto' finds out.", valueName: "system"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "The system that responses are to reach; 'auto' for the one that the document came from.",
      valueName: "system"))
  var to: String?

  func validate() throws {
    if to != nil, from == nil { throw ValidationError("'--to' needs '--from'") }
  }

  func run() throws {
    let translation = try from.map { try Translation(from: $0, to: to, in: options.folder) }
    let bot = try options.load()
    let orders = try orders.map { try OrderFile($0).orders } ?? [:]
    var batch = Batch(try state.ledger(of: bot, in: try options.folder, orders: orders))
    var lines = LineReader(limit: Self.lineLimit)
    var number = 0
    // Responses are gathered while there is more to read, and written before waiting for more.
    while let line = try lines.next(beforeWaiting: { try batch.flush() }) {
      number += 1
      respond(to: line, number, by: translation, in: &batch)
      if batch.size > 1 << 16 { try batch.flush() }
    }
    try batch.flush()
    if batch.hasFailed { throw ExitStatus.inputOutput.exit }
  }

  private func respond(
    to line: LineReader.Line, _ number: Int, by translation: Translation?, in batch: inout Batch
  ) {
    func refuse(_ fault: InvalidRequest) {
      let response = Response(fault, line: number).json()
      batch.add(
        translation == nil ? response : Translation.Place(line: number).added(to: response))
    }
    switch line {
    case .tooLong: refuse(InvalidRequest(.lineTooLong, "the line is longer than 1 MiB"))
    case .invalidUTF8: refuse(InvalidRequest(.invalidUTF8, "the line is not UTF-8"))
    case .text(let json):
      do throws(InvalidRequest) {
        if let translation {
          try respond(to: json, number, by: translation, in: &batch)
        } else {
          batch.answer(try Request(json: json), line: json, number, at: options.now ?? Date())
        }
      } catch {
        refuse(error)
      }
    }
  }
}

extension Pipe {
  /// Answers every message of another system's document.
  private func respond(
    to document: Data, _ number: Int, by translation: Translation, in batch: inout Batch
  ) throws(InvalidRequest) {
    let (messages, target) = try translation.inbound(from: document)
    var place = Translation.Place(line: number)
    if messages.isEmpty {
      batch.add(
        place.added(
          to: Response(skipping: nil, in: nil, because: "there is no message in this document")
            .json()))
    }
    place.parts = messages.count
    for (index, message) in messages.enumerated() {
      place.part = index + 1
      switch message {
      case .fault(let fault): batch.add(place.added(to: Response(fault, line: number).json()))
      case .skipped(let author, let envelope):
        batch.add(
          place.added(
            to: Response(
              skipping: envelope.text("id"), in: envelope.text("conversation"),
              because: author == Inbound.answered
                ? "the seller has written since" : "no buyer wrote this: \(author)",
              needsAnswer: author == Inbound.staff
            ).json()))
      case .request(let envelope):
        do throws(InvalidRequest) {
          let request = try Request(json: envelope.json)
          let failing = { [place] (failure: Data) in place.added(to: failure) }
          batch.answer(
            request, line: envelope.json, number, at: options.now ?? Date(), failing: failing
          ) {
            place.added(to: Translation.finished($0, to: envelope, for: target))
          }
        } catch {
          batch.add(place.added(to: Response(envelope.explained(error), line: number).json()))
        }
      }
    }
  }
}

/// Responses that leave together, once what they promise is kept.
private struct Batch {
  private var ledger: any Ledger
  private var responses: [Gathered] = []

  private struct Gathered {
    var bytes: Data
    /// The response instead where it cannot be kept; nil where nothing has to be.
    let failure: ((StoreError) -> Data)?
  }

  private(set) var size = 0
  /// Whether something could not be kept.
  private(set) var hasFailed = false

  init(_ ledger: any Ledger) { self.ledger = ledger }

  mutating func add(_ bytes: Data, failure: ((StoreError) -> Data)? = nil) {
    responses.append(Gathered(bytes: bytes, failure: failure))
    size += bytes.count
  }

  /// Answers a request, or says that nothing of it was kept.
  mutating func answer(
    _ request: Request, line: Data, _ number: Int, at now: Date,
    failing: @escaping (Data) -> Data = { $0 }, finishing: (Data) -> Data = { $0 }
  ) {
    let failure = { (error: StoreError) in failing(Self.failure(error, request.id, number)) }
    do throws(StoreError) {
      add(finishing(try ledger.answer(to: request, line: line, at: now)), failure: failure)
    } catch {
      hasFailed = true
      add(failure(error))
    }
  }

  /// Keeps what was answered, and writes it.
  mutating func flush() throws {
    do throws(StoreError) {
      try ledger.commit()
    } catch {
      hasFailed = true
      // None of them may leave as an answer: the sender must send them again.
      for index in responses.indices {
        if let failure = responses[index].failure { responses[index].bytes = failure(error) }
      }
    }
    guard !responses.isEmpty else { return }
    var output = Data(capacity: size + responses.count)
    for response in responses {
      output += response.bytes
      output.append(UInt8(ascii: "\n"))
    }
    responses.removeAll(keepingCapacity: true)
    size = 0
    try Terminal.write(output)
  }

  private static func failure(_ error: StoreError, _ id: String, _ line: Int) -> Data {
    Response(InvalidRequest(.internal, error.description, id: id), line: line).json()
  }
}
