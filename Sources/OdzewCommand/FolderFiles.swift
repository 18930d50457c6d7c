internal import ArgumentParser
internal import Diagnostics
internal import Evaluation
internal import Foundation

/// The files of a bot folder that may be changed: its own, and none that a link leads to.
struct FolderFiles {
  private let folder: URL
  /// The files, by name.
  let sources: [SourceText]
  /// The paths of the folder's schemas.
  let schemas: Set<String>

  /// Reads a folder.
  ///
  /// What cannot be read is left out: whoever loads the folder says so.
  init(_ folder: URL) {
    let folder = folder.resolvingSymlinksInPath()
    func files(below part: String) -> [String] {
      let paths = try? FileManager.default.subpathsOfDirectory(
        atPath: folder.appending(path: part).path)
      return (paths ?? []).sorted().map { "\(part)/\($0)" }
    }
    self.folder = folder
    schemas = Set(files(below: "Schemas"))
    sources = (BotFile.single + BotFile.folders.flatMap(files(below:))).compactMap { path in
      guard BotFile(path) != nil, let place = Self.place(of: path, in: folder),
        let bytes = try? Data(contentsOf: place)
      else { return nil }
      return String(validating: bytes, as: UTF8.self).map { SourceText(file: path, text: $0) }
    }
  }

  /// Where a file lies, if no step of its path is a link.
  private static func place(of path: String, in folder: URL) -> URL? {
    let place = folder.appending(path: path)
    return place.resolvingSymlinksInPath().path == place.path ? place : nil
  }

  /// Writes a changed file, whole or not at all.
  /// - Throws: the exit code, after saying what stands in the way.
  func write(_ file: MendedFile) throws {
    let path = file.source.file
    do {
      // What somebody has saved in the meantime is theirs.
      guard let place = Self.place(of: path, in: folder),
        try Data(contentsOf: place) == Data(file.original.text.utf8)
      else {
        Terminal.error("'\(path)' has changed meanwhile, and stays as it is")
        throw ExitStatus.inputOutput.exit
      }
      let permissions = try FileManager.default.attributesOfItem(atPath: place.path)
        .filter { $0.key == .posixPermissions }
      try Data(file.source.text.utf8).write(to: place, options: .atomic)
      try FileManager.default.setAttributes(permissions, ofItemAtPath: place.path)
    } catch let error as ExitCode {
      throw error
    } catch {
      Terminal.error("'\(path)' cannot be written: \(error.localizedDescription)")
      throw ExitStatus.inputOutput.exit
    }
  }
}
