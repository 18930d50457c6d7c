internal import Language
internal import Odzew

/// The messages of a file as the bot understands them.
struct MessagesHeard: Sendable {
  /// A message that was not understood.
  struct Missed: Sendable {
    let message: ReceivedMessage
    let locale: LocaleTag
    /// How sure of each intent the reading is.
    let confidence: [IntentID: Double]
    /// Its words that tell nobody's name; nil where none are left.
    let publicWords: String?
    /// The folded public words.
    let words: [[UInt8]]
  }

  let counts: Suggestions.Counts
  /// In an order of their own, so that the order of the lines does not matter.
  let missed: [Missed]
  /// All messages that can be read: first those that were missed, in the same order.
  let texts: [KeywordTrial.Text]
  /// The folded words of all names of people that are known, which no keyword has.
  let namesOfPeople: Set<[UInt8]>

  init(_ messages: [ReceivedMessage], by responder: Responder) {
    let redaction = SentenceRedaction(responder.bot)
    let heard = messages.concurrentMap { message in
      Self.hear(message, by: responder, redaction)
    }.compactMap { $0 }
    var counts = Suggestions.Counts()
    for one in heard { counts[keyPath: one.standing.count] += 1 }
    self.counts = counts
    let sorted = heard.sorted { one, other in
      (one.text.utterance.text, one.message.line) < (other.text.utterance.text, other.message.line)
    }
    missed = sorted.compactMap(\.missed)
    namesOfPeople = Set(messages.lazy.flatMap(\.names).flatMap { Utterance($0).words })
    texts =
      sorted.filter { $0.missed != nil }.map(\.text)
      + sorted.filter { $0.missed == nil }.map(\.text)
  }

  /// What becomes of a message.
  private enum Standing {
    case understood, missed, offTopic, automatic, foreign, unread

    var count: WritableKeyPath<Suggestions.Counts, Int> {
      switch self {
      case .understood: \.understood
      case .missed: \.missed
      case .offTopic: \.offTopic
      case .automatic: \.automatic
      case .foreign: \.foreign
      case .unread: \.unread
      }
    }

    init(_ opening: Responder.Opening, labels: [String]) {
      self =
        if opening.isForeign {
          .foreign
        } else if opening.isAutomatic {
          .automatic
        } else if opening.isIncomplete {
          .unread
        } else if case .answerable = opening.outcome {
          .understood
        } else if labels == [Accuracy.nothing] || opening.reading.isOffTopic {
          .offTopic
        } else {
          .missed
        }
    }
  }

  private struct Heard: Sendable {
    let message: ReceivedMessage
    let standing: Standing
    let text: KeywordTrial.Text
    let missed: Missed?
  }

  private static func hear(
    _ message: ReceivedMessage, by responder: Responder, _ redaction: SentenceRedaction
  ) -> Heard? {
    guard let opening = responder.opening(message.request) else { return nil }
    let standing = Standing(opening, labels: message.intents)
    var text = KeywordTrial.Text(
      source: .message(line: message.line), request: message.request,
      utterance: opening.utterance, verdict: KeywordTrial.Verdict(opening),
      labels: message.intents)
    guard standing == .missed, let locale = opening.reading.locale else {
      return Heard(message: message, standing: standing, text: text, missed: nil)
    }
    text.isMissed = true
    let sentence = BuyerSentence(
      message.text, locale: locale.language, names: message.names, link: message.line)
    let publicWords = redaction.publicWords(of: sentence)
    let words = (publicWords ?? "").split(separator: SentenceRedaction.mark)
      .flatMap { Utterance(String($0)).words }
    return Heard(
      message: message, standing: standing, text: text,
      missed: Missed(
        message: message, locale: locale,
        confidence: Dictionary(
          opening.reading.findings.map { ($0.intent, $0.confidence) }, uniquingKeysWith: max),
        publicWords: publicWords, words: words))
  }
}

extension Reading {
  /// Whether some words say that it is about something that no intent is for; that nothing is known
  /// says nothing, nor do hints, which always lean somewhere.
  fileprivate var isOffTopic: Bool {
    guard let offTopic, offTopic.confidence > (findings.first?.confidence ?? 0) else {
      return false
    }
    let said = offTopic.evidence.filter { reason in
      reason.kind != .hint && !Classifier.traits.contains { reason.rule.contains($0) }
    }
    return said.reduce(0) { $0 + $1.points } >= Self.pointsOffTopic
  }

  /// What the words must come to: about as much as one that settles it.
  private static let pointsOffTopic = 2.5
}
