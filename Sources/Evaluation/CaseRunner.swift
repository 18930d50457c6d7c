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
    /// Each message of the buyer, what is done, and the reply, as people read and compare them.
    public let transcript: String
    /// The names of the templates that the replies were made from.
    public let templates: Set<String>
  }

  /// Holds the conversation of a case.
  /// - Parameter sample: the case.
  /// - Returns: what came of it; the same for the same case and bot.
  public func run(_ sample: Case) -> Outcome {
    var conversation = Conversation()
    var parts: [String] = []
    var templates: Set<String> = []
    for (index, text) in sample.messages.enumerated() {
      let request = Request(
        id: String(index), channel: sample.channel, locale: sample.locale,
        buyer: Request.Buyer(verified: sample.order != nil),
        kind: .message(Request.Message(text: text, orderNumber: sample.order)))
      let response = responder.respond(
        to: request, in: &conversation, orders: orders, at: sample.now)
      let intents = response.intents.map(\.intent.description).joined(separator: ", ")
      let escalation = response.handOff.map {
        " → \($0.escalation.queue), \($0.escalation.priority.rawValue)"
      }
      parts.append(
        """
        > \(text)
        [\(response.action.rawValue): \(intents.isEmpty ? "–" : intents) \
        · \(response.reply?.template ?? "–")\(escalation ?? "")]
        \(response.reply?.text.text ?? "")

        """)
      templates.formUnion((response.reply?.template ?? "").split(separator: "+").map(String.init))
    }
    return Outcome(transcript: parts.joined(separator: "\n"), templates: templates)
  }
}
