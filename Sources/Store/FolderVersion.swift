public import Foundation
package import Odzew

/// The version of a bot folder: a digest of everything in it that decides.
public struct FolderVersion: Sendable, Hashable {
  /// SHA-256 over the names and contents of its files, in hexadecimal.
  public let digest: String

  /// Reads a folder.
  /// - Parameter folder: the bot folder. What cannot be read counts as empty: loading says so.
  public init(_ folder: URL) { self.init(of: FolderContents(folder)) }

  /// Tells the version of what was read.
  /// - Parameter contents: all of a bot folder.
  package init(of contents: FolderContents) {
    var whole = Data()
    for (path, bytes) in contents.files {
      whole += Data("\(path)\u{0}\(bytes.count)\u{0}".utf8) + bytes
    }
    digest = AuditEntry.digest(of: whole)
  }
}
