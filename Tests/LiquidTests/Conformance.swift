import Diagnostics
import Foundation
import Liquid
import Testing

/// The public conformance suite "Golden Liquid", read from beside the project and not part of it.
///
/// Where it lies elsewhere, `GOLDEN_LIQUID` names its `golden_liquid.json`.
struct GoldenCase: Sendable, Decodable, CustomTestStringConvertible {
  let name: String
  let template: String
  let data: [String: Value]?
  let templates: [String: String]?
  let result: String?
  let results: [String]?
  let invalid: Bool?

  var testDescription: String { name }

  /// What the suite accepts; nil where the template must be refused.
  var accepted: [String]? {
    invalid == true ? nil : results ?? [result ?? ""]
  }

  static let file: URL = {
    if let named = ProcessInfo.processInfo.environment["GOLDEN_LIQUID"] {
      return URL(filePath: named)
    }
    let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return project.appending(path: "../shared/golden-liquid/golden_liquid.json").standardized
  }()

  static let isThere = FileManager.default.fileExists(atPath: file.path)

  static let all: [GoldenCase] = {
    struct Suite: Decodable { let tests: [GoldenCase] }
    guard let bytes = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode(Suite.self, from: bytes).tests) ?? []
  }()

  /// The text, or nil where the template is refused or fails.
  func rendered() -> String? {
    do {
      var partials: [String: Template] = [:]
      for (name, text) in templates ?? [:] {
        // A partial that is invalid is found out when it is rendered.
        partials[name] = try? Template(SourceText(file: name, text: text))
      }
      return try Template(SourceText(file: "t", text: template)).render(
        data ?? [:], partials: { partials[$0] }, undefined: .lenient)
    } catch {
      return nil
    }
  }
}

@Suite struct Conformance {
  private static let order =
    "objects are walked in the order of their names, so that the same data give the same text"

  /// Cases that are not met, each with the reason.
  static let unmet: [String: String] = [
    "filters, compact, array of objects with key property": order,
    "filters, reject, input is a hash, default value, nil match": order,
    "filters, reject, input is a hash, default value, no match": order,
    "filters, reject, input is a hash, explicit nil match": order,
    "filters, reject, input is a hash, int value, no match": order,
    "filters, uniq, array of objects with key property": order,
    "filters, uniq, array of objects with missing key property": order,
    "tags, case, unexpected when token":
      "'and' in a 'when' is a fault, not the end of what it lists",
    "tags, for, simple hash loop": order,
  ]

  @Test(
    .enabled(
      if: GoldenCase.isThere,
      "the conformance suite is not there; set GOLDEN_LIQUID to its golden_liquid.json"),
    arguments: GoldenCase.all)
  func meets(_ golden: GoldenCase) {
    let text = golden.rendered()
    let verdict: Comment = "\(golden.template) gives \(text ?? "an error")"
    func check() {
      if let accepted = golden.accepted {
        #expect(text.map(accepted.contains) == true, "\(verdict), not \(accepted)")
      } else {
        #expect(text == nil, "\(verdict) and must be refused")
      }
    }
    if let reason = Self.unmet[golden.name] {
      withKnownIssue("\(reason)") { check() }
    } else {
      check()
    }
  }
}
