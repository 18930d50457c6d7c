internal import Foundation
public import Odzew

/// What a reading comes to under a bot's thresholds, and what would change it.
public struct Rationale: Sendable {
  /// A rule that would speak if one more thing were said.
  public struct Near: Sendable, Hashable {
    /// The rule as its author wrote it.
    public let rule: String
    /// The concept that it lacks.
    public let lacking: String
    /// Its points.
    public let points: Double
  }

  /// What was understood.
  public let reading: Reading
  /// The message.
  public let message: String
  /// By whose rules.
  public let bot: Bot

  /// Gives the reasons of a reading.
  /// - Parameters:
  ///   - reading: what was understood.
  ///   - message: the message.
  ///   - bot: by whose rules.
  public init(of reading: Reading, _ message: String, by bot: Bot) {
    self.reading = reading
    self.message = message
    self.bot = bot
  }

  /// What the responder makes of it.
  public var outcome: String {
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
  public var ranked: [Finding] {
    (reading.findings + [reading.offTopic].compactMap { $0 })
      .sorted { ($1.confidence, $0.intent) < ($0.confidence, $1.intent) }
  }

  /// Whether the words tell the language.
  public var verdict: LanguageDetector.Verdict {
    let settings = bot.settings
    return bot.classifier.language(
      of: Utterance(message), expecting: settings.channels[.chat]?.locale ?? settings.locale)
  }

  /// How much the message speaks for each language that it speaks for, most first.
  public var languages: [(locale: LocaleTag, score: Double)] {
    let utterance = Utterance(message)
    return bot.classifier.languageScores(of: utterance, bot.classifier.sightings(in: utterance))
      .scores.filter { $0.score > 0 }.map { ($0.locale, $0.score) }
  }

  /// The buyer's own words of a place in the message.
  /// - Parameter range: offsets into its UTF-8.
  /// - Returns: the words.
  public func words(_ range: Range<Int>) -> String {
    let bytes = message.utf8
    return String(decoding: bytes.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
  }

  /// The rules that speak about an intent, most points first; hints are summed up elsewhere.
  /// - Parameter finding: the intent.
  /// - Returns: the rules with their points.
  public func rules(for finding: Finding) -> [Evidence] {
    finding.evidence.filter { $0.kind != .hint }.sorted { $0.points > $1.points }
  }

  /// What the hints of an intent come to, and those that say most, in words.
  /// - Parameter finding: the intent.
  /// - Returns: nil where it has none.
  public func hints(for finding: Finding) -> (points: Double, told: String)? {
    let hints = finding.evidence.filter { $0.kind == .hint }.sorted {
      (abs($1.points), $0.rule) < (abs($0.points), $1.rule)
    }
    if hints.isEmpty { return nil }
    let told = hints.prefix(Self.toldHints).map { "\($0.rule) \(Figure.points($0.points))" }
    let rest = hints.count - told.count
    return (
      hints.reduce(0) { $0 + $1.points },
      told.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    )
  }

  private static let toldHints = 5

  /// The concepts under the buyer's words for them, in the order of the message.
  public var conceptsByWords: [(range: Range<Int>, concepts: [String])] {
    Dictionary(grouping: reading.concepts, by: \.range).sorted {
      ($0.key.lowerBound, $0.key.upperBound) < ($1.key.lowerBound, $1.key.upperBound)
    }
    .map { range, hits in
      (range, Set(hits.map { ($0.isDenied ? "not " : "") + $0.concept }).sorted())
    }
  }

  /// The likeliest intent, and how many points it lacks to be answered; nil where it lacks none.
  public var shortfall: (intent: IntentID, points: Double)? {
    let threshold = bot.settings.thresholds.answer
    guard let best = reading.findings.max(by: { $0.confidence < $1.confidence }),
      best.confidence < threshold, best.confidence > 0
    else { return nil }
    // Odds grow by e with each point.
    let missing =
      log(threshold / (1 - threshold)) - log(best.confidence / (1 - best.confidence))
    return (best.intent, missing)
  }

  /// What would speak for an intent if the message said one thing more, most points first.
  /// - Parameter intent: the intent.
  /// - Returns: three rules at the most.
  public func nearest(to intent: IntentID) -> [Near] {
    let said = Set(
      reading.concepts.map(\.concept)
        + reading.concepts.filter(\.isDenied).map { "not " + $0.concept })
    let rules = bot.intents.first { $0.id == intent }?.weighed ?? []
    let near = rules.filter { $0.kind == .concepts && $0.points > 0 }.compactMap { rule -> Near? in
      let terms = rule.rule.split(separator: " + ").map(String.init)
      let lacking = terms.filter { !said.contains($0) }
      guard lacking.count == 1, terms.count > 1 else { return nil }
      return Near(rule: rule.rule, lacking: lacking[0], points: rule.points)
    }
    return Array(near.sorted { $0.points > $1.points }.prefix(3))
  }
}
