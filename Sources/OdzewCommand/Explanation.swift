internal import Evaluation
internal import Foundation
internal import Odzew

/// A reading, shown to a person or to a program.
struct Explanation {
  /// How many intents are shown with all their reasons.
  private static let shownIntents = 4

  private let rationale: Rationale

  init(_ rationale: Rationale) { self.rationale = rationale }

  private var reading: Reading { rationale.reading }

  /// A table: the text as it was read, each intent with its share of certainty and below it every
  /// reason with its points and the buyer's own words.
  var text: String {
    let thresholds = rationale.bot.settings.thresholds
    let utterance = Utterance(rationale.message)
    let ranked = rationale.ranked
    var lines = [
      "language    \(reading.locale?.description ?? "none of the bot's")" + languages,
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
    for (range, concepts) in rationale.conceptsByWords {
      lines.append("concept     \(quoted(range))  \(concepts.joined(separator: ", "))")
    }
    for finding in ranked.prefix(Self.shownIntents) {
      lines.append("")
      lines += block(finding, thresholds)
    }
    // One that many points speak for is told however far off it is: it may be what is overlooked.
    let others = ranked.dropFirst(Self.shownIntents).filter {
      $0.confidence >= 0.005 || $0.points >= 3
    }
    if !others.isEmpty {
      lines += [
        "",
        "further off: "
          + others.map { "\($0.intent) \(Figure.decimal($0.confidence))" }.joined(separator: ", "),
      ]
    }
    lines += ["", "→ " + rationale.outcome] + tipping.map { "  " + $0 }
    return lines.joined(separator: "\n")
  }

  private var languages: String {
    let scores = rationale.languages.prefix(3)
    if scores.isEmpty { return "" }
    return "  ("
      + scores.map { "\($0.locale) \(Figure.decimal($0.score))" }.joined(separator: ", ") + ")"
  }

  private func block(_ finding: Finding, _ thresholds: Thresholds) -> [String] {
    let mark = finding.confidence >= thresholds.answer ? Terminal.Colour.green : .dim
    var lines = [
      Terminal.coloured("\(Figure.decimal(finding.confidence))  \(finding.intent)", mark)
        + "  \(Figure.points(finding.points)) points"
        + (finding.risk > 0 ? ", risk \(finding.risk)" : "")
        + (finding.bias == 0 ? "" : ", \(Figure.points(finding.bias)) to start with")
    ]
    for evidence in rationale.rules(for: finding) {
      let kind =
        evidence.kind == .concepts
        ? "" : evidence.kind.rawValue + " "
      lines.append(
        "  \(Figure.points(evidence.points))  \(kind)\(evidence.rule)"
          + "  ← clause \(evidence.clause + 1): \(quoted(evidence.range))")
    }
    if let hints = rationale.hints(for: finding) {
      lines.append("  \(Figure.points(hints.points))  hints: \(hints.told)")
    }
    return lines
  }

  /// What would have made the likeliest intent sure enough, where it is not.
  private var tipping: [String] {
    guard let (intent, points) = rationale.shortfall else { return [] }
    return ["\(intent) lacks \(Figure.points(points)) points to be answered"]
      + rationale.nearest(to: intent).map {
        "\(Figure.points($0.points)) if it also said \($0.lacking) (\($0.rule))"
      }
  }

  /// The same for programs.
  var json: String {
    let object: [String: Any] = [
      "locale": reading.locale?.description ?? NSNull(), "outcome": rationale.outcome,
      "findings": rationale.ranked.map(object(of:)),
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

  private func quoted(_ range: Range<Int>) -> String { "“\(rationale.words(range))”" }

  private func rounded(_ value: Double) -> Decimal { Decimal(Int((value * 100).rounded())) / 100 }
}
