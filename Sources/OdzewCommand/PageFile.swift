internal import ArgumentParser
internal import Foundation

/// Where a page goes beside the results.
struct PageFile {
  private let path: String

  /// Takes a file's path.
  ///
  /// Results go to standard output, so that a page cannot.
  init(_ path: String) throws {
    guard !["", "-"].contains(path) else {
      throw ValidationError("a page goes to a file; name one that ends in .html")
    }
    self.path = path
  }

  /// Writes a page, whole or not at all.
  func write(_ html: String) throws {
    do {
      try Data(html.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      Terminal.error("'\(path)' cannot be written")
      throw ExitStatus.inputOutput.exit
    }
  }
}
