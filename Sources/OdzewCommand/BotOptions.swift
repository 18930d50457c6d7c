internal import ArgumentParser
internal import Foundation
internal import Odzew

/// What every command that uses a bot takes.
struct BotOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The bot folder.", discussion: "By default the one that the program ships with.",
      valueName: "dir"), completion: .directory)
  var bot: String?

  @Option(
    help: ArgumentHelp(
      "A fixed clock (RFC 3339), so that a run can be repeated.", valueName: "time"),
    transform: moment)
  var now: Date?

  @Flag(
    name: .customLong("no-cache"),
    help: "Make everything of the bot folder anew, and keep nothing of it for the next run.")
  var isUncached = false

  /// Says which bot is used where another one would be expected.
  func validate() {
    let here = FileManager.default.currentDirectoryPath
    if bot == nil, FileManager.default.fileExists(atPath: here + "/odzew.yaml"),
      let shipped = Self.folder(named: nil), shipped.standardizedFileURL.path != here
    {
      Terminal.note("the bot in \(shipped.path) is used; for the one in this folder say '--bot .'")
    }
  }

  /// Reads the clock that a person gives.
  static func moment(_ text: String) throws -> Date {
    guard let moment = Timestamp.parse(text) else {
      throw ValidationError("'\(text)' is not a time such as '2026-11-20T10:00:00+01:00'")
    }
    return moment
  }

  /// The option that names the bot folder, for commands that are proposed.
  var asWritten: String { bot.map { " --bot \($0)" } ?? "" }

  /// The bot folder.
  var folder: URL {
    get throws {
      guard let folder = Self.folder(named: bot) else {
        Terminal.error("there is no bot folder beside the program; name one with '--bot DIR'")
        throw ExitStatus.badData.exit
      }
      return folder
    }
  }

  /// The bot folder: the one named, the installed one, or that of the checkout the program was
  /// built in.
  static func folder(named name: String?) -> URL? {
    if let name { return URL(filePath: name, directoryHint: .isDirectory) }
    guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
    let beside = program.deletingLastPathComponent()
    let installed = beside.deletingLastPathComponent().appending(path: "share/odzew")
    // The build folder lies inside the checkout.
    let checkout = sequence(first: beside) { folder in
      folder.path == "/" ? nil : folder.deletingLastPathComponent()
    }
    return ([installed] + checkout).first {
      FileManager.default.fileExists(atPath: $0.appending(path: "odzew.yaml").path)
    }
  }

  /// Loads the bot, or says everything that is wrong with its folder.
  func load() throws -> Bot {
    try load { folder throws(InvalidFiles) in
      try BotCache.load(folder, isUsed: !isUncached)
    }
  }

  /// Loads the policies: with the whole bot where its tables are kept, which takes less time than making theirs,
  /// and else alone.
  func loadPolicies() throws -> PolicyDesk {
    try load { folder throws(InvalidFiles) in
      if !isUncached, let bot = BotCache.kept(folder) { return bot.policies }
      return try PolicyDesk.load(from: folder)
    }
  }

  private func load<Content>(
    _ read: (URL) throws(InvalidFiles) -> Content
  ) throws -> Content {
    let folder = try folder
    do throws(InvalidFiles) {
      return try read(folder)
    } catch {
      for diagnostic in error.diagnostics { Terminal.note(diagnostic.description) }
      Terminal.error("the bot folder cannot be used: \(count(error.diagnostics.count, "finding"))")
      throw ExitStatus.badData.exit
    }
  }
}

/// What the exit codes of the command mean.
enum ExitStatus: Int32 {
  /// Findings or failures.
  case failures = 1
  /// Bad input data or bot folder (sysexits.h: EX_DATAERR).
  case badData = 65
  /// Input or output failed (sysexits.h: EX_IOERR).
  case inputOutput = 74

  var exit: ExitCode { ExitCode(rawValue) }
}

/// `1 finding`, `2 findings`.
func count(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)\(number == 1 ? "" : "s")"
}
