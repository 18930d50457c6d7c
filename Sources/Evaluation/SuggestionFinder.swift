internal import Language
internal import Odzew

/// Groups of messages that were not understood, and what they are near to.
struct SuggestionFinder {
  /// Messages that are alike, as places among those that were missed.
  struct Group: Sendable {
    let locale: LocaleTag
    let messages: [Int]
  }

  private let heard: MessagesHeard
  /// From which confidence on a buyer is asked whether an intent is meant.
  private let clarify: Double
  private let likeness: [LocaleTag: Likeness]
  /// The examples of each language, and where they point.
  private let examples: [LocaleTag: [(intent: IntentID, direction: Likeness.Direction)]]
  private let directions: [Likeness.Direction]
  /// The groups of all languages, the largest first.
  let groups: [Group]

  init(_ heard: MessagesHeard, _ trial: KeywordTrial, of bot: Bot) {
    self.heard = heard
    clarify = bot.settings.thresholds.clarify
    // How rare a word is, all texts tell.
    let texts = Dictionary(grouping: trial.texts) { $0.verdict.locale }
    var likeness: [LocaleTag: Likeness] = [:]
    var examples: [LocaleTag: [(intent: IntentID, direction: Likeness.Direction)]] = [:]
    for locale in Set(heard.missed.map(\.locale)) {
      let known = Likeness(
        over: (texts[locale] ?? []).map(\.utterance.words),
        smallWords: bot.classifier.smallWords(of: locale))
      likeness[locale] = known
      examples[locale] = bot.intents.filter { !$0.isOutOfScope }.flatMap { intent in
        intent.examples(in: locale).examples.map {
          (intent.id, known.direction(of: Utterance($0.value).words))
        }
      }
    }
    self.likeness = likeness
    self.examples = examples
    let directions = heard.missed.map { missed in
      likeness[missed.locale]?.direction(of: missed.words) ?? Likeness.Direction(between: [])
    }
    self.directions = directions
    let places = Dictionary(grouping: heard.missed.indices) { heard.missed[$0].locale }
    groups = places.sorted { $0.key < $1.key }.flatMap { locale, places in
      LikenessGroups(of: places.map { directions[$0] }).groups.map { group in
        Group(locale: locale, messages: group.map { places[$0] })
      }
    }.sorted { ($1.messages.count, $0.locale) < ($0.messages.count, $1.locale) }
  }

  /// What likeness to an example counts beside confidence.
  ///
  /// Of labelled messages, confidence tells the label as often as it says, and likeness alone little.
  private static let weightOfLikeness = 0.3
  /// What both must come to.
  private static let leastNearness = 0.4

  /// The intent that a group is nearest to: sure enough, on average, to be asked about, and with
  /// examples that are like it.
  func nearest(to group: Group) -> Suggestions.Nearest? {
    var confidence: [IntentID: Double] = [:]
    for place in group.messages {
      confidence.merge(heard.missed[place].confidence, uniquingKeysWith: +)
    }
    confidence = confidence.mapValues { $0 / Double(group.messages.count) }
    let middle = Likeness.Direction(between: group.messages.map { directions[$0] })
    var likeness: [IntentID: Double] = [:]
    for (intent, direction) in examples[group.locale] ?? [] {
      likeness[intent] = max(likeness[intent] ?? 0, direction.likeness(to: middle))
    }
    let all = Set(confidence.keys).union(likeness.keys).map { intent in
      Suggestions.Nearest(
        intent: intent, confidence: confidence[intent] ?? 0, likeness: likeness[intent] ?? 0)
    }
    func nearness(_ one: Suggestions.Nearest) -> Double {
      one.confidence + Self.weightOfLikeness * one.likeness
    }
    return all.filter { $0.confidence >= clarify && nearness($0) >= Self.leastNearness }
      .max { (nearness($0), $1.intent) < (nearness($1), $0.intent) }
  }

  private static let mostSentences = 3

  /// The most typical messages of a group, without what tells who wrote them, each once.
  func sentences(of group: Group) -> [String] {
    var shown: [String] = []
    for sentence in group.messages.lazy.compactMap({ heard.missed[$0].publicWords })
    where !shown.contains(sentence) {
      shown.append(sentence)
      if shown.count == Self.mostSentences { break }
    }
    return shown.map(SentenceRedaction.shortened)
  }
}
