public import Foundation

/// What old requests are answered now, beside what they were answered then.
public struct ReplayComparison: Sendable {
  /// A request that is answered otherwise now.
  public struct Change: Sendable {
    /// The request, and what is done about it then and now.
    public let heading: String
    /// How the replies differ.
    public let reply: WordDifference
  }

  /// The requests that are answered otherwise.
  public let changes: [Change]
  /// Counts, as a table.
  public let table: String

  /// The part of a response that is compared.
  private struct Answer: Decodable, Equatable {
    struct Intent: Decodable, Equatable { let intent: String }
    struct Reply: Decodable, Equatable { let text: String }
    struct Policy: Decodable, Equatable {
      struct Finding: Decodable, Equatable { let rule: String }
      let findings: [Finding]
    }
    struct Escalation: Decodable, Equatable {
      let reason: String
      let queue: String
    }

    let action: String
    let intents: [Intent]?
    let reply: Reply?
    let policy: Policy?
    let escalation: Escalation?
  }

  private struct Key: Decodable {
    let id: String?
    let conversation: String?
  }

  private struct Asked: Decodable { let text: String? }

  /// What a request and its response share.
  /// - Parameter line: either of them.
  /// - Returns: the identity; empty for what has none.
  public static func key(of line: Data) -> String {
    (try? JSONDecoder().decode(Key.self, from: line))?.id ?? ""
  }

  /// Compares answers.
  /// - Parameters:
  ///   - requests: the requests.
  ///   - then: what each was answered; nil where nobody knows.
  ///   - now: what each is answered now.
  public init(_ requests: [Data], then: [Data?], now: [Data]) {
    func answer(_ line: Data?) -> Answer? {
      line.flatMap { try? JSONDecoder().decode(Answer.self, from: $0) }
    }
    var changes: [Change] = []
    var unknown = 0
    var counts: [String: [String: (then: Int, now: Int)]] = [:]
    func count(_ answer: Answer, _ add: (inout (then: Int, now: Int)) -> Void) {
      func one(_ kind: String, _ name: String) {
        add(&counts[kind, default: [:]][name, default: (0, 0)])
      }
      one("action", answer.action)
      for intent in answer.intents ?? [] { one("intent", intent.intent) }
      for rule in Set((answer.policy?.findings ?? []).map(\.rule)) { one("policy", rule) }
      if let escalation = answer.escalation { one("escalation", escalation.reason) }
    }
    for (index, request) in requests.enumerated() {
      guard let new = answer(now[index]) else { continue }
      guard let old = answer(then[index]) else {
        unknown += 1
        continue
      }
      count(old) { $0.then += 1 }
      count(new) { $0.now += 1 }
      if old != new {
        changes.append(
          Change(
            heading: Self.heading(of: request, from: old, to: new),
            reply: WordDifference(from: old.reply?.text ?? "", to: new.reply?.text ?? "")))
      }
    }
    self.changes = changes
    var lines = [
      "\(requests.count) request\(requests.count == 1 ? "" : "s"), \(changes.count) answered otherwise"
        + (unknown > 0 ? ", \(unknown) without an earlier answer" : "")
    ]
    for kind in ["action", "intent", "policy", "escalation"] {
      for (name, pair) in (counts[kind] ?? [:]).sorted(by: { $0.key < $1.key })
      where pair.then != pair.now {
        lines.append("\(kind) \(name): \(pair.then) then, \(pair.now) now")
      }
    }
    table = lines.joined(separator: "\n")
  }

  private static func heading(of request: Data, from old: Answer, to new: Answer) -> String {
    let asked = (try? JSONDecoder().decode(Asked.self, from: request))?.text ?? ""
    func head(_ answer: Answer) -> String {
      [
        answer.action, (answer.intents ?? []).map(\.intent).joined(separator: ", "),
        answer.escalation.map { "→ \($0.queue) (\($0.reason))" } ?? "",
      ]
      .filter { !$0.isEmpty }.joined(separator: " · ")
    }
    var lines = ["\(key(of: request)) > \(asked)"]
    if head(old) != head(new) { lines.append("  then: \(head(old))\n  now:  \(head(new))") }
    return lines.joined(separator: "\n")
  }
}
