import Commerce
import Dialogue
import Foundation
import Language
import Odzew
import Policy
import Replies
import Understanding

/// Microseconds that each stage takes for a message, over lines of the pipe from standard input.
///
///     Benchmarks/Pipe/messages.py 2000 1 | .build/release/StagesBenchmark
///
/// Each stage runs alone over all lines, several rounds; the best round counts, since other work on the
/// machine only ever adds. What a stage makes is used, so that none can be left out.
@main
struct StagesBenchmark {
  private let bot: Bot
  private let lines: [Data]
  private let now = Date(timeIntervalSince1970: 1_795_000_000)

  static func main() throws {
    let input = FileHandle.standardInput.readDataToEndOfFile()
    let lines = input.split(separator: UInt8(ascii: "\n")).map { Data($0) }
    guard !lines.isEmpty else {
      print("no lines; usage: Benchmarks/Pipe/messages.py 2000 1 | .build/release/StagesBenchmark")
      return
    }
    let root = URL(filePath: FileManager.default.currentDirectoryPath)
    try StagesBenchmark(bot: try Bot.load(from: root), lines: lines).run()
  }

  private func run() throws {
    let requests = try lines.map { try Request(json: $0) }
    let texts = requests.map { request in
      if case .message(let message) = request.kind { message.text } else { "" }
    }
    let responder = Responder(bot)
    let responses = requests.map { respond(to: $0, by: responder) }
    let utterances = zip(texts, responses).map { Utterance($0, locale: $1.locale) }
    let plans = zip(requests, responses).compactMap(plan)
    let replies = zip(requests, responses).compactMap { request, response in
      response.reply.map { ($0.text.text, occasion(of: request, in: response)) }
    }
    print("\(lines.count) lines, \(plans.count) replies rendered")
    func report(_ stage: String, _ count: Int, _ body: () -> Int) {
      let each = best(of: count, body)
      print("\(stage.padding(toLength: 34, withPad: " ", startingAt: 0)) \(decimal(each)) µs")
    }
    report("decode a line", lines.count) {
      lines.reduce(0) { $0 + ((try? Request(json: $1)) == nil ? 0 : 1) }
    }
    report("fold", texts.count) { texts.reduce(0) { $0 + Folding.fold($1).bytes.count } }
    report("tell the language", utterances.count) {
      utterances.reduce(0) { $0 + (bot.classifier.language(of: $1) == .unknown ? 0 : 1) }
    }
    report("read", utterances.count) {
      utterances.reduce(0) { $0 + bot.classifier.read($1).findings.count }
    }
    report("render a reply", plans.count) {
      plans.reduce(0) { sum, plan in
        sum + ((try? bot.catalog.render(plan.0, for: plan.1))?.text.utf8.count ?? 0)
      }
    }
    report("review a reply, seen before", replies.count) {
      replies.reduce(0) { $0 + bot.filter.review($1.0, for: $1.1).findings.count + 1 }
    }
    report("encode a response", responses.count) {
      responses.reduce(0) { $0 + $1.json().count }
    }
    // A mark of its own makes each text one that was never seen.
    var round = 0
    let fresh = best(of: replies.count) {
      round += 1
      return replies.enumerated().reduce(0) { sum, reply in
        let text = reply.element.0 + " (\(round)-\(reply.offset))"
        return sum + bot.filter.review(text, for: reply.element.1).findings.count + 1
      }
    }
    let whole = best(of: requests.count) {
      requests.reduce(0) { $0 + (respond(to: $1, by: responder).reply == nil ? 0 : 1) }
    }
    print("review a reply, for the first time \(decimal(fresh)) µs")
    print("all of it, without the line        \(decimal(whole)) µs")
  }

  private func respond(to request: Request, by responder: Responder) -> Response {
    var conversation = Conversation()
    return responder.respond(to: request, in: &conversation, orders: NoOrders(), at: now)
  }

  /// The plan of a reply whose templates want nothing but the order.
  private func plan(_ request: Request, _ response: Response) -> (ReplyPlan, Occasion)? {
    guard case .message(let message) = request.kind, let reply = response.reply,
      let names = reply.template?.split(separator: "+").map(String.init),
      let locale = response.locale
    else { return nil }
    let view = message.order.flatMap { order in
      order.view(for: BuyerClaim(id: request.buyer.id, vouch: .order(order.number)))
    }
    let plan = ReplyPlan(names, locale: locale, order: view, dueAt: now)
    let occasion = occasion(of: request, in: response)
    return (try? bot.catalog.render(plan, for: occasion)) == nil ? nil : (plan, occasion)
  }

  private func occasion(of request: Request, in response: Response) -> Occasion {
    Occasion(
      channel: request.channel,
      isPlatformMessage: bot.settings.marketplaces.contains(request.channel),
      locale: response.locale, lengthLimit: bot.settings.channels[request.channel]?.lengthLimit,
      moment: now)
  }

  /// Microseconds for each of so many, in the best of several rounds.
  private func best(of count: Int, _ body: () -> Int) -> Double {
    var best = Double.infinity
    var made = 0
    for _ in 0..<5 {
      let start = ContinuousClock.now
      made += body()
      let (seconds, attoseconds) = (ContinuousClock.now - start).components
      best = min(best, Double(seconds) * 1e6 + Double(attoseconds) / 1e12)
    }
    precondition(made > 0)
    return best / Double(max(1, count))
  }

  private func decimal(_ number: Double) -> String { String(format: "%7.1f", number) }
}

private struct NoOrders: OrderBook {
  func order(numbered number: OrderNumber) -> Order? { nil }
  func orders(of buyer: String) -> [Order] { [] }
  func failedProofs(of number: OrderNumber) -> Int { 0 }
}
