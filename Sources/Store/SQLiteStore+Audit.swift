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
      try Row.fetchAll(
        db, sql: "SELECT * FROM audit WHERE conversation = ? ORDER BY number",
        arguments: [AuditEntry.digest(of: Data(conversation.utf8))]
      ).map { link in
        let entry = AuditEntry(link)
        let row = try Row.fetchOne(
          db, sql: "SELECT line, response FROM answers WHERE conversation = ? AND request = ?",
          arguments: [conversation, entry.request])
        return Exchange(entry: entry, request: row?["line"], response: row?["response"])
      }
    }
  }

  /// Every message that was answered, with its answer, oldest first: what a replay goes through.
  /// - Returns: the requests' bytes.
  /// - Throws: `StoreError` where the file cannot be read.
  public func answeredLines() throws(StoreError) -> [Data] {
    try perform { db in
      try Data.fetchAll(
        db, sql: "SELECT line FROM answers WHERE line IS NOT NULL ORDER BY at, request")
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
