package import Foundation
internal import Language
internal import Patterns

/// The files of a bot folder that decide, as they were when they were read: what a bot is made of is
/// what its version is told by, whoever edits meanwhile.
package struct FolderContents: Sendable {
  /// A folder of these.
  package enum Part: String, CaseIterable, Sendable {
    case concepts = "Concepts"
    case hints = "Hints"
    case intents = "Intents"
    case templates = "Templates"
    case policies = "Policies"
  }

  /// The folder with `odzew.yaml`.
  package let folder: URL
  /// The content of each file that could be read, by its path; empty where none was to be kept.
  private let bytes: [String: Data]
  /// The paths of all files, sorted.
  private let paths: [String]
  /// What was noted of each file that decides, sorted by path.
  package let notes: [(path: String, note: String)]
  /// What tells these files from others that they might become.
  ///
  /// For what is kept between runs: the version of a folder, which is told by digests, takes five times as long.
  package var sum: String { notes.map { "\($0.path)\u{0}\($0.note)\n" }.joined() }
  /// What may be looked up instead of read, as long as the files are what they are.
  package let known: FileNotes

  /// Reads a folder.
  /// - Parameters:
  ///   - folder: the folder with `odzew.yaml`.
  ///   - parts: which of its folders are read; the files beside `odzew.yaml` always are.
  ///   - note: what is noted of a file's content when it has been read, a check sum where nothing else is said; one
  ///     that could not be read is empty.
  ///   - isKept: whether what stands in the files is wanted later.
  ///   - known: what was noted of these files before, with the same `note`; where contents are not wanted, what has
  ///     not changed is not read.
  package init(
    _ folder: URL, _ parts: [Part] = Part.allCases,
    noting note: @Sendable (Data) -> String = { String(CheckSum.of($0), radix: 36) },
    keeping isKept: Bool = true,
    knowing known: FileNotes = FileNotes()
  ) {
    let files = FileManager.default
    var paths = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
    for part in parts.map(\.rawValue) {
      paths += Self.paths(below: folder.appending(path: part), depth: 1).map { "\(part)/\($0)" }
    }
    self.folder = folder
    self.paths = paths.sorted()
    let read = Self.deciding(among: self.paths).concurrentMap { path -> ReadFile in
      let file = folder.appending(path: path)
      // Before it is read, so that what is written meanwhile is noticed the next time.
      let mark = FileNotes.Mark(of: file.path)
      if !isKept, let mark, let note = known[path, mark] {
        return ReadFile(path: path, bytes: nil, note: note, mark: mark)
      }
      guard let bytes = try? Data(contentsOf: file) else {
        return ReadFile(path: path, bytes: nil, note: note(Data()), mark: nil)
      }
      return ReadFile(path: path, bytes: isKept ? bytes : nil, note: note(bytes), mark: mark)
    }
    bytes = Dictionary(
      read.compactMap { file in file.bytes.map { (file.path, $0) } }, uniquingKeysWith: { $1 })
    notes = read.map { ($0.path, $0.note) }
    self.known = read.reduce(into: FileNotes()) { known, file in
      if let mark = file.mark { known.add(file.note, of: file.path, mark) }
    }
  }

  /// What came of one file.
  private struct ReadFile {
    let path: String
    let bytes: Data?
    let note: String
    let mark: FileNotes.Mark?
  }

  /// Folders stand no deeper in one another, so that a link to a folder above it ends.
  private static let deepest = 8

  /// The paths of all that stands in a folder, also where a link leads to another one.
  private static func paths(below place: URL, depth: Int) -> [String] {
    let place = place.resolvingSymlinksInPath()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return names.flatMap { name in
      // Nearly all names are those of files, and need not be asked what they are.
      guard depth < deepest, deciding(among: ["\(place.lastPathComponent)/\(name)"]).isEmpty else {
        return [name]
      }
      return [name]
        + paths(below: place.appending(path: name), depth: depth + 1).map { "\(name)/\($0)" }
    }
  }

  private static func deciding(among paths: [String]) -> [String] {
    paths.filter { $0.hasSuffix(".yaml") || $0.contains("/") && $0.hasSuffix(".liquid") }
  }

  /// The content of a file; nil where there is none, it could not be read or was not to be kept.
  subscript(path: String) -> Data? { bytes[path] }

  /// The contents of all files, sorted by path.
  var all: [(path: String, bytes: Data)] {
    bytes.map { (path: $0.key, bytes: $0.value) }.sorted { $0.path < $1.path }
  }

  /// Whether a file is there, readable or not.
  func has(_ path: String) -> Bool { paths.contains(path) }

  /// The names of what stands in a folder, sorted.
  func names(in directory: String) -> [String] {
    paths.compactMap { path in
      guard path.hasPrefix(directory + "/") else { return nil }
      let name = path.dropFirst(directory.count + 1)
      return name.contains("/") ? nil : String(name)
    }
  }
}
