internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew

/// Accuracy on labelled messages.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How well labelled messages are read.",
    discussion: """
      Takes one JSON object a line: {"text": "…", "locale": "pl", "intents": ["parcel_location"]}. \
      'right' counts messages whose strongest intent is one of the labels; for those labelled \
      out_of_scope, asking back is right.

      Example:
        odzew evaluate messages.jsonl
      """)

  @OptionGroup var options: BotOptions

  @Argument(help: "The labelled messages.")
  var file: String

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let responder = Responder(try options.load())
    guard let bytes = FileManager.default.contents(atPath: file) else {
      Terminal.error("'\(file)' cannot be read")
      throw ExitStatus.inputOutput.exit
    }
    var messages: [LabelledMessage] = []
    for (number, line) in bytes.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() where !line.isEmpty {
      do {
        messages.append(try JSONDecoder().decode(LabelledMessage.self, from: line))
      } catch {
        Terminal.error("\(file):\(number + 1): \(DecodingFault(error).message)")
        throw ExitStatus.badData.exit
      }
    }
    let locales = Set(messages.map(\.locale)).sorted()
    let parts = locales.map { locale in
      (locale, Accuracy(of: messages.filter { $0.locale == locale }, by: responder))
    }
    try Terminal.print(json ? self.json(parts) : table(parts))
  }

  private func table(_ parts: [(String, Accuracy)]) -> String {
    parts.map { locale, accuracy in
      let intents = accuracy.scores.sorted { ($0.value.f1, $0.key) < ($1.value.f1, $1.key) }
      let confusions = accuracy.confusions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return """
        \(locale): \(accuracy.total) messages
          right            \(percent(accuracy.right, of: accuracy.total))
          wrong answers    \(percent(accuracy.wronglyAnswered, of: accuracy.total))
          off-topic answered \(percent(accuracy.offTopic.answered, of: accuracy.offTopic.total))
          language right   \(percent(accuracy.rightLanguage, of: accuracy.total))
          macro-F1         \(percent(accuracy.macroF1))
          intent                  precision  recall    F1  messages
        \(intents.map { row($0.key, $0.value) }.joined(separator: "\n"))
          confusions
        \(confusions.prefix(25).map { "    \($0.value)  \($0.key)" }.joined(separator: "\n"))
        """
    }.joined(separator: "\n\n")
  }

  private func row(_ intent: String, _ score: Accuracy.Score) -> String {
    let figures = [score.precision, score.recall, score.f1].map {
      String(repeating: " ", count: max(0, 9 - percent($0).count)) + percent($0)
    }
    return "    " + intent.padding(toLength: 22, withPad: " ", startingAt: 0)
      + figures.joined() + "  \(score.labelled)"
  }

  private func json(_ parts: [(String, Accuracy)]) -> String {
    let object = Dictionary(
      uniqueKeysWithValues: parts.map { locale, accuracy -> (String, Any) in
        (
          locale,
          [
            "messages": accuracy.total, "right": accuracy.right,
            "wrong_answers": accuracy.wronglyAnswered,
            "off_topic_answered": accuracy.offTopic.answered,
            "off_topic": accuracy.offTopic.total, "language_right": accuracy.rightLanguage,
            "macro_f1": accuracy.macroF1, "confusions": accuracy.confusions,
          ] as [String: Any]
        )
      })
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .prettyPrinted]
    return (try? JSONSerialization.data(withJSONObject: object, options: options))
      .map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  private func percent(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "–" : percent(Double(part) / Double(whole)) + " (\(part)/\(whole))"
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
