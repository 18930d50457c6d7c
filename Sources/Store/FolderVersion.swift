public import Foundation

/// The version of a bot folder: a digest of everything in it that decides.
public struct FolderVersion: Sendable, Hashable {
  /// SHA-256 over the names and contents of its files, in hexadecimal.
  public let digest: String

  /// Reads a folder.
  /// - Parameter folder: the bot folder. What cannot be read counts as empty: loading says so.
  public init(_ folder: URL) {
    var whole = Data()
    let parts = ["Concepts", "Intents", "Templates", "Policies"]
    let top = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var paths = top.filter { $0.hasSuffix(".yaml") }
    for part in parts {
      let files =
        (try? FileManager.default.subpathsOfDirectory(
          atPath: folder.appending(path: part).path)) ?? []
      paths += files.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".liquid") }
        .map { "\(part)/\($0)" }
    }
    for path in paths.sorted() {
      let bytes = (try? Data(contentsOf: folder.appending(path: path))) ?? Data()
      whole += Data("\(path)\u{0}\(bytes.count)\u{0}".utf8) + bytes
    }
    digest = AuditEntry.digest(of: whole)
  }
}
