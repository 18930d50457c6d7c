internal import Evaluation
internal import Foundation
internal import Odzew
internal import Replies

/// Why an answer is as it is: what was decided, from which files its words come, and what the rules say.
struct AnswerExplanation {
  private let response: Response
  private let request: Request
  private let order: Order?
  private let moment: Date
  private let bot: Bot

  init(
    _ response: Response, to request: Request, about order: Order?, at moment: Date, _ bot: Bot
  ) {
    self.response = response
    self.request = request
    self.order = order
    self.moment = moment
    self.bot = bot
  }

  /// The rules that hold for answers on a channel.
  static func rules(
    on channel: Channel, about order: Order?, of bot: Bot
  ) -> [PolicyFilter.RuleSummary] {
    let request = Request(
      id: "", channel: channel, kind: .message(Request.Message(text: "")))
    return bot.filter.rules(
      for: bot.settings.occasion(request, locale: nil, at: .distantPast, order: order))
  }

  /// A table of two columns.
  var text: String {
    rows.map { name, value in
      name.padding(toLength: 12, withPad: " ", startingAt: 0) + value
    }.joined(separator: "\n")
  }

  private var rows: [(String, String)] {
    let intents = response.intents.map {
      "\($0.intent) \(Figure.whole($0.confidence)) %"
    }
    var rows = [
      (
        "action",
        "\(response.action.rawValue) on \(request.channel)"
          + (response.locale.map { " in \($0)" } ?? "")
      ),
      ("intents", intents.isEmpty ? "none" : intents.joined(separator: ", ")),
    ]
    if let reason = response.reason { rows.append(("silent", reason)) }
    if let reply = response.reply {
      rows.append(("templates", templates(of: reply).joined(separator: ", ")))
      rows.append(("length", length(of: reply.text.text)))
    }
    if let policy = response.policy {
      let rules = Self.rules(on: request.channel, about: order, of: bot)
      rows.append(("policy", "\(policy.verdict.rawValue); \(count(rules.count, "rule")) in force"))
      rows += policy.findings.map {
        ("", "\($0.rule) (\($0.action.rawValue)): \($0.message) – \($0.source)")
      }
    }
    if let handOff = response.handOff {
      let escalation = handOff.escalation
      let due = Timestamp.format(escalation.dueAt, in: bot.settings.calendar.zone)
      rows.append(
        (
          "person",
          "\(escalation.queue), \(escalation.priority.rawValue), by \(due), "
            + "because of \(escalation.reason.rawValue)"
        ))
      rows += escalation.deadlines.map {
        ("deadline", "\($0.id): \(Timestamp.format($0.dueAt, in: bot.settings.calendar.zone))")
      }
      if let proposal = handOff.proposal { rows.append(("proposal", proposal.text)) }
    }
    return rows
  }

  /// The files that the words stand in, the channel's own where it has them.
  private func templates(of reply: Response.Reply) -> [String] {
    let locale = response.locale ?? bot.settings.locale
    let known = Set(bot.catalog.names(in: locale))
    let names = (reply.template ?? "").split(separator: "+").map(String.init)
    return (names + [TemplateCatalog.frame]).map { name in
      let own = "\(name)@\(reply.channel)"
      return "Templates/\(locale)/\(known.contains(own) ? own : name).liquid"
    }
  }

  private func length(of text: String) -> String {
    let limit = bot.settings.channels[request.channel]?.lengthLimit
    return count(text.count, "character") + (limit.map { " of at most \($0)" } ?? "")
  }
}
