public import Foundation
internal import Odzew

/// The version of a bot folder: a digest of everything in it that decides.
public struct FolderVersion: Sendable, Hashable {
  /// SHA-256 over the names of its files and the SHA-256 of each, in hexadecimal.
  public let digest: String

  /// Reads a folder.
  /// - Parameter folder: the bot folder. What cannot be read counts as empty: loading says so.
  public init(_ folder: URL) {
    let contents = FolderContents(
      folder, noting: { AuditEntry.digest(of: $0) }, keeping: false)
    digest = AuditEntry.digest(of: Data(contents.sum.utf8))
  }
}
