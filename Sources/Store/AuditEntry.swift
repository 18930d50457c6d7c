internal import Crypto
package import Foundation
internal import GRDB

/// One link of the audit trail: what was decided about a request, by which rules of which version.
///
/// Each link holds the hash of the one before, so that a link that is changed, removed or put in
/// later shows. People and texts stand in it as digests only.
public struct AuditEntry: Sendable, Hashable {
  /// Its place in the trail, from 1.
  public let number: Int
  /// When it was written (RFC 3339).
  public let at: String
  /// SHA-256 of the conversation's identity.
  public let conversation: String
  /// The request's identity.
  public let request: String
  /// What was done.
  public let action: String
  /// What was understood.
  public let intents: String
  /// The templates of the reply.
  public let template: String
  /// What the policy filter said.
  public let verdict: String
  /// The rules that fired.
  public let rules: String
  /// SHA-256 of the bot folder.
  public let bot: String
  /// SHA-256 of the request's bytes.
  public let asked: String
  /// SHA-256 of the response's bytes.
  public let answered: String
  /// The hash of the link before; of nothing for the first.
  public let previous: String
  /// SHA-256 over everything above.
  public let hash: String

  /// The hash that the link must have.
  var expectedHash: String {
    // The unit separator stands in none of the fields' alphabets but may stand in a request's
    // identity; its length before it keeps two links from looking alike.
    let fields = [
      String(number), at, conversation, "\(request.utf8.count):\(request)", action, intents,
      template, verdict, rules, bot, asked, answered, previous,
    ]
    return Self.digest(of: Data(fields.joined(separator: "\u{1F}").utf8))
  }

  /// SHA-256 in hexadecimal (FIPS 180-4).
  package static func digest(of bytes: Data) -> String {
    SHA256.hash(data: bytes).map { byte in
      let hex = String(byte, radix: 16)
      return hex.count == 1 ? "0" + hex : hex
    }.joined()
  }
}

extension AuditEntry {
  init(_ row: Row) {
    number = row["number"]
    at = row["at"]
    conversation = row["conversation"]
    request = row["request"]
    action = row["action"]
    intents = row["intents"]
    template = row["template"]
    verdict = row["verdict"]
    rules = row["rules"]
    bot = row["bot"]
    asked = row["asked"]
    answered = row["answered"]
    previous = row["previous"]
    hash = row["hash"]
  }
}
