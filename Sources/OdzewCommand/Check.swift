internal import ArgumentParser
internal import Commerce
internal import Foundation
internal import Language
internal import Odzew
internal import Policy

/// The policy filter alone, over texts that people wrote.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Whether a text may leave, and if not, why.",
    discussion: """
      Reads one text from standard input, or with --json one JSON object a line with the fields of \
      a 'draft' (text, channel, marketplace, kind, author, locale, purpose, history, consents, …). \
      Says each rule that fires, with the place marked, the source, and what could be said instead.

      Examples:
        echo 'Napisz opinię, a dorzucimy rabat.' | odzew check --channel allegro --locale pl
        odzew check --json < drafts.ndjson
        odzew check --channel amazon --sarif < reply.txt > report.sarif

      Exit code 1 where a text may not leave as it is.
      """)

  @OptionGroup var options: BotOptions
  @OptionGroup var occasion: OccasionOptions

  @Flag(help: "JSON lines in and out.")
  var json = false

  @Flag(help: "With --json: also the concepts of each sentence, with which rules are written.")
  var concepts = false

  @Flag(help: "A SARIF 2.1.0 report.")
  var sarif = false

  func run() throws {
    let desk = try options.loadPolicies()
    try occasion.check(by: desk.settings)
    let (drafts, isWhole) = try json ? lines() : ([whole()], true)
    let verdicts = drafts.map { draft in
      Verdict(draft.request, draft.draft, desk, at: options.now ?? Date())
    }
    if sarif {
      try Terminal.print(SARIFReport(verdicts).json)
    } else if json {
      for verdict in verdicts {
        try Terminal.print(verdict.json(withConceptsBy: concepts ? desk.filter : nil))
      }
    } else {
      for verdict in verdicts { try Terminal.print(verdict.report(desk.filter)) }
    }
    if !isWhole { throw ExitStatus.badData.exit }
    if verdicts.contains(where: { !$0.mayLeave }) { throw ExitStatus.failures.exit }
  }

  private func whole() throws -> (request: Request, draft: Request.Draft) {
    let bytes = try input()
    guard var text = String(validating: bytes, as: UTF8.self) else {
      Terminal.error("the text is not UTF-8")
      throw ExitStatus.badData.exit
    }
    if text.hasSuffix("\n") { text.removeLast() }
    let draft = Request.Draft(text: text, kind: occasion.kind, author: occasion.author)
    return (
      Request(
        id: "text", channel: occasion.channel, marketplace: occasion.marketplace,
        locale: occasion.locale, kind: .draft(draft)), draft
    )
  }

  /// The drafts of all lines that hold one, and whether all lines do; the others are told.
  private func lines() throws -> (drafts: [(request: Request, draft: Request.Draft)], Bool) {
    var drafts: [(request: Request, draft: Request.Draft)] = []
    var isWhole = true
    let lines = try input().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in zip(1..., lines) where !line.allSatisfy({ $0 <= UInt8(ascii: " ") }) {
      do throws(InvalidRequest) {
        drafts.append(try Request.draft(json: Data(line), id: "\(number)"))
      } catch {
        Terminal.error("line \(number): \(error.message)")
        isWhole = false
      }
    }
    return (drafts, isWhole)
  }

  private func input() throws -> Data {
    do {
      return try FileHandle.standardInput.readToEnd() ?? Data()
    } catch {
      Terminal.error("the input cannot be read: \(error.localizedDescription)")
      throw ExitStatus.inputOutput.exit
    }
  }
}
