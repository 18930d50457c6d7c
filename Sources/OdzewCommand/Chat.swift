internal import ArgumentParser
internal import Foundation
internal import Odzew
internal import Store

/// A chat session in the terminal.
struct Chat: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "A chat session with one buyer in the terminal.",
    discussion: """
      Each line is a message of the buyer; the answer follows. Lines that begin with '/' are for \
      the person at the terminal:
      \(commands)

      Without '--orders' the bot's sample orders are used, at the clock that suits them.

      Examples:
        odzew chat --order ZAM-2026-1001
        printf 'Where is my parcel?\\n' | odzew chat --locale en
      """)

  static let commands = """
      /order NUMBER   speak as the buyer of this order ('/order' alone: as a stranger again)
      /explain        why the last message was understood as it was
      /locale TAG     answer in this language ('/locale' alone: in the buyer's)
      /help           this list
      /quit           the end
    """

  @OptionGroup var options: BotOptions

  @Option(
    help: ArgumentHelp(
      "Orders to look up: a JSON array, or one JSON object a line.", valueName: "file"))
  var orders: String?

  @Option(help: ArgumentHelp("Speak as the buyer of this order.", valueName: "number"))
  var order: String?

  @Option(help: ArgumentHelp("The language to answer in.", valueName: "tag"))
  var locale: String?

  @OptionGroup var state: StateOptions

  @Option(
    help: ArgumentHelp(
      "Which conversation of the state file goes on.", valueName: "id"))
  var conversation = "chat"

  func run() throws {
    let responder = Responder(try options.load())
    let (orders, clock) = try orderBook(responder)
    let stored = state.state == nil ? nil : try state.open(orders: orders, mustExist: false)
    var session = ChatSession(
      responder, orders: orders, clock: options.now ?? clock, stored: stored,
      named: conversation)
    if let locale { session.setLocale(locale) }
    if let order { session.setOrder(order) }
    try session.say(responder.welcome(locale: session.locale))
    var lines = LineReader(limit: Pipe.lineLimit)
    while true {
      prompt()
      guard let line = try lines.next(beforeWaiting: {}) else { break }
      guard case .text(let bytes) = line else {
        Terminal.note("(this line cannot be read: it is too long or not UTF-8)", .yellow)
        continue
      }
      let text = String(decoding: bytes, as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      if text.isEmpty { continue }
      if text == "/quit" { return }
      if text.hasPrefix("/") {
        try session.obey(text)
      } else {
        try session.answer(text)
      }
    }
    if Terminal.isInteractive { Terminal.note("") }
  }

  /// The orders to talk about, and the clock that suits them.
  private func orderBook(_ responder: Responder) throws -> ([OrderNumber: Order], Date?) {
    if let orders { return (try OrderFile(orders).orders, nil) }
    guard let samples = responder.bot.settings.samples else { return ([:], nil) }
    let file = try options.folder.appending(path: samples.orders).path
    return (try OrderFile(file).orders, samples.now)
  }

  private func prompt() {
    if isatty(0) == 1 { Terminal.note("> ", .bold, ending: "") }
  }
}

/// One buyer, one conversation.
struct ChatSession {
  private let responder: Responder
  private let orders: [OrderNumber: Order]
  private let clock: Date?
  private let stored: SQLiteStore?
  private let name: String
  private var conversation = Conversation()
  private var count = 0
  private var lastMessage: String?
  private var order: OrderNumber?
  private(set) var locale: LocaleTag?

  init(
    _ responder: Responder, orders: [OrderNumber: Order], clock: Date?, stored: SQLiteStore?,
    named name: String
  ) {
    self.stored = stored
    self.name = name
    self.responder = responder
    self.orders = orders
    self.clock = clock
  }

  /// Answers a message of the buyer.
  mutating func answer(_ text: String) throws {
    count += 1
    lastMessage = text
    // Unlike any of an earlier session with the same state file.
    let id = stored == nil ? String(count) : UUID().uuidString
    let request = Request(
      id: id, conversation: name, channel: .chat, locale: locale,
      buyer: Request.Buyer(verified: order != nil),
      kind: .message(Request.Message(text: text, orderNumber: order)))
    let response = try respond(to: request, at: clock ?? Date())
    if let reason = response.reason { Terminal.note("(nothing is said: \(reason))", .yellow) }
    if let reply = response.reply { try say(reply.text) }
    if let handOff = response.handOff {
      let escalation = handOff.escalation
      let due = Timestamp.format(
        escalation.dueAt, in: responder.bot.settings.calendar.zone)
      Terminal.note(
        "(a person takes over: \(escalation.queue), \(escalation.priority.rawValue), by \(due);"
          + " \(handOff.summary))", .yellow)
    }
  }

  private mutating func respond(to request: Request, at now: Date) throws -> Response {
    guard let stored else {
      return responder.respond(to: request, in: &conversation, orders: orders, at: now)
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
    guard case .message(let message) = request.kind else { return Data() }
    let fields: [String: String?] = [
      "id": request.id, "conversation": request.conversation,
      "channel": request.channel.description,
      "text": message.text, "order_number": message.orderNumber?.description,
      "locale": request.locale?.description,
    ]
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(fields.compactMapValues { $0 })) ?? Data()
  }

  /// Shows a text as the bot's side of the conversation.
  func say(_ approved: ApprovedText) throws {
    let text = approved.text
    if Terminal.isInteractive {
      try Terminal.print(Terminal.coloured(text, .cyan) + "\n")
    } else {
      try Terminal.print(text)
    }
  }

  /// Does what a line with `/` says.
  mutating func obey(_ line: String) throws {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let argument = words.count > 1 ? words[1].trimmingCharacters(in: .whitespaces) : nil
    switch words[0] {
    case "/order": setOrder(argument)
    case "/locale": setLocale(argument)
    case "/explain":
      guard let lastMessage else {
        Terminal.note("(nothing has been said yet)")
        return
      }
      let reading = responder.read(lastMessage, locale: locale)
      try Terminal.print(Explanation(reading, of: lastMessage, responder.bot).text)
    case "/help": Terminal.note(Chat.commands)
    default: Terminal.note("(there is no command '\(words[0])')\n\(Chat.commands)", .yellow)
    }
  }

  /// Speaks as the buyer of an order, or as a stranger.
  mutating func setOrder(_ text: String?) {
    conversation = Conversation()
    order = nil
    guard let text else {
      Terminal.note("(now a stranger writes)", .dim)
      return
    }
    guard let number = OrderNumber(text), let found = orders[number] else {
      let known = orders.keys.map(\.description).sorted().joined(separator: ", ")
      Terminal.note("(there is no order '\(text)'; known: \(known))", .yellow)
      return
    }
    order = number
    let buyer = found.buyer?.name ?? found.buyer?.id ?? "the buyer"
    Terminal.note("(\(buyer) writes, about \(number), \(found.status.rawValue))", .dim)
  }

  /// Answers in a language, or in the buyer's.
  mutating func setLocale(_ text: String?) {
    guard let text else {
      locale = nil
      Terminal.note("(answers in the buyer's language)", .dim)
      return
    }
    let known = responder.bot.settings.locales
    guard let tag = LocaleTag(text)?.match(in: known) else {
      Terminal.note(
        "(there is no locale '\(text)'; known: \(known.map(\.description).joined(separator: ", ")))",
        .yellow)
      return
    }
    locale = tag
    Terminal.note("(answers in \(tag))", .dim)
  }
}
