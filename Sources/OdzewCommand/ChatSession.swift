internal import Console
internal import Evaluation
internal import Foundation
internal import Odzew
internal import Store

/// One buyer, one conversation, and a person who looks on.
struct ChatSession {
  var responder: Responder
  let orders: ChatOrders
  let options: BotOptions
  let screen = ChatScreen()
  var clock: ChatClock
  var channel = Channel.chat
  var locale: LocaleTag?
  /// The order that the sending system attaches; a stranger writes where there is none.
  var order: Order?
  /// Who types.
  var voice = ChatScreen.Voice.buyer
  private(set) var recording = CaseRecording(on: .chat, in: nil)
  /// What was asked and answered last.
  private(set) var last: (request: Request, response: Response, moment: Date)?

  private let stored: SQLiteStore?
  private let baseName: String
  private var name: String
  private var conversation = Conversation()
  private var count = 0

  init(
    _ responder: Responder, _ orders: ChatOrders, clock: Date?, stored: SQLiteStore?,
    named name: String, _ options: BotOptions
  ) {
    self.responder = responder
    self.orders = orders
    self.options = options
    self.stored = stored
    (self.name, baseName) = (name, name)
    self.clock = ChatClock(at: clock, in: responder.bot.settings.calendar.zone)
  }

  var settings: Settings { responder.bot.settings }

  /// Says what is there, and what the bot says first where its channel shows that.
  func greet() throws {
    let parts = [
      settings.seller["name"], channel.description, clock.text(at: Date()),
      locale.map { "answers in \($0)" }, writer,
    ]
    screen.note(parts.compactMap { $0 }.joined(separator: " · "))
    if Terminal.isInteractive, isatty(0) == 1 {
      screen.note("write as a buyer would; /help lists what else there is, Ctrl-D ends")
      Terminal.note("")
    }
    if settings.channels[channel]?.discloses ?? false {
      try screen.say(responder.welcome(locale: locale).text, as: .bot)
    }
  }

  /// Who writes.
  var writer: String {
    guard let order else { return "a stranger writes" }
    let buyer = order.buyer?.name ?? order.buyer?.id ?? "the buyer"
    return "\(buyer) writes, about \(order.number), \(order.status.rawValue)"
  }

  /// Begins another conversation; what was said is not known in it.
  mutating func startOver() {
    conversation = Conversation()
    recording = CaseRecording(on: channel, in: locale)
    last = nil
    voice = .buyer
    // What a state file keeps of a conversation is not to be mixed with another.
    if stored != nil, count > 0 { name = "\(baseName)-\(UUID().uuidString.prefix(8).lowercased())" }
    count = 0
  }

  /// Takes what is typed as the message of whoever types.
  mutating func hear(_ text: String) throws {
    try screen.echo(text, as: voice)
    if voice == .agent { try send(text) } else { try answer(text) }
  }

  /// Answers a message of the buyer.
  mutating func answer(_ text: String) throws {
    try tell(.message(message(text)))
  }

  /// Has a person write to the buyer; what the rules say of the text is told, and does not stop it.
  mutating func send(_ text: String) throws {
    let draft = Request.Draft(
      text: text, references: order?.references ?? [], order: order, orderNumber: order?.number)
    var unchanged = conversation
    let verdict = responder.respond(
      to: request(.draft(draft)), in: &unchanged, orders: orders.orders, at: clock.now(at: Date()))
    showFindings(of: verdict, verb: "a person's text")
    try tell(.agent(.sent(text)))
  }

  /// What the sending system attaches: a sample by its number, as a case names it; another order whole,
  /// as a case has to bring it.
  func message(_ text: String) -> Request.Message {
    Request.Message(
      text: text, order: orders.areSamples ? nil : order, orderNumber: order?.number)
  }

  private func request(_ kind: Request.Kind) -> Request {
    // Unlike any of an earlier session with the same state file.
    Request(
      id: stored == nil ? String(count) : UUID().uuidString, conversation: name, channel: channel,
      locale: locale, buyer: Request.Buyer(verified: order != nil), kind: kind)
  }

  /// Hands a request to the bot, and shows what it does.
  mutating func tell(_ kind: Request.Kind) throws {
    count += 1
    let request = request(kind)
    let now = clock.now(at: Date())
    let response = try respond(to: request, at: now)
    recording.add(kind, at: now, response)
    if case .agent = kind { return }
    last = (request, response, now)
    if let reason = response.reason {
      let until = response.notBefore.map {
        " before \(Timestamp.format($0, in: settings.calendar.zone))"
      }
      screen.note("nothing is said\(until ?? ""): \(reason)", .yellow)
    }
    if let reply = response.reply { try screen.say(reply.text.text, as: .bot) }
    showFindings(of: response, verb: "the text")
    if let limit = settings.channels[channel]?.lengthLimit, let reply = response.reply {
      // As the channels count.
      screen.note("\(reply.text.text.utf16.count) of \(limit) characters")
    }
    if let handOff = response.handOff {
      let escalation = handOff.escalation
      let due = Timestamp.format(escalation.dueAt, in: settings.calendar.zone)
      screen.note(
        "a person takes over: \(escalation.queue), \(escalation.priority.rawValue), by \(due);"
          + " \(handOff.summary)", .yellow)
    }
  }

  /// Says which rules of policy a text has met.
  private func showFindings(of response: Response, verb: String) {
    guard let policy = response.policy else { return }
    let outcome =
      switch policy.verdict {
      case .pass: "is marked"
      case .changed: "was changed"
      case .blocked: "is stopped"
      }
    for finding in policy.findings {
      let excerpt = finding.excerpt.isEmpty ? "" : " „\(finding.excerpt)”"
      screen.note(
        "\(verb) \(outcome) by \(finding.rule) (\(finding.action.rawValue)):\(excerpt) "
          + "\(finding.message) (\(finding.source))", .yellow)
    }
  }

  private mutating func respond(to request: Request, at now: Date) throws -> Response {
    guard let stored else {
      return responder.respond(
        to: request, in: &conversation, orders: orders.orders, at: now)
    }
    var answer: Response?
    do throws(StoreError) {
      _ = try stored.answer(to: request, line: line(of: request), at: now) {
        request, conversation, orders in
        let response = responder.respond(
          to: request, in: &conversation, orders: orders, at: now)
        answer = response
        return response
      }
      try stored.commit()
    } catch {
      throw StateOptions.failure(error)
    }
    return answer ?? Response(InvalidRequest(.internal, "no response", id: request.id), line: count)
  }

  /// The request as the pipe would have taken it, for whoever reads the state file later.
  private func line(of request: Request) -> Data {
    var fields: [String: String?] = [
      "id": request.id, "conversation": request.conversation,
      "channel": request.channel.description, "locale": request.locale?.description,
      "order_number": request.orderInQuestion?.description,
    ]
    switch request.kind {
    case .message(let message): fields["text"] = message.text
    case .notice(let notice, _): fields.merge(["type": "notice", "notice": notice.rawValue]) { $1 }
    case .agent(.takeover): fields.merge(["type": "agent", "event": "takeover"]) { $1 }
    case .agent(.release): fields.merge(["type": "agent", "event": "release"]) { $1 }
    case .agent(.sent(let text)):
      fields.merge(["type": "agent", "event": "sent", "text": text]) { $1 }
    case .draft, .consent, .order: return Data()
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(fields.compactMapValues { $0 })) ?? Data()
  }
}
