internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew

/// Accuracy on labelled messages.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "How well labelled messages are read.",
    discussion: """
      Takes one JSON object a line: {"text": "…", "locale": "pl", "intents": ["parcel_location"]}. \
      'right' counts messages whose strongest intent is one of the labels; for those labelled \
      out_of_scope, asking back is right.

      Examples:
        odzew evaluate messages.jsonl
        odzew evaluate messages.jsonl --failures
        odzew evaluate messages.jsonl --json > before.json
        odzew evaluate messages.jsonl --baseline before.json
        odzew evaluate messages.jsonl --html accuracy.html
        odzew evaluate --policies texts.jsonl --failures

      With --policies it takes texts to buyers instead, and says how well the policy filter judges \
      them: the fields of a draft with the rules that the text breaks, {"text": "…", "locale": \
      "pl", "channel": "allegro", "rules": ["review-incentive"]}.
      """)

  @OptionGroup var options: BotOptions

  @Argument(help: "The labelled messages.")
  var files: [String]

  @Option(
    help: ArgumentHelp("What an earlier run printed with --json.", valueName: "file"))
  var baseline: String?

  @Flag(help: "Take texts to buyers, and judge them by the policies.")
  var policies = false

  @Flag(help: "Each message that is not read right.")
  var failures = false

  @Flag(help: "As JSON.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Also write a page: what is taken for what, by intent and language, and every mistake.",
      valueName: "file"),
    transform: PageFile.init)
  var html: PageFile?

  func validate() throws {
    if policies, html != nil {
      throw ValidationError("'--html' shows how messages are read, not how policies judge texts")
    }
  }

  func run() throws {
    if policies { return try Terminal.print(PolicyTable(judged()).text(failures: failures)) }
    let responder = Responder(try options.load())
    let messages = try files.flatMap { try LabelledFile.messages($0, of: responder.bot) }
    let accuracy = Accuracy(of: messages, by: responder)
    if let html {
      let meanings = Dictionary(
        uniqueKeysWithValues: responder.bot.intents.map { ($0.id.description, $0.meaning) })
      try html.write(AccuracyPage(accuracy, meanings: meanings).html)
    }
    if let baseline {
      let before = try Self.results(in: baseline)
      return try Terminal.print(Comparison(of: accuracy, with: Accuracy(before)).text)
    }
    try Terminal.print(json ? try self.json(accuracy) : table(accuracy))
  }

  private func judged() throws -> PolicyAccuracy {
    let desk = try options.loadPolicies()
    let texts = try files.flatMap { try LabelledFile.read($0, as: LabelledText.read) }
    return PolicyAccuracy(of: texts, by: desk, at: options.now ?? Date())
  }

  private static func results(in file: String) throws -> [Accuracy.Result] {
    struct Report: Decodable { let messages: [Accuracy.Result] }
    guard let bytes = FileManager.default.contents(atPath: file) else {
      Terminal.error("'\(file)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Report.self, from: bytes).messages
    } catch {
      Terminal.error("\(file): this is not what 'evaluate --json' prints")
      throw ExitStatus.badData.exit
    }
  }

  private func table(_ accuracy: Accuracy) -> String {
    let locales = accuracy.locales
    var parts = locales.map { summary(of: accuracy.part($0), called: $0) }
    if locales.count > 1 { parts.append(summary(of: accuracy, called: "all")) }
    parts.append(intents(of: accuracy, locales))
    parts.append(confusions(of: accuracy))
    parts.append(calibration(of: accuracy))
    if failures { parts.append(self.failures(of: accuracy)) }
    return parts.joined(separator: "\n\n")
  }

  private func summary(of part: Accuracy, called name: String) -> String {
    """
    \(name): \(part.total) messages
      strongest right     \(Figure.percent(part.right, of: part.total))
      wrong answers       \(Figure.percent(part.wronglyAnswered, of: part.total))
      off-topic answered  \(Figure.percent(part.offTopic.answered, of: part.offTopic.total))
      language right      \(Figure.percent(part.language.right, of: part.language.total))  of four words or more
      macro-F1            \(Figure.percent(part.macroF1))
    """
  }

  private func intents(of accuracy: Accuracy, _ locales: [String]) -> String {
    let parts = locales.map { ($0, accuracy.part($0).scores) }
    let head =
      "intent                precision  recall      F1  messages"
      + (locales.count > 1 ? "  F1 by language: " + locales.joined(separator: " ") : "")
    let rows = accuracy.scores.sorted { ($0.value.f1, $0.key) < ($1.value.f1, $1.key) }.map {
      intent, score in
      let figures = [score.precision, score.recall, score.f1].map {
        Figure.right(Figure.percent($0), 9)
      }
      let byLocale =
        locales.count > 1
        ? parts.map { Figure.right($0.1[intent].map { Figure.whole($0.f1) } ?? "–", 4) } : []
      return intent.padding(toLength: 21, withPad: " ", startingAt: 0) + figures.joined()
        + Figure.right("\(score.labelled)", 6) + "   " + byLocale.joined()
    }
    return ([head] + rows).joined(separator: "\n")
  }

  private func confusions(of accuracy: Accuracy) -> String {
    let rows = accuracy.confusions.prefix(20).map { "  \($0.count)  \($0.label) → \($0.read)" }
    return (["confusions"] + rows).joined(separator: "\n")
  }

  private func calibration(of accuracy: Accuracy) -> String {
    let calibration = accuracy.calibration
    let rows = calibration.bins.enumerated().compactMap { tenth, bin in
      bin.confidence.map { sure in
        "  0.\(tenth)–\(tenth == 9 ? "1.0" : "0.\(tenth + 1)")  sure \(Figure.percent(sure))"
          + "  right \(Figure.percent(bin.right, of: bin.count))"
      }
    }
    let error = calibration.expectedError.map { "  off by \(Figure.percent($0)) on average" }
    return (["calibration: how sure, and how often right"] + rows + [error].compactMap { $0 })
      .joined(separator: "\n")
  }

  private func failures(of accuracy: Accuracy) -> String {
    let rows = accuracy.results.filter { !$0.isRight || $0.isWronglyAnswered }.map { result in
      "  \(result.locale)  \(result.labels.joined(separator: "+")) ← "
        + "\(result.strongest) \(Figure.whole(result.confidence)) %"
        + "\(result.isAnswered ? " answered" : "")  \(result.text.debugDescription)"
    }
    return (["failures"] + rows).joined(separator: "\n")
  }

  private func json(_ accuracy: Accuracy) throws -> String {
    struct Part: Encodable {
      let messages, right, wrongAnswers, offTopic, offTopicAnswered: Int
      let languageRight, languageTotal: Int
      let macroF1: Double
      let calibrationError: Double?
    }
    struct Report: Encodable {
      let locales: [String: Part]
      let messages: [Accuracy.Result]
    }
    let report = Report(
      locales: Dictionary(
        uniqueKeysWithValues: accuracy.locales.map { locale in
          let part = accuracy.part(locale)
          return (
            locale,
            Part(
              messages: part.total, right: part.right, wrongAnswers: part.wronglyAnswered,
              offTopic: part.offTopic.total, offTopicAnswered: part.offTopic.answered,
              languageRight: part.language.right, languageTotal: part.language.total,
              macroF1: part.macroF1, calibrationError: part.calibration.expectedError)
          )
        }),
      messages: accuracy.results)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }
}
