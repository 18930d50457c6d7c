public import Foundation
package import Odzew

/// The version of a bot folder: a digest of everything in it that decides.
public struct FolderVersion: Sendable, Hashable {
  /// SHA-256 over the names of its files and the SHA-256 of each, in hexadecimal.
  public let digest: String

  /// Reads a folder.
  /// - Parameter folder: the bot folder. What cannot be read counts as empty: loading says so.
  public init(_ folder: URL) {
    self = Self.reading(folder) { _ in false }.version
  }

  private init(of contents: FolderContents) {
    let files = contents.notes.map { "\($0.path)\u{0}\($0.note)\n" }
    digest = AuditEntry.digest(of: Data(files.joined().utf8))
  }

  /// Reads a folder once for what stands in it and for its version.
  /// - Parameters:
  ///   - folder: the bot folder.
  ///   - isKept: of which files what stands in them is wanted.
  /// - Returns: what was read, and its version.
  package static func reading(
    _ folder: URL, keeping isKept: @Sendable (String) -> Bool = { _ in true }
  ) -> (contents: FolderContents, version: FolderVersion) {
    let contents = FolderContents(
      folder, noting: { AuditEntry.digest(of: $0) }, keeping: isKept)
    return (contents, FolderVersion(of: contents))
  }
}
