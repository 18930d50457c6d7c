internal import Adapters
internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew

/// Checks of a bot folder.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks a bot folder without running it.",
    discussion: """
      Prints every finding as 'file:line:column: severity: message'. Exit code 1 on an error. Every \
      branch of every template that a sample order leads through is held against the policies of \
      every channel.

      Example:
        odzew lint --bot my-bot
      """)

  @OptionGroup var options: BotOptions

  func run() throws {
    let folder = try options.folder
    var findings: [Diagnostic]
    do {
      let bot = try Bot.load(from: folder)
      let samples = bot.settings.samples
      let orders =
        try samples.map { try OrderFile(folder.appending(path: $0.orders).path).orders } ?? [:]
      findings = Evaluation.Lint.findings(
        in: bot, orders: orders.values, at: options.now ?? samples?.now ?? Date())
    } catch let error as InvalidFiles {
      findings = error.diagnostics
    }
    do throws(InvalidFiles) {
      _ = try AdapterFolder(folder)
    } catch {
      findings += error.diagnostics
    }
    for finding in findings { try Terminal.print(finding.description) }
    let errors = findings.count { $0.severity == .error }
    Terminal.note(findings.isEmpty ? "no findings" : count(findings.count, "finding"))
    if errors > 0 { throw ExitStatus.failures.exit }
  }
}
