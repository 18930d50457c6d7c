public import Diagnostics
internal import Foundation
internal import Liquid

extension Adapter {
  /// Reads an adapter file.
  /// - Parameter source: the file.
  /// - Throws: `InvalidFiles` with everything that is wrong with it.
  public init(_ source: SourceText) throws(InvalidFiles) {
    let reader = YAMLReader(source)
    let file = reader.root.map(AdapterFile.init)
    let adapter = file?.adapter()
    if let error = InvalidFiles(reader.diagnostics + (file?.found ?? [])) { throw error }
    guard let adapter else {
      throw InvalidFiles(
        Diagnostic(code: "invalid-adapter", at: reader.start, "the file is no adapter"))
    }
    self = adapter
  }
}

/// Reads the parts of an adapter file, and gathers what is wrong with them.
private final class AdapterFile {
  private let file: YAMLMapping
  private var filters = FilterTable.standard
  private(set) var found: [Diagnostic] = []

  init(_ file: YAMLMapping) { self.file = file }

  func adapter() -> Adapter? {
    filters = .adapting(with: tables())
    let name = file.string("adapter")?.value
    let title = file.string("title")?.value
    // For its reader alone: where the shapes are documented.
    _ = file.optionalString("source")
    let detection = file.optionalString("detect").flatMap { formula($0, .condition) }
    let settings = constants(file.tree("settings"))
    let messages = file.mappings("messages").compactMap(message)
    let orders = file.mappings("orders").compactMap(order)
    let separator = file.optionalMapping("csv").flatMap { csv in
      defer { csv.finish() }
      return csv.optionalString("separator")?.value.first ?? ","
    }
    let calls = calls()
    file.finish()
    guard let name, let title else { return nil }
    return Adapter(
      name: name, title: title, detection: detection, messages: messages, orders: orders,
      calls: calls, settings: .object(settings), separator: separator)
  }

  private func tables() -> [String: ValueTable] {
    guard let list = file.optionalMapping("tables") else { return [:] }
    var tables: [String: ValueTable] = [:]
    for name in list.entries {
      guard case .mapping(let rows, _)? = list.tree(name.value) else {
        report("wrong-type", name.location, "a table must be a mapping of their words to ours")
        continue
      }
      var values: [String: Value] = [:]
      for (key, value) in rows {
        switch value {
        case .scalar, .null: values[key.value] = constant(value)
        default:
          report("wrong-type", value.location, "a row of a table must be one word")
        }
      }
      tables[name.value] = ValueTable(values, named: name.value)
    }
    return tables
  }

  private func message(_ entry: YAMLMapping) -> MessageShape? {
    defer { entry.finish() }
    let condition = entry.optionalString("when").flatMap { formula($0, .condition) }
    let loop = loop(entry.tree("each"))
    let author = entry.tree("author").flatMap(field)
    let buyers = entry.tree("buyers").flatMap(field)
    let context = entry.tree("context").flatMap(field)
    let always = constants(entry.tree("always"))
    guard let tree = entry.tree("request") else {
      report("missing-key", entry.location, "the key 'request' is missing here")
      return nil
    }
    guard let request = field(tree) else { return nil }
    return MessageShape(
      condition: condition, loop: loop, author: author, buyers: buyers, request: request,
      always: always,
      context: context)
  }

  private func order(_ entry: YAMLMapping) -> OrderShape? {
    defer { entry.finish() }
    let condition = entry.optionalString("when").flatMap { formula($0, .condition) }
    let loop = loop(entry.tree("each"))
    let buyers = entry.tree("buyers").flatMap(field)
    let always = constants(entry.tree("always"))
    guard let tree = entry.tree("order") else {
      report("missing-key", entry.location, "the key 'order' is missing here")
      return nil
    }
    return field(tree).map {
      OrderShape(condition: condition, loop: loop, buyers: buyers, order: $0, always: always)
    }
  }

  private func calls() -> [CallOccasion: [CallTemplate]] {
    guard let list = file.optionalMapping("calls") else { return [:] }
    var calls: [CallOccasion: [CallTemplate]] = [:]
    for occasion in CallOccasion.allCases {
      calls[occasion] = list.mappings(occasion.rawValue).compactMap { entry in
        defer { entry.finish() }
        let condition = entry.optionalString("when").flatMap { formula($0, .condition) }
        let headers = entry.tree("headers").flatMap(body)
        let body = entry.tree("body").flatMap(self.body)
        guard let written = entry.string("call"), let call = template(written) else { return nil }
        return CallTemplate(
          condition: condition, written: written.value, call: call, headers: headers, body: body)
      }
    }
    list.finish()
    return calls
  }

  // Pieces.

  private func field(_ tree: YAMLTree) -> Field? {
    switch tree {
    case .scalar(let text, _):
      return formula(text).map { .value([Field.Alternative(condition: nil, value: $0)]) }
    case .list(let items, _): return .value(items.compactMap(alternative))
    case .mapping(let entries, let place):
      guard let element = entries.first(where: { $0.key.value == "of" }) else {
        return .object(
          entries.compactMap { entry in field(entry.value).map { (entry.key.value, $0) } })
      }
      for (key, _) in entries where !["each", "when", "of"].contains(key.value) {
        report(
          "unknown-key", key.location, "unknown key '\(key.value)'",
          remedy: "a list has 'each', 'when' and 'of'")
      }
      guard let each = entries.first(where: { $0.key.value == "each" }) else {
        report("missing-key", place, "the key 'each' is missing here")
        return nil
      }
      var loop = loop(each.value)
      if case .scalar(let text, _)? = entries.first(where: { $0.key.value == "when" })?.value {
        loop.condition = formula(text, .condition)
      }
      return field(element.value).map { .list(loop, of: $0) }
    case .null(let place):
      report("missing-value", place, "a formula is missing here")
      return nil
    }
  }

  private func alternative(_ tree: YAMLTree) -> Field.Alternative? {
    switch tree {
    case .scalar(let text, _):
      return formula(text).map { Field.Alternative(condition: nil, value: $0) }
    case .mapping(let entries, let place):
      var parts: [String: Located<String>] = [:]
      for case (let key, .scalar(let text, _)) in entries { parts[key.value] = text }
      guard entries.count == 2, let condition = parts["when"], let value = parts["value"] else {
        report("wrong-type", place, "an alternative has 'when' and 'value'")
        return nil
      }
      guard let condition = formula(condition, .condition), let value = formula(value) else {
        return nil
      }
      return Field.Alternative(condition: condition, value: value)
    default:
      report("wrong-type", tree.location, "an alternative must be a formula")
      return nil
    }
  }

  private func loop(_ tree: YAMLTree?) -> Loop {
    guard let tree else { return Loop() }
    guard case .list(let items, _) = tree else {
      report(
        "wrong-type", tree.location, "'each' must be a list of 'name: formula'",
        remedy: "write [{line: lines}]")
      return Loop()
    }
    return Loop(
      steps: items.compactMap { item in
        guard case .mapping(let entries, _) = item, entries.count == 1,
          case .scalar(let text, _) = entries[0].value
        else {
          report("wrong-type", item.location, "a step of 'each' is one 'name: formula'")
          return nil
        }
        return formula(text).map { Loop.Step(name: entries[0].key.value, list: $0) }
      })
  }

  private func body(_ tree: YAMLTree) -> CallBody? {
    switch tree {
    case .scalar(let text, let isQuoted):
      if let lone = Formula.loneOutput(text.value) {
        return formula(Located(lone, at: text.location)).map(CallBody.value)
      }
      if text.value.contains("{{") || text.value.contains("{%") {
        return template(text).map(CallBody.text)
      }
      return .constant(constant(text.value, isQuoted: isQuoted))
    case .list(let items, _): return .list(items.compactMap(body))
    case .mapping(let entries, _):
      return .object(
        entries.compactMap { entry in body(entry.value).map { (entry.key.value, $0) } })
    case .null: return .constant(.nothing)
    }
  }

  private func constants(_ tree: YAMLTree?) -> [String: Value] {
    guard let tree else { return [:] }
    guard case .object(let fields) = constant(tree) else {
      report("wrong-type", tree.location, "'always' must be a mapping of fields to values")
      return [:]
    }
    return fields
  }

  private func constant(_ tree: YAMLTree) -> Value {
    switch tree {
    case .scalar(let text, let isQuoted): constant(text.value, isQuoted: isQuoted)
    case .list(let items, _): .list(items.map(constant))
    case .mapping(let entries, _):
      .object(
        Dictionary(
          entries.map { ($0.key.value, constant($0.value)) },
          uniquingKeysWith: { first, _ in first }))
    case .null: .nothing
    }
  }

  private func constant(_ text: String, isQuoted: Bool) -> Value {
    if isQuoted { return .string(text) }
    switch text {
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: return Int(text).map(Value.integer) ?? .string(text)
    }
  }

  private func formula(_ text: Located<String>, _ kind: Formula.Kind = .value) -> Formula? {
    do throws(InvalidFiles) {
      return try Formula(text, kind, filters: filters)
    } catch {
      found += error.diagnostics
      return nil
    }
  }

  private func template(_ text: Located<String>) -> Template? {
    do throws(InvalidFiles) {
      return try Template(
        SourceText(file: text.location.file, text: text.value), filters: filters)
    } catch {
      found += error.diagnostics.map {
        Diagnostic(
          $0.severity, code: $0.code,
          at: SourceLocation(
            file: text.location.file, line: text.location.line,
            column: text.location.column + $0.location.column - 1),
          $0.message, remedy: $0.remedy)
      }
      return nil
    }
  }

  private func report(
    _ code: String, _ place: SourceLocation, _ message: String, remedy: String? = nil
  ) {
    found.append(Diagnostic(code: code, at: place, message, remedy: remedy))
  }
}
