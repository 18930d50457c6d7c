package import Foundation

/// What was noted of files, to be looked up as long as the file system says that they are what they were.
///
/// Reading all of a folder takes longer than asking the system when and where each file was last written, which is
/// how git and build systems tell what has changed, too. A file that was written just before is not trusted: it
/// may be written again within the same tick of the system's clock.
package struct FileNotes: Sendable, Equatable {
  /// Where a file lies, its size, and when its content or its place was last changed.
  struct Mark: Sendable, Hashable {
    fileprivate let text: String

    /// Asks what the system says of a file; nil where it says nothing, or where the file was changed only just.
    /// - Parameter path: the file; a link counts for what it leads to.
    init?(of path: String) {
      var status = stat()
      guard unsafe stat(path, &status) == 0 else { return nil }
      #if canImport(Darwin)
        let (written, changed) = (status.st_mtimespec, status.st_ctimespec)
      #else
        let (written, changed) = (status.st_mtim, status.st_ctim)
      #endif
      guard Date.now.timeIntervalSince1970 - Double(changed.tv_sec) > Self.coarsestTick else {
        return nil
      }
      let numbers = [
        Int(status.st_dev), Int(status.st_ino), Int(status.st_size), written.tv_sec,
        written.tv_nsec, changed.tv_sec, changed.tv_nsec,
      ]
      text = numbers.map { String($0, radix: 36) }.joined(separator: " ")
    }

    /// Seconds: as long as a tick is in any file system, rounded up.
    private static let coarsestTick = 3.0
  }

  private var notes: [String: Note] = [:]

  private struct Note: Equatable {
    let mark: String
    let note: String
  }

  /// Nothing is known.
  package init() {}

  /// Reads what `bytes` has written; what is none of it counts as nothing.
  package init(_ bytes: Data) {
    let fields = bytes.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    for place in stride(from: 0, to: fields.count - 2, by: 3) {
      notes[fields[place]] = Note(mark: fields[place + 1], note: fields[place + 2])
    }
  }

  /// What is known, for a file: paths, marks and notes, each ended by the byte that none of them has.
  package var bytes: Data {
    let sorted = notes.sorted { $0.key < $1.key }
    return Data(sorted.map { "\($0)\0\($1.mark)\0\($1.note)\0" }.joined().utf8)
  }

  /// What was noted of a file; nil where it may have changed since.
  subscript(path: String, mark: Mark) -> String? {
    guard let known = notes[path], known.mark == mark.text else { return nil }
    return known.note
  }

  /// Notes what was read of a file after it had been marked.
  mutating func add(_ note: String, of path: String, _ mark: Mark) {
    notes[path] = Note(mark: mark.text, note: note)
  }
}
