/// A file that is being mended: what it says by now, and what was done to it.
///
/// A mend is kept only where the file, read afterwards, says what it said before; so nothing here
/// needs to know where in a file which form carries meaning.
public struct MendedFile: Sendable {
  /// The file as it was.
  public let original: SourceText
  /// The file as it is by now.
  public private(set) var source: SourceText
  /// What was done, in the order in which it was.
  public private(set) var mends: [Mend] = []
  private let isTemplate: Bool

  /// Takes up a file.
  /// - Parameters:
  ///   - source: the file.
  ///   - isTemplate: whether it is a template, and not YAML.
  public init(_ source: SourceText, isTemplate: Bool = false) {
    original = source
    self.source = source
    self.isTemplate = isTemplate
  }

  /// Whether anything was done.
  public var isChanged: Bool { !mends.isEmpty }

  /// Mends what is mere form: byte order mark, line ends, tabs, trailing blanks, the end of the file.
  public mutating func mendForm() {
    for rule in FormRule.all where rule.isForTemplates || !isTemplate {
      let proposed = rule.mends(source)
      if isTemplate {
        make(proposed)
      } else if !proposed.isEmpty {
        take(proposed, evenUnread: rule.mendsUnreadable)
      }
    }
  }

  /// Gives keys the names that readers of the file have proposed.
  /// - Parameter proposed: the mends of findings about the file as it is by now.
  /// - Returns: false where it could not be read then; nothing is changed in that case.
  public mutating func rename(_ proposed: [Mend]) -> Bool {
    let renamed = YAMLDocument(reading: source.mended(by: proposed))
    guard let renamed, renamed.nodes.count == YAMLDocument(reading: source)?.nodes.count else {
      return false
    }
    make(proposed)
    return true
  }

  /// Drops texts that stand before, word for word, in the same list.
  /// - Parameter keys: the keys of such lists, or of mappings that hold one for each language.
  public mutating func dropRepetitions(below keys: Set<String>) {
    guard !keys.isEmpty, var document = YAMLDocument(reading: source) else { return }
    // The last first: what is dropped moves nothing before it.
    for repetition in Repetition.all(in: document, below: keys).reversed() {
      guard let mend = repetition.removal(from: source),
        let rest = YAMLDocument(reading: source.mended(by: [mend])),
        rest.says(document.without(repetition.node))
      else { continue }
      make([mend])
      document = rest
    }
  }

  /// Says in the file which schema it has, for editors.
  /// - Parameter schema: the path of the schema in the bot folder.
  public mutating func name(schema: String) {
    let folder = source.file.split(separator: "/").dropLast()
    let way = String(repeating: "../", count: folder.count) + schema
    let line = "# yaml-language-server: $schema=\(way)\n"
    if source.text.hasPrefix(line) { return }
    // What editors look for: https://github.com/redhat-developer/yaml-language-server
    let named = source.text.firstMatch(
      of: /^[ \t]*#\s+yaml-language-server\s*:[^\n]*?\$schema=(\S+)/.anchorsMatchLineEndings())?
      .output.1
    guard let named else {
      let start = SourceLocation(file: source.file, line: 1, column: 1)
      return take([
        Mend(
          at: start, "line added that names the schema '\(way)'", range: 0..<0, replacement: line)
      ])
    }
    // An address, or a place of this machine, is somebody's choice.
    guard !named.contains("://"), !named.hasPrefix("/"), end(of: named, from: folder) != schema
    else { return }
    let bytes = source.text.utf8
    let start = bytes.distance(from: bytes.startIndex, to: named.startIndex)
    take([
      Mend(
        at: source.location(utf8Offset: start), "schema '\(named)' changed to '\(way)'",
        range: start..<start + named.utf8.count, replacement: way)
    ])
  }

  /// Where a relative path leads; nil where it leads out of the bot folder.
  private func end(of path: Substring, from folder: ArraySlice<Substring>) -> String? {
    var place = Array(folder)
    for step in path.split(separator: "/") where step != "." {
      if step != ".." {
        place.append(step)
      } else if place.popLast() == nil {
        return nil
      }
    }
    return place.joined(separator: "/")
  }

  private mutating func make(_ mends: [Mend]) {
    source = source.mended(by: mends)
    self.mends += mends
  }

  /// Makes those of some mends after which the file says what it said.
  /// - Parameters:
  ///   - proposed: the mends.
  ///   - evenUnread: whether they are right where nothing can be said of the file.
  private mutating func take(_ proposed: [Mend], evenUnread: Bool = false) {
    guard let document = YAMLDocument(reading: source) else {
      if evenUnread { make(proposed) }
      return
    }
    make(harmless(proposed[...], besides: [], in: document))
  }

  /// Halved until what does harm is alone: nearly always all or none does.
  private func harmless(
    _ mends: ArraySlice<Mend>, besides kept: [Mend], in document: YAMLDocument
  ) -> [Mend] {
    if mends.isEmpty { return kept }
    let all = kept + mends
    if YAMLDocument(reading: source.mended(by: all))?.says(document) == true { return all }
    if mends.count == 1 { return kept }
    let (first, second) = (mends.prefix(mends.count / 2), mends.dropFirst(mends.count / 2))
    return harmless(
      second, besides: harmless(first, besides: kept, in: document), in: document)
  }
}
