internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew

/// Regression tests of a bot folder.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Template regression tests: runs the cases of a bot folder against golden replies.",
    discussion: """
      A case is a file 'Cases/NAME.yaml'; its golden reply is 'Cases/NAME.txt' beside it.

      Examples:
        odzew test
        odzew test parcel_location
        odzew test --update
      """)

  @OptionGroup var options: BotOptions

  @Argument(help: "Only cases whose name begins so.")
  var cases: [String] = []

  @Flag(help: "Accept what the bot says now as golden.")
  var update = false

  @Option(help: ArgumentHelp("Write a JUnit report for CI.", valueName: "file"))
  var junit: String?

  func run() throws {
    let bot = try options.load()
    let folder = try options.folder
    let samples = bot.settings.samples
    let orders =
      try samples.map { try OrderFile(folder.appending(path: $0.orders).path).orders } ?? [:]
    let clock = options.now ?? samples?.now ?? Date()
    let collection: CaseFolder
    do throws(InvalidFiles) {
      collection = try CaseFolder(folder, clock: clock)
    } catch {
      for diagnostic in error.diagnostics { Terminal.note(diagnostic.description) }
      throw ExitStatus.badData.exit
    }
    let chosen = collection.cases.filter { sample in
      cases.isEmpty || cases.contains { sample.name.hasPrefix($0) }
    }
    guard !chosen.isEmpty else {
      Terminal.error("there is no such case in '\(folder.appending(path: "Cases").path)'")
      throw ExitStatus.badData.exit
    }
    let runner = CaseRunner(Responder(bot), orders: orders)
    var report = CaseReport()
    for sample in chosen {
      let outcome = runner.run(sample)
      let golden = collection.golden(of: sample)
      if update, golden != outcome.transcript {
        try collection.accept(outcome.transcript, of: sample)
        try Terminal.print("\(golden == nil ? "new" : "changed")  \(sample.name)")
      } else if golden != outcome.transcript {
        let difference = LineDifference(from: golden ?? "", to: outcome.transcript)
        report.failures[sample.name] = difference
        try Terminal.print(
          CaseReport.text(of: difference, named: sample.name, isNew: golden == nil))
      }
      report.names.append(sample.name)
      report.templates.formUnion(outcome.templates)
    }
    if let junit { try report.writeJUnit(to: junit) }
    if cases.isEmpty {
      let unused = bot.templateNames.subtracting(report.templates)
      if !unused.isEmpty {
        try Terminal.print("no case goes through: \(unused.sorted().joined(separator: ", "))")
      }
    }
    try Terminal.print(
      "\(report.names.count - report.failures.count) passed, \(report.failures.count) failed")
    if !report.failures.isEmpty {
      Terminal.note("accept what is right with: odzew test --update")
      throw ExitStatus.failures.exit
    }
  }
}

/// What a run of cases showed.
struct CaseReport {
  var names: [String] = []
  var failures: [String: LineDifference] = [:]
  var templates: Set<String> = []

  /// A difference as a person reads it.
  static func text(of difference: LineDifference, named name: String, isNew: Bool) -> String {
    let lines = difference.lines.map { line in
      switch line {
      case .same(let text): "    \(text)"
      case .removed(let text): Terminal.coloured("  − \(text)", .red)
      case .added(let text): Terminal.coloured("  + \(text)", .green)
      }
    }
    let title = Terminal.coloured("\(name)\(isNew ? " (has no golden reply yet)" : "")", .bold)
    return ([title] + lines).joined(separator: "\n")
  }

  /// Writes a report in the form that CI systems read.
  func writeJUnit(to path: String) throws {
    let cases = names.map { name -> String in
      guard let difference = failures[name] else { return "  <testcase name=\"\(name.xml)\"/>" }
      let changes = difference.lines.compactMap { line -> String? in
        switch line {
        case .same: nil
        case .removed(let text): "- \(text)"
        case .added(let text): "+ \(text)"
        }
      }
      return """
          <testcase name="\(name.xml)">
            <failure message="the reply differs">\(changes.joined(separator: "\n").xml)</failure>
          </testcase>
        """
    }
    let document = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="odzew" tests="\(names.count)" failures="\(failures.count)">
      \(cases.joined(separator: "\n"))
      </testsuite>

      """
    do {
      try Data(document.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      Terminal.error("'\(path)' cannot be written")
      throw ExitStatus.inputOutput.exit
    }
  }
}

extension String {
  /// The text as XML content or attribute.
  fileprivate var xml: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
