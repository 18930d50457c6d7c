import Adapters
import Foundation
import Liquid
import Testing

/// A document of another system, and what must come of it, which was derived from that system's
/// documentation.
struct Contract: Sendable, CustomTestStringConvertible {
  let system: String
  let name: String
  let document: Value
  let expected: [String: Value]

  var testDescription: String { "\(system)/\(name)" }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Every document below `Tests/Fixtures/adapters`.
  static let all: [Contract] = {
    let folder = root.appending(path: "Tests/Fixtures/adapters")
    let systems = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return systems.sorted().flatMap { system in
      let place = folder.appending(path: system)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
      return names.sorted().filter { $0.hasSuffix(".json") && !$0.hasSuffix(".expected.json") }
        .map { name in
          let stem = name.replacing(".broken.json", with: "").replacing(".json", with: "")
          guard let document = value(place.appending(path: name)),
            case .object(let expected)? = value(place.appending(path: stem + ".expected.json"))
          else { fatalError("\(system)/\(name) or its expectation is missing or no JSON") }
          return Contract(system: system, name: name, document: document, expected: expected)
        }
    }
  }()

  static func value(_ file: URL) -> Value? {
    FileManager.default.contents(atPath: file.path)
      .flatMap { try? Value(json: $0) }
  }
}

extension Value {
  /// The value as it is shown when it is not what was expected.
  var shown: String { String(decoding: json, as: UTF8.self) }
}
