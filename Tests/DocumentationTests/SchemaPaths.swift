import Foundation

/// What a JSON Schema knows: the paths to its properties, such as `answers.when`.
///
/// A list and its only entry have one path, and NAME stands for names of the writer's own.
struct SchemaPaths {
  struct Property {
    /// The definition that it stands in and its place there: what is said once is said of all uses.
    let identity: String
    let isRequired: Bool
    /// The words that it may be, where they are a fixed set.
    let words: Set<String>
  }

  private(set) var properties: [String: Property] = [:]
  private let definitions: [String: Any]

  /// Reads a schema of the project.
  init(_ name: String) throws {
    let bytes = try Data(
      contentsOf: MarkdownPage.root.appending(path: "Schemas/\(name).schema.json"))
    let root = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
    definitions = (root["definitions"] ?? root["$defs"]) as? [String: Any] ?? [:]
    walk(root, at: "", identity: "", isRequired: false, in: [])
  }

  /// The properties below a path.
  func below(_ path: String) -> [String: Property] {
    properties.filter { $0.key.hasPrefix(path + ".") }.reduce(into: [:]) {
      $0[String($1.key.dropFirst(path.count + 1))] = $1.value
    }
  }

  private mutating func walk(
    _ part: Any, at path: String, identity: String, isRequired: Bool, in used: Set<String>
  ) {
    guard let part = part as? [String: Any] else {
      // A schema that takes everything.
      if !path.isEmpty { add(path, identity, isRequired, []) }
      return
    }
    if !path.isEmpty {
      let words = (part["enum"] as? [Any] ?? []) + (part["const"].map { [$0] } ?? [])
      add(path, identity, isRequired, Set(words.compactMap(Self.word)))
    }
    let required = part["required"] as? [String] ?? []
    func inner(_ name: String) -> String { path.isEmpty ? name : path + "." + name }
    func own(_ name: String) -> String { identity.isEmpty ? name : identity + "." + name }
    for (name, member) in part["properties"] as? [String: Any] ?? [:] {
      walk(
        member, at: inner(name), identity: own(name), isRequired: required.contains(name), in: used)
    }
    if let others = part["additionalProperties"] as? [String: Any] {
      walk(others, at: inner("NAME"), identity: own("NAME"), isRequired: false, in: used)
    }
    let alternatives = ["anyOf", "oneOf", "allOf"].flatMap { part[$0] as? [Any] ?? [] }
    let conditional = ["then", "else", "items"].compactMap { part[$0] }
    for other in alternatives + conditional {
      walk(other, at: path, identity: identity, isRequired: isRequired, in: used)
    }
    if let name = (part["$ref"] as? String)?.split(separator: "/").last.map(String.init),
      !used.contains(name), let definition = definitions[name]
    {
      let own = properties[path]
      walk(
        definition, at: path, identity: "#" + name, isRequired: isRequired,
        in: used.union([name]))
      // The property itself is where it stands; only what is inside is the definition's.
      if let own, !path.isEmpty {
        let words = own.words.union(properties[path]?.words ?? [])
        properties[path] = Property(
          identity: own.identity, isRequired: own.isRequired, words: words)
      }
    }
  }

  private mutating func add(
    _ path: String, _ identity: String, _ isRequired: Bool, _ words: Set<String>
  ) {
    let known = properties[path]
    properties[path] = Property(
      identity: known?.identity ?? identity, isRequired: known?.isRequired ?? isRequired,
      words: words.union(known?.words ?? []))
  }

  private static func word(_ value: Any) -> String? {
    switch value {
    case let word as String: word
    case let flag as Bool: "\(flag)"
    default: nil
    }
  }
}

extension [String: SchemaPaths.Property] {
  /// What is wrong with the rows that should describe these properties.
  func faults(in rows: [MarkdownPage.Row]) -> [String] {
    var faults: [String] = []
    var described: Set<String> = []
    for row in rows {
      var words: Set<String> = []
      for (name, isBold) in MarkdownPage.Row.codes(in: row.cells[0]) {
        let path = name.replacing("[]", with: "")
        guard let property = self[path] else {
          faults.append("'\(name)' is in no schema")
          continue
        }
        described.insert(path)
        words.formUnion(property.words)
        if property.isRequired != isBold {
          faults.append("'\(name)' is \(property.isRequired ? "" : "not ")required")
        }
      }
      let written = Set(row.codes(1))
      // Words that stand in a table of their own are linked.
      if written != words, !row.cells[1].contains("](#") {
        faults.append(
          "\(row.cells[0]): \(written.symmetricDifference(words).sorted()) in type or schema alone")
      }
    }
    let identities = Set(described.compactMap { self[$0]?.identity })
    let missing = filter { path, property in
      !identities.contains(property.identity) && path.split(separator: ".").last != "NAME"
        && !described.contains { $0.hasPrefix(path + ".") }
    }
    return faults + missing.keys.sorted().map { "'\($0)' is missing" }
  }
}
