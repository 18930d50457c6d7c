internal import GRDB

/// The tables, and how a file of an earlier version becomes one of this.
///
/// A released migration is never edited: what changes is a new one behind it.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(
        sql: """
          CREATE TABLE conversations (
            id TEXT PRIMARY KEY, buyer TEXT, state BLOB NOT NULL, updated_at REAL NOT NULL
          ) WITHOUT ROWID;
          CREATE INDEX conversations_by_buyer ON conversations (buyer);
          -- What each request was answered: the same request gets the same bytes again.
          CREATE TABLE answers (
            conversation TEXT NOT NULL, request TEXT NOT NULL, at REAL NOT NULL,
            line BLOB, response BLOB NOT NULL,
            PRIMARY KEY (conversation, request)
          ) WITHOUT ROWID;
          -- Orders as they were sent.
          CREATE TABLE orders (
            number TEXT PRIMARY KEY, buyer TEXT, at REAL NOT NULL, line BLOB NOT NULL
          ) WITHOUT ROWID;
          CREATE INDEX orders_by_buyer ON orders (buyer);
          CREATE TABLE consents (
            id INTEGER PRIMARY KEY, buyer TEXT, conversation TEXT NOT NULL, at REAL NOT NULL,
            consent BLOB NOT NULL
          );
          CREATE INDEX consents_by_buyer ON consents (buyer);
          -- What was sent, and opt-outs, by buyer and order.
          CREATE TABLE events (
            id INTEGER PRIMARY KEY, buyer TEXT, number TEXT, conversation TEXT NOT NULL,
            event BLOB NOT NULL
          );
          CREATE INDEX events_by_buyer ON events (buyer);
          CREATE INDEX events_by_number ON events (number);
          -- Tries to prove that an order is one's own that failed, whoever made them.
          CREATE TABLE guesses (number TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
          -- Holds digests instead of people, so that it stays whole when a buyer is forgotten.
          CREATE TABLE audit (
            number INTEGER PRIMARY KEY, at TEXT NOT NULL, conversation TEXT NOT NULL,
            request TEXT NOT NULL, action TEXT NOT NULL, intents TEXT NOT NULL,
            template TEXT NOT NULL, verdict TEXT NOT NULL, rules TEXT NOT NULL, bot TEXT NOT NULL,
            asked TEXT NOT NULL, answered TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
          );
          CREATE INDEX audit_by_conversation ON audit (conversation);
          """)
    }
    migrator.registerMigration("2") { db in
      try db.execute(
        sql: """
          -- Other numbers by which an order is known: of parcels, of the marketplace, of papers.
          CREATE TABLE order_references (
            reference TEXT NOT NULL, number TEXT NOT NULL REFERENCES orders ON DELETE CASCADE,
            PRIMARY KEY (reference, number)
          ) WITHOUT ROWID;
          CREATE INDEX references_by_number ON order_references (number);
          """)
    }
    return migrator
  }
}
