internal import Foundation
internal import GRDB

// Every message runs the same few statements: each is compiled once and kept with the connection.

extension Database {
  /// Runs a statement.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// The first column of the first row.
  func first(_ sql: String, _ arguments: StatementArguments) throws -> Data? {
    try Data.fetchOne(cachedStatement(sql: sql), arguments: arguments)
  }

  /// The first column of every row.
  func all(_ sql: String, _ arguments: StatementArguments) throws -> [Data] {
    try Data.fetchAll(cachedStatement(sql: sql), arguments: arguments)
  }
}
