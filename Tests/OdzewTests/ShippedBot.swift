import Foundation
import Odzew

/// The bot folder that ships, with its sample orders and their clock.
struct ShippedBot {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  let responder: Responder
  let orders: [OrderNumber: Order]
  let now: Date

  /// Loaded once for all tests: it never changes.
  private static let bot = Result { try Bot.load(from: root) }

  init() throws {
    responder = Responder(try Self.bot.get())
    let bytes = try Data(contentsOf: Self.root.appending(path: "Samples/orders.json"))
    let all = try JSONDecoder().decode([Order].self, from: bytes)
    orders = Dictionary(uniqueKeysWithValues: all.map { ($0.number, $0) })
    now = responder.bot.settings.samples?.now ?? Date(timeIntervalSince1970: 0)
  }

  func respond(
    _ text: String, channel: String = "chat", buyer: Request.Buyer = Request.Buyer(),
    order: String? = nil, locale: String? = nil, in conversation: inout Conversation
  ) -> Response {
    let request = Request(
      id: "1", channel: Channel(channel) ?? .chat, locale: locale.flatMap { LocaleTag($0) },
      buyer: buyer,
      kind: .message(
        Request.Message(text: text, orderNumber: order.flatMap { OrderNumber($0) })))
    return responder.respond(to: request, in: &conversation, orders: orders, at: now)
  }

  func respond(
    _ text: String, channel: String = "chat", buyer: Request.Buyer = Request.Buyer(),
    order: String? = nil, locale: String? = nil
  ) -> Response {
    var conversation = Conversation()
    return respond(
      text, channel: channel, buyer: buyer, order: order, locale: locale, in: &conversation)
  }
}
