internal import Commerce
internal import Dialogue
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
    let available = bot.settings.locales
    let readable = bot.classifier.locales
    let priors = [
      known, conversation.locale.flatMap(LocaleTag.init), bot.settings.channels[channel]?.locale,
    ].compactMap { $0 }
    let prior =
      priors.lazy.compactMap { $0.match(in: available) }.first ?? bot.settings.locale
    let expected =
      priors.lazy.compactMap { $0.match(in: readable) }.first ?? bot.settings.locale
    // Addresses and numbers are of no language.
    let words = text.split(whereSeparator: \.isWhitespace).filter { word in
      !word.contains { $0 == "@" || $0.isNumber }
    }
    let text = Utterance(words.joined(separator: " "))
    switch bot.classifier.language(of: text, expecting: expected) {
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

  /// The order that a message is about, as far as this buyer may see it.
  func access(
    toOrderOf message: Request.Message, _ request: Request, _ reading: Reading,
    in conversation: inout Conversation, orders: some OrderBook
  ) -> OrderAccess {
    let named = reading.entities.first { $0.kind == .orderNumber }.flatMap {
      OrderNumber($0.value)
    }
    let remembered = conversation.orderNumber.flatMap(OrderNumber.init)
    // What the buyer names is meant before what the system attached or what was spoken of before;
    // and so is an order that the buyer has just been asked to prove.
    let asked = conversation.question == .orderFact ? remembered : nil
    guard
      let number = named ?? asked ?? message.order?.number ?? message.orderNumber ?? remembered
    else { return .notNamed }
    conversation.orderNumber = number.description
    let order = message.order?.number == number ? message.order : orders.order(numbered: number)
    let attached = message.order?.number ?? message.orderNumber
    let claim = conversation.claim(of: request.buyer, attached: attached)
    guard let view = order?.view(for: claim) else {
      return .notShown(number)
    }
    return .shown(view)
  }
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
  func claim(of buyer: Request.Buyer, attached: OrderNumber?) -> BuyerClaim {
    BuyerClaim(
      id: buyer.id,
      vouch: buyer.verified == true ? attached.map(BuyerClaim.Vouch.order) ?? .buyer : .nothing,
      namedOrders: Set(namedOrders.compactMap(OrderNumber.init)), namedFacts: namedFacts)
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
}
