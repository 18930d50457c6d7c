public import Odzew

/// A message and what it says, as a person labelled it.
public struct LabelledMessage: Sendable, Decodable {
  /// The message.
  public let text: String
  /// Its language.
  public let locale: String
  /// What it says; `out_of_scope` alone where none of the intents is meant.
  public let intents: [String]
}

/// How well labelled messages are read.
public struct Accuracy: Sendable {
  /// How one intent fares.
  public struct Score: Sendable {
    /// Read so, and labelled so.
    public var hits = 0
    /// Read so.
    public var found = 0
    /// Labelled so.
    public var labelled = 0

    /// Of what was read so, how much was.
    public var precision: Double { found == 0 ? 0 : Double(hits) / Double(found) }
    /// Of what was so, how much was read.
    public var recall: Double { labelled == 0 ? 0 : Double(hits) / Double(labelled) }
    /// The harmonic mean of both.
    public var f1: Double {
      found + labelled == 0 ? 0 : 2 * Double(hits) / Double(found + labelled)
    }
  }

  /// What `none` stands for: nothing was sure enough to be answered.
  public static let nothing = "out_of_scope"

  /// How many messages there are.
  public private(set) var total = 0
  /// In how many the strongest intent is right: one that was labelled, or none where none was.
  public private(set) var right = 0
  /// How many would be answered by an intent that was not labelled.
  public private(set) var wronglyAnswered = 0
  /// How many out of scope were answered, and how many there are.
  public private(set) var offTopic = (answered: 0, total: 0)
  /// In how many the language was told right.
  public private(set) var rightLanguage = 0
  /// How each intent fares, by its identifier.
  public private(set) var scores: [String: Score] = [:]
  /// How often one intent was read as another.
  public private(set) var confusions: [String: Int] = [:]

  /// Reads labelled messages, in their own language as far as it is detected.
  /// - Parameters:
  ///   - messages: the messages.
  ///   - responder: the bot.
  public init(of messages: [LabelledMessage], by responder: Responder) {
    for message in messages {
      total += 1
      let reading = responder.read(message.text)
      rightLanguage += reading.locale?.language == message.locale ? 1 : 0
      var found: [String] = []
      var isAnswer = false
      switch reading.outcome(by: responder.bot.settings.thresholds) {
      case .answerable(let answerables):
        found = answerables.map(\.intent.description)
        isAnswer = true
      case .ambiguous(let findings): found = findings.prefix(1).map(\.intent.description)
      case .nothing: break
      }
      let strongest = found.first ?? Self.nothing
      // Asking back is what is wanted where nothing is meant.
      let isOutOfScope = message.intents == [Self.nothing]
      let isRight = message.intents.contains(strongest) || (isOutOfScope && !isAnswer)
      right += isRight ? 1 : 0
      if isAnswer, !message.intents.contains(strongest) { wronglyAnswered += 1 }
      if isOutOfScope {
        offTopic.total += 1
        offTopic.answered += isAnswer ? 1 : 0
      }
      let label = message.intents.first ?? Self.nothing
      let read = isRight ? (message.intents.contains(strongest) ? strongest : label) : strongest
      scores[read, default: Score()].found += 1
      scores[isRight ? read : label, default: Score()].labelled += 1
      if isRight {
        scores[read, default: Score()].hits += 1
      } else {
        confusions["\(label) → \(strongest)\(isAnswer ? "" : " (asked)")", default: 0] += 1
      }
    }
  }

  /// The mean of the intents' F1.
  public var macroF1: Double {
    scores.isEmpty ? 0 : scores.values.map(\.f1).reduce(0, +) / Double(scores.count)
  }
}
