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

  /// How often in a row the same text is said.
  static let mostRepetitions = 2
  /// The intent of buyers who want no more messages.
  static let optOut = IntentID.optOut
  /// The intent of buyers who want nothing.
  static let thanks = IntentID.thanks

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
    let heard = hear(message, of: request, in: conversation, at: now)
    if isEcho { return Response(to: request, .ownWords, heard, .nothing) }
    if !heard.language.isForeign { conversation.locale = heard.language.read.description }
    conversation.note(heard.reading.entities, on: request.channel)
    let order = access(
      toOrderOf: message, request, heard.reading, of: heard.utterance, in: &conversation,
      orders: orders)
    let outcome = outcome(of: heard, in: &conversation)
    let wasOptedOut = conversation.isOptedOut
    let wantsNoMore = !heard.language.isForeign && outcome.contains(Self.optOut)
    if wantsNoMore { noteOptOut(message.text, of: request, in: &conversation, at: now) }
    let rhythm = Rhythm(
      timesAsked: conversation.timesAsked(message.text, until: now),
      isFlooded: conversation.isFlooded(at: now))
    if !rhythm.isFlooded { conversation.isStopped = false }
    let silence = silence(
      after: heard, outcome, of: request, rhythm, wantsNoMore: wantsNoMore,
      wasOptedOut: wasOptedOut, in: conversation)
    if let silence { return Response(to: request, silence, heard, outcome) }
    var situation = Handling.Situation(
      outcome: outcome,
      candidates: heard.reading.jointlyAnswerable(outcome, by: bot.settings.thresholds),
      isForeign: !heard.language.hasReplies,
      isTooComplex: heard.reading.isIncomplete || heard.isCut,
      order: order,
      allowsProof: request.channel.allowsProof && !isGuessedAt(order, orders),
      locale: heard.language.reply, duty: duty(of: request, at: now))
    situation.anger = Temper.anger(of: message.text, heard.reading)
    situation.claim = message.claim
    situation.hasAttachments = message.hasAttachments
    situation.isWordless = message.text.allSatisfy(\.isWhitespace)
    situation.isProofTried = heard.reading.entities.contains {
      [.email, .postcode].contains($0.kind)
    }
    let isStuck = rhythm.isFlooded || rhythm.timesAsked > Self.mostRepetitions
    let decision =
      isStuck && !outcome.isRisky && !wantsNoMore
      ? bot.handling.giveUp(heard.language.reply, about: order.view, for: situation.duty)
      : bot.handling.decide(on: situation, in: &conversation)
    conversation.isStopped = rhythm.isFlooded
    var response = deliver(
      decision, meaning: outcome.intents.map(\.intent), of: request, at: now, in: &conversation)
    if wantsNoMore, response.reply?.template?.contains("opt_out_confirmed") == true {
      conversation.note(
        Circumstances.Event(.optOutConfirmed, at: now, channel: request.channel.description))
    }
    response.intents = heard.language.isForeign ? [] : outcome.intents
    response.entities = heard.reading.entities
    response.needsAnswer = !outcome.isOnly(Self.thanks)
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
    let known = plan.order.map { bot.catalog.values(of: $0, on: occasion) }
    do throws(RenderError) {
      let draft = try bot.catalog.render(plan, for: occasion, known)
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
        known, conversation)
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
