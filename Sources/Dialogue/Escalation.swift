public import Foundation

/// A matter handed to a person.
public struct Escalation: Sendable, Hashable {
  /// Why a person is needed.
  public enum Reason: String, Sendable, CaseIterable {
    /// The intent's own rule says that a person must act.
    case intent = "intent_needs_person"
    /// The message was not understood, twice.
    case notUnderstood = "not_understood"
    /// The message is in a language that the bot does not have.
    case unsupportedLanguage = "unsupported_language"
    /// Who asks could not be matched with the order.
    case notVerified = "not_verified"
    /// The order's data do not say what the answer needs.
    case missingOrderData = "missing_data"
    /// A rule of policy forbids the answer.
    case policy = "policy_block"
    /// A rule took too long over the message.
    case tooComplex = "too_complex"
    /// The buyer is getting angry.
    case anger
    /// The same has been said again and again.
    case repeated
    /// The platform wants the seller's decision about a complaint.
    case claim
    /// What the buyer means may stand in a picture or a file.
    case attachment
  }

  /// How soon it matters.
  public enum Priority: String, Sendable, CaseIterable, Comparable {
    case normal, high, urgent

    /// Orders by urgency.
    public static func < (left: Priority, right: Priority) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int {
      switch self {
      case .normal: 0
      case .high: 1
      case .urgent: 2
      }
    }
  }

  /// Why a person is needed.
  public var reason: Reason
  /// Who should take it, by the queue's name in `odzew.yaml`.
  public var queue: String
  /// How soon it matters.
  public var priority: Priority
  /// Until when the buyer is to have an answer.
  public var dueAt: Date
  /// The deadlines of law and platforms that run, soonest first.
  public var deadlines: [RunningDeadline]

  /// The same, due no later than what was promised before: a nudge puts no promise off.
  /// - Parameters:
  ///   - promised: until when the buyer was promised an answer.
  ///   - now: the clock: a promise that was broken counts no more.
  /// - Returns: the escalation.
  package func keeping(_ promised: Date?, at now: Date) -> Escalation {
    guard let promised, promised > now, promised < dueAt else { return self }
    var escalation = self
    escalation.dueAt = promised
    return escalation
  }

  /// A deadline that runs.
  public struct RunningDeadline: Sendable, Hashable {
    /// Its name in `deadlines.yaml`.
    public let id: String
    /// When it ends.
    public let dueAt: Date
  }

  /// Hands a matter to a person.
  /// - Parameters:
  ///   - reason: why.
  ///   - queue: who should take it.
  ///   - priority: how soon it matters.
  ///   - dueAt: until when the buyer is to have an answer.
  ///   - deadlines: the deadlines of law and platforms that run, soonest first.
  public init(
    reason: Reason, queue: String, priority: Priority, dueAt: Date,
    deadlines: [RunningDeadline] = []
  ) {
    self.deadlines = deadlines
    self.reason = reason
    self.queue = queue
    self.priority = priority
    self.dueAt = dueAt
  }
}

/// The people who take escalations.
public struct Queue: Sendable, Hashable {
  /// Within how many seconds a buyer has an answer; nil where the channel's deadline is enough.
  public var answersWithin: TimeInterval?
  /// Whether these seconds stand still while nobody works: on weekends, on the seller's own closing
  /// days, and outside the business hours.
  public var onlyWorkingDays: Bool

  /// Makes a queue.
  /// - Parameters:
  ///   - answersWithin: seconds until a buyer has an answer, at the latest.
  ///   - onlyWorkingDays: whether these stand still on weekends and the seller's closing days.
  public init(answersWithin: TimeInterval? = nil, onlyWorkingDays: Bool = false) {
    self.answersWithin = answersWithin
    self.onlyWorkingDays = onlyWorkingDays
  }
}

/// When a message came, and by whose clock it is to be answered.
public struct AnswerDuty: Sendable, Hashable {
  /// When the message came.
  public var since: Date
  /// The deadline for answers on its channel, by its name in `deadlines.yaml`.
  public var deadline: String
  /// Where the buyer lives (ISO 3166-1), where that is known.
  public var country: String?
  /// Until when the platform itself wants a decision.
  public var decisionDue: Date?

  /// What holds where a channel has no deadline of its own (policy-facts, `answer-target`).
  public static let usualDeadline = "answer-target"

  /// Describes a duty.
  /// - Parameters:
  ///   - since: when the message came.
  ///   - deadline: the deadline for answers on its channel.
  ///   - country: where the buyer lives.
  public init(
    since: Date, deadline: String = AnswerDuty.usualDeadline, country: String? = nil
  ) {
    self.since = since
    self.deadline = deadline
    self.country = country
  }
}
