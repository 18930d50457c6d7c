internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew

/// Keywords from messages that were not understood.
struct Suggest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Groups messages that were not understood, and proposes keywords for them.",
    discussion: """
      Takes one JSON object a line with a text: requests of the pipe, or labelled messages. Messages \
      that would not be answered are grouped by likeness; for each group it tells the intent that is \
      nearest, and the keywords that would have it answered without changing how an example, a case or \
      an understood message of the file is read. Nothing is written. What tells who wrote a message is \
      not shown.

      Examples:
        odzew suggest november.ndjson
        odzew suggest november.ndjson --least 5 --limit 10
        odzew suggest - --json < november.ndjson
        jq -R '{text: .}' messages.txt | odzew suggest -
      """)

  @OptionGroup var options: BotOptions

  @Argument(
    help: "The messages; '-' for standard input.",
    completion: .file(extensions: ["jsonl", "ndjson"]))
  var file: String

  @Option(help: "How many groups are looked at, the largest first.")
  var limit = 20

  @Option(help: "How many messages make a group.")
  var least = 2

  @Flag(help: "As JSON.")
  var json = false

  func validate() throws {
    guard limit >= 1 else { throw ValidationError("'--limit' must be at least 1") }
    guard least >= 2 else { throw ValidationError("'--least' must be at least 2") }
  }

  func run() throws {
    let bot = try options.load()
    let cases = try Self.cases(of: bot, in: try options.folder, at: options.now ?? Date())
    let messages = try messages()
    let suggestions = Suggestions(
      of: messages, by: Responder(bot), cases: cases, limit: limit, least: least
    ) { Terminal.progress(count($0, "group")) }
    Terminal.progress("")
    try Terminal.print(json ? suggestions.json() : SuggestionText(suggestions).text)
  }

  private static func cases(of bot: Bot, in folder: URL, at clock: Date) throws -> [Case] {
    do throws(InvalidFiles) {
      return try CaseFolder(folder, clock: bot.settings.samples?.now ?? clock).cases
    } catch {
      for diagnostic in error.diagnostics { Terminal.note(diagnostic.description) }
      throw ExitStatus.badData.exit
    }
  }

  /// The longest line, as the pipe has it.
  private static let longestLine = 1 << 20

  /// The messages of the file; a line that is none is told, and the others are read.
  private func messages() throws -> [ReceivedMessage] {
    guard
      let input = file == "-"
        ? FileHandle.standardInput : FileHandle(forReadingAtPath: file)
    else {
      Terminal.error("'\(file)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    var reader = LineReader(limit: Self.longestLine, file: input)
    var messages: [ReceivedMessage] = []
    var (number, lost, others) = (0, 0, 0)
    while let line = try reader.next(beforeWaiting: {}) {
      number += 1
      do throws(InvalidRequest) {
        if let message = try Self.message(on: line, number) {
          messages += message
        } else {
          others += 1
        }
      } catch {
        lost += 1
        Terminal.error("\(file):\(number): \(error.message)")
      }
    }
    if lost > 0 { Terminal.error("\(count(lost, "line")) left out") }
    if others > 0 { Terminal.note("\(count(others, "line")) passed over: no buyer's message") }
    if messages.isEmpty {
      Terminal.error("there is no message in '\(file)'")
      throw ExitStatus.badData.exit
    }
    return messages
  }

  /// The message of a line: none on an empty one, nil for a request that is no message.
  private static func message(
    on line: LineReader.Line, _ number: Int
  ) throws(InvalidRequest) -> [ReceivedMessage]? {
    switch line {
    case .tooLong: throw InvalidRequest(.lineTooLong, "the line is longer than 1 MiB")
    case .invalidUTF8: throw InvalidRequest(.invalidUTF8, "the line is not UTF-8")
    case .text(let json) where json.allSatisfy { $0 == 0x20 || $0 == 0x0D }: return []
    case .text(let json):
      return try ReceivedMessage.read(json, line: number).map { [$0] }
    }
  }
}
