internal import Commerce
internal import Foundation
internal import Language
internal import Odzew
internal import Policy

/// What the filter says of one text, for people and for other tools.
struct Verdict {
  let request: Request
  let draft: Request.Draft
  private let ruling: Ruling

  init(_ request: Request, _ draft: Request.Draft, _ desk: PolicyDesk, at now: Date) {
    self.request = request
    self.draft = draft
    ruling = desk.ruling(on: draft, of: request, at: now)
  }

  /// The rules that fired, in the order of the text.
  var findings: [PolicyFinding] {
    ruling.findings.sorted { ($0.range.lowerBound, $0.rule) < ($1.range.lowerBound, $1.rule) }
  }

  /// Whether the text may leave as it was written.
  var mayLeave: Bool {
    if case .passed = ruling { true } else { false }
  }

  private var word: String {
    switch ruling {
    case .passed: "pass"
    case .changed: "changed"
    case .delayed: "delay"
    case .escalated: "escalate"
    case .suppressed: "suppress"
    case .blocked: "block"
    }
  }

  /// The verdict as a person reads it.
  func report(_ filter: PolicyFilter) -> String {
    var parts = [Terminal.coloured(word, mayLeave ? .green : .red)]
    for finding in findings {
      let (line, column) = place(of: finding.range.lowerBound)
      var lines = [
        "\(line):\(column): \(Terminal.coloured(finding.rule, .bold)) (\(finding.action.rawValue))"
      ]
      if !finding.range.isEmpty { lines.append("  \(marked(finding.range))") }
      lines.append("  \(finding.message)")
      lines.append("  source: \(finding.source)")
      if let instead = filter.example(compliantWith: finding.rule, in: request.locale) {
        lines.append("  for example: \(instead)")
      }
      parts.append(lines.joined(separator: "\n"))
    }
    if case .changed(let text, _) = ruling { parts.append("would leave as:\n\(text.text)") }
    if case .delayed(_, let until, _) = ruling {
      parts.append("not before \(Timestamp.format(until, in: .gmt))")
    }
    return parts.joined(separator: "\n\n")
  }

  /// The verdict as one line of JSON.
  /// - Parameter filter: what tells the concepts of the text; nil where nobody asks for them.
  /// - Returns: an object without line breaks.
  func json(withConceptsBy filter: PolicyFilter?) -> String {
    struct Finding: Encodable {
      let rule, severity, action, excerpt, source, message: String
      let start, end: Int
    }
    struct Line: Encodable {
      let id, verdict: String
      let text: String?
      let notBefore: String?
      let findings: [Finding]
      let concepts: [[String]]?
    }
    var notBefore: Date?
    if case .delayed(_, let until, _) = ruling { notBefore = until }
    let line = Line(
      id: request.id, verdict: word, text: ruling.text?.text,
      notBefore: notBefore.map { Timestamp.format($0, in: .gmt) },
      findings: findings.map {
        Finding(
          rule: $0.rule, severity: $0.severity.rawValue, action: $0.action.rawValue,
          excerpt: $0.excerpt, source: $0.source, message: $0.message,
          start: $0.range.lowerBound, end: $0.range.upperBound)
      },
      concepts: filter?.concepts(in: draft.text, request.locale))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    // Texts and whole numbers are always JSON.
    return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// Line and column of a byte, from 1; columns count characters.
  func place(of byte: Int) -> (line: Int, column: Int) {
    let before = String(decoding: Array(draft.text.utf8.prefix(byte)), as: UTF8.self)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return (lines.count, (lines.last?.count ?? 0) + 1)
  }

  /// The line of a finding, with its words between marks.
  private func marked(_ range: Range<Int>) -> String {
    let bytes = Array(draft.text.utf8)
    let range = range.clamped(to: 0..<bytes.count)
    let newline = UInt8(ascii: "\n")
    let start = bytes[..<range.lowerBound].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[range.upperBound...].firstIndex(of: newline) ?? bytes.count
    func text(_ part: Range<Int>) -> String { String(decoding: bytes[part], as: UTF8.self) }
    return text(start..<range.lowerBound)
      + Terminal.coloured("»\(text(range))«", .yellow) + text(range.upperBound..<end)
  }
}
