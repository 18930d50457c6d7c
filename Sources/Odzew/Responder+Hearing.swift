internal import Commerce
internal import Dialogue
internal import Foundation
package import Language
package import Understanding

extension Responder {
  /// A message as it was read.
  struct Heard {
    let language: MessageLanguage
    let utterance: Utterance
    let reading: Reading
    /// Whether it is longer than any question, and was read in part; a person reads the whole.
    let isCut: Bool
  }

  /// How often and how fast a buyer writes.
  struct Rhythm {
    let timesAsked: Int
    let isFlooded: Bool
  }

  /// Why nothing is said.
  enum Silence {
    case ownWords, person, machine, stopped, repeated, thanks

    /// The reason as the response gives it.
    var reason: String {
      switch self {
      case .ownWords: "these are the responder's own words, sent back by a machine"
      case .person: "a person has taken the conversation over"
      case .machine: "a machine wrote this, and machines are not answered"
      case .stopped: "the buyer has stopped messages before, and that was confirmed"
      case .repeated: "a person answers: the same was said too often"
      case .thanks: "thanks need no answer"
      }
    }

    /// Whether anybody should answer after all.
    var needsAnswer: Bool {
      switch self {
      case .person, .repeated: true
      case .ownWords, .machine, .stopped, .thanks: false
      }
    }
  }

  /// The longest message that is read whole, in bytes of UTF-8: some thousand words.
  private static let longestMessage = 10_000

  /// What is read of a message, so that nobody can keep the reading busy for minutes.
  /// - Parameter text: the message.
  /// - Returns: all of it, up to 10,000 bytes of UTF-8; of a longer one the first 2,500 characters.
  public static func legible(_ text: String) -> String {
    text.utf8.count > longestMessage ? String(text.prefix(longestMessage / 4)) : text
  }

  /// Reads a message in its language, with what the platform itself says of it.
  func hear(
    _ message: Request.Message, of request: Request, in conversation: Conversation, at now: Date
  ) -> Heard {
    let legible = Self.legible(message.text)
    let isCut = legible.utf8.count < message.text.utf8.count
    // The beginning of a long message tells its language.
    let beginning =
      message.text.utf8.count > Self.longestMessage / 4
      ? String(message.text.prefix(Self.longestMessage / 4)) : nil
    let whole = Utterance(legible)
    let sightings = bot.classifier.sightings(in: whole)
    let language =
      beginning.map {
        self.language(of: $0, known: request.locale, in: conversation, on: request.channel)
      }
      ?? self.language(
        of: whole, sightings, known: request.locale, in: conversation, on: request.channel)
    let utterance = whole.read(in: language.read)
    let context = ReadingContext(
      today: CalendarDay(of: now, in: bot.settings.calendar.zone),
      products: message.order?.items.compactMap(\.name) ?? [])
    var reading = bot.classifier.read(utterance, sightings, in: context)
    if let stated = bot.intents.first(where: { $0.id.description == message.claim?.reason }) {
      reading = reading.stating(stated)
    }
    return Heard(language: language, utterance: utterance, reading: reading, isCut: isCut)
  }

  /// What the message comes to in this conversation: an answer to what was asked, or its own.
  func outcome(of heard: Heard, in conversation: inout Conversation) -> Reading.Outcome {
    heard.reading.withoutAskingOfRisks(
      conversation.outcome(
        of: heard.reading, of: heard.utterance, by: bot.settings.thresholds,
        labels: bot.labels[heard.language.reply] ?? [:]
      ) { bot.classifier.read(Utterance($0, locale: heard.language.read)) })
  }

  /// Why nothing is said to a message; nil where something is.
  func silence(
    after heard: Heard, _ outcome: Reading.Outcome, of request: Request, _ rhythm: Rhythm,
    wantsNoMore: Bool, wasOptedOut: Bool, in conversation: Conversation
  ) -> Silence? {
    if conversation.isInHumanHands { return .person }
    let isHeard = outcome.isRisky || wantsNoMore
    if !isHeard, isAutomatic(heard.utterance.text) { return .machine }
    if wantsNoMore, wasOptedOut, outcome.isOnly(Self.optOut) { return .stopped }
    let wasStopped = rhythm.isFlooded && conversation.isStopped
    if !isHeard,
      wasStopped || rhythm.timesAsked > Self.mostRepetitions + 1
        || rhythm.timesAsked > Self.mostRepetitions && outcome.isSmallTalk
    {
      return .repeated
    }
    if outcome.isOnly(Self.thanks),
      bot.settings.channels[request.channel]?.leavesThanks ?? false
    {
      return .thanks
    }
    return nil
  }

  /// Whether a machine wrote a text; a buyer may quote one, and ask about it.
  private func isAutomatic(_ text: String) -> Bool {
    !text.utf8.contains(UInt8(ascii: "?"))
      && bot.automatic.contains(text, quoting: bot.classifier.quotationMarks)
  }

  /// A message with which a conversation begins, as it is understood.
  package struct Opening: Sendable {
    /// The message, in the language in which it is read.
    package let utterance: Utterance
    /// What was found.
    package let reading: Reading
    /// What is made of it.
    package let outcome: Reading.Outcome
    /// Whether the bot has no words for its language.
    package let isForeign: Bool
    /// Whether a machine wrote it, which gets no answer.
    package let isAutomatic: Bool
    /// Whether it was not read to its end.
    package let isIncomplete: Bool
  }

  /// Understands a message as if nothing had been said before.
  /// - Parameter request: the request.
  /// - Returns: what is made of it; nil for a request that is no message.
  package func opening(_ request: Request) -> Opening? {
    guard case .message(let message) = request.kind else { return nil }
    var conversation = Conversation()
    let moment = request.sentAt ?? Date(timeIntervalSince1970: 0)
    let heard = hear(message, of: request, in: conversation, at: moment)
    let outcome = outcome(of: heard, in: &conversation)
    let wantsNoMore = !heard.language.isForeign && outcome.contains(Self.optOut)
    return Opening(
      utterance: heard.utterance, reading: heard.reading, outcome: outcome,
      isForeign: heard.language.isForeign,
      isAutomatic: !outcome.isRisky && !wantsNoMore && isAutomatic(message.text),
      isIncomplete: heard.isCut || heard.reading.isIncomplete)
  }

  /// The same bot with other rules of understanding.
  /// - Parameter classifier: the rules.
  /// - Returns: a responder that differs in nothing else.
  package func reading(by classifier: Classifier) -> Responder {
    var bot = bot
    bot.classifier = classifier
    return Responder(bot)
  }
}

extension Response {
  /// The response to a message to which nothing is said.
  init(
    to request: Request, _ silence: Responder.Silence, _ heard: Responder.Heard,
    _ outcome: Reading.Outcome
  ) {
    self.init(to: request, .suppress, locale: heard.language.reply)
    intents = heard.language.isForeign ? [] : outcome.intents
    entities = heard.reading.entities
    reason = silence.reason
    needsAnswer = silence.needsAnswer
  }
}
