internal import Evaluation
internal import Foundation
internal import Odzew
internal import Store

/// Turns the exchanges of a state file into what a report counts.
struct TrailReader {
  let bot: Bot
  let orders: any OrderBook

  /// What a response says, as far as reports want to know.
  private struct Answer: Decodable {
    struct Escalation: Decodable {
      let reason: String
      let queue: String
      let priority: String
      let dueAt: String
    }

    struct Entity: Decodable {
      let kind: String
      let value: String
    }

    let locale: String?
    let needsAnswer: Bool?
    let notBefore: String?
    let escalation: Escalation?
    let entities: [Entity]?
  }

  /// What the request says of people, which nothing else of the program keeps.
  private struct People: Decodable {
    struct Person: Decodable { let name: String? }
    struct Order: Decodable { let buyer: Person? }

    let buyer: Person?
    let order: Order?
  }

  private let decoder = JSONDecoder()
  private let redaction: SentenceRedaction
  /// The same few goods come all day long.
  private let names = Memo<String, String>(capacity: 4096)

  init(bot: Bot, orders: any OrderBook, _ redaction: SentenceRedaction) {
    self.bot = bot
    self.orders = orders
    self.redaction = redaction
    decoder.keyDecodingStrategy = .convertFromSnakeCase
  }

  /// A link of the trail as a report counts it; nil where its time cannot be read.
  func entry(_ exchange: SQLiteStore.Exchange) -> ServiceEntry? {
    let link = exchange.entry
    guard let at = Timestamp.parse(link.at) else { return nil }
    let request = exchange.request.flatMap { try? Request(json: $0) }
    let answer = exchange.response.flatMap { try? decoder.decode(Answer.self, from: $0) }
    var entry = ServiceEntry(
      link: link.number, at: at,
      // The digest's beginning tells a billion conversations apart.
      conversation: UInt64(link.conversation.prefix(16), radix: 16) ?? 0,
      kind: kind(of: link, request, isKept: answer != nil),
      action: Response.Action(rawValue: link.action))
    entry.intents = link.intents.split(separator: " ").map(String.init)
    entry.rules = link.rules.split(separator: " ").map(String.init)
    entry.verdict = link.verdict
    entry.isTextKept = answer != nil || entry.kind == .erasure
    entry.locale = answer?.locale
    entry.needsAnswer = answer?.needsAnswer ?? (answer != nil || entry.action != .suppress)
    entry.notBefore = answer?.notBefore.flatMap(Timestamp.parse)
    guard let request, case .message(let message) = request.kind else { return entry }
    entry.channel = request.channel.description
    entry.clock = clock(of: request, at: at)
    entry.handOff = answer?.escalation.map { escalation in
      ServiceEntry.HandOff(
        reason: escalation.reason, queue: escalation.queue,
        priority: Escalation.Priority(rawValue: escalation.priority) ?? .normal,
        dueAt: Timestamp.parse(escalation.dueAt) ?? entry.clock?.dueAt ?? at)
    }
    if bot.reasons.concern(entry.intents) {
      entry.complaint = complaint(entry, message, request, answer, exchange.request)
    }
    return entry
  }

  private func kind(
    of link: AuditEntry, _ request: Request?, isKept: Bool
  ) -> ServiceEntry.Kind {
    switch request?.kind {
    case .message: return .message
    case .draft: return .draft
    case .notice: return .notice
    case .agent(.sent): return .personWrote
    case .agent(.release): return .handedBack
    case .agent(.takeover), .consent, .order: return .record
    case nil: break
    }
    // What is left of the link tells most of it.
    switch Response.Action(rawValue: link.action) {
    case nil: return .erasure
    case .stored: return .record
    case .pass, .block: return .draft
    case .clarify, .escalate, .error: return .message
    case .reply, .suppress, .delay: return link.intents.isEmpty ? .unknown : .message
    }
  }

  /// When the buyer must have an answer by the channel's clock as it is today.
  private func clock(of request: Request, at moment: Date) -> ServiceEntry.Clock {
    let settings = bot.settings
    let place =
      settings.channels[request.channel] ?? request.marketplace.flatMap { settings.channels[$0] }
    let name = place?.answerDeadline?.value ?? AnswerDuty.usualDeadline
    let due = settings.deadlines[name]?.due(
      after: moment, in: nil, zone: settings.calendar.zone, settings.countries)
    return ServiceEntry.Clock(name, dueAt: due ?? moment.addingTimeInterval(24 * 3600))
  }

  private func complaint(
    _ entry: ServiceEntry, _ message: Request.Message, _ request: Request, _ answer: Answer?,
    _ line: Data?
  ) -> ServiceEntry.Complaint {
    let order = order(in: message, request, answer)
    let locale = answer?.locale.flatMap(LocaleTag.init) ?? bot.settings.locale
    let utterance = Utterance(message.text, locale: locale)
    let aside = Quotation.aside(in: message.text, by: bot.classifier.quotationMarks)
    let people = line.flatMap { try? decoder.decode(People.self, from: $0) }
    let names = Set(
      [people?.buyer?.name, people?.order?.buyer?.name, order?.buyer?.name].compactMap { $0 })
    let bytes = Array(message.text.utf8)
    let sightings = bot.reasons.sightings(
      in: utterance, locale.language, aside: aside, readAs: entry.intents)
    return ServiceEntry.Complaint(
      product(in: order, answer),
      Dictionary(
        sightings.map { sighting in
          (
            sighting.reason,
            BuyerSentence(
              String(decoding: bytes[sighting.sentence], as: UTF8.self), locale: locale.language,
              names: names.sorted(), link: entry.link)
          )
        }, uniquingKeysWith: { first, _ in first }))
  }

  /// The order in question: the one that the system attached, or the buyer's own that they named.
  private func order(
    in message: Request.Message, _ request: Request, _ answer: Answer?
  ) -> Order? {
    if let order = message.order { return order }
    if let number = message.orderNumber { return orders.order(numbered: number) }
    let named = answer?.entities?.first { $0.kind == Entity.Kind.orderNumber.rawValue }
    guard let number = named.flatMap({ OrderNumber($0.value) }), let buyer = request.buyer.id,
      let order = orders.order(numbered: number), order.buyer?.id == buyer
    else { return nil }
    return order
  }

  private func product(in order: Order?, _ answer: Answer?) -> ServiceEntry.Product {
    guard let items = order?.items, !items.isEmpty else { return .unknown }
    let named = answer?.entities?.first { $0.kind == Entity.Kind.product.rawValue }?.value
    guard let item = items.count == 1 ? items.first : items.first(where: { $0.name == named }),
      item.name != nil || item.sku != nil
    else { return items.count == 1 ? .unknown : .oneOfSeveral }
    let name = item.name.map { name in
      names.answer(to: name) { redaction.name(ofGoods: name) }
    }
    return ServiceEntry.Product(sku: item.sku ?? "", name: name ?? "")
  }
}
