internal import Foundation
internal import Odzew

/// A reading, shown to a person or to a program.
struct Explanation {
  /// How many intents are shown with all their reasons.
  private static let shownIntents = 4

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

  /// What the message was taken for, most likely first, off-topic among the intents.
  private var ranked: [Finding] {
    (reading.findings + [reading.offTopic].compactMap { $0 })
      .sorted { ($1.confidence, $0.intent) < ($0.confidence, $1.intent) }
  }

  /// A table: the text as it was read, each intent with its share of certainty and below it every
  /// reason with its points and the buyer's own words.
  var text: String {
    let thresholds = bot.settings.thresholds
    let utterance = Utterance(message)
    var lines = [
      "language    \(reading.locale?.description ?? "none of the bot's")" + languages(utterance),
      "folded      \(String(decoding: utterance.folded.bytes, as: UTF8.self))",
      "thresholds  answer \(thresholds.answer), ask \(thresholds.clarify), margin \(thresholds.margin)",
    ]
    for (number, clause) in reading.clauses.enumerated() {
      lines.append("clause \(number + 1)    \(quoted(clause))")
    }
    for mending in reading.mended {
      lines.append("mended      \(quoted(mending.range)) read as “\(mending.meant)”")
    }
    for entity in reading.entities {
      lines.append("entity      \(entity.kind.rawValue) \(entity.value)")
    }
    for (words, concepts) in conceptsByWords {
      lines.append("concept     \(words)  \(concepts.joined(separator: ", "))")
    }
    for finding in ranked.prefix(Self.shownIntents) {
      lines.append("")
      lines += block(finding, thresholds)
    }
    let others = ranked.dropFirst(Self.shownIntents).filter { $0.confidence >= 0.005 }
    if !others.isEmpty {
      lines += [
        "",
        "further off: "
          + others.map { "\($0.intent) \(decimal($0.confidence))" }.joined(separator: ", "),
      ]
    }
    lines += ["", "→ " + outcome] + tipping.map { "  " + $0 }
    return lines.joined(separator: "\n")
  }

  private func languages(_ utterance: Utterance) -> String {
    let scores = bot.classifier.languageScores(
      of: utterance, bot.classifier.sightings(in: utterance)
    ).scores.filter { $0.score > 0 }
    if scores.isEmpty { return "" }
    return "  ("
      + scores.prefix(3).map { "\($0.locale) \(decimal($0.score))" }.joined(separator: ", ") + ")"
  }

  /// The concepts under the buyer's words for them, in the order of the message.
  private var conceptsByWords: [(String, [String])] {
    let names = Dictionary(grouping: reading.concepts) { $0.range }
    return names.sorted {
      ($0.key.lowerBound, $0.key.upperBound) < ($1.key.lowerBound, $1.key.upperBound)
    }
    .map { range, hits in
      (quoted(range), Set(hits.map { ($0.isDenied ? "not " : "") + $0.concept }).sorted())
    }
  }

  private func block(_ finding: Finding, _ thresholds: Thresholds) -> [String] {
    let mark = finding.confidence >= thresholds.answer ? Terminal.Colour.green : .dim
    var lines = [
      Terminal.coloured("\(decimal(finding.confidence))  \(finding.intent)", mark)
        + "  \(Figure.points(finding.points)) points"
        + (finding.risk > 0 ? ", risk \(finding.risk)" : "")
        + (finding.bias == 0 ? "" : ", \(Figure.points(finding.bias)) to start with")
    ]
    for evidence in finding.evidence.sorted(by: { $0.points > $1.points }) {
      let kind =
        evidence.kind == .concepts
        ? "" : evidence.kind.rawValue + " "
      lines.append(
        "  \(Figure.points(evidence.points))  \(kind)\(evidence.rule)"
          + "  ← clause \(evidence.clause + 1): \(quoted(evidence.range))")
    }
    return lines
  }

  /// What would have made the likeliest intent sure enough, where it is not.
  private var tipping: [String] {
    let threshold = bot.settings.thresholds.answer
    guard let best = reading.findings.max(by: { $0.confidence < $1.confidence }),
      best.confidence < threshold, best.confidence > 0
    else { return [] }
    // Odds grow by e with each point.
    let missing =
      log(threshold / (1 - threshold)) - log(best.confidence / (1 - best.confidence))
    var lines = ["\(best.intent) lacks \(Figure.points(missing)) points to be answered"]
    let said = Set(
      reading.concepts.map(\.concept)
        + reading.concepts.filter(\.isDenied).map { "not " + $0.concept })
    let rules = bot.intents.first { $0.id == best.intent }?.weighed ?? []
    let close = rules.filter { $0.kind == .concepts && $0.points > 0 }.compactMap {
      rule -> (rule: String, lacking: String, points: Double)? in
      let terms = rule.rule.split(separator: " + ").map(String.init)
      let lacking = terms.filter { !said.contains($0) }
      return lacking.count == 1 && terms.count > 1 ? (rule.rule, lacking[0], rule.points) : nil
    }
    for rule in close.sorted(by: { $0.points > $1.points }).prefix(3) {
      lines.append("\(Figure.points(rule.points)) if it also said \(rule.lacking) (\(rule.rule))")
    }
    return lines
  }

  /// The same for programs.
  var json: String {
    let object: [String: Any] = [
      "locale": reading.locale?.description ?? NSNull(), "outcome": outcome,
      "findings": ranked.map(object(of:)),
      "concepts": reading.concepts.map { hit -> [String: Any] in
        [
          "concept": hit.concept, "denied": hit.isDenied, "start": hit.range.lowerBound,
          "end": hit.range.upperBound,
        ]
      },
      "mended": reading.mended.map { mending -> [String: Any] in
        [
          "meant": mending.meant, "start": mending.range.lowerBound,
          "end": mending.range.upperBound,
        ]
      },
      "clauses": reading.clauses.map { ["start": $0.lowerBound, "end": $0.upperBound] },
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

  private func object(of finding: Finding) -> [String: Any] {
    [
      "intent": finding.intent.description, "confidence": rounded(finding.confidence),
      "points": rounded(finding.points), "risk": finding.risk, "clause": finding.clause,
      "evidence": finding.evidence.map { evidence -> [String: Any] in
        [
          "kind": evidence.kind.rawValue, "rule": evidence.rule,
          "points": rounded(evidence.points), "clause": evidence.clause,
          "start": evidence.range.lowerBound, "end": evidence.range.upperBound,
        ]
      },
    ]
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
