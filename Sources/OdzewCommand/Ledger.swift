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
private struct EventLists<Key: Hashable & Sendable> {
  private var lists = Recent<Key, [(conversation: String, event: Circumstances.Event)]>(
    capacity: 50_000)

  mutating func append(_ event: Circumstances.Event, of key: Key?, in conversation: String) {
    guard let key else { return }
    lists.keep((lists[key] ?? []) + [(conversation, event)], for: key)
  }

  func events(of key: Key?, outside conversation: String) -> [Circumstances.Event] {
    (key.flatMap { lists[$0] } ?? []).filter { $0.conversation != conversation }.map(\.event)
  }
}

/// The orders of a file, and the latest of those that requests have told of.
private struct RememberedOrders: OrderBook {
  private let base: [OrderNumber: Order]
  private var told = Recent<OrderNumber, (order: Order, at: Date)>(capacity: mostOrders)
  private var byBuyer: [String: Set<OrderNumber>] = [:]
  /// The orders that are known by a number that is not their own.
  private var byReference: [OrderNumber: Set<OrderNumber>] = [:]
  private var guesses = Recent<OrderNumber, Int>(capacity: mostOrders)

  /// More are not remembered without a state file: some hundred megabytes.
  private static let mostOrders = 50_000

  init(_ orders: [OrderNumber: Order]) {
    base = orders
    for order in orders.values { index(order) }
  }

  mutating func keep(_ order: Order, at moment: Date) {
    // What arrives late must not undo what is newer.
    guard moment >= told[order.number]?.at ?? .distantPast else { return }
    index(order)
    for (number, old) in told.keep((order, moment), for: order.number) where base[number] == nil {
      unindex(old.order)
    }
  }

  mutating func note(_ count: Int, guessesAt number: OrderNumber) {
    guesses.keep((guesses[number] ?? 0) + count, for: number)
  }

  private func known(_ number: OrderNumber) -> Order? { told[number]?.order ?? base[number] }

  func order(numbered number: OrderNumber) -> Order? {
    if let order = known(number) { return order }
    guard let others = byReference[number], others.count == 1 else { return nil }
    return others.first.flatMap(known)
  }

  func orders(of buyer: String) -> [Order] {
    (byBuyer[buyer] ?? []).compactMap(known).filter { $0.buyer?.id == buyer }
      .sorted(by: Order.isLater)
  }

  func failedProofs(of number: OrderNumber) -> Int { guesses[number] ?? 0 }

  private mutating func index(_ order: Order) {
    if let buyer = order.buyer?.id { byBuyer[buyer, default: []].insert(order.number) }
    for other in order.otherNumbers.compactMap(OrderNumber.init) {
      byReference[other, default: []].insert(order.number)
    }
  }

  private mutating func unindex(_ order: Order) {
    if let buyer = order.buyer?.id { byBuyer[buyer] = rest(of: byBuyer[buyer], without: order) }
    for other in order.otherNumbers.compactMap(OrderNumber.init) {
      byReference[other] = rest(of: byReference[other], without: order)
    }
  }

  private func rest(of numbers: Set<OrderNumber>?, without order: Order) -> Set<OrderNumber>? {
    let rest = numbers?.filter { $0 != order.number }
    return rest?.isEmpty ?? true ? nil : rest
  }
}

/// A ledger that is gone with the run, and forgets the oldest conversations of a long one.
struct MemoryLedger: Ledger {
  private struct Entry {
    var conversation = Conversation()
    var answers: [String: Data] = [:]
    var order: [String] = []
  }

  private(set) var responder: Responder
  private var orders: RememberedOrders
  private var entries = Recent<String, Entry>(capacity: mostConversations)
  private var consents = Recent<String, [Circumstances.Consent]>(capacity: mostBuyers)
  /// What was sent about an order, or to its buyer.
  private var events = (byBuyer: EventLists<String>(), byOrder: EventLists<OrderNumber>())

  // Bounds of the memory of a long run; with a state file nothing is forgotten before its time.
  private static let mostConversations = 4_000
  private static let mostAnswers = 200
  private static let mostBuyers = 50_000

  init(_ responder: Responder, orders: [OrderNumber: Order]) {
    self.responder = responder
    self.orders = RememberedOrders(orders)
  }

  var orderBook: any OrderBook { orders }

  mutating func use(_ bot: Bot, version: String) { responder = Responder(bot) }

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
    var entry = entries[key] ?? Entry()
    if let known = entry.answers[request.id] { return known }
    let before = entry.conversation
    let answer = responder.response(
      to: told(request), in: &entry.conversation, orders: orders, at: now, forecast
    ).json()
    if case .order(let order) = request.kind { orders.keep(order, at: request.sentAt ?? now) }
    note(entry.conversation.consents.dropFirst(before.consents.count), of: request.buyer.id)
    let fresh = max(0, entry.conversation.eventCount - before.eventCount)
    for event in entry.conversation.history.suffix(fresh) where event.concernsTheBuyer {
      events.byBuyer.append(event, of: request.buyer.id, in: key)
      events.byOrder.append(event, of: event.order.flatMap(OrderNumber.init), in: key)
    }
    for (number, count) in entry.conversation.failedProofsByOrder {
      let more = count - (before.failedProofsByOrder[number] ?? 0)
      if more > 0, let number = OrderNumber(number) { orders.note(more, guessesAt: number) }
    }
    entry.answers[request.id] = answer
    entry.order.append(request.id)
    if entry.order.count > Self.mostAnswers { entry.answers[entry.order.removeFirst()] = nil }
    entries.keep(entry, for: key)
    return answer
  }

  private mutating func note(_ fresh: ArraySlice<Circumstances.Consent>, of buyer: String?) {
    guard let buyer, !fresh.isEmpty else { return }
    consents.keep((consents[buyer] ?? []) + fresh, for: buyer)
  }

  func commit() {}
}
