internal import ArgumentParser
internal import Foundation
internal import Odzew

/// Why a text gets its intents.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows why a text gets its intents.",
    discussion: """
      Example:
        odzew explain "Gdzie jest moja paczka, i jak zwrócić drugą?"
      """)

  @OptionGroup var options: BotOptions

  @Argument(help: "The message.")
  var text: String

  @Option(help: ArgumentHelp("The language of the message.", valueName: "tag"))
  var locale: String?

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let responder = Responder(try options.load())
    let tag = try locale.map { text in
      guard let tag = LocaleTag(text) else {
        throw ValidationError("'\(text)' is not a BCP 47 tag such as 'pl'")
      }
      return tag
    }
    let explanation = Explanation(responder.read(text, locale: tag), of: text, responder.bot)
    try Terminal.print(json ? explanation.json : explanation.text)
  }
}

/// A reading, shown to a person or to a program.
struct Explanation {
  private let reading: Reading
  private let message: String
  private let bot: Bot

  init(_ reading: Reading, of message: String, _ bot: Bot) {
    self.reading = reading
    self.message = message
    self.bot = bot
  }

  private var outcome: String {
    switch reading.outcome(by: bot.settings.thresholds) {
    case .answerable(let answerables):
      "answers " + answerables.map(\.intent.description).joined(separator: " and ")
    case .ambiguous(let findings):
      "asks which is meant: " + findings.map(\.intent.description).joined(separator: " or ")
    case .nothing:
      reading.isIncomplete
        ? "fetches a person: a rule took too long" : "asks back: nothing was understood"
    }
  }

  /// A table: each intent with its confidence, below it every reason with its weight and the
  /// buyer's own words.
  var text: String {
    let thresholds = bot.settings.thresholds
    var lines = [
      "language    \(reading.locale?.description ?? "none of the bot's")",
      "thresholds  answer \(thresholds.answer), ask \(thresholds.clarify), margin \(thresholds.margin)",
    ]
    for (number, clause) in reading.clauses.enumerated() {
      lines.append("clause \(number + 1)    \(quoted(clause))")
    }
    for entity in reading.entities {
      lines.append("entity      \(entity.kind.rawValue) \(entity.value)")
    }
    for finding in reading.findings {
      let mark = finding.confidence >= thresholds.answer ? Terminal.Colour.green : .dim
      lines.append("")
      lines.append(
        Terminal.coloured("\(decimal(finding.confidence))  \(finding.intent)", mark)
          + (finding.risk > 0 ? "  (risk \(finding.risk))" : ""))
      for evidence in finding.evidence.sorted(by: { $0.weight > $1.weight }) {
        let kind = evidence.kind.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
        let sign = evidence.weight < 0 ? "−" : "+"
        lines.append(
          "  \(sign)\(decimal(abs(evidence.weight)))  \(kind) \(evidence.rule)"
            + "  ← clause \(evidence.clause + 1): \(quoted(evidence.range))")
      }
    }
    lines += ["", "→ " + outcome]
    return lines.joined(separator: "\n")
  }

  /// The same for programs.
  var json: String {
    let findings = reading.findings.map { finding -> [String: Any] in
      [
        "intent": finding.intent.description, "confidence": rounded(finding.confidence),
        "risk": finding.risk, "clause": finding.clause,
        "evidence": finding.evidence.map { evidence -> [String: Any] in
          [
            "kind": evidence.kind.rawValue, "rule": evidence.rule,
            "weight": rounded(evidence.weight), "clause": evidence.clause,
            "start": evidence.range.lowerBound, "end": evidence.range.upperBound,
          ]
        },
      ]
    }
    let object: [String: Any] = [
      "locale": reading.locale?.description ?? NSNull(), "outcome": outcome, "findings": findings,
      "entities": reading.entities.map { entity -> [String: Any] in
        [
          "kind": entity.kind.rawValue, "value": entity.value,
          "start": entity.range.lowerBound, "end": entity.range.upperBound,
        ]
      },
    ]
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .prettyPrinted]
    return (try? JSONSerialization.data(withJSONObject: object, options: options))
      .map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  private func quoted(_ range: Range<Int>) -> String {
    "“" + String(decoding: Array(message.utf8)[range], as: UTF8.self) + "”"
  }

  private func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
  }

  private func rounded(_ value: Double) -> Decimal { Decimal(Int((value * 100).rounded())) / 100 }
}
