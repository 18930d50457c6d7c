public import Foundation
internal import Language
public import Odzew

/// The cases of a bot folder and their golden replies.
public struct CaseFolder: Sendable {
  /// The cases, sorted by name.
  public let cases: [Case]
  private let folder: URL

  /// Reads the cases below `Cases/`.
  /// - Parameters:
  ///   - folder: the bot folder.
  ///   - clock: the clock of cases that do not set their own.
  ///   - texts: what to read in place of what some files of the bot folder say, by their paths.
  ///   - scene: what they may name; anything where nil.
  /// - Throws: `InvalidFiles` with everything that is wrong in them.
  public init(
    _ folder: URL, clock: Date, with texts: [String: String] = [:], scene: CaseScene? = nil
  ) throws(InvalidFiles) {
    self.folder = folder.appending(path: "Cases")
    let names = (FileManager.default.subpaths(atPath: self.folder.path) ?? [])
      .filter { $0.hasSuffix(".yaml") }.sorted()
    let place = self.folder
    let read = names.concurrentMap { name -> (sample: Case?, found: [Diagnostic]) in
      let written = texts["Cases/\(name)"]
      guard
        let text = written
          ?? (try? String(contentsOf: place.appending(path: name), encoding: .utf8))
      else {
        let start = SourceLocation(file: "Cases/\(name)", line: 1, column: 1)
        return (
          nil,
          [Diagnostic(code: "invalid-utf8", at: start, "the file cannot be read as UTF-8")]
        )
      }
      do throws(InvalidFiles) {
        let name = String(name.dropLast(".yaml".count))
        return (try Self.read(text, named: name, clock: clock, scene: scene), [])
      } catch {
        return (nil, error.diagnostics)
      }
    }
    if let error = InvalidFiles(read.flatMap(\.found)) { throw error }
    cases = read.compactMap(\.sample)
  }

  /// What the cases are about: the beginnings of their names.
  public var topics: [String] {
    Set(cases.compactMap { $0.name.split { "/.".contains($0) }.first.map(String.init) }).sorted()
  }

  /// Reads one case.
  /// - Parameters:
  ///   - text: what stands in its file.
  ///   - name: the path without its ending, below `Cases/`.
  ///   - clock: the clock where it does not set its own.
  ///   - scene: what it may name; anything where nil.
  /// - Returns: the case.
  /// - Throws: `InvalidFiles` with everything that is wrong in it.
  public static func read(
    _ text: String, named name: String, clock: Date, scene: CaseScene? = nil
  ) throws(InvalidFiles) -> Case {
    let reader = YAMLReader(SourceText(file: "Cases/\(name).yaml", text: text))
    let sample = reader.root.flatMap { Case(reading: $0, named: name, clock: clock, scene: scene) }
    if let error = InvalidFiles(reader.diagnostics) { throw error }
    guard let sample else {
      // Whatever is no case has been reported.
      throw InvalidFiles(
        Diagnostic(code: "invalid-case", at: reader.start, "the file is no case"))
    }
    return sample
  }

  /// The golden reply of a case.
  /// - Parameter sample: the case.
  /// - Returns: the text, or nil where there is none yet.
  public func golden(of sample: Case) -> String? {
    try? String(contentsOf: goldenFile(of: sample), encoding: .utf8)
  }

  /// Accepts what a case says now.
  /// - Parameters:
  ///   - transcript: the new golden reply.
  ///   - sample: the case.
  /// - Throws: what the file system says.
  public func accept(_ transcript: String, of sample: Case) throws {
    try Data(transcript.utf8).write(to: goldenFile(of: sample), options: .atomic)
  }

  /// The golden text of something that is no case: `Cases/NAME.golden`.
  /// - Parameter name: its name.
  /// - Returns: the text, or nil where there is none yet.
  public func golden(of name: String) -> String? {
    try? String(contentsOf: folder.appending(path: name + ".golden"), encoding: .utf8)
  }

  /// Accepts the golden text of something that is no case.
  /// - Parameters:
  ///   - text: the new text.
  ///   - name: its name.
  /// - Throws: what the file system says.
  public func accept(_ text: String, as name: String) throws {
    let file = folder.appending(path: name + ".golden")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file, options: .atomic)
  }

  private func goldenFile(of sample: Case) -> URL {
    folder.appending(path: sample.name + ".txt")
  }
}
