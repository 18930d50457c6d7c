internal import Commerce
public import Foundation
internal import GRDB

extension SQLiteStore {
  /// What checking the audit trail found.
  public struct AuditReport: Sendable, Hashable {
    /// How many links there are.
    public let count: Int
    /// The hash of the last one: noted elsewhere, it proves that none was cut off the end.
    public let head: String
    /// What does not fit, by the number of the link.
    public let faults: [String]
  }

  /// One exchange of a conversation: the link, and the texts where they are still kept.
  public struct Exchange: Sendable {
    /// The link of the trail.
    public let entry: AuditEntry
    /// The request's bytes.
    public let request: Data?
    /// The response's bytes.
    public let response: Data?
  }

  /// Checks every link of the trail.
  /// - Returns: how many links there are, and which do not fit.
  /// - Throws: `StoreError` where the file cannot be read.
  /// - Complexity: O(n) in the number of links.
  public func audit() throws(StoreError) -> AuditReport {
    try perform { db in
      var (count, previous) = (0, "")
      var faults: [String] = []
      let rows = try Row.fetchCursor(db, sql: "SELECT * FROM audit ORDER BY number")
      while let row = try rows.next() {
        let entry = AuditEntry(row)
        count += 1
        if entry.number != count {
          faults.append("\(entry.number): \(entry.number - count) links before it are missing")
          count = entry.number
        }
        if entry.previous != previous {
          faults.append("\(entry.number): does not follow the link before it")
        }
        if entry.hash != entry.expectedHash { faults.append("\(entry.number): has been changed") }
        previous = entry.hash
      }
      // What is kept must be what the trail says was answered.
      let known = Set(try String.fetchAll(db, sql: "SELECT answered FROM audit"))
      let responses = try Data.fetchCursor(db, sql: "SELECT response FROM answers")
      while let response = try responses.next() {
        if !known.contains(AuditEntry.digest(of: response)) {
          faults.append("a kept response is not the one that was given")
        }
      }
      return AuditReport(count: count, head: previous, faults: faults)
    }
  }

  /// What happened in a conversation, oldest first.
  /// - Parameter conversation: its identity.
  /// - Returns: the links, with the texts that are still kept.
  /// - Throws: `StoreError` where the file cannot be read.
  public func story(of conversation: String) throws(StoreError) -> [Exchange] {
    try perform { db in
      try exchanges(
        db, where: "audit.conversation = ?", [AuditEntry.digest(of: Data(conversation.utf8))])
    }
  }

  /// What happened in the conversation of a link, oldest first: for who knows no name.
  /// - Parameter link: the link's place in the trail.
  /// - Returns: the links, with the texts that are still kept; none where there is no such link.
  /// - Throws: `StoreError` where the file cannot be read.
  public func story(ofLink link: Int) throws(StoreError) -> [Exchange] {
    try perform { db in
      try exchanges(
        db, where: "audit.conversation = (SELECT conversation FROM audit WHERE number = ?)", [link])
    }
  }

  /// Goes through the trail, oldest link first, and holds one exchange at a time.
  /// - Parameters:
  ///   - moment: links about what was written before it are left out.
  ///   - body: receives each exchange.
  /// - Throws: `StoreError` where the file cannot be read.
  /// - Complexity: O(n log n) in the number of links.
  public func forEachExchange(
    since moment: Date, _ body: (Exchange) -> Void
  ) throws(StoreError) {
    try perform { db in
      // RFC 3339 in UTC sorts as it reads.
      let rows = try cursor(
        db, where: "audit.at >= ?", [Timestamp.format(moment, in: .gmt)])
      while let row = try rows.next() { body(Exchange(row)) }
    }
  }

  private func exchanges(
    _ db: Database, where condition: String, _ arguments: StatementArguments
  ) throws -> [Exchange] {
    let rows = try cursor(db, where: condition, arguments)
    var exchanges: [Exchange] = []
    while let row = try rows.next() { exchanges.append(Exchange(row)) }
    return exchanges
  }

  /// The trail with the texts that belong to it.
  ///
  /// The trail knows conversations by their digests alone, so those of the kept ones are made for the
  /// time of the search. A text counts only where it is the one that the link tells of: an identity may have been
  /// used again after its text was dropped.
  private func cursor(
    _ db: Database, where condition: String, _ arguments: StatementArguments
  ) throws -> RowCursor {
    db.add(
      function: DatabaseFunction("digest", argumentCount: 1, pure: true) { values in
        Data.fromDatabaseValue(values[0]).map { AuditEntry.digest(of: $0) }
      })
    try db.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS digests (digest TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
        DELETE FROM digests;
        INSERT INTO digests
          SELECT digest(CAST(conversation AS BLOB)), conversation
          FROM (SELECT DISTINCT conversation FROM answers);
        """)
    return try Row.fetchCursor(
      db,
      sql: """
        SELECT audit.*, answers.line, answers.response FROM audit
        LEFT JOIN digests ON digests.digest = audit.conversation
        LEFT JOIN answers ON answers.conversation = digests.id
          AND answers.request = audit.request AND digest(answers.response) = audit.answered
          AND (answers.line IS NULL OR digest(answers.line) = audit.asked)
        WHERE \(condition) ORDER BY audit.number
        """, arguments: arguments)
  }

  /// Every message that was answered, with its answer, oldest first: what a replay goes through.
  /// - Returns: the requests' bytes, each with the clock at which it was answered.
  /// - Throws: `StoreError` where the file cannot be read.
  public func answeredLines() throws(StoreError) -> [(line: Data, at: Date?)] {
    try perform { db in
      try Row.fetchAll(
        db, sql: "SELECT line, at FROM answers WHERE line IS NOT NULL ORDER BY at, request"
      ).map { ($0["line"], Date(timeIntervalSince1970: $0["at"])) }
    }
  }
}

extension SQLiteStore {
  /// What a request was answered.
  /// - Parameters:
  ///   - request: the request's identity.
  ///   - conversation: its conversation.
  /// - Returns: the response's bytes, where they are still kept.
  /// - Throws: `StoreError` where the file cannot be read.
  public func response(
    to request: String, in conversation: String
  ) throws(StoreError) -> Data? {
    try perform { db in
      try Data.fetchOne(
        db, sql: "SELECT response FROM answers WHERE conversation = ? AND request = ?",
        arguments: [conversation, request])
    }
  }
}

extension SQLiteStore.Exchange {
  fileprivate init(_ row: Row) {
    self.init(entry: AuditEntry(row), request: row["line"], response: row["response"])
  }
}
