internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew

/// Regression tests of a bot folder.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Template regression tests: runs the cases of a bot folder against golden replies.",
    discussion: """
      A case is a file 'Cases/NAME.yaml'; its golden transcript is 'Cases/NAME.txt' beside it, or \
      it says under 'expect' what must be true. '--matrix' renders every template in every locale, \
      on every channel, with every sample order, against 'Cases/matrix/LOCALE.golden'.

      Examples:
        odzew test
        odzew test parcel_location
        odzew test --update --filter late
        odzew test --matrix --coverage 100
        odzew test --html replies.html --junit report.xml
      """)

  @OptionGroup var options: BotOptions

  @Argument(help: "Only cases whose name begins so.")
  var cases: [String] = []

  @Option(help: ArgumentHelp("Only cases whose name contains this.", valueName: "text"))
  var filter: String?

  @Flag(help: "Accept what the bot says now as golden.")
  var update = false

  @Flag(help: "Also every template × locale × channel × sample order.")
  var matrix = false

  @Option(
    help: ArgumentHelp(
      "Say what nothing has gone through, and fail below this share of branches.",
      valueName: "percent"))
  var coverage: Double?

  @Option(help: ArgumentHelp("Write a JUnit report for CI.", valueName: "file"))
  var junit: String?

  @Option(
    help: ArgumentHelp("Write a page with all replies side by side.", valueName: "file"),
    transform: PageFile.init)
  var html: PageFile?

  func run() throws {
    let bot = try options.load()
    let folder = try options.folder
    let samples = bot.settings.samples
    let orders =
      try samples.map { try OrderFile(folder.appending(path: $0.orders).path).orders } ?? [:]
    let clock = options.now ?? samples?.now ?? Date()
    let collection = try read(
      folder, clock, CaseScene(orders: Set(orders.keys), settings: bot.settings))
    let chosen = collection.cases.filter { sample in
      (cases.isEmpty || cases.contains { sample.name.hasPrefix($0) })
        && filter.map(sample.name.contains) ?? true
    }
    guard !chosen.isEmpty else {
      let names = cases + [filter].compactMap { $0 }
      let near = names.first.flatMap { nearest(to: $0, among: collection.topics) }
      Terminal.error(
        "no case is called \(names.map { "'\($0)'" }.joined(separator: " or ")) in "
          + "'\(folder.appending(path: "Cases").path)'"
          + (near.map { "; did you mean '\($0)'?" } ?? ""))
      throw ExitStatus.badData.exit
    }
    let outcomes = CaseRunner(Responder(bot), orders: orders).run(chosen)
    var report = CaseReport()
    for outcome in outcomes {
      // Expectations alone are enough; without them the transcript is compared.
      let golden = collection.golden(of: outcome.sample)
      if golden == nil, outcome.sample.hasExpectations {
        try report.add(outcome.failures, to: outcome.sample.name)
        continue
      }
      try report.compare(outcome.transcript, with: golden, named: outcome.sample.name) {
        update ? { try collection.accept(outcome.transcript, of: outcome.sample) } : nil
      }
      if !outcome.failures.isEmpty { try report.add(outcome.failures, to: nil) }
    }
    var rendered: [Matrix.Cell] = []
    if matrix {
      let matrix = Matrix(of: bot, orders: orders, at: clock)
      rendered = matrix.cells
      for locale in bot.settings.locales {
        let name = "matrix/\(locale)"
        let text = matrix.transcript(in: locale)
        try report.compare(text, with: collection.golden(of: name), named: name) {
          update ? { try collection.accept(text, as: name) } : nil
        }
      }
      try Terminal.print("matrix: \(matrix.cells.count) ways through templates")
    }
    if let junit { try write(report.junit, to: junit) }
    if let html { try html.write(CasePage(outcomes, differences: report.differences).html) }
    if let coverage {
      try show(Coverage(of: bot, by: outcomes, and: rendered), least: coverage, &report)
    }
    let failed = report.failures.count
    try Terminal.print("\(report.names.count - failed) passed, \(failed) failed")
    if failed > 0 {
      if !report.differences.isEmpty {
        Terminal.note("accept what is right with: odzew test\(options.asWritten) --update")
      }
      throw ExitStatus.failures.exit
    }
  }

  private func read(
    _ folder: URL, _ clock: Date, _ scene: CaseScene
  ) throws -> CaseFolder {
    do throws(InvalidFiles) {
      return try CaseFolder(folder, clock: clock, scene: scene)
    } catch {
      for diagnostic in error.diagnostics { Terminal.note(diagnostic.description) }
      throw ExitStatus.badData.exit
    }
  }

  private func show(_ coverage: Coverage, least: Double, _ report: inout CaseReport) throws {
    func percent(_ share: Coverage.Share) -> Double {
      share.total == 0 ? 1 : Double(share.covered) / Double(share.total)
    }
    for (locale, share) in coverage.branches {
      try Terminal.print(
        "\(locale): \(share.covered) of \(share.total) branches, \(Figure.percent(percent(share)))")
    }
    for place in coverage.missedBranches { try Terminal.print("not gone through: \(place)") }
    for (locale, names) in coverage.missedTemplates {
      try Terminal.print("\(locale): no case shows \(names.joined(separator: ", "))")
    }
    if !coverage.missedIntents.isEmpty {
      try Terminal.print("no case is read as \(coverage.missedIntents.joined(separator: ", "))")
    }
    if percent(coverage.all) * 100 < least {
      try report.add(
        ["\(Figure.percent(percent(coverage.all))) of the branches are gone through"],
        to: "coverage")
    }
  }

  private func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      Terminal.error("'\(path)' cannot be written")
      throw ExitStatus.inputOutput.exit
    }
  }
}
