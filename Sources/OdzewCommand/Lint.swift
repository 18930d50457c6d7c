internal import Adapters
internal import ArgumentParser
internal import Diagnostics
internal import Evaluation
internal import Foundation
internal import Odzew

/// Checks of a bot folder.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Checks a bot folder without running it.",
    discussion: """
      Prints every finding as 'file:line:column: severity: message'. Exit code 1 on an error. What \
      would not load is an error; rules that do nothing are found here alone.

      With --fix it first mends what needs no decision: line ends, blanks, tabs, misspelt keys, \
      examples that stand twice, the line by which editors know the schema. It prints each mend as \
      'file:line:column: mended: what', and then what is left.

      Examples:
        odzew lint --bot my-bot
        odzew lint --bot my-bot --fix --dry-run
      """)

  @Flag(help: "Mend what needs no decision, and print what is left.")
  var fix = false

  @Flag(help: "With --fix: print all the same, and write nothing.")
  var dryRun = false

  @OptionGroup var options: BotOptions

  func validate() throws {
    if dryRun, !fix { throw ValidationError("'--dry-run' needs '--fix'") }
  }

  func run() throws {
    let folder = try options.folder
    let texts = fix ? try mend(folder) : [:]
    var findings: [Diagnostic]
    do throws(InvalidFiles) {
      findings = Evaluation.Lint.findings(
        in: try Bot.load(from: folder, with: texts), explaining: "odzew explain" + options.asWritten
      )
    } catch {
      findings = error.diagnostics
    }
    findings += Self.faults { () throws(InvalidFiles) in try AdapterFolder(folder, with: texts) }
    for finding in findings { try Terminal.print(finding.description) }
    let errors = findings.count { $0.severity == .error }
    Terminal.note(findings.isEmpty ? "no findings" : count(findings.count, "finding"))
    if errors > 0 { throw ExitStatus.failures.exit }
  }

  /// Mends the files of a folder.
  /// - Returns: what they would say, by path, where nothing is to be written.
  private func mend(_ folder: URL) throws -> [String: String] {
    let files = FolderFiles(folder)
    let mending = FolderMending(files.sources, schemas: files.schemas) { texts in
      Bot.faults(ofFilesIn: folder, with: texts)
        + Self.faults { () throws(InvalidFiles) in try AdapterFolder(folder, with: texts) }
        + Self.faults { () throws(InvalidFiles) in
          try CaseFolder(folder, clock: options.now ?? Date(), with: texts)
        }
    }
    for file in mending.files {
      if !dryRun { try files.write(file) }
      for mend in file.mends.sorted(by: { $0.location < $1.location }) {
        try Terminal.print(
          dryRun ? "\(mend.location): would be mended: \(mend.what)" : mend.description)
      }
    }
    let mends = mending.files.reduce(0) { $0 + $1.mends.count }
    Terminal.note(
      "\(count(mends, "mend")) in \(count(mending.files.count, "file"))"
        + (dryRun && mends > 0 ? "; nothing is written" : ""))
    return dryRun ? mending.texts : [:]
  }

  /// What reading some files says of them.
  private static func faults<Content>(
    _ read: () throws(InvalidFiles) -> Content
  ) -> [Diagnostic] {
    do throws(InvalidFiles) {
      _ = try read()
      return []
    } catch {
      return error.diagnostics
    }
  }
}
