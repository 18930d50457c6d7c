internal import Commerce
internal import Dialogue
internal import Foundation
internal import Language
internal import Liquid
internal import Policy
internal import Replies

extension Responder {
  /// Writes what a system asks for of its own accord.
  ///
  /// Nobody waits for such a message: whatever stands in its way, nothing is said, and the system
  /// learns why.
  func send(
    _ notice: Notice, about message: Request.Message, of request: Request,
    in conversation: inout Conversation, orders: some OrderBook, at now: Date
  ) -> Response {
    let order = message.order ?? message.orderNumber.flatMap { orders.order(numbered: $0) }
    let known =
      request.locale ?? request.buyer.locale.flatMap(LocaleTag.init) ?? order?.buyer?.locale
    let language = language(of: "", known: known, in: conversation, on: request.channel)
    func suppressed(_ reason: String) -> Response {
      var response = Response(to: request, .suppress, locale: language.reply)
      response.reason = reason
      return response
    }
    let claim = conversation.claim(of: request.buyer, attached: order?.number)
    guard let view = order?.view(for: claim) else {
      return suppressed("there is no such order of this buyer")
    }
    if conversation.isInHumanHands, notice.kind != .notice {
      return suppressed("a person has taken the conversation over")
    }
    var occasion = bot.settings.occasion(
      request, locale: language.reply, at: now, order: view.order)
    occasion.kind = notice.kind
    occasion.circumstances = bot.settings.circumstances(
      of: request, order: view.order, in: conversation)
    occasion.circumstances.purpose = occasion.circumstances.purpose ?? notice.rawValue
    do throws(RenderError) {
      let draft = try bot.catalog.render(
        ReplyPlan([notice.template], locale: language.reply, order: view), for: occasion)
      let ruling = bot.filter.review(draft.text, for: occasion)
      if case .delayed(_, let until, _) = ruling {
        var response = suppressed(ruling.findings.map(\.message).joined(separator: " "))
        response.action = .delay
        response.notBefore = until
        response.policy = Response.PolicyReport(ruling)
        return response
      }
      guard let text = ruling.text else {
        var response = suppressed(ruling.findings.map(\.message).joined(separator: " "))
        response.policy = Response.PolicyReport(ruling)
        return response
      }
      var response = Response(to: request, .reply, locale: language.reply)
      response.branches = draft.branches
      response.policy = Response.PolicyReport(ruling)
      response.reply = Response.Reply(
        text: text, template: notice.template, channel: request.channel)
      conversation.add(text.text, by: .responder, at: now)
      note(notice, about: view.order, on: request.channel, in: &conversation, at: now)
      return response
    } catch {
      return suppressed("the order lacks what the message needs: \(error)")
    }
  }
}
