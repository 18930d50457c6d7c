internal import Commerce
internal import Dialogue
internal import Foundation
internal import Language
internal import Understanding

extension Responder {
  /// The languages of a message.
  struct MessageLanguage {
    /// The one by whose rules it is read.
    let read: LocaleTag
    /// The one it is answered in.
    let reply: LocaleTag
    /// Whether the bot has no words for it.
    let isForeign: Bool
    /// Whether the bot has templates for it, too.
    let hasReplies: Bool
  }

  /// In which language a message is read, and in which it is answered: what the sending system
  /// knows decides the answer; the text itself decides the reading; the conversation, the channel
  /// and the bot's own language follow in turn.
  func language(
    of text: String, known: LocaleTag?, in conversation: Conversation, on channel: Channel
  ) -> MessageLanguage {
    let utterance = Utterance(text)
    return language(
      of: utterance, bot.classifier.sightings(in: utterance), known: known, in: conversation,
      on: channel)
  }

  /// The same of a message whose words have been looked up.
  func language(
    of whole: Utterance, _ sightings: Sightings, known: LocaleTag?,
    in conversation: Conversation, on channel: Channel
  ) -> MessageLanguage {
    let available = bot.settings.locales
    let readable = bot.classifier.locales
    // What answers a question is too short, and too full of names, to tell another language by.
    let written = whole.text.unicodeScalars.split(whereSeparator: \.isSpace)
    let isAnswer = conversation.question != nil && written.count <= Self.longestAnswer
    let priors = [
      known, conversation.locale.flatMap(LocaleTag.init), bot.settings.channels[channel]?.locale,
    ].compactMap { $0 }
    let prior =
      priors.lazy.compactMap { $0.match(in: available) }.first ?? bot.settings.locale
    let expected =
      priors.lazy.compactMap { $0.match(in: readable) }.first ?? bot.settings.locale
    // Addresses and numbers are of no language.
    let words = written.filter { word in
      !word.contains { $0 == "@" || $0.isNumber }
    }
    let verdict =
      words.count == written.count
      ? bot.classifier.language(of: whole, sightings, expecting: expected)
      : bot.classifier.language(
        of: Utterance(words.map { String($0) }.joined(separator: " ")), expecting: expected)
    switch verdict {
    case _ where isAnswer && conversation.locale == expected.description:
      return MessageLanguage(read: expected, reply: prior, isForeign: false, hasReplies: true)
    case .certain(let detected):
      let own = detected.match(in: available)
      return MessageLanguage(
        read: detected, reply: known?.match(in: available) ?? own ?? prior, isForeign: false,
        hasReplies: own != nil)
    case .unknown:
      return MessageLanguage(read: expected, reply: prior, isForeign: false, hasReplies: true)
    case .foreign:
      return MessageLanguage(read: expected, reply: prior, isForeign: true, hasReplies: false)
    }
  }

  /// How many words a message has at the most that only names a thing.
  private static let longestPick = 4
  /// How many words an answer to a question has at the most.
  private static let longestAnswer = 8

  /// When a request came, and by whose clock it is to be answered.
  func duty(of request: Request, at now: Date, order: Order? = nil) -> AnswerDuty {
    let settings = bot.settings
    let place =
      settings.channels[request.channel] ?? request.marketplace.flatMap { settings.channels[$0] }
    var duty = AnswerDuty(
      since: now, deadline: place?.answerDeadline?.value ?? AnswerDuty.usualDeadline,
      country: settings.circumstances(of: request, order: order).buyerCountry)
    duty.decisionDue = request.claim?.dueAt
    return duty
  }

  /// The order that a message is about, as far as this buyer may see it.
  func access(
    toOrderOf message: Request.Message, _ request: Request, _ reading: Reading,
    of utterance: Utterance, in conversation: inout Conversation, orders: some OrderBook
  ) -> OrderAccess {
    let named = reading.entities.first { $0.kind == .orderNumber }.flatMap {
      OrderNumber($0.value)
    }
    let attached = message.order?.number ?? message.orderNumber
    var claim = conversation.claim(of: request.buyer, attached: attached)
    let remembered = conversation.orderNumber.flatMap(OrderNumber.init)
    let own = named == nil ? ownOrders(of: request, claim, orders) : []
    // What the buyer names is meant before what the system attached or what was spoken of before;
    // and so is an order that the buyer has just been asked to prove, or chosen from a list.
    let asked = conversation.question == .orderFact ? remembered : nil
    let (chosen, others) = chosen(from: own, in: utterance, reading, conversation)
    conversation.hasPickedOrder = chosen != nil
    if named == nil, asked == nil, chosen == nil, !others.isEmpty {
      return .several(Array(others.prefix(Self.mostOrders)))
    }
    guard let number = named ?? asked ?? chosen ?? attached ?? remembered ?? only(own) else {
      return own.isEmpty ? .notNamed : .several(Array(own.prefix(Self.mostOrders)))
    }
    if case .order = conversation.question { conversation.question = nil }
    // An order that many have failed to prove is proved to nobody.
    if orders.failedProofs(of: number) >= Self.mostProofs { claim.namedFacts = [] }
    conversation.orderNumber = number.description
    conversation.spokenOf.removeAll { $0 == number.description }
    conversation.spokenOf.append(number.description)
    let order = message.order?.number == number ? message.order : orders.order(numbered: number)
    guard let view = order?.view(for: claim) else {
      return .notShown(number)
    }
    return .shown(view)
  }

  /// How many orders a buyer is asked to choose from.
  private static let mostOrders = 5
  /// How long an order is asked about, in seconds: guarantee claims name theirs.
  private static let recent: TimeInterval = 120 * 24 * 3600

  /// The recent orders of a buyer whom the sender vouches for.
  private func ownOrders(
    of request: Request, _ claim: BuyerClaim, _ orders: some OrderBook
  ) -> [OrderView] {
    guard let id = request.buyer.id, !id.isEmpty else { return [] }
    let all = orders.orders(of: id)
    let newest = all.compactMap(\.placedAt).max()
    return all.filter { order in
      guard let placed = order.placedAt, let newest else { return true }
      return newest.timeIntervalSince(placed) < Self.recent
    }.compactMap { $0.view(for: claim) }
  }

  private func only(_ views: [OrderView]) -> OrderNumber? {
    views.count == 1 ? views.first?.order.number : nil
  }

  /// The order that a buyer picks: from the list that was shown, or by pointing at another than the
  /// one spoken of; or those that may be meant, where it is open which.
  private func chosen(
    from own: [OrderView], in utterance: Utterance, _ reading: Reading,
    _ conversation: Conversation
  ) -> (OrderNumber?, [OrderView]) {
    func views(_ numbers: [String]) -> [OrderView] {
      numbers.compactMap { number in own.first { $0.order.number.description == number } }
    }
    if case .order(let numbers) = conversation.question,
      let one = Conversation.order(among: views(numbers), in: utterance, reading)
    {
      return (one.order.number, [])
    }
    // "And the kettle?": another thing from the list that was shown. No number: "in 2 days" is none.
    if !conversation.offered.isEmpty,
      utterance.text.split(whereSeparator: \.isWhitespace).count <= Self.longestPick,
      let one = Conversation.order(named: views(conversation.offered), in: utterance)
    {
      return (one.order.number, [])
    }
    guard let current = conversation.orderNumber,
      !Conversation.pointers(in: reading.concepts, of: utterance).isEmpty
    else { return (nil, []) }
    let offered = views(conversation.offered)
    if let place = Conversation.place(in: offered.count, said: utterance, reading.concepts) {
      return (offered[place].order.number, [])
    }
    let spoken = conversation.spokenOf.filter { $0 != current }
    if spoken.count == 1 { return (OrderNumber(spoken[0]), []) }
    let others = own.filter { $0.order.number.description != current }
    return others.count == 1 ? (others[0].order.number, []) : (nil, others)
  }

  /// Whether somebody has tried too often to prove that an order is theirs, in whichever
  /// conversations.
  func isGuessedAt(_ order: OrderAccess, _ orders: some OrderBook) -> Bool {
    guard case .notShown(let number) = order else { return false }
    return orders.failedProofs(of: number) >= Self.mostProofs
  }

  /// How often anybody may fail to prove an order before only people do it.
  private static let mostProofs = 6
}

extension Channel {
  /// Whether a buyer may prove here whose order it is (protocol, "An order": in a chat).
  var allowsProof: Bool { self == .chat }
}

extension Conversation {
  /// Remembers what the buyer named, where naming it is a proof.
  mutating func note(_ entities: [Entity], on channel: Channel) {
    guard channel.allowsProof else { return }
    namedOrders.formUnion(entities.filter { $0.kind == .orderNumber }.map(\.value))
    let facts = Set(
      entities.filter { $0.kind == .email || $0.kind == .postcode }.map(\.value))
    // A buyer knows the own postcode and address; who names many is guessing.
    if facts.count <= 2, namedFacts.union(facts).count <= 4 { namedFacts.formUnion(facts) }
  }

  /// Who the buyer claims to be by now.
  ///
  /// Whoever has failed to prove it, and was told that a person takes over, proves nothing any more
  /// here: otherwise the next guess might be right.
  func claim(of buyer: Request.Buyer, attached: OrderNumber?) -> BuyerClaim {
    let isClosed = failedProofs >= Handling.patience
    return BuyerClaim(
      id: buyer.id,
      vouch: buyer.verified == true ? attached.map(BuyerClaim.Vouch.order) ?? .buyer : .nothing,
      namedOrders: isClosed ? [] : Set(namedOrders.compactMap(OrderNumber.init)),
      namedFacts: namedFacts)
  }
}

extension Reading.Outcome {
  /// What the response says was understood.
  var intents: [Response.FoundIntent] {
    switch self {
    case .answerable(let answerables):
      answerables.map { Response.FoundIntent(intent: $0.intent, confidence: $0.confidence) }
    case .ambiguous(let findings):
      findings.map { Response.FoundIntent(intent: $0.intent, confidence: $0.confidence) }
    case .nothing: []
    }
  }

  /// Whether an intent is answered.
  func contains(_ intent: IntentID) -> Bool {
    if case .answerable(let answerables) = self {
      answerables.contains { $0.intent == intent }
    } else {
      false
    }
  }

  /// Whether only thanks, a greeting or the like is answered.
  var isSmallTalk: Bool {
    if case .answerable(let answerables) = self {
      answerables.allSatisfy(\.isSmallTalk)
    } else {
      false
    }
  }

  /// Whether something is told that must never be passed over: a threat, an injury, a leak, fraud.
  var isRisky: Bool {
    if case .answerable(let answerables) = self {
      answerables.contains { $0.risk >= Self.gravestPassedOver }
    } else {
      false
    }
  }

  /// The least risk that is never passed over: from abuse on, as the intents' files rank it.
  private static let gravestPassedOver = 3

  /// Whether an intent is all that is answered.
  func isOnly(_ intent: IntentID) -> Bool {
    if case .answerable(let answerables) = self {
      answerables.allSatisfy { $0.intent == intent }
    } else {
      false
    }
  }
}

extension Reading {
  /// The outcome in which nobody is asked whether they threaten, were hurt or want a person: where
  /// that is likeliest of all, a person is fetched, in vain at worst.
  func withoutAskingOfRisks(_ outcome: Outcome) -> Outcome {
    guard case .ambiguous(let findings) = outcome, let first = findings.first,
      first.risk > 0, first.intent != .optOut, first.confidence >= Self.leastRisk,
      let answerable = chosen(first.intent)
    else { return outcome }
    return .answerable([answerable])
  }

  /// From which confidence on a risk that is likeliest of all is not asked about.
  private static let leastRisk = 0.4
}

extension Unicode.Scalar {
  fileprivate var isSpace: Bool {
    isASCII ? value == 32 || (9...13).contains(value) : properties.isWhitespace
  }

  fileprivate var isNumber: Bool {
    isASCII ? (48...57).contains(value) : properties.numericType != nil
  }
}
