public import Commerce
public import Dialogue
public import Foundation
internal import GRDB
public import Odzew

/// Conversations, orders, consents and the audit trail in one SQLite file that survives a crash.
///
/// Each message is one savepoint: it is wholly answered and recorded, or wholly not. Savepoints are
/// committed together by `commit()`, before any of their responses is written anywhere, so that
/// what a sender has seen is on the disk (WAL with full synchronisation: https://sqlite.org/wal.html).
public final class SQLiteStore {
  let queue: DatabaseQueue
  private let path: String
  /// The version of the bot folder, for the audit trail.
  public var bot: String
  private let base: [OrderNumber: Order]
  private let encoder = JSONEncoder()
  private let decoder = JSONDecoder()
  private var isOpen = false
  /// The last link of the audit trail.
  private var last: (number: Int, hash: String)

  /// Opens a file, or makes it.
  /// - Parameters:
  ///   - path: the file.
  ///   - bot: the version of the bot folder, for the audit trail.
  ///   - orders: orders to look up besides those that are kept.
  /// - Throws: `StoreError` where it cannot be used.
  public init(
    path: String, bot: String, orders: [OrderNumber: Order] = [:]
  ) throws(StoreError) {
    self.path = path
    self.bot = bot
    base = orders
    // What buyers write is for the eyes of the account that answers them; what SQLite puts beside the
    // file has its permissions. Whoever made the file meanwhile keeps it; where it cannot be made,
    // opening says why.
    if (try? Data().write(to: URL(filePath: path), options: .withoutOverwriting)) != nil {
      try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
    do {
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { db in
        try db.execute(
          sql: "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON")
      }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try Schema.migrator.migrate(queue)
      last = try queue.read { try Self.lastLink($0) }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// The answer to a request: the one it got before, or a new one.
  /// - Parameters:
  ///   - request: the request.
  ///   - line: its bytes.
  ///   - now: the clock.
  ///   - respond: answers it, given what is remembered.
  /// - Returns: the response as one line of JSON. It may leave after the next `commit()`.
  /// - Throws: `StoreError`; nothing of the message is kept then.
  public func answer(
    to request: Request, line: Data, at now: Date,
    _ respond: (Request, inout Conversation, StoredOrders) -> Response
  ) throws(StoreError) -> Data {
    let before = last
    do {
      try begin()
      return try queue.unsafeReentrantWrite { db in
        var answer = Data()
        try db.inSavepoint {
          answer = try self.answer(to: request, line: line, at: now, db, respond)
          return .commit
        }
        return answer
      }
    } catch {
      last = before
      throw StoreError(error, path: path)
    }
  }

  /// What a request would be answered from now: with what other conversations have to do with it, and
  /// what is remembered of its own.
  /// - Parameter request: the request.
  /// - Returns: nil where it has been answered.
  /// - Throws: `StoreError` where the file cannot be read.
  public func outlook(
    for request: Request
  ) throws(StoreError) -> (request: Request, conversation: Conversation)? {
    try perform { db in
      try knownAnswer(to: request, db) == nil ? outlook(for: request, db) : nil
    }
  }

  /// The orders that are kept; they may be asked from several threads.
  public var orders: StoredOrders { StoredOrders(queue, base) }

  private static func lastLink(_ db: Database) throws -> (number: Int, hash: String) {
    try Row.fetchOne(db, sql: "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
      .map { ($0["number"], $0["hash"]) } ?? (0, "")
  }

  private func begin() throws {
    guard !isOpen else { return }
    try queue.unsafeReentrantWrite { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      // Another program may have written since.
      last = try Self.lastLink(db)
    }
    isOpen = true
  }

  /// Puts on the disk what has been answered.
  /// - Throws: `StoreError`; nothing since the last commit is kept then.
  public func commit() throws(StoreError) {
    guard isOpen else { return }
    isOpen = false
    do {
      try queue.unsafeReentrantWrite { try $0.execute(sql: "COMMIT") }
    } catch {
      try? queue.unsafeReentrantWrite { db in
        if db.isInsideTransaction { try db.execute(sql: "ROLLBACK") }
        last = try Self.lastLink(db)
      }
      throw StoreError(error, path: path)
    }
  }

  private func answer(
    to request: Request, line: Data, at now: Date, _ db: Database,
    _ respond: (Request, inout Conversation, StoredOrders) -> Response
  ) throws -> Data {
    if let known = try knownAnswer(to: request, db) { return known }
    let (told, before) = try outlook(for: request, db)
    var conversation = before
    let orders = orders
    let response = respond(told, &conversation, orders)
    if let failure = orders.failure { throw failure }
    let bytes = response.json()
    let moment = (request.sentAt ?? now).timeIntervalSince1970
    if case .order(let order) = request.kind { try keep(order, line: line, at: moment, db) }
    try keep(conversation, since: before, of: request, at: moment, db)
    // Orders and consents have tables of their own.
    let isKept = request.keepsItsLine
    try db.run(
      "INSERT INTO answers (conversation, request, at, line, response) VALUES (?, ?, ?, ?, ?)",
      [request.conversation, request.id, moment, isKept ? line : nil, bytes])
    try chain(response, to: request, line: line, bytes, at: request.sentAt ?? now, db)
    return bytes
  }

  private func knownAnswer(to request: Request, _ db: Database) throws -> Data? {
    try db.first(
      "SELECT response FROM answers WHERE conversation = ? AND request = ?",
      [request.conversation, request.id])
  }

  private func outlook(
    for request: Request, _ db: Database
  ) throws -> (request: Request, conversation: Conversation) {
    let state = try db.first(
      "SELECT state FROM conversations WHERE id = ?", [request.conversation])
    let conversation =
      try state.map { try decoder.decode(Conversation.self, from: $0) } ?? Conversation()
    var request = request
    if let buyer = request.buyer.id {
      // Those of this conversation, too: its own state may have been dropped for its age.
      request.circumstances.consents += try db.all(
        "SELECT consent FROM consents WHERE buyer IN (?, ?) ORDER BY id",
        [buyer, Self.pseudonym(of: buyer)]
      ).map { try decoder.decode(Circumstances.Consent.self, from: $0) }
    }
    // What was sent about an order, or to its buyer, counts in every conversation.
    request.circumstances.history += try db.all(
      "SELECT event FROM events WHERE (buyer = ? OR number = ?) AND conversation <> ? ORDER BY id",
      [
        request.buyer.id, request.orderInQuestion.map(StoredOrders.key), request.conversation,
      ]
    ).map { try decoder.decode(Circumstances.Event.self, from: $0) }
    return (request, conversation)
  }

  /// Begins to gather what `commit()` puts on the disk.
  func openTransaction() throws(StoreError) {
    do {
      try begin()
    } catch {
      throw StoreError(error, path: path)
    }
  }

  func keep(_ order: Order, line: Data, at moment: Double, _ db: Database) throws {
    // What arrives late must not undo what is newer.
    try db.run(
      """
      INSERT INTO orders (number, buyer, at, line) VALUES (?, ?, ?, ?)
      ON CONFLICT (number) DO UPDATE SET buyer = excluded.buyer, at = excluded.at,
        line = excluded.line WHERE excluded.at >= orders.at
      """, [StoredOrders.key(order.number), order.buyer?.id, moment, line])
    guard db.changesCount > 0 else { return }
    let number = StoredOrders.key(order.number)
    try db.run(
      "DELETE FROM order_references WHERE number = ?", [number])
    for reference in Set(order.references.compactMap(OrderNumber.init).map(StoredOrders.key))
    where reference != number {
      try db.run(
        "INSERT INTO order_references (reference, number) VALUES (?, ?)", [reference, number])
    }
  }

  private func keep(
    _ conversation: Conversation, since before: Conversation, of request: Request,
    at moment: Double, _ db: Database
  ) throws {
    if conversation != before {
      try db.run(
        """
        INSERT INTO conversations (id, buyer, state, updated_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET buyer = coalesce(excluded.buyer, conversations.buyer),
          state = excluded.state, updated_at = max(excluded.updated_at, conversations.updated_at)
        """,
        [
          request.conversation, request.buyer.id, try encoder.encode(conversation), moment,
        ])
    }
    for consent in conversation.consents.dropFirst(before.consents.count) {
      try db.run(
        "INSERT INTO consents (buyer, conversation, at, consent) VALUES (?, ?, ?, ?)",
        [request.buyer.id, request.conversation, moment, try encoder.encode(consent)])
    }
    for event in conversation.history.suffix(max(0, conversation.eventCount - before.eventCount))
    where event.concernsTheBuyer {
      try db.run(
        "INSERT INTO events (buyer, number, conversation, event) VALUES (?, ?, ?, ?)",
        [
          request.buyer.id, event.order.flatMap(OrderNumber.init).map(StoredOrders.key),
          request.conversation, try encoder.encode(event),
        ])
    }
    for (number, count) in conversation.failedProofsByOrder {
      let more = count - (before.failedProofsByOrder[number] ?? 0)
      guard more > 0, let number = OrderNumber(number) else { continue }
      try db.run(
        """
        INSERT INTO guesses (number, count) VALUES (?, ?)
        ON CONFLICT (number) DO UPDATE SET count = count + excluded.count
        """, [StoredOrders.key(number), more])
    }
  }

  /// Adds a link about a response to the audit trail.
  private func chain(
    _ response: Response, to request: Request, line: Data, _ bytes: Data, at now: Date,
    _ db: Database
  ) throws {
    try chain(
      AuditEntry(
        number: last.number + 1, at: Timestamp.format(now, in: .gmt),
        conversation: AuditEntry.digest(of: Data(request.conversation.utf8)), request: request.id,
        action: response.action.rawValue,
        intents: response.intents.map(\.intent.description).joined(separator: " "),
        template: response.reply?.template ?? "",
        verdict: response.policy?.verdict.rawValue ?? "",
        rules: (response.policy?.findings.map(\.rule) ?? []).joined(separator: " "), bot: bot,
        asked: AuditEntry.digest(of: line), answered: AuditEntry.digest(of: bytes),
        previous: last.hash, hash: ""), db)
  }

  /// Records something that no request asked for: an erasure.
  func record(_ action: String, of subject: DataSubject, at now: Date) throws(StoreError) {
    let name =
      switch subject {
      case .buyer(let id), .conversation(let id): id
      }
    try perform { db in
      try chain(
        AuditEntry(
          number: last.number + 1, at: Timestamp.format(now, in: .gmt),
          conversation: AuditEntry.digest(of: Data(name.utf8)), request: "", action: action,
          intents: "", template: "", verdict: "", rules: "", bot: bot, asked: "", answered: "",
          previous: last.hash, hash: ""), db)
    }
  }

  private func chain(_ draft: AuditEntry, _ db: Database) throws {
    let entry = draft.sealed
    try db.run(
      "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        entry.number, entry.at, entry.conversation, entry.request, entry.action, entry.intents,
        entry.template, entry.verdict, entry.rules, entry.bot, entry.asked, entry.answered,
        entry.previous, entry.hash,
      ])
    last = (entry.number, entry.hash)
  }

  /// Does something with the database, telling failures as people understand them.
  func perform<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.unsafeReentrantWrite(body)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(error, path: path)
    }
  }
}

extension AuditEntry {
  /// The same with its hash.
  fileprivate var sealed: AuditEntry {
    AuditEntry(
      number: number, at: at, conversation: conversation, request: request, action: action,
      intents: intents, template: template, verdict: verdict, rules: rules, bot: bot,
      asked: asked, answered: answered, previous: previous, hash: expectedHash)
  }
}

extension Request {
  /// Whether the request itself is kept: for the same request again, for replay and for export.
  fileprivate var keepsItsLine: Bool {
    switch kind {
    case .message, .draft, .notice, .agent: true
    case .consent, .order: false
    }
  }
}
