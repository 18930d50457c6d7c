internal import Foundation
internal import Language
internal import Liquid
public import Odzew

/// Runs cases and says what the bot does, in a form that people read and compare.
public struct CaseRunner: Sendable {
  private let responder: Responder
  private let orders: [OrderNumber: Order]

  /// Makes a runner.
  /// - Parameters:
  ///   - responder: the bot under test.
  ///   - orders: the sample orders that cases name.
  public init(_ responder: Responder, orders: [OrderNumber: Order]) {
    self.responder = responder
    self.orders = orders
  }

  /// What came of a case.
  public struct Outcome: Sendable {
    /// The case.
    public let sample: Case
    /// What happened, what is done, and the reply, as people read and compare them.
    public let transcript: String
    /// What the case expects and does not get.
    public let failures: [String]
    /// What the responder said.
    let responses: [Response]
  }

  /// Runs cases, on all cores.
  /// - Parameter cases: the cases.
  /// - Returns: what came of each, in their order.
  public func run(_ cases: [Case]) -> [Outcome] {
    cases.concurrentMap { run($0) }
  }

  /// Holds the conversation of a case.
  /// - Parameter sample: the case.
  /// - Returns: what came of it; the same for the same case and bot.
  public func run(_ sample: Case) -> Outcome {
    var conversation = Conversation()
    var answered: [String: Response] = [:]
    var parts: [String] = []
    var responses: [Response] = []
    var failures: [String] = []
    var now = sample.now
    for (index, step) in sample.steps.enumerated() {
      now = now.addingTimeInterval(step.delay)
      let id = step.id ?? String(index)
      // Whoever keeps conversations gives the same request the same answer.
      let response =
        answered[id]
        ?? responder.respond(
          to: request(step, of: sample, id: id), in: &conversation, orders: orders, at: now)
      answered[id] = response
      parts.append(Self.transcript(of: step.kind, response))
      responses.append(response)
      let place = sample.steps.count > 1 ? "step \(index + 1): " : ""
      failures += (step.expectation?.failures(of: response) ?? []).map { place + $0 }
    }
    return Outcome(
      sample: sample, transcript: parts.joined(separator: "\n"), failures: failures,
      responses: responses)
  }

  private func request(_ step: CaseStep, of sample: Case, id: String) -> Request {
    let number = step.orderNumber ?? sample.orderNumber
    func message(_ text: String) -> Request.Message {
      Request.Message(
        text: text, order: step.orderNumber == nil ? sample.order : nil, orderNumber: number)
    }
    let kind: Request.Kind =
      switch step.kind {
      case .message(let text): .message(message(text))
      case .notice(let notice): .notice(notice, message(""))
      case .agent(let event): .agent(event)
      }
    // A sender that names an order vouches for its buyer; one that names a buyer says who writes.
    return Request(
      id: id, channel: sample.channel, locale: sample.locale,
      buyer: Request.Buyer(
        id: sample.buyer, verified: sample.buyer == nil && sample.orderNumber != nil), kind: kind)
  }

  /// What happened, what was done, and the reply, as a golden transcript has it.
  static func transcript(of kind: CaseStep.Kind, _ response: Response) -> String {
    let heard =
      switch kind {
      case .message(let text): "> \(text)"
      case .notice(let notice): "! \(notice.rawValue)"
      case .agent(.takeover): "* a person takes over"
      case .agent(.release): "* a person hands back"
      case .agent(.sent(let text)): "* \(text)"
      }
    let intents = response.intents.map(\.intent.description).joined(separator: ", ")
    let escalation = response.handOff.map {
      " → \($0.escalation.queue), \($0.escalation.priority.rawValue)"
    }
    return """
      \(heard)
      [\(response.action.rawValue): \(intents.isEmpty ? "–" : intents) \
      · \(response.reply?.template ?? "–")\(escalation ?? "")]
      \(response.reply?.text.text ?? response.reason ?? "")

      """
  }
}
