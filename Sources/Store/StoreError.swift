internal import GRDB

/// Why the state file cannot be used.
///
/// Holds no buyer's data.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, and what helps.
  public let description: String

  init(_ description: String) { self.description = description }

  /// Says what a failure of SQLite means to a person.
  init(_ error: any Error, path: String) {
    guard let failure = error as? DatabaseError else {
      self.init("the state '\(path)' cannot be used: \(type(of: error))")
      return
    }
    let reason =
      switch failure.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED:
        "another program holds it; end that one or wait"
      case .SQLITE_FULL: "the disk is full; make room and send the message again"
      case .SQLITE_READONLY, .SQLITE_PERM: "it is read-only; change its permissions"
      case .SQLITE_CANTOPEN: "it cannot be opened; check the folder and its permissions"
      case .SQLITE_CORRUPT, .SQLITE_NOTADB:
        "it is no state file or is damaged; restore it from a backup"
      default: "SQLite reports error \(failure.extendedResultCode.rawValue)"
      }
    self.init("the state '\(path)' cannot be used: \(reason)")
  }
}
