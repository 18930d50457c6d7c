internal import Foundation
internal import Odzew
internal import Policy

/// Verdicts in the Static Analysis Results Interchange Format 2.1.0 (OASIS), which editors and code
/// hosts read.
struct SARIFReport {
  private let verdicts: [Verdict]

  init(_ verdicts: [Verdict]) { self.verdicts = verdicts }

  private struct Text: Encodable { let text: String }
  private struct Region: Encodable { let startLine, startColumn, byteOffset, byteLength: Int }
  private struct Location: Encodable {
    struct Physical: Encodable {
      struct Artifact: Encodable { let uri: String }
      let artifactLocation: Artifact
      let region: Region
    }
    let physicalLocation: Physical
  }
  private struct Result: Encodable {
    let ruleId, level: String
    let message: Text
    let locations: [Location]
  }
  private struct Rule: Encodable {
    let id: String
    let shortDescription: Text
    let help: Text
  }
  private struct Run: Encodable {
    struct Tool: Encodable {
      struct Driver: Encodable {
        let name, version: String
        let rules: [Rule]
      }
      let driver: Driver
    }
    let tool: Tool
    let results: [Result]
  }
  private struct Report: Encodable {
    enum CodingKeys: String, CodingKey {
      case schema = "$schema"
      case version, runs
    }
    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]
  }

  /// The report.
  var json: String {
    let findings = verdicts.flatMap(\.findings)
    var rules: [String: PolicyFinding] = [:]
    for finding in findings { rules[finding.rule] = finding }
    let results = verdicts.flatMap { verdict in
      verdict.findings.map { finding in
        let place = verdict.place(of: finding.range.lowerBound)
        return Result(
          ruleId: finding.rule, level: finding.severity.rawValue,
          message: Text(text: finding.message),
          locations: [
            Location(
              physicalLocation: Location.Physical(
                artifactLocation: .init(uri: verdict.request.id),
                region: Region(
                  startLine: place.line, startColumn: place.column,
                  byteOffset: finding.range.lowerBound, byteLength: finding.range.count)))
          ])
      }
    }
    let driver = Run.Tool.Driver(
      name: "odzew", version: OdzewCommand.version,
      rules: rules.sorted { $0.key < $1.key }.map {
        Rule(
          id: $0.key, shortDescription: Text(text: $0.value.message),
          help: Text(text: $0.value.source))
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let report = Report(runs: [Run(tool: Run.Tool(driver: driver), results: results)])
    return (try? encoder.encode(report)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
