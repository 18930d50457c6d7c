import Foundation
import Odzew

/// Answers the buyers of a shop from within its own program: no server, no file but the bot folder.
///
/// Conversations are kept where the shop keeps the rest of its data, here a folder of JSON files.
@main
struct Responding {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 2, let bot = arguments.first, let folder = arguments.last else {
      print("usage: Responding BOT-FOLDER STATE-FOLDER")
      exit(64)
    }
    let responder = Responder(try Bot.load(from: URL(filePath: bot)))
    let conversations = ConversationFolder(URL(filePath: folder))
    let orders = try shopOrders()

    // A visitor whom nobody vouches for: the shop asks for the order, then for a proof.
    let clock = Timestamp.parse("2026-11-20T10:00:00+01:00") ?? Date()
    let messages = ["Gdzie jest moja paczka?", "ZAM-2026-7001", "60-101"]
    for (number, text) in messages.enumerated() {
      let request = Request(
        id: "message-\(number + 1)", conversation: "visitor-7",
        locale: LocaleTag("pl"), sentAt: clock.addingTimeInterval(Double(number) * 60),
        kind: .message(Request.Message(text: text)))
      var conversation = try conversations.load(request.conversation)
      let response = responder.respond(
        to: request, in: &conversation, orders: orders, at: clock)
      // First kept, then sent: an answer that nobody remembers would be given twice.
      try conversations.save(conversation, as: request.conversation)
      print("buyer: \(text)")
      print("\(response.action): \(response.reply?.text.text ?? response.reason ?? "")\n")
    }
  }

  /// The shop's orders; a dictionary is an `OrderBook`, and a database can be one, too.
  static func shopOrders() throws -> [OrderNumber: Order] {
    let json = """
      {"number": "ZAM-2026-7001", "status": "shipped", "marketplace": "shop",
       "buyer": {"id": "anna", "email": "anna@example.com", "postcode": "60-101"},
       "shipments": [{"carrier": "inpost", "tracking_number": "620123456789012345678901"}]}
      """
    let order = try JSONDecoder().decode(Order.self, from: Data(json.utf8))
    return [order.number: order]
  }
}

/// Keeps conversations as JSON, one file each.
struct ConversationFolder {
  private let folder: URL

  init(_ folder: URL) { self.folder = folder }

  private func file(_ id: String) -> URL { folder.appending(path: "\(id).json") }

  func load(_ id: String) throws -> Conversation {
    guard let bytes = FileManager.default.contents(atPath: file(id).path) else {
      return Conversation()
    }
    return try JSONDecoder().decode(Conversation.self, from: bytes)
  }

  func save(_ conversation: Conversation, as id: String) throws {
    try JSONEncoder().encode(conversation).write(to: file(id), options: .atomic)
  }
}
