public import Diagnostics

/// What is mechanical in the files of a bot folder, mended: their form, keys that are misspelt, examples
/// that stand twice, and the line by which editors know the schema.
///
/// Nothing that is a decision: a bot does after it what its author had written before.
public struct FolderMending: Sendable {
  /// The files that were changed, by path.
  public let files: [MendedFile]

  /// The texts of the files that were changed, by path.
  public var texts: [String: String] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.source.file, $0.source.text) })
  }

  /// Mends the files of a bot folder.
  /// - Parameters:
  ///   - sources: the files; what is none of a bot folder's stays as it is.
  ///   - schemas: the paths of the schemas that the folder has. A line that leads nowhere is not written.
  ///   - faults: what is wrong with each file of the folder, with the texts by path in place of what
  ///     some files say.
  public init(
    _ sources: [SourceText], schemas: Set<String>, faults: ([String: String]) -> [Diagnostic]
  ) {
    let known = sources.compactMap { source in BotFile(source.file).map { ($0, source) } }
    var files = Dictionary(
      known.map { ($0.path, MendedFile($1, isTemplate: $0.schema == nil)) },
      uniquingKeysWith: { first, _ in first })
    // The line of the schema comes last: until then, places are those of the file as it was.
    for file in files.keys { files[file]?.mendForm() }
    Self.rename(in: &files, faults)
    for (file, _) in known {
      files[file.path]?.dropRepetitions(below: file.provedLists)
      if let schema = file.schema, schemas.contains(schema) {
        files[file.path]?.name(schema: schema)
      }
    }
    self.files = files.values.filter(\.isChanged).sorted { $0.source.file < $1.source.file }
  }

  /// Renames misspelt keys, until none is left: below a key that was not known there may be more.
  ///
  /// A file that has more errors with the new names than with the old ones keeps the old ones.
  private static func rename(
    in files: inout [String: MendedFile], _ faults: ([String: String]) -> [Diagnostic]
  ) {
    var refused: Set<String> = []
    func found() -> [String: [Diagnostic]] {
      let texts = files.filter(\.value.isChanged).mapValues(\.source.text)
      return Dictionary(grouping: faults(texts), by: \.location.file)
    }
    func errors(_ faults: [Diagnostic]?) -> Int {
      (faults ?? []).count { $0.severity == .error }
    }
    var before = found()
    while true {
      let old = files
      var renamed: Set<String> = []
      for (file, faults) in before where !refused.contains(file) {
        let mends = Set(faults.compactMap(\.mend))
        guard !mends.isEmpty else { continue }
        if files[file]?.rename(Array(mends)) == true {
          renamed.insert(file)
        } else {
          refused.insert(file)
        }
      }
      if renamed.isEmpty { return }
      let after = found()
      let worse = renamed.filter { errors(after[$0]) > errors(before[$0]) }
      for file in worse { files[file] = old[file] }
      refused.formUnion(worse)
      before = worse.isEmpty ? after : found()
    }
  }
}
