internal import Commerce
internal import Dialogue
public import Foundation
internal import GRDB
internal import Odzew

/// Whose data is meant.
public enum DataSubject: Sendable, Hashable {
  /// The buyer with this identity at the sending system.
  case buyer(String)
  /// The one of this conversation.
  case conversation(String)
}

extension SQLiteStore {
  /// Everything that is kept of one buyer (GDPR, Articles 15 and 20).
  /// - Parameter subject: whose data.
  /// - Returns: one JSON object.
  /// - Throws: `StoreError` where the file cannot be read.
  public func export(_ subject: DataSubject) throws(StoreError) -> Data {
    try perform { db in
      func objects(_ sql: String, _ arguments: StatementArguments) throws -> [Any] {
        try Data.fetchAll(db, sql: sql, arguments: arguments)
          .map { try JSONSerialization.jsonObject(with: $0) }
      }
      let ids = try conversations(of: subject, db)
      var export: [String: Any] = [:]
      export["conversations"] = try ids.map { id in
        [
          "id": id,
          "state": try Data.fetchAll(
            db, sql: "SELECT state FROM conversations WHERE id = ?", arguments: [id]
          ).map { try readable($0, Conversation.self) }.first ?? [:],
          "requests": try objects(
            "SELECT line FROM answers WHERE conversation = ? AND line IS NOT NULL ORDER BY at",
            [id]),
          "responses": try objects(
            "SELECT response FROM answers WHERE conversation = ? ORDER BY at", [id]),
        ] as [String: Any]
      }
      if case .buyer(let buyer) = subject {
        export["orders"] = try objects("SELECT line FROM orders WHERE buyer = ?", [buyer])
        export["consents"] = try Data.fetchAll(
          db, sql: "SELECT consent FROM consents WHERE buyer = ? ORDER BY id", arguments: [buyer]
        ).map { try readable($0, Circumstances.Consent.self) }
      }
      return try JSONSerialization.data(
        withJSONObject: export, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    }
  }

  /// Erases everything that is kept of one buyer (GDPR, Article 17), and records that it was done.
  ///
  /// That the buyer wants no more messages is kept: without it the wish itself would be broken
  /// (Article 17(3)(b)).
  /// - Parameters:
  ///   - subject: whose data.
  ///   - now: the clock.
  /// - Returns: how many conversations, orders and consents were erased.
  /// - Throws: `StoreError`; nothing is erased then.
  public func forget(
    _ subject: DataSubject, at now: Date
  ) throws(StoreError) -> (conversations: Int, orders: Int, consents: Int) {
    let counts = try perform { db in
      var counts = (conversations: 0, orders: 0, consents: 0)
      try db.inTransaction(.immediate) {
        let ids = try conversations(of: subject, db)
        for id in ids {
          for table in ["answers", "events"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE conversation = ?", arguments: [id])
          }
          try db.execute(sql: "DELETE FROM conversations WHERE id = ?", arguments: [id])
          counts.consents += try forgetConsents("conversation", id, db)
        }
        counts.conversations = ids.count
        if case .buyer(let buyer) = subject {
          try db.execute(sql: "DELETE FROM orders WHERE buyer = ?", arguments: [buyer])
          counts.orders = db.changesCount
          try db.execute(sql: "DELETE FROM events WHERE buyer = ?", arguments: [buyer])
          counts.consents += try forgetConsents("buyer", buyer, db)
        }
        return .commit
      }
      return counts
    }
    try record("erasure", of: subject, at: now)
    // What was deleted must not be left in free pages or in the log.
    try perform { db in
      try db.execute(sql: "VACUUM")
      _ = try db.checkpoint(.truncate)
    }
    return counts
  }

  /// Erases consents; what was withdrawn stays withdrawn, without the words in which it was.
  private func forgetConsents(_ column: String, _ value: String, _ db: Database) throws -> Int {
    var count = 0
    for row in try Row.fetchAll(
      db, sql: "SELECT id, buyer, consent FROM consents WHERE \(column) = ?", arguments: [value])
    {
      let id: Int64 = row["id"]
      let buyer: String? = row["buyer"]
      var consent = try JSONDecoder().decode(
        Circumstances.Consent.self, from: row["consent"] as Data)
      if let buyer, !consent.isGranted {
        consent.evidence = nil
        try db.execute(
          sql: "UPDATE consents SET buyer = ?, consent = ?, conversation = '' WHERE id = ?",
          arguments: [
            buyer.hasPrefix("sha256:") ? buyer : Self.pseudonym(of: buyer),
            try JSONEncoder().encode(consent), id,
          ])
      } else {
        try db.execute(sql: "DELETE FROM consents WHERE id = ?", arguments: [id])
        count += 1
      }
    }
    return count
  }

  /// Under which name the wish of a buyer who is forgotten is kept: told only by who has the name.
  static func pseudonym(of buyer: String) -> String {
    "sha256:" + AuditEntry.digest(of: Data(buyer.utf8))
  }

  /// Drops what is older than it may be kept.
  /// - Parameters:
  ///   - conversations: up to when conversations and their answers are dropped.
  ///   - orders: up to when orders are dropped.
  /// - Throws: `StoreError`; nothing is dropped then.
  public func prune(conversationsBefore conversations: Date, ordersBefore orders: Date)
    throws(StoreError)
  {
    try perform { db in
      try db.inTransaction(.immediate) {
        let bound = conversations.timeIntervalSince1970
        try db.execute(
          sql: """
            DELETE FROM answers WHERE at < ? AND conversation NOT IN
              (SELECT id FROM conversations WHERE updated_at >= ?)
            """, arguments: [bound, bound])
        try db.execute(
          sql: "DELETE FROM conversations WHERE updated_at < ?", arguments: [bound])
        // Opt-outs stay, as consents that were withdrawn.
        try db.execute(
          sql: "DELETE FROM events WHERE conversation NOT IN (SELECT id FROM conversations)")
        try db.execute(
          sql: "DELETE FROM orders WHERE at < ?", arguments: [orders.timeIntervalSince1970])
        return .commit
      }
    }
  }

  /// What is stored, with its times as people read them.
  private func readable<Stored: Codable>(_ bytes: Data, _ type: Stored.Type) throws -> Any {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .custom { moment, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(Timestamp.format(moment, in: .gmt))
    }
    let value = try JSONDecoder().decode(type, from: bytes)
    return try JSONSerialization.jsonObject(with: encoder.encode(value))
  }

  private func conversations(of subject: DataSubject, _ db: Database) throws -> [String] {
    switch subject {
    case .conversation(let id): [id]
    case .buyer(let buyer):
      try String.fetchAll(
        db, sql: "SELECT id FROM conversations WHERE buyer = ? OR id = ? ORDER BY id",
        arguments: [buyer, buyer])
    }
  }
}
