internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew

/// Points from labelled messages.
struct Tune: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Proposes points for rules from labelled messages.",
    discussion: """
      Fits the points of combinations and keywords to labelled messages by logistic regression, \
      starting from the points as they are, and prints what it would change as a diff. Nothing is \
      written without --write. Keep the messages that you judge the result by out of it.

      Examples:
        odzew tune development.jsonl
        odzew tune development.jsonl --caution 10 --write
      """)

  @OptionGroup var options: BotOptions

  @Argument(help: "The labelled messages.", completion: .file(extensions: ["jsonl"]))
  var files: [String]

  @Option(help: "How much a change must be worth: 1 with many messages, 10 with few.")
  var caution = 3.0

  @Flag(help: "Write the changes into the bot folder.")
  var write = false

  func validate() throws {
    guard caution > 0, caution <= 1000 else {
      throw ValidationError("'--caution' must be above 0 and at most 1000")
    }
  }

  func run() throws {
    let folder = try options.folder
    let bot = try options.load()
    let messages = try files.flatMap { try LabelledFile.messages($0, of: bot) }
    let tuning = Tuning(on: messages, of: bot, caution: caution)
    for file in Set(tuning.proposals.map(\.location.file)).sorted() {
      let url = folder.appending(path: file)
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
      let (changed, changes) = tuning.applied(to: text, of: file)
      var lines = ["--- \(file)", "+++ \(file)"]
      for change in changes {
        lines += ["@@ -\(change.line) +\(change.line) @@", "-" + change.old, "+" + change.new]
      }
      try Terminal.print(lines.joined(separator: "\n"))
      if write {
        do {
          try Data(changed.utf8).write(to: url, options: .atomic)
        } catch {
          Terminal.error("'\(url.path)' cannot be written")
          throw ExitStatus.inputOutput.exit
        }
      }
    }
    let (before, after) = tuning.likelihood
    Terminal.note(
      "\(tuning.proposals.count) changes; mean log share of the labels "
        + "\(Figure.points(before)) → \(Figure.points(after)) over \(messages.count) messages"
        + (write ? "" : "; nothing was written"))
  }
}
