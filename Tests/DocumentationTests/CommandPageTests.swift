import Foundation
import Testing

/// `docs/reference/commands.md`, and every command line of the documentation, against the parser.
@Suite struct CommandPageTests {
  private struct Help: Decodable {
    struct Command: Decodable {
      struct Argument: Decodable {
        struct Name: Decodable {
          let kind: String
          let name: String
        }

        let names: [Name]?
        let shouldDisplay: Bool
      }

      let commandName: String
      let arguments: [Argument]?
      let subcommands: [Command]?

      /// Its options, as they are written.
      var options: Set<String> {
        Set(
          (arguments ?? []).filter(\.shouldDisplay).flatMap { $0.names ?? [] }
            .map { ($0.kind == "long" ? "--" : "-") + $0.name })
      }

      /// The options of all commands by name; `help` is the parser's own.
      func all(below path: String = "") -> [String: Set<String>] {
        let name = path + commandName
        return (subcommands ?? []).filter { $0.commandName != "help" }
          .reduce(into: [name: options]) { $0.merge($1.all(below: name + " ")) { $1 } }
      }
    }

    let command: Command
  }

  /// What the built program says of itself.
  private static let commands = Result {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
      .deletingLastPathComponent().appending(path: "odzew")
    process.arguments = ["--experimental-dump-help"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return try JSONDecoder().decode(Help.self, from: bytes).command.all()
  }

  @Test func `every command and option is named, and none that does not exist`() throws {
    let commands = try Self.commands.get()
    let page = try MarkdownPage("docs/reference/commands.md")
    func options(under heading: String) -> Set<String> {
      Set(
        page.rows(under: heading).flatMap { $0.codes(0) }
          .map { String($0.prefix { $0 != " " }) })
    }
    let sections = Set(page.headings.filter { $0.hasPrefix("odzew ") })
    #expect(sections == Set(commands.keys).subtracting(["odzew"]))
    let everywhere = options(under: "Everywhere")
    #expect(everywhere.isSubset(of: commands.values.reduce([]) { $0.union($1) }))
    for (command, known) in commands {
      let written = options(under: command)
      #expect(written.isSubset(of: known), "\(command) has no \(written.subtracting(known))")
      let missing = known.subtracting(written).subtracting(everywhere)
      #expect(missing.isEmpty, "docs/reference/commands.md, \(command): \(missing) is missing")
    }
  }

  @Test(arguments: try documentation())
  func `command lines name commands and options that exist`(page: String) throws {
    let commands = try Self.commands.get()
    for line in try MarkdownPage(page).blocks.flatMap({ $0.text.split(separator: "\n") }) {
      for (command, options) in Self.calls(in: String(line), commands) {
        let unknown = options.subtracting(commands[command] ?? [])
        #expect(unknown.isEmpty, "\(page): '\(line)': \(command) has no \(unknown)")
      }
    }
  }

  /// The calls of the program in a line of the shell, with their options.
  private static func calls(
    in line: String, _ commands: [String: Set<String>]
  ) -> [(command: String, options: Set<String>)] {
    line.split(separator: /[|&;<>#]|\$\(/).compactMap { part in
      let words = part.split(separator: " ").map(String.init)
      guard let place = words.firstIndex(where: { $0.hasSuffix("odzew") }), place < 3,
        words.count > place + 1
      else { return nil }
      let rest = words[(place + 1)...]
      // The longest name that is a command's.
      guard
        let length = (1...2).last(where: {
          commands["odzew " + rest.prefix($0).joined(separator: " ")] != nil
        })
      else { return nil }
      return (
        "odzew " + rest.prefix(length).joined(separator: " "),
        Set(
          rest.filter { $0.hasPrefix("--") && $0.count > 2 }
            .map { String($0.prefix { $0 != "=" && $0 != "`" && $0 != "," }) })
      )
    }
  }

  /// All pages, by their paths in the project.
  private static func documentation() throws -> [String] {
    let docs = try FileManager.default.subpathsOfDirectory(
      atPath: MarkdownPage.root.appending(path: "docs").path)
    return docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
      + ["README.md", "CONTRIBUTING.md"]
  }
}
