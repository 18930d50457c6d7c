internal import Language
internal import Odzew

/// Texts that are read again with a keyword more: what must be read as before, and what may become
/// understood.
///
/// Only texts with a word that the keyword touches are read again, and each trial looks through the
/// different words of all texts, not through the texts.
struct KeywordTrial: Sendable {
  /// Where a text comes from.
  enum Source: Sendable, Hashable {
    /// A sentence of an intent's file.
    case example(Located<String>)
    /// A buyer's message of a case.
    case sample(String)
    /// A message of the file.
    case message(line: Int)
  }

  /// What is made of a text, as far as an answer depends on it.
  struct Verdict: Sendable, Hashable {
    let answered: [IntentID]
    let asked: [IntentID]
    let locale: LocaleTag?
    var isForeign = false
    var isAutomatic = false

    init(_ outcome: Reading.Outcome, in locale: LocaleTag?) {
      self.locale = locale
      switch outcome {
      case .answerable(let answerables): (answered, asked) = (answerables.map(\.intent), [])
      case .ambiguous(let findings): (answered, asked) = ([], findings.map(\.intent))
      case .nothing: (answered, asked) = ([], [])
      }
    }

    init(_ opening: Responder.Opening) {
      self.init(opening.outcome, in: opening.reading.locale)
      isForeign = opening.isForeign
      isAutomatic = opening.isAutomatic
    }
  }

  /// A text, and what is made of it today.
  struct Text: Sendable {
    let source: Source
    /// Nil for a sentence of an intent's file, whose language is known.
    var request: Request?
    let utterance: Utterance
    let verdict: Verdict
    /// What it says, as labelled.
    var labels: [String] = []
    /// Whether it may become understood; else it must be read as before.
    var isMissed = false

    /// Whether it is labelled, and not with an intent.
    func isLabelled(otherwiseThan intent: IntentID) -> Bool {
      !labels.isEmpty && !labels.contains(intent.description)
    }
  }

  /// What a keyword does.
  struct Effect: Sendable {
    /// The places of the texts that are answered as its intent now.
    var answered: [Int] = []
    /// The place of the first text that it breaks.
    var broken: Int?
  }

  let texts: [Text]
  private let responder: Responder
  /// All different words, and the places of the texts that have them.
  private let words: [[UInt8]]
  private let places: [[Int32]]

  init(of texts: [Text], by responder: Responder) {
    self.texts = texts
    self.responder = responder
    var places: [[UInt8]: [Int32]] = [:]
    for (place, text) in texts.enumerated() {
      for word in Set(text.utterance.words) { places[word, default: []].append(Int32(place)) }
    }
    let sorted = places.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    words = sorted.map(\.key)
    self.places = sorted.map(\.value)
  }

  /// The texts that may be read otherwise with a keyword, in order.
  func touched(by keyword: TrialKeyword) -> [Int] {
    let rules = responder.bot.classifier
    let all = rules.words(of: keyword)
    // Small words are known already, and a phrase needs its other words, too.
    let telling = all.subtracting(rules.smallWords(of: keyword.locale))
    let own = telling.isEmpty ? all : telling
    let touched = words.indices.filter { index in
      own.contains { Classifier.mayDepend(words[index], on: $0) }
    }
    return Set(touched.lazy.flatMap { places[$0] }).map(Int.init).sorted()
  }

  /// What a keyword does beside others.
  /// - Parameters:
  ///   - keyword: the keyword.
  ///   - rules: the rules that it is added to: the bot's, perhaps with other keywords on trial.
  ///   - touched: the texts that it may concern.
  /// - Returns: what becomes of them; nil for what can be no keyword.
  func effect(of keyword: TrialKeyword, on rules: Classifier, _ touched: [Int]) -> Effect? {
    guard let rules = rules.adding(keyword) else { return nil }
    let responder = responder.reading(by: rules)
    var effect = Effect()
    for place in touched {
      let text = texts[place]
      let verdict = Self.verdict(on: text, by: responder)
      let isAnswered = verdict.answered.contains(keyword.intent)
      let isBroken =
        text.isMissed
        ? isAnswered && text.isLabelled(otherwiseThan: keyword.intent) : verdict != text.verdict
      if isBroken {
        effect.broken = place
        break
      }
      if text.isMissed, isAnswered { effect.answered.append(place) }
    }
    return effect
  }

  private static func verdict(on text: Text, by responder: Responder) -> Verdict {
    guard let opening = text.request.flatMap(responder.opening) else {
      let reading = responder.bot.classifier.read(text.utterance)
      return Verdict(
        reading.outcome(by: responder.bot.settings.thresholds), in: reading.locale)
    }
    return Verdict(opening)
  }

  /// The sentences of the intents' files, which must be read as they are.
  static func examples(of bot: Bot) -> [Text] {
    let sentences = bot.intents.flatMap { intent in
      intent.locales.flatMap { locale in
        let lists = intent.examples(in: locale)
        return (lists.examples + lists.counterExamples).map { ($0, locale) }
      }
    }
    return sentences.concurrentMap { sentence, locale in
      let utterance = Utterance(sentence.value, locale: locale)
      let reading = bot.classifier.read(utterance)
      return Text(
        source: .example(sentence), utterance: utterance,
        verdict: Verdict(reading.outcome(by: bot.settings.thresholds), in: reading.locale))
    }
  }

  /// The buyers' messages of cases, which must be read as they are, each as if nothing had been said.
  static func samples(of cases: [Case], by responder: Responder) -> [Text] {
    let messages = cases.flatMap { sample in
      sample.steps.compactMap { step -> (name: String, request: Request)? in
        guard case .message(let text) = step.kind else { return nil }
        let message = Request.Message(text: text, order: sample.order)
        return (
          sample.name,
          Request(
            id: sample.name, channel: sample.channel, locale: sample.locale,
            sentAt: sample.now, kind: .message(message))
        )
      }
    }
    return messages.concurrentMap { name, request in
      responder.opening(request).map { opening in
        Text(
          source: .sample(name), request: request, utterance: opening.utterance,
          verdict: Verdict(opening))
      }
    }.compactMap { $0 }
  }
}

extension Utterance {
  /// The folded words.
  var words: [[UInt8]] { folded.bytes.split(separator: UInt8(ascii: " ")).map { Array($0) } }
}
