internal import Diagnostics
internal import Foundation
internal import Language
internal import Patterns

/// Makes something of a folder's files and gathers everything that is wrong with them.
struct BotFolder {
  let contents: FolderContents
  /// What is read in place of what some files say.
  private let texts: [String: String]
  var found: [Diagnostic] = []
  /// What was made of the same files before; nil where there is none, or it is damaged.
  var tables: TableArchive.Reader?
  /// The files as they were parsed, before or now.
  private var documents: [String: YAMLDocument] = [:]
  /// The templates as they were read before.
  private var templates: [String: [UInt8]] = [:]

  init(_ contents: FolderContents, with texts: [String: String] = [:]) {
    self.contents = contents
    self.texts = texts
  }

  /// Whether nothing that was read so far is wrong.
  var isSound: Bool { !found.contains { $0.severity == .error } }

  /// Makes something of a folder, or says everything that is wrong with it.
  static func load<Content>(
    _ contents: FolderContents, with texts: [String: String] = [:],
    _ make: (inout BotFolder) -> Content?
  ) throws(InvalidFiles) -> Content {
    // Without its settings a folder is none of a bot, and what else it lacks is no news.
    if texts["odzew.yaml"] == nil, !contents.has("odzew.yaml") {
      let path = contents.folder.relativePath
      let exists = FileManager.default.fileExists(atPath: contents.folder.path)
      throw InvalidFiles(
        Diagnostic(
          code: "missing-file", at: SourceLocation(file: "odzew.yaml", line: 1, column: 1),
          exists ? "the file is missing" : "there is no folder '\(path)'",
          remedy: "is this the right bot folder?"))
    }
    var reader = BotFolder(contents, with: texts)
    if let content = make(&reader) { return content }
    throw InvalidFiles(reader.found)
      ?? InvalidFiles(
        Diagnostic(
          code: "unreadable-bot", at: SourceLocation(file: "odzew.yaml", line: 1, column: 1),
          "the bot folder cannot be used"))
  }

  /// Takes up the files that were read before.
  mutating func takeFiles() {
    guard var archive = tables else { return }
    do throws(TableArchive.Damaged) {
      for name in try archive.lists() {
        let nodes = try archive.table(of: YAMLDocument.Node.self)
        documents[String(decoding: name, as: UTF8.self)] = YAMLDocument(
          nodes: nodes, texts: try archive.table())
      }
      let names = try archive.lists().map { String(decoding: $0, as: UTF8.self) }
      templates = Dictionary(zip(names, try archive.lists()), uniquingKeysWith: { $1 })
      tables = archive
    } catch {
      tables = nil
      documents = [:]
    }
  }

  /// What takes longest to make, and what else is needed of the files.
  func keep(_ bot: Bot) -> Data {
    var archive = TableArchive()
    // Hints are not read where their tables are kept.
    let sorted = documents.filter { !$0.key.hasPrefix("Hints/") }.sorted { $0.key < $1.key }
    archive.add(sorted.map { Array($0.key.utf8) })
    for (_, document) in sorted {
      archive.add(document.nodes)
      archive.add(document.texts)
    }
    let templates = contents.all.filter { $0.path.hasSuffix(".liquid") }
    archive.add(templates.map { Array($0.path.utf8) })
    archive.add(templates.map { Array($0.bytes) })
    bot.filter.write(to: &archive)
    bot.classifier.write(to: &archive)
    archive.seal()
    return archive.bytes
  }

  /// Reads two parts of the folder side by side.
  mutating func readConcurrently<One: Sendable, Other: Sendable>(
    _ one: @Sendable (inout BotFolder) -> One, _ other: @Sendable (inout BotFolder) -> Other
  ) -> (One, Other) {
    var half = self
    half.found = []
    let (first, second) = concurrently { [half] in
      var folder = half
      return (content: one(&folder), folder: folder)
    } _: { [half] in
      var folder = half
      return (content: other(&folder), folder: folder)
    }
    for folder in [first.folder, second.folder] {
      found += folder.found
      documents.merge(folder.documents) { $1 }
    }
    return (first.content, second.content)
  }

  mutating func read<Content>(
    _ name: String, _ make: (YAMLMapping) -> Content?
  ) -> Content? {
    guard let source = source(name) else { return nil }
    return parse(source, make)
  }

  mutating func readAll<Content: Sendable>(
    _ directory: String, _ make: @Sendable (YAMLMapping, String) -> Content?
  ) -> [Content] {
    readFiles(directory) { reader, name in
      (reader.root.flatMap { make($0, name) }, reader.diagnostics)
    }.compactMap { content, diagnostics in
      found += diagnostics
      return content
    }
  }

  mutating func readFiles<Content: Sendable>(
    _ directory: String, _ make: @Sendable (YAMLReader, String) -> Content
  ) -> [Content] {
    let kept = documents
    let read = files(in: directory, ending: "yaml").concurrentMap { file in
      let reader = YAMLReader(file.text, kept: kept[file.text.file])
      return (content: make(reader, file.name), file: file.text.file, document: reader.document)
    }
    for file in read { documents[file.file] = file.document }
    return read.map(\.content)
  }

  private mutating func parse<Content>(
    _ source: SourceText, _ make: (YAMLMapping) -> Content?
  ) -> Content? {
    let reader = YAMLReader(source, kept: documents[source.file])
    documents[source.file] = reader.document
    let content = reader.root.flatMap(make)
    found += reader.diagnostics
    return content
  }

  mutating func attempt<Content>(
    _ make: () throws(InvalidFiles) -> Content
  ) -> Content? {
    do throws(InvalidFiles) {
      return try make()
    } catch {
      found += error.diagnostics
      return nil
    }
  }

  mutating func files(in directory: String, ending: String) -> [(
    name: String, text: SourceText
  )] {
    let names = contents.names(in: directory)
    let wanted = names.filter { $0.hasSuffix("." + ending) && !$0.hasPrefix(".") }
    for name in names where ending == "yaml" && name.hasSuffix(".yml") {
      found.append(
        Diagnostic(
          code: "unread-file", at: SourceLocation(file: "\(directory)/\(name)", line: 1, column: 1),
          "the file is not read", remedy: "let its name end in '.yaml'"))
    }
    if wanted.isEmpty {
      found.append(
        Diagnostic(
          code: "missing-file", at: SourceLocation(file: directory, line: 1, column: 1),
          "there is no .\(ending) file in this folder",
          remedy: "is this the right bot folder?"))
    }
    return wanted.compactMap { name in
      source("\(directory)/\(name)").map { (String(name.dropLast(ending.count + 1)), $0) }
    }
  }

  private mutating func source(_ name: String) -> SourceText? {
    func fail(_ code: String, _ message: String, _ remedy: String) -> SourceText? {
      found.append(
        Diagnostic(
          code: code, at: SourceLocation(file: name, line: 1, column: 1), message, remedy: remedy))
      return nil
    }
    if let text = texts[name] { return SourceText(file: name, text: text) }
    // What was parsed before is not looked at again.
    if tables != nil, documents[name] != nil { return SourceText(file: name, text: "") }
    guard let bytes = templates[name] ?? contents[name].map(Array.init) else {
      return fail("missing-file", "the file is missing", "is this the right bot folder?")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return fail("invalid-utf8", "the file is not UTF-8", "save it as UTF-8")
    }
    return SourceText(file: name, text: text)
  }
}
