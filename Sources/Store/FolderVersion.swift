public import Foundation
internal import Language
package import Odzew

/// The version of a bot folder: a digest of everything in it that decides.
public struct FolderVersion: Sendable, Hashable {
  /// SHA-256 over the names of its files and the SHA-256 of each, in hexadecimal.
  public let digest: String

  /// Reads a folder.
  /// - Parameter folder: the bot folder. What cannot be read counts as empty: loading says so.
  public init(_ folder: URL) { self.init(of: FolderContents(folder)) }

  /// Tells the version of what was read.
  /// - Parameter contents: all of a bot folder.
  package init(of contents: FolderContents) {
    let files = contents.files.concurrentMap { path, bytes in
      "\(path)\u{0}\(AuditEntry.digest(of: bytes))\n"
    }
    digest = AuditEntry.digest(of: Data(files.joined().utf8))
  }
}
