internal import Yams

/// A value of a file and the place where it stands.
public struct Located<Value> {
  /// The value.
  public let value: Value
  /// Where it was written.
  public let location: SourceLocation

  /// Makes a located value.
  /// - Parameters:
  ///   - value: the value.
  ///   - location: where it was written.
  public init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}

/// Reads one YAML file and gathers everything that is wrong with it, instead of stopping at the
/// first fault.
///
/// Reading is asking: a mapping knows which of its keys were asked for, and `finish()` reports
/// the others as unknown. So what a file may contain stands only in the code that reads it.
public final class YAMLReader {
  private let file: YAMLFile
  /// The file's content, if it is a mapping.
  public let root: YAMLMapping?

  /// Parses a file; faults of syntax are among the diagnostics.
  /// - Parameter source: the file.
  public convenience init(_ source: SourceText) { self.init(source, kept: nil) }

  /// Takes up a file that was parsed before, or parses it.
  /// - Parameters:
  ///   - source: the file.
  ///   - kept: the `document` of a reader of this very text.
  package init(_ source: SourceText, kept: YAMLDocument?) {
    file = YAMLFile(source, kept: kept)
    root = file.document == nil ? nil : file.mapping(0, called: "the file")
  }

  /// The file's content, for whoever keeps it; nil where it is none.
  package var document: YAMLDocument? { file.document }

  /// Everything found wrong so far.
  public var diagnostics: [Diagnostic] { file.diagnostics }

  /// The beginning of the file.
  public var start: SourceLocation { file.start }

  /// Adds a finding.
  /// - Parameters:
  ///   - code: the stable word of the finding.
  ///   - location: where it stands.
  ///   - message: what is wrong.
  ///   - remedy: what to do about it.
  ///   - mend: the same as a change of the file.
  public func report(
    _ code: String, at location: SourceLocation, _ message: String, remedy: String? = nil,
    mend: Mend? = nil
  ) {
    file.report(code, at: location, message, remedy: remedy, mend: mend)
  }
}

/// A YAML file and what is wrong with it, for its reader and every mapping in it.
///
/// It is not the reader itself, which knows its mapping: they would keep each other for ever.
private final class YAMLFile {
  let source: SourceText
  let document: YAMLDocument?
  let wasReadBefore: Bool
  private(set) var diagnostics: [Diagnostic] = []

  init(_ source: SourceText, kept: YAMLDocument?) {
    self.source = source
    wasReadBefore = kept != nil
    do {
      document = try kept ?? YAMLDocument(parsing: source.text)
      if document == nil { report("empty-file", at: start, "the file is empty") }
    } catch let error as YamlError {
      document = nil
      let fault = YAMLFault(error, in: source)
      report("invalid-yaml", at: fault.location, fault.message, remedy: fault.remedy)
    } catch {
      document = nil
      report("invalid-yaml", at: start, "the file is not YAML")
    }
  }

  var start: SourceLocation { SourceLocation(file: source.file, line: 1, column: 1) }

  func report(
    _ code: String, at location: SourceLocation, _ message: String, remedy: String? = nil,
    mend: Mend? = nil
  ) {
    diagnostics.append(Diagnostic(code: code, at: location, message, remedy: remedy, mend: mend))
  }

  /// Another name for a key, in the quotes that it has.
  func renaming(_ node: Int, _ key: String, to name: String) -> Mend? {
    let place = location(of: node)
    guard let start = source.utf8Offset(line: place.line, column: place.column) else { return nil }
    let written = source.text.utf8.dropFirst(start)
    let quotes = ["\"", "'"].contains(written.first.map { Character(Unicode.Scalar($0)) }) ? 1 : 0
    guard written.dropFirst(quotes).starts(with: key.utf8) else { return nil }
    let range = start + quotes..<start + quotes + key.utf8.count
    return Mend(at: place, "key '\(key)' renamed to '\(name)'", range: range, replacement: name)
  }

  func location(of node: Int) -> SourceLocation {
    let place = document?.place(of: node) ?? (line: 1, column: 1)
    return SourceLocation(file: source.file, line: place.line, column: place.column)
  }

  func mapping(_ node: Int, called name: String) -> YAMLMapping? {
    guard let document, document.kind(of: node) == .mapping else {
      report("wrong-type", at: location(of: node), "\(name) must be a mapping of keys to values")
      return nil
    }
    return YAMLMapping(in: self, of: document, node, location: location(of: node))
  }
}

/// A mapping of a YAML file, read key by key.
public final class YAMLMapping {
  private let file: YAMLFile
  let document: YAMLDocument
  private let pairs: [(key: Int, value: Int)]
  /// The values by key, where there are more than are soon looked through.
  private let table: [String: Int]
  /// Where the mapping begins.
  public let location: SourceLocation
  private var asked: Set<String> = []

  private static let soonLookedThrough = 16

  fileprivate init(
    in file: YAMLFile, of document: YAMLDocument, _ node: Int, location: SourceLocation
  ) {
    self.file = file
    self.document = document
    pairs = document.entries(of: node)
    table =
      pairs.count <= Self.soonLookedThrough
      ? [:]
      : Dictionary(
        pairs.compactMap { pair in document.text(of: pair.key).map { ($0, pair.value) } },
        uniquingKeysWith: { first, _ in first })
    self.location = location
  }

  /// Whether this very file has been read before and found right: what only tables were made of, which
  /// are kept, need not be read again.
  package var wasReadBefore: Bool { file.wasReadBefore }

  /// Whether a key stands in the mapping with a value other than null.
  /// - Parameter key: the key.
  /// - Returns: true if it has a value.
  public func has(_ key: String) -> Bool {
    node(key) != nil
  }

  /// The keys in the order of the file.
  ///
  /// Asking for them makes all of them known.
  public var entries: [Located<String>] {
    pairs.compactMap { entry in
      guard let key = document.text(of: entry.key) else {
        file.report(
          "wrong-type", at: file.location(of: entry.key), "a key must be a plain word")
        return nil
      }
      asked.insert(key)
      return Located(key, at: file.location(of: entry.key))
    }
  }

  /// Reports every key that nobody asked for.
  public func finish() {
    let unknown = pairs.compactMap { entry in
      document.text(of: entry.key).flatMap { key in
        asked.contains(key) ? nil : (node: entry.key, key: key, near: near(key, among: asked))
      }
    }
    if unknown.isEmpty { return }
    // Which key was meant needs no thought where only one is near, and nothing else has its place.
    let taken = pairs.compactMap { document.text(of: $0.key) } + unknown.compactMap(\.near.first)
    for (node, key, near) in unknown {
      let meant = near.first
      let isCertain = near.count == 1 && taken.count { $0 == meant } == 1
      file.report(
        "unknown-key", at: file.location(of: node), "unknown key '\(key)'",
        remedy: meant.map { "did you mean '\($0)'?" }
          ?? "known here: \(asked.sorted().joined(separator: ", "))",
        mend: isCertain ? meant.flatMap { file.renaming(node, key, to: $0) } : nil)
    }
  }

  /// A text that must be there.
  /// - Parameter key: its key.
  /// - Returns: the text, or nil after a finding.
  public func string(_ key: String) -> Located<String>? {
    required(key) { optionalString(key) }
  }

  /// A text that may be absent.
  ///
  /// Numbers are taken as they are written. - Parameter key: its key. - Returns: the text, if there
  /// is one.
  public func optionalString(_ key: String) -> Located<String>? {
    node(key).flatMap { text($0, called: key) }
  }

  /// A number within bounds that may be absent.
  /// - Parameters:
  ///   - key: its key.
  ///   - bounds: what is allowed.
  /// - Returns: the number, if there is a valid one.
  public func optionalNumber(_ key: String, in bounds: ClosedRange<Double>) -> Located<Double>? {
    guard let node = node(key) else { return nil }
    let place = file.location(of: node)
    guard let value = document.text(of: node).flatMap(Double.init), bounds.contains(value) else {
      file.report(
        "invalid-number", at: place,
        "'\(key)' must be a number from \(shown(bounds.lowerBound)) to \(shown(bounds.upperBound))")
      return nil
    }
    return Located(value, at: place)
  }

  /// A number within bounds that must be there.
  /// - Parameters:
  ///   - key: its key.
  ///   - bounds: what is allowed.
  /// - Returns: the number, or nil after a finding.
  public func number(_ key: String, in bounds: ClosedRange<Double>) -> Located<Double>? {
    required(key) { optionalNumber(key, in: bounds) }
  }

  /// Yes or no; absent means no.
  /// - Parameter key: its key.
  /// - Returns: what stands there.
  public func flag(_ key: String) -> Bool {
    guard let node = node(key) else { return false }
    switch document.text(of: node) {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      file.report("wrong-type", at: file.location(of: node), "'\(key)' must be true or false")
      return false
    }
  }

  /// One word of a fixed set, absent if the key is.
  /// - Parameters:
  ///   - key: its key.
  ///   - type: the set.
  /// - Returns: the word, if there is a valid one.
  public func optionalChoice<Choice>(_ key: String, of type: Choice.Type = Choice.self) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    guard let written = optionalString(key) else { return nil }
    if let choice = Choice(rawValue: written.value) { return choice }
    let known = Choice.allCases.map(\.rawValue)
    file.report(
      "unknown-value", at: written.location,
      "'\(written.value)' is not a value of '\(key)'",
      remedy: nearest(to: written.value, among: known).map { "did you mean '\($0)'?" }
        ?? "known: \(known.joined(separator: ", "))")
    return nil
  }

  /// A list of texts; absent means empty, one text alone is a list of one.
  /// - Parameter key: its key.
  /// - Returns: the texts.
  public func strings(_ key: String) -> [Located<String>] {
    items(key).compactMap { text($0, called: key) }
  }

  /// A list of texts, as `strings` has it, of which nothing is made before somebody reads it: for long lists
  /// that are seldom read.
  /// - Parameter key: its key.
  /// - Returns: the texts.
  package func texts(_ key: String) -> YAMLTexts {
    guard let node = node(key) else { return YAMLTexts() }
    let first = document.kind(of: node) == .list ? node + 1 : node
    let items = first..<document.node(behind: node)
    // What was read before was right.
    var item = wasReadBefore ? items.upperBound : items.lowerBound
    while item < items.upperBound {
      if !document.kind(of: item).isText { _ = text(item, called: key) }
      item = document.node(behind: item)
    }
    return YAMLTexts(items, of: document, in: location.file)
  }

  /// Those texts of a list that begin with a byte: of a long list where few do, the others cost nothing.
  /// - Parameters:
  ///   - key: its key.
  ///   - first: an ASCII character.
  /// - Returns: the texts.
  package func strings(_ key: String, beginningWith first: UInt8) -> [Located<String>] {
    items(key).compactMap { item in
      document.firstByte(of: item) == first ? text(item, called: key) : nil
    }
  }

  /// A mapping that must be there.
  /// - Parameter key: its key.
  /// - Returns: the mapping, or nil after a finding.
  public func mapping(_ key: String) -> YAMLMapping? {
    required(key) { optionalMapping(key) }
  }

  /// A mapping that may be absent.
  /// - Parameter key: its key.
  /// - Returns: the mapping, if there is one.
  public func optionalMapping(_ key: String) -> YAMLMapping? {
    node(key).flatMap { file.mapping($0, called: "'\(key)'") }
  }

  /// A list of mappings; absent means empty.
  /// - Parameter key: its key.
  /// - Returns: the mappings.
  public func mappings(_ key: String) -> [YAMLMapping] {
    items(key).compactMap { file.mapping($0, called: "an entry of '\(key)'") }
  }

  /// Whether the value of a key is a list, a mapping or plain text.
  /// - Parameter key: its key.
  /// - Returns: true for a mapping.
  public func isMapping(_ key: String) -> Bool {
    node(key).map { document.kind(of: $0) == .mapping } ?? false
  }

  /// Whether the value of a key is a list.
  /// - Parameter key: its key.
  /// - Returns: true for a list.
  public func isList(_ key: String) -> Bool {
    node(key).map { document.kind(of: $0) == .list } ?? false
  }

  /// Adds a finding about this file.
  /// - Parameters:
  ///   - code: the stable word of the finding.
  ///   - location: where it stands.
  ///   - message: what is wrong.
  ///   - remedy: what to do about it.
  public func report(
    _ code: String, at location: SourceLocation, _ message: String, remedy: String? = nil
  ) {
    file.report(code, at: location, message, remedy: remedy)
  }

  func location(of node: Int) -> SourceLocation { file.location(of: node) }

  func node(_ key: String) -> Int? {
    asked.insert(key)
    let value =
      table.isEmpty ? pairs.first { document.says(key, at: $0.key) }?.value : table[key]
    return value.flatMap { document.isNull($0) ? nil : $0 }
  }

  private func required<Value>(_ key: String, _ read: () -> Value?) -> Value? {
    if !has(key) {
      if let empty = pairs.first(where: { document.text(of: $0.key) == key }) {
        file.report(
          "missing-value", at: file.location(of: empty.key), "the key '\(key)' has no value",
          remedy: "write it behind a colon: '\(key): …'")
      } else {
        file.report("missing-key", at: location, "the key '\(key)' is missing here")
      }
      return nil
    }
    return read()
  }

  private func items(_ key: String) -> [Int] {
    guard let node = node(key) else { return [] }
    return document.kind(of: node) == .list ? document.children(of: node) : [node]
  }

  private func text(_ node: Int, called key: String) -> Located<String>? {
    guard let text = document.text(of: node) else {
      let isMapping = document.kind(of: node) == .mapping
      file.report(
        "wrong-type", at: file.location(of: node), "'\(key)' must be text, not a list or mapping",
        remedy: isMapping ? "put a text with ': ' in it in quotes" : nil)
      return nil
    }
    return Located(text, at: file.location(of: node))
  }
}

/// A bound as a person writes it: `1`, not `1.0`.
private func shown(_ value: Double) -> String {
  value == value.rounded() ? String(Int(value)) : String(value)
}
