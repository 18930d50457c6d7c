internal import ArgumentParser
internal import Foundation
internal import Store

/// The audit trail.
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Verifies the audit trail of a state file, and tells one conversation's story.",
    discussion: """
      Every response is a link: what was asked and answered (as SHA-256), by which rules of which \
      version of the bot folder, and the hash of the link before. A link that was changed, removed \
      or put in later shows. Note the head elsewhere: it proves that no link was cut off the end.

      Exit code 1 where something does not fit.

      Examples:
        odzew audit --state shop.odzew
        odzew audit --state shop.odzew --conversation anna_k
        odzew audit --state shop.odzew --link 17
      """)

  @OptionGroup var state: StateOptions

  @Option(help: ArgumentHelp("Tell the story of this conversation.", valueName: "id"))
  var conversation: String?

  @Option(
    help: ArgumentHelp(
      "Tell the story of the conversation to which this link belongs, as 'odzew report' names it.",
      valueName: "number"))
  var link: Int?

  func validate() throws {
    guard conversation == nil || link == nil else {
      throw ValidationError("name either '--conversation ID' or '--link NUMBER'")
    }
  }

  func run() throws {
    let store = try state.open()
    let report: SQLiteStore.AuditReport
    let story: [SQLiteStore.Exchange]
    do throws(StoreError) {
      report = try store.audit()
      if let conversation {
        story = try store.story(of: conversation)
      } else {
        story = try link.map { link throws(StoreError) in try store.story(ofLink: link) } ?? []
      }
    } catch {
      throw StateOptions.failure(error)
    }
    for exchange in story { try Terminal.print(text(of: exchange)) }
    if conversation != nil || link != nil, story.isEmpty {
      Terminal.note("there is no such conversation")
    }
    for fault in report.faults { try Terminal.print("fault: \(fault)") }
    try Terminal.print(
      "\(count(report.count, "link")), \(count(report.faults.count, "fault")), head \(report.head)")
    if !report.faults.isEmpty { throw ExitStatus.failures.exit }
  }

  private func text(of exchange: SQLiteStore.Exchange) -> String {
    let entry = exchange.entry
    func field(_ path: String..., of bytes: Data?) -> String? {
      var value: Any? = bytes.flatMap { try? JSONSerialization.jsonObject(with: $0) }
      for key in path { value = (value as? [String: Any])?[key] }
      return value as? String
    }
    var lines = [
      "\(entry.at) · \(entry.request) · \(entry.action)"
        + (entry.intents.isEmpty ? "" : " · \(entry.intents)")
        + (entry.template.isEmpty ? "" : " · \(entry.template)")
    ]
    if let asked = field("text", of: exchange.request) {
      lines.append("  > " + asked.replacing("\n", with: "\n    "))
    }
    if let said = field("reply", "text", of: exchange.response) {
      lines.append("  < " + said.replacing("\n", with: "\n    "))
    }
    for why in [
      field("reason", of: exchange.response), field("escalation", "summary", of: exchange.response),
    ].compactMap({ $0 }) { lines.append("  – \(why)") }
    if !entry.rules.isEmpty { lines.append("  policy: \(entry.verdict) by \(entry.rules)") }
    lines.append("  bot \(entry.bot.prefix(12)), link \(entry.number) \(entry.hash.prefix(12))")
    return lines.joined(separator: "\n") + "\n"
  }
}
