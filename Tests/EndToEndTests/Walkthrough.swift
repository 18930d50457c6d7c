import Foundation
import Testing

/// A reader who does what a page says, in a checkout of their own: types its commands and writes its
/// files, in order.
///
/// The checkout holds the bot folder and the program built in it, so that `odzew` alone works with
/// this very folder. `Tests` and `docs` are the project's own, and only to be read.
final class Walkthrough {
  /// A line that the page tells its reader to type, and what it prints.
  struct Command {
    let line: Int
    var text: String
    var output: [String] = []

    /// What a page writes behind the command: `# exit 1`.
    var status: Int32 {
      text.firstMatch(of: /#\s*exit (\d+)\s*$/).flatMap { Int32($0.1) } ?? 0
    }
  }

  private let page: DocumentationPage
  private let folder: URL
  /// Where the reader is now, to be read after each command: it may have been `cd`.
  private let whereabouts: URL
  private let environment: [String: String]

  init(_ page: DocumentationPage) throws {
    self.page = page
    let files = FileManager.default
    let home = files.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "odzew-\(UUID().uuidString)", directoryHint: .isDirectory)
    folder = home.appending(path: "odzew")
    whereabouts = home.appending(path: "whereabouts")
    let build = folder.appending(path: ".build/release")
    try files.createDirectory(at: build, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: Program.root.path) {
      let (own, theirs) = (Program.root.appending(path: name), folder.appending(path: name))
      if name == "Tests" || name == "docs" {
        try files.createSymbolicLink(at: theirs, withDestinationURL: own)
      } else if !name.hasPrefix("."), !Self.engineers.contains(name) {
        try files.copyItem(at: own, to: theirs)
      }
    }
    // A link of its own to the program is a program in another place; a symbolic one is not.
    let program = build.appending(path: "odzew")
    do {
      try files.linkItem(at: Program.executable, to: program)
    } catch {
      try files.copyItem(at: Program.executable, to: program)
    }
    try Data(folder.path.utf8).write(to: whereabouts)
    let inherited = ProcessInfo.processInfo.environment
    environment = inherited.filter { $0.key == "LD_LIBRARY_PATH" || $0.key == "TMPDIR" }
      .merging(
        [
          "HOME": home.path, "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
          "PATH": "\(build.path):\(inherited["PATH"] ?? "/usr/bin:/bin")",
          // Shared by all pages and kept between runs: a start without it takes three times as long.
          "XDG_CACHE_HOME": Program.executable.deletingLastPathComponent()
            .appending(path: "documentation").path,
        ]) { $1 }
  }

  /// What nobody needs who has the program.
  private static let engineers: Set = [
    "Sources", "Benchmarks", "Fuzz", "Examples", "Scripts", "Makefile", "Package.swift",
    "Package.resolved",
  ]

  deinit { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }

  private var here: URL {
    get throws {
      let path = String(decoding: try Data(contentsOf: whereabouts), as: UTF8.self)
      return URL(filePath: path.trimmingCharacters(in: .newlines), directoryHint: .isDirectory)
    }
  }

  /// Does all that the page says.
  func go() throws {
    for block in page.blocks {
      if let tool = block.setting("needs"), !isInstalled(tool) { continue }
      if let path = block.setting("file") {
        try write(block, to: path)
      } else if block.language == "console" {
        for command in commands(of: block) { try type(command) }
      }
    }
  }

  /// A program that the project itself does not need.
  private func isInstalled(_ tool: String) -> Bool {
    (environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)")
    }
  }

  private func write(_ block: DocumentationPage.Block, to path: String) throws {
    let place = try here.appending(path: path).standardizedFileURL
    guard place.path.hasPrefix(folder.path + "/"), !path.hasPrefix("/") else {
      return page.report("'\(path)' lies outside of the checkout", at: block.line - 1)
    }
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(block.text.utf8).write(to: place)
  }

  private func commands(of block: DocumentationPage.Block) -> [Command] {
    var commands: [Command] = []
    for (number, line) in zip(block.line..., block.lines) {
      if line.hasPrefix("$ ") {
        commands.append(Command(line: number, text: String(line.dropFirst(2))))
      } else if commands.isEmpty {
        page.report("a block of the kind 'console' begins with a line '$ command'", at: number)
        return []
      } else if commands[commands.count - 1].text.hasSuffix("\\") {
        commands[commands.count - 1].text += "\n" + line
      } else {
        commands[commands.count - 1].output.append(line)
      }
    }
    return commands
  }

  private func type(_ command: Command) throws {
    let process = Process()
    let printed = folder.deletingLastPathComponent().appending(path: "printed")
    try Data().write(to: printed)
    let terminal = try FileHandle(forWritingTo: printed)
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", "trap 'pwd > \"$1\"' EXIT\n\(command.text)\n", "sh", whereabouts.path,
    ]
    process.environment = environment
    process.currentDirectoryURL = try here
    process.standardInput = FileHandle.nullDevice
    (process.standardOutput, process.standardError) = (terminal, terminal)
    try process.run()
    process.waitUntilExit()
    let output = String(decoding: try Data(contentsOf: printed), as: UTF8.self)
    if process.terminationStatus != command.status {
      let (status, due) = (process.terminationStatus, command.status)
      page.report(
        "'\(command.text)' ended with exit code \(status), not \(due); it printed:\n\(output.suffix(2000))",
        at: command.line)
      return
    }
    let expected = ExpectedOutput(command.output)
    guard !expected.rows.isEmpty, let difference = expected.difference(from: output) else { return }
    let height = command.text.split(separator: "\n").count
    page.report(
      """
      '\(command.text)' does not print what stands there
      \(difference)
      """, at: command.line + height + difference.row)
  }

}

extension DocumentationPage {
  /// Makes the test fail at a line of the page.
  func report(_ fault: String, at line: Int) {
    Issue.record(
      "\(path):\(line): \(fault)",
      sourceLocation: SourceLocation(
        fileID: "Documentation/\(path)", filePath: url.path, line: max(line, 1), column: 1))
  }
}
