import Foundation

/// As much of JSON Schema 2020-12 as the project's schemas use, so that tests can hold the
/// program's own lines against them.
///
/// An unknown keyword is a fault, not a silent pass.
struct Schema {
  private let root: [String: Any]

  init(_ name: String) throws {
    let bytes = try Data(
      contentsOf: Program.root.appending(path: "Schemas/\(name).schema.json"))
    root = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
  }

  /// What is wrong with a JSON text, by path; empty where it is valid.
  func faults(in json: String) throws -> [String] {
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    return faults(value, root, "$")
  }

  private func faults(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    schema.keys.sorted().flatMap { keyword -> [String] in
      let rule = schema[keyword] ?? NSNull()
      switch keyword {
      case "$schema", "$id", "$defs", "title", "description", "format", "then", "else": return []
      case "type":
        let types = rule as? [String] ?? [rule as? String ?? ""]
        return types.contains { Self.isType($0, value) } ? [] : ["\(path) must be \(types)"]
      case "enum":
        let options = rule as? [Any] ?? []
        return options.contains { Self.same($0, value) }
          ? [] : ["\(path) must be one of \(options)"]
      case "const": return Self.same(rule, value) ? [] : ["\(path) must be \(rule)"]
      case "required":
        guard let object = value as? [String: Any] else { return [] }
        return (rule as? [String] ?? []).filter { object[$0] == nil }
          .map { "\(path).\($0) is missing" }
      case "properties":
        guard let object = value as? [String: Any] else { return [] }
        return (rule as? [String: [String: Any]] ?? [:]).flatMap { name, part in
          object[name].map { faults($0, part, "\(path).\(name)") } ?? []
        }
      case "additionalProperties":
        guard let object = value as? [String: Any] else { return [] }
        let known = (schema["properties"] as? [String: Any] ?? [:]).keys
        let others = object.filter { !known.contains($0.key) }
        if let part = rule as? [String: Any] {
          return others.flatMap { faults($0.value, part, "\(path).\($0.key)") }
        }
        return others.keys.map { "\(path).\($0) is not known" }
      case "items":
        guard let list = value as? [Any], let part = rule as? [String: Any] else { return [] }
        return list.enumerated().flatMap { faults($0.element, part, "\(path)[\($0.offset)]") }
      case "minLength", "maxLength":
        guard let text = value as? String, let bound = rule as? Int else { return [] }
        let holds = keyword == "minLength" ? text.count >= bound : text.count <= bound
        return holds ? [] : ["\(path) breaks \(keyword) \(bound)"]
      case "minimum", "maximum":
        guard let number = value as? NSNumber, let bound = rule as? NSNumber else { return [] }
        let holds =
          keyword == "minimum"
          ? number.doubleValue >= bound.doubleValue : number.doubleValue <= bound.doubleValue
        return holds ? [] : ["\(path) breaks \(keyword) \(bound)"]
      case "pattern":
        guard let text = value as? String, let pattern = rule as? String else { return [] }
        return text.range(of: pattern, options: .regularExpression) != nil
          ? [] : ["\(path) does not match \(pattern)"]
      case "$ref":
        let name = (rule as? String ?? "").split(separator: "/").last.map(String.init) ?? ""
        let parts = root["$defs"] as? [String: [String: Any]]
        return faults(value, parts?[name] ?? [:], path)
      case "allOf":
        return (rule as? [[String: Any]] ?? []).flatMap { faults(value, $0, path) }
      case "anyOf":
        let all = (rule as? [[String: Any]] ?? []).map { faults(value, $0, path) }
        return all.contains([]) ? [] : all.flatMap { $0 }
      case "if":
        let holds = faults(value, rule as? [String: Any] ?? [:], path).isEmpty
        let part = schema[holds ? "then" : "else"] as? [String: Any]
        return part.map { faults(value, $0, path) } ?? []
      default: return ["the schema's keyword '\(keyword)' is not understood"]
      }
    }
  }

  private static func isType(_ type: String, _ value: Any) -> Bool {
    let isBool = (value as? NSNumber).map { isBoolean($0) } ?? false
    switch type {
    case "object": return value is [String: Any]
    case "array": return value is [Any]
    case "string": return value is String
    case "null": return value is NSNull
    case "boolean": return isBool
    case "number": return value is NSNumber && !isBool
    case "integer":
      guard let number = value as? NSNumber, !isBool else { return false }
      return number.doubleValue == number.doubleValue.rounded()
    default: return false
    }
  }

  /// Whether a number was written as true or false: those are `Bool` to the bridge.
  private static func isBoolean(_ number: NSNumber) -> Bool {
    unsafe String(cString: number.objCType) == "c"
  }

  private static func same(_ left: Any, _ right: Any) -> Bool {
    if left is NSNull || right is NSNull { return left is NSNull && right is NSNull }
    return (left as? NSObject)?.isEqual(right) ?? false
  }
}
