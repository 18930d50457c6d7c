internal import Commerce
internal import Dialogue
internal import Foundation
internal import Odzew
internal import Synchronization

/// The answer that a request will get, made before its turn, unless what it rests on has changed by
/// then.
///
/// It keeps everything that the answer was made from. When its turn comes, the request is answered
/// anew where any of that is different; so messages may be answered side by side, and every answer is
/// the one that comes of answering them one after the other.
struct Forecast: Sendable {
  private let request: Request
  private let before: Conversation
  private let lookups: Lookups
  private let after: Conversation
  private let response: Response

  /// Answers a request ahead of its turn.
  /// - Parameters:
  ///   - outlook: the request with all that is known about it, and its conversation, as they are now.
  ///   - orders: the orders as they are now.
  ///   - responder: what answers.
  ///   - now: the clock.
  init(_ outlook: Outlook, _ orders: any OrderBook, by responder: Responder, at now: Date) {
    lookups = Lookups(orders)
    request = outlook.request
    before = outlook.conversation
    var conversation = before
    response = responder.respond(to: request, in: &conversation, orders: lookups, at: now)
    after = conversation
  }

  /// Whether no order was asked about.
  var asksNoOrders: Bool { lookups.isEmpty }

  /// The answer, if it still holds.
  /// - Parameters:
  ///   - request: the request with all that is known about it.
  ///   - conversation: its conversation, which becomes what it is after the answer.
  ///   - orders: the orders.
  /// - Returns: the response, or nil where something is different now.
  func response(
    to request: Request, in conversation: inout Conversation, orders: any OrderBook
  ) -> Response? {
    guard request == self.request, conversation == before, lookups.hold(in: orders) else {
      return nil
    }
    conversation = after
    return response
  }
}

/// What a request is answered from, besides the orders.
struct Outlook: Sendable {
  /// The request, with what other conversations have to do with it.
  let request: Request
  /// What is remembered of its own conversation.
  let conversation: Conversation
}

/// Orders, and a record of what was asked about them.
private final class Lookups: OrderBook {
  private enum Lookup: Sendable {
    case order(OrderNumber, Order?)
    case orders(String, [Order])
    case failedProofs(OrderNumber, Int)
  }

  private let orders: any OrderBook
  private let made = Mutex<[Lookup]>([])

  init(_ orders: any OrderBook) { self.orders = orders }

  func order(numbered number: OrderNumber) -> Order? {
    let order = orders.order(numbered: number)
    made.withLock { $0.append(.order(number, order)) }
    return order
  }

  func orders(of buyer: String) -> [Order] {
    let found = orders.orders(of: buyer)
    made.withLock { $0.append(.orders(buyer, found)) }
    return found
  }

  func failedProofs(of number: OrderNumber) -> Int {
    let count = orders.failedProofs(of: number)
    made.withLock { $0.append(.failedProofs(number, count)) }
    return count
  }

  var isEmpty: Bool { made.withLock(\.isEmpty) }

  /// Whether everything that was asked is still answered in the same way.
  func hold(in orders: any OrderBook) -> Bool {
    made.withLock { made in
      made.allSatisfy { lookup in
        switch lookup {
        case .order(let number, let order): orders.order(numbered: number) == order
        case .orders(let buyer, let found): orders.orders(of: buyer) == found
        case .failedProofs(let number, let count): orders.failedProofs(of: number) == count
        }
      }
    }
  }
}
