public import Odzew

/// How well labelled messages are read.
public struct Accuracy: Sendable {
  /// What became of one message.
  public struct Result: Sendable, Codable, Hashable {
    /// The message.
    public let text: String
    /// Its language, as labelled.
    public let locale: String
    /// What it says, as labelled.
    public let labels: [String]
    /// What it was read as, strongest first; empty for nothing.
    public let read: [String]
    /// How sure the strongest is, from 0 to 1.
    public let confidence: Double
    /// Whether it would be answered rather than asked about.
    public let isAnswered: Bool
    /// Whether the language was told right.
    public let isLanguageRight: Bool

    /// Describes what became of a message.
    /// - Parameters:
    ///   - text: the message.
    ///   - locale: its language, as labelled.
    ///   - labels: what it says, as labelled.
    ///   - read: what it was read as, strongest first.
    ///   - confidence: how sure the strongest is, from 0 to 1.
    ///   - isAnswered: whether it would be answered.
    ///   - isLanguageRight: whether the language was told right.
    public init(
      text: String, locale: String, labels: [String], read: [String], confidence: Double,
      isAnswered: Bool, isLanguageRight: Bool
    ) {
      self.text = text
      self.locale = locale
      self.labels = labels
      self.read = read
      self.confidence = confidence
      self.isAnswered = isAnswered
      self.isLanguageRight = isLanguageRight
    }

    /// The strongest intent, or `out_of_scope`.
    public var strongest: String { read.first ?? Accuracy.nothing }
    /// Whether nothing that the bot does is meant.
    public var isOutOfScope: Bool { labels == [Accuracy.nothing] }
    /// Whether the strongest intent is right: one that was labelled; where nothing is meant, asking
    /// back is right.
    public var isRight: Bool {
      isOutOfScope ? !isAnswered : labels.contains(strongest)
    }
    /// Whether the message would be answered by an intent that was not labelled.
    public var isWronglyAnswered: Bool { isAnswered && !labels.contains(strongest) }
    /// Where it counts: where it is right the reading itself, else the first label.
    public var cell: ConfusionMatrix.Cell {
      let label = isRight && !isOutOfScope ? strongest : labels.first ?? Accuracy.nothing
      return ConfusionMatrix.Cell(
        label: label, read: isRight && isOutOfScope ? Accuracy.nothing : strongest)
    }
  }

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

  /// What stands for nothing: no intent is meant, or none was found.
  public static let nothing = "out_of_scope"

  /// What became of each message.
  public let results: [Result]

  /// Reads labelled messages, in the language that is detected.
  /// - Parameters:
  ///   - messages: the messages.
  ///   - responder: the bot.
  public init(of messages: [LabelledMessage], by responder: Responder) {
    results = messages.map { message in
      let reading = responder.read(message.text)
      let (read, confidence, isAnswered): ([String], Double, Bool) =
        switch reading.outcome(by: responder.bot.settings.thresholds) {
        case .answerable(let answerables):
          (answerables.map(\.intent.description), answerables.first?.confidence ?? 0, true)
        case .ambiguous(let findings):
          (findings.map(\.intent.description), findings.first?.confidence ?? 0, false)
        case .nothing: ([], 0, false)
        }
      return Result(
        text: message.text, locale: message.locale, labels: message.intents, read: read,
        confidence: confidence, isAnswered: isAnswered,
        isLanguageRight: reading.locale?.language == message.locale)
    }
  }

  /// Takes results as they are.
  /// - Parameter results: what became of each message.
  public init(_ results: [Result]) { self.results = results }

  /// The results of the messages of one language.
  /// - Parameter locale: the language.
  /// - Returns: its share of the results.
  public func part(_ locale: String) -> Accuracy {
    Accuracy(results.filter { $0.locale == locale })
  }

  /// The languages of the messages, sorted.
  public var locales: [String] { Set(results.map(\.locale)).sorted() }
  /// How many messages there are.
  public var total: Int { results.count }
  /// In how many the strongest intent is right.
  public var right: Int { results.count(where: \.isRight) }
  /// How many would be answered by an intent that was not labelled.
  public var wronglyAnswered: Int { results.count(where: \.isWronglyAnswered) }
  /// How many out of scope were answered, and how many there are.
  public var offTopic: (answered: Int, total: Int) {
    let offTopic = results.filter(\.isOutOfScope)
    return (offTopic.count(where: \.isAnswered), offTopic.count)
  }
  /// In how many of the messages of four words or more the language was told right, of how many.
  public var language: (right: Int, total: Int) {
    let long = results.filter { $0.text.split(whereSeparator: \.isWhitespace).count >= 4 }
    return (long.count(where: \.isLanguageRight), long.count)
  }

  /// How each intent fares, by its identifier: of the strongest readings against the first label.
  public var scores: [String: Score] {
    var scores: [String: Score] = [:]
    for result in results {
      let cell = result.cell
      scores[cell.read, default: Score()].found += 1
      scores[cell.label, default: Score()].labelled += 1
      if cell.read == cell.label { scores[cell.read, default: Score()].hits += 1 }
    }
    return scores
  }

  /// How often one intent was read as another, most often first.
  public var confusions: [(label: String, read: String, count: Int)] {
    var counts: [ConfusionMatrix.Cell: Int] = [:]
    for result in results where !result.isRight {
      counts[result.cell, default: 0] += 1
    }
    return counts.map { ($0.key.label, $0.key.read, $0.value) }
      .sorted { ($1.count, $0.label, $0.read) < ($0.count, $1.label, $1.read) }
  }

  /// How sure readings were, and how many of them were right.
  public var calibration: Calibration {
    Calibration(
      of: results.lazy.filter { !$0.read.isEmpty }.map {
        ($0.confidence, $0.labels.contains($0.strongest))
      })
  }

  /// The mean of the intents' F1.
  public var macroF1: Double {
    let scores = self.scores
    return scores.isEmpty ? 0 : scores.values.map(\.f1).reduce(0, +) / Double(scores.count)
  }
}
