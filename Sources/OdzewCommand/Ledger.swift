internal import Foundation
internal import Odzew
internal import Store

/// What answers and remembers: in memory for one run, or in a file that survives it.
protocol Ledger {
  /// What answers.
  var responder: Responder { get }
  /// The orders as they are now; they may be asked from several threads while nothing is answered.
  var orderBook: any OrderBook { get }

  /// What a request would be answered from now; nil where it has been answered.
  func outlook(for request: Request) throws(StoreError) -> Outlook?

  /// The answer to a request: the one it got before, or a new one.
  /// - Parameters:
  ///   - request: the request.
  ///   - line: its bytes.
  ///   - now: the clock.
  ///   - forecast: the answer that was made ahead, which counts if it still holds.
  /// - Returns: the response as one line of JSON, which may leave after the next `commit()`.
  /// - Throws: `StoreError`; nothing of the message is kept then.
  mutating func answer(
    to request: Request, line: Data, at now: Date, _ forecast: Forecast?
  ) throws(StoreError) -> Data

  /// Answers with another bot from now on.
  mutating func use(_ bot: Bot, version: String)

  /// Makes what was answered last.
  /// - Throws: `StoreError`; nothing since the last commit is kept then.
  mutating func commit() throws(StoreError)
}

/// A ledger in a file.
struct StoredLedger: Ledger {
  private(set) var responder: Responder
  let store: SQLiteStore

  init(responder: Responder, store: SQLiteStore) {
    self.responder = responder
    self.store = store
  }

  var orderBook: any OrderBook { store.orders }

  func outlook(for request: Request) throws(StoreError) -> Outlook? {
    try store.outlook(for: request).map { Outlook(request: $0, conversation: $1) }
  }

  func answer(
    to request: Request, line: Data, at now: Date, _ forecast: Forecast?
  ) throws(StoreError) -> Data {
    try store.answer(to: request, line: line, at: now) { request, conversation, orders in
      responder.response(to: request, in: &conversation, orders: orders, at: now, forecast)
    }
  }

  mutating func use(_ bot: Bot, version: String) {
    responder = Responder(bot)
    store.bot = version
  }

  func commit() throws(StoreError) { try store.commit() }
}

extension Responder {
  /// The response that was made ahead, if it still holds, or a new one.
  fileprivate func response(
    to request: Request, in conversation: inout Conversation, orders: any OrderBook, at now: Date,
    _ forecast: Forecast?
  ) -> Response {
    forecast?.response(to: request, in: &conversation, orders: orders)
      ?? respond(to: request, in: &conversation, orders: orders, at: now)
  }
}

/// What happened to some, each with the conversation that knows it already.
private struct EventLists<Key: Hashable> {
  private var lists: [Key: [(conversation: String, event: Circumstances.Event)]] = [:]

  mutating func append(_ event: Circumstances.Event, of key: Key?, in conversation: String) {
    if let key { lists[key, default: []].append((conversation, event)) }
  }

  func events(of key: Key?, outside conversation: String) -> [Circumstances.Event] {
    (key.flatMap { lists[$0] } ?? []).filter { $0.conversation != conversation }.map(\.event)
  }
}

/// A ledger that is gone with the run.
struct MemoryLedger: Ledger {
  private struct Entry {
    var conversation = Conversation()
    var answers: [String: Data] = [:]
    var order: [String] = []
  }

  /// Orders, with those that requests have told of.
  private struct Orders: OrderBook {
    var byNumber: [OrderNumber: Order]
    /// When each was told of.
    var told: [OrderNumber: Date] = [:]
    var byBuyer: [String: Set<OrderNumber>] = [:]
    /// The orders that are known by a number that is not their own.
    var byReference: [OrderNumber: Set<OrderNumber>] = [:]
    var guesses: [OrderNumber: Int] = [:]

    init(_ orders: [OrderNumber: Order]) {
      byNumber = orders
      for order in orders.values { index(order) }
    }

    private mutating func index(_ order: Order) {
      if let buyer = order.buyer?.id { byBuyer[buyer, default: []].insert(order.number) }
      for other in order.otherNumbers.compactMap(OrderNumber.init) {
        byReference[other, default: []].insert(order.number)
      }
    }

    mutating func keep(_ order: Order, at moment: Date) {
      // What arrives late must not undo what is newer.
      guard moment >= told[order.number] ?? .distantPast else { return }
      byNumber[order.number] = order
      told[order.number] = moment
      index(order)
    }

    func order(numbered number: OrderNumber) -> Order? {
      if let order = byNumber[number] { return order }
      guard let others = byReference[number], others.count == 1 else { return nil }
      return others.first.flatMap { byNumber[$0] }
    }

    func orders(of buyer: String) -> [Order] {
      (byBuyer[buyer] ?? []).compactMap { byNumber[$0] }.filter { $0.buyer?.id == buyer }
        .sorted(by: Order.isLater)
    }

    func failedProofs(of number: OrderNumber) -> Int { guesses[number] ?? 0 }
  }

  private(set) var responder: Responder
  private var orders: Orders
  private var entries: [String: Entry] = [:]
  private var order: [String] = []
  private var consents: [String: [Circumstances.Consent]] = [:]
  /// What was sent about an order, or to its buyer.
  private var events = (byBuyer: EventLists<String>(), byOrder: EventLists<OrderNumber>())

  /// Bounds of the memory of a long run: the oldest goes first.
  private static let mostConversations = 20_000
  private static let mostAnswers = 200

  init(_ responder: Responder, orders: [OrderNumber: Order]) {
    self.responder = responder
    self.orders = Orders(orders)
  }

  var orderBook: any OrderBook { orders }

  func outlook(for request: Request) -> Outlook? {
    let entry = entries[request.conversation]
    guard entry?.answers[request.id] == nil else { return nil }
    return Outlook(
      request: told(request), conversation: entry?.conversation ?? Conversation())
  }

  /// A request with what other conversations have to do with it.
  private func told(_ request: Request) -> Request {
    let key = request.conversation
    var told = request
    if let buyer = request.buyer.id {
      told.circumstances.consents += consents[buyer] ?? []
    }
    let number = request.orderInQuestion
    told.circumstances.history += events.byOrder.events(of: number, outside: key)
    // What is about this order is told already.
    told.circumstances.history += events.byBuyer.events(of: request.buyer.id, outside: key)
      .filter { number == nil || $0.order.flatMap(OrderNumber.init) != number }
    return told
  }

  mutating func answer(
    to request: Request, line: Data, at now: Date, _ forecast: Forecast? = nil
  ) -> Data {
    let key = request.conversation
    if let known = entries[key]?.answers[request.id] { return known }
    if entries[key] == nil { makeRoom(for: key) }
    let told = told(request)
    var entry = entries.removeValue(forKey: key) ?? Entry()
    let before = entry.conversation
    let answer = responder.response(
      to: told, in: &entry.conversation, orders: orders, at: now, forecast
    ).json()
    if case .order(let order) = request.kind { orders.keep(order, at: request.sentAt ?? now) }
    if let buyer = request.buyer.id {
      consents[buyer, default: []] += entry.conversation.consents
        .dropFirst(before.consents.count)
    }
    let fresh = max(0, entry.conversation.eventCount - before.eventCount)
    for event in entry.conversation.history.suffix(fresh) where event.concernsTheBuyer {
      events.byBuyer.append(event, of: request.buyer.id, in: key)
      events.byOrder.append(event, of: event.order.flatMap(OrderNumber.init), in: key)
    }
    for (number, count) in entry.conversation.failedProofsByOrder {
      guard let number = OrderNumber(number) else { continue }
      orders.guesses[number, default: 0] +=
        count - (before.failedProofsByOrder[number.description] ?? 0)
    }
    entry.answers[request.id] = answer
    entry.order.append(request.id)
    if entry.order.count > Self.mostAnswers { entry.answers[entry.order.removeFirst()] = nil }
    entries[key] = entry
    return answer
  }

  mutating func use(_ bot: Bot, version: String) { responder = Responder(bot) }

  func commit() {}

  private mutating func makeRoom(for key: String) {
    order.append(key)
    guard order.count > Self.mostConversations else { return }
    // Many at once, so that making room costs little on average.
    for old in order.prefix(Self.mostConversations / 10) { entries[old] = nil }
    order.removeFirst(Self.mostConversations / 10)
  }
}
