public import Commerce
public import Dialogue
public import Foundation
public import Language
internal import Liquid
package import Policy
internal import Replies
public import Understanding

/// Answers requests: one response for each, whatever happens on the way.
public struct Responder: Sendable {
  /// The bot whose rules are followed.
  public let bot: Bot

  /// Makes a responder.
  /// - Parameter bot: the bot whose rules are followed.
  public init(_ bot: Bot) { self.bot = bot }

  /// Responds to a request: a pure function of what it is given.
  /// - Parameters:
  ///   - request: the request.
  ///   - conversation: what is remembered, and what has to be from now on.
  ///   - orders: where orders are looked up.
  ///   - now: the clock, for requests that do not say when they were written.
  /// - Returns: the response.
  public func respond(
    to request: Request, in conversation: inout Conversation, orders: some OrderBook, at now: Date
  ) -> Response {
    let moment = request.sentAt ?? now
    switch request.kind {
    case .message(let message):
      return respond(to: message, of: request, in: &conversation, orders: orders, at: moment)
    case .draft(let draft):
      return check(draft, of: request, in: conversation, at: moment)
    case .notice(let notice, let message):
      return send(
        notice, about: message, of: request, in: &conversation, orders: orders, at: moment)
    case .agent(let event):
      return keep(event, of: request, in: &conversation, at: moment)
    case .consent(let consent):
      var consent = consent
      // Without a time of its own it counts from the request's.
      consent.at = consent.at ?? moment
      conversation.note(consent)
      return Response(to: request, .stored, locale: locale(of: request, in: conversation))
    case .order:
      return Response(to: request, .stored, locale: locale(of: request, in: conversation))
    }
  }

  /// The longest message that is read whole, in bytes of UTF-8: some thousand words.
  private static let longestMessage = 10_000
  /// How often in a row the same text is said.
  private static let mostRepetitions = 2
  /// The intent of buyers who want no more messages.
  private static let optOut = IntentID.optOut

  /// Reads a message without answering it: what `explain` shows.
  /// - Parameters:
  ///   - text: the message.
  ///   - locale: its language, if known.
  /// - Returns: what was understood, and why.
  public func read(_ text: String, locale: LocaleTag? = nil) -> Reading {
    let language = self.language(of: text, known: locale, in: Conversation(), on: .chat)
    return bot.classifier.read(Utterance(text, locale: language.read))
  }

  private func respond(
    to message: Request.Message, of request: Request, in conversation: inout Conversation,
    orders: some OrderBook, at now: Date
  ) -> Response {
    conversation.identify(request.buyer.id)
    conversation.pause(until: now)
    conversation.learn(request.circumstances.history)
    let isEcho = conversation.hasSaid(message.text)
    conversation.add(message.text, by: .buyer, at: now)
    let language = language(
      of: String(message.text.prefix(Self.longestMessage / 4)), known: request.locale,
      in: conversation, on: request.channel)
    // What is longer than any question is read in part, and a person reads the whole.
    let isTooLong = message.text.utf8.count > Self.longestMessage
    let readable = isTooLong ? String(message.text.prefix(Self.longestMessage / 4)) : message.text
    let utterance = Utterance(readable, locale: language.read)
    let context = ReadingContext(
      today: CalendarDay(of: now, in: bot.settings.calendar.zone),
      products: message.order?.items.compactMap(\.name) ?? [])
    var reading = bot.classifier.read(utterance, in: context)
    if let stated = bot.intents.first(where: { $0.id.description == message.claim?.reason }) {
      reading = reading.stating(stated)
    }
    func silent(_ reason: String, _ outcome: Reading.Outcome = .nothing) -> Response {
      var response = Response(to: request, .suppress, locale: language.reply)
      response.intents = language.isForeign ? [] : outcome.intents
      response.entities = reading.entities
      response.reason = reason
      return response
    }
    if isEcho { return silent("these are the responder's own words, sent back by a machine") }
    if !language.isForeign { conversation.locale = language.read.description }
    conversation.note(reading.entities, on: request.channel)
    let order = access(
      toOrderOf: message, request, reading, of: utterance, in: &conversation, orders: orders)
    let outcome = reading.withoutAskingOfRisks(
      conversation.outcome(
        of: reading, of: utterance, by: bot.settings.thresholds,
        labels: bot.labels[language.reply] ?? [:]
      ) { bot.classifier.read(Utterance($0, locale: language.read)) })
    let wasOptedOut = conversation.isOptedOut
    let wantsNoMore = !language.isForeign && outcome.contains(Self.optOut)
    if wantsNoMore { noteOptOut(message.text, of: request, in: &conversation, at: now) }
    if conversation.isInHumanHands {
      return silent("a person has taken the conversation over", outcome)
    }
    // A buyer may quote a machine; one who asks, or tells of a risk, is heard all the same.
    let isHeard = outcome.isRisky || wantsNoMore
    if !isHeard, !readable.contains("?"),
      bot.automatic.contains(readable, quoting: bot.classifier.quotationMarks)
    {
      return silent("a machine wrote this, and machines are not answered", outcome)
    }
    if wantsNoMore, wasOptedOut, outcome.isOnly(Self.optOut) {
      return silent("the buyer has stopped messages before, and that was confirmed", outcome)
    }
    let timesAsked = conversation.timesAsked(message.text, until: now)
    let isFlooded = conversation.isFlooded(at: now)
    if !isFlooded { conversation.isStopped = false }
    if !isHeard,
      isFlooded && conversation.isStopped || timesAsked > Self.mostRepetitions + 1
        || timesAsked > Self.mostRepetitions && outcome.isSmallTalk
    {
      return silent("a person answers: the same was said too often", outcome)
    }
    var situation = Handling.Situation(
      outcome: outcome,
      candidates: reading.jointlyAnswerable(outcome, by: bot.settings.thresholds),
      isForeign: !language.hasReplies, isTooComplex: reading.isIncomplete || isTooLong,
      order: order,
      allowsProof: request.channel.allowsProof && !isGuessedAt(order, orders),
      locale: language.reply, duty: duty(of: request, at: now))
    situation.anger = Temper.anger(of: message.text, reading)
    situation.claim = message.claim
    situation.hasAttachments = message.hasAttachments
    situation.isWordless = message.text.allSatisfy(\.isWhitespace)
    situation.isProofTried = reading.entities.contains { [.email, .postcode].contains($0.kind) }
    let isStuck = isFlooded || timesAsked > Self.mostRepetitions
    let decision =
      isStuck && !isHeard
      ? bot.handling.giveUp(language.reply, about: order.view, for: situation.duty)
      : bot.handling.decide(on: situation, in: &conversation)
    conversation.isStopped = conversation.isStopped || isFlooded
    var response = deliver(
      decision, meaning: outcome.intents.map(\.intent), of: request, at: now, in: &conversation)
    if wantsNoMore, response.reply?.template?.contains("opt_out_confirmed") == true {
      conversation.note(
        Circumstances.Event(.optOutConfirmed, at: now, channel: request.channel.description))
    }
    response.intents = language.isForeign ? [] : outcome.intents
    response.entities = reading.entities
    return response
  }

  /// Renders and reviews what was decided.
  ///
  /// Whatever fails on the way becomes an escalation with the standing reply.
  private func deliver(
    _ decision: Decision, meaning: [IntentID], of request: Request, at now: Date,
    in conversation: inout Conversation
  ) -> Response {
    var (action, plan, escalation): (Response.Action, ReplyPlan, Escalation?) =
      switch decision {
      case .reply(_, let plan): (.reply, plan, nil)
      case .clarify(let plan): (.clarify, plan, nil)
      case .escalate(let escalation, let plan): (.escalate, plan, escalation)
      }
    let duty = duty(of: request, at: now, order: plan.order?.order)
    if let promised = escalation?.keeping(conversation.pending?.dueAt, at: now) {
      (escalation, plan.dueAt) = (promised, promised.dueAt)
    }
    var occasion = bot.settings.occasion(
      request, locale: plan.locale, at: now, order: plan.order?.order)
    occasion.circumstances = bot.settings.circumstances(
      of: request, order: plan.order?.order, in: conversation)
    // What the seller says beside the responder's own words; a draft may be another machine's.
    occasion.circumstances.isDisclosed =
      bot.settings.channels[request.channel]?.discloses ?? false
    var response = Response(to: request, action, locale: plan.locale)
    var handedOver = escalation
    var hole: String?
    do throws(RenderError) {
      let draft = try bot.catalog.render(plan, for: occasion)
      response.branches = draft.branches
      let ruling = bot.filter.review(draft.text, for: occasion)
      response.policy = Response.PolicyReport(ruling)
      response.reply = ruling.text.map {
        Response.Reply(
          text: $0, template: draft.templates.joined(separator: "+"), channel: request.channel)
      }
      if ruling.text == nil, handedOver == nil {
        handedOver = bot.handling.escalations.escalation(.policy, for: duty)
      }
    } catch {
      hole = error.description
      if handedOver == nil {
        handedOver = bot.handling.escalations.escalation(.missingOrderData, for: duty)
      }
    }
    // Whoever asks a third time is not helped by the same words; two machines never are.
    if let text = response.reply?.text.text, handedOver == nil,
      conversation.timesSaid(text) >= Self.mostRepetitions
    {
      return deliver(
        bot.handling.giveUp(plan.locale, about: plan.order, for: duty), meaning: meaning,
        of: request, at: now, in: &conversation)
    }
    let reply =
      response.reply
      ?? Response.Reply(
        text: bot.standing.text(in: plan.locale, on: request.channel),
        template: Bot.standingTemplate, channel: request.channel)
    response.reply = reply
    response.policy = response.policy ?? Response.PolicyReport(verdict: .pass, findings: [])
    conversation.add(reply.text.text, by: .responder, at: now)
    if let handedOver {
      conversation.pending = Conversation.Pending(dueAt: handedOver.dueAt)
      response.action = .escalate
      response.handOff = handOff(
        handedOver, of: plan, meaning: meaning, response, hole: hole, request.claim, occasion,
        conversation)
    }
    return response
  }

  /// Reviews a text that somebody wrote.
  private func check(
    _ draft: Request.Draft, of request: Request, in conversation: Conversation, at now: Date
  ) -> Response {
    let language = language(
      of: draft.text, known: request.locale, in: Conversation(), on: request.channel)
    let occasion = bot.settings.occasion(
      for: draft, of: request, in: conversation, locale: language.reply, at: now)
    let ruling = bot.filter.review(draft.text, for: occasion)
    let action: Response.Action =
      switch ruling {
      case .passed, .changed: .pass
      case .delayed: .delay
      case .escalated: .escalate
      case .suppressed: .suppress
      case .blocked: .block
      }
    var response = Response(to: request, action, locale: language.reply)
    response.policy = Response.PolicyReport(ruling)
    var text = ruling.text
    if case .delayed(let later, let until, _) = ruling {
      (text, response.notBefore) = (later, until)
    }
    response.reply = text.map {
      Response.Reply(text: $0, template: nil, channel: request.channel)
    }
    if [.delay, .suppress].contains(action) {
      response.reason = ruling.findings.filter { !$0.action.letsPass }.map(\.message)
        .joined(separator: " ")
    }
    if action == .escalate {
      let duty = duty(of: request, at: now, order: draft.order)
      var conversation = Conversation()
      conversation.add(draft.text, by: .agent, at: now)
      response.handOff = Response.HandOff(
        escalation: bot.handling.escalations.escalation(.policy, for: duty),
        summary: ruling.findings.map(\.message).joined(separator: " "),
        transcript: conversation.transcript)
    }
    return response
  }
}

extension Responder {
  /// The first line of a chat, from the bot's own template; the standing reply where that fails.
  /// - Parameter locale: the language; the bot's own where nil.
  /// - Returns: a text that has passed the policy filter.
  package func welcome(locale: LocaleTag? = nil) -> ApprovedText {
    let locale = locale?.match(in: bot.settings.locales) ?? bot.settings.locale
    let request = Request(id: "welcome", kind: .message(Request.Message(text: "")))
    let occasion = bot.settings.occasion(request, locale: locale, at: .distantPast)
    let draft = try? bot.catalog.render(
      ReplyPlan([Bot.welcomeTemplate], locale: locale), for: occasion)
    let approved = draft.flatMap { bot.filter.review($0.text, for: occasion).text }
    return approved ?? bot.standing.text(in: locale, on: .chat)
  }
}
