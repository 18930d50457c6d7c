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
      Prints every finding as 'file:line:column: severity: message'. Exit code 1 on an error. What \
      would not load is an error; rules that do nothing are found here alone.

      Example:
        odzew lint --bot my-bot
      """)

  @OptionGroup var options: BotOptions

  func run() throws {
    let folder = try options.folder
    var findings: [Diagnostic]
    do throws(InvalidFiles) {
      findings = Evaluation.Lint.findings(in: try Bot.load(from: folder))
    } catch {
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
