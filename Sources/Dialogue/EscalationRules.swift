public import Commerce
internal import Foundation

/// Why a person is fetched leads to who takes it, how soon it matters and until when: what
/// `odzew.yaml` and `deadlines.yaml` say.
public struct EscalationRules: Sendable {
  /// Who takes a matter, and how soon it matters.
  public struct Assignment: Sendable, Hashable {
    let queue: String
    let priority: Escalation.Priority

    /// Assigns a matter.
    /// - Parameters:
    ///   - queue: who takes it.
    ///   - priority: how soon it matters.
    public init(queue: String, priority: Escalation.Priority) {
      self.queue = queue
      self.priority = priority
    }
  }

  /// The name of the deadline that the platform itself sets for a decision.
  public static let decision = "platform-decision"

  private let queues: [String: Queue]
  private let assignments: [Escalation.Reason: Assignment]
  private let deadlines: Deadlines
  private let countries: Countries
  private let calendar: BusinessCalendar

  /// The name under which a row asks for the time that complaints of the buyer's country have.
  public static let complaint = "complaint"

  /// Makes rules.
  /// - Parameters:
  ///   - queues: who takes escalations; `Handling.defaultQueue` is among them.
  ///   - assignments: what takes which reason, where that is not the default queue.
  ///   - deadlines: the deadlines of law and platforms.
  ///   - countries: what knows their holidays.
  ///   - calendar: the seller's time zone and closing days.
  public init(
    queues: [String: Queue], assignments: [Escalation.Reason: Assignment] = [:],
    deadlines: Deadlines = Deadlines(), countries: Countries = Countries(),
    calendar: BusinessCalendar
  ) {
    self.queues = queues
    self.assignments = assignments
    self.deadlines = deadlines
    self.countries = countries
    self.calendar = calendar
  }

  /// Hands a matter to a person.
  /// - Parameters:
  ///   - reason: why a person is needed.
  ///   - queue: who takes it; whoever takes that reason where nil.
  ///   - priority: how soon it matters; what the reason says where nil.
  ///   - further: deadlines that run besides the one for answers.
  ///   - duty: when the message came, and by whose clock it is to be answered.
  /// - Returns: the escalation. It is due by the channel's deadline for answers, or sooner where the
  ///   queue promises so.
  public func escalation(
    _ reason: Escalation.Reason, queue: String? = nil, _ priority: Escalation.Priority? = nil,
    further: [String] = [], for duty: AnswerDuty
  ) -> Escalation {
    let name = queue ?? assignments[reason]?.queue ?? Handling.defaultQueue
    let answer =
      due(duty.deadline, duty)
      ?? Escalation.RunningDeadline(
        id: AnswerDuty.usualDeadline, dueAt: duty.since.addingTimeInterval(24 * 3600))
    let promised = queues[name].flatMap { queue in
      queue.answersWithin.map {
        queue.onlyWorkingDays
          ? calendar.moment($0, after: duty.since) : duty.since.addingTimeInterval($0)
      }
    }
    let decision = duty.decisionDue.map {
      Escalation.RunningDeadline(id: Self.decision, dueAt: $0)
    }
    let running = [answer] + further.compactMap { due($0, duty) } + [decision].compactMap { $0 }
    return Escalation(
      reason: reason, queue: name, priority: priority ?? assignments[reason]?.priority ?? .normal,
      // What the platform wants was missed already where it lies in the past.
      dueAt: ([answer.dueAt, promised, duty.decisionDue].compactMap { $0 })
        .filter { $0 > duty.since }.min() ?? answer.dueAt,
      deadlines: running.sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) })
  }

  private func due(_ name: String, _ duty: AnswerDuty) -> Escalation.RunningDeadline? {
    let deadline =
      name == Self.complaint ? deadlines.complaint(in: duty.country) : deadlines[name]
    return deadline.map {
      Escalation.RunningDeadline(
        id: $0.id,
        dueAt: $0.due(after: duty.since, in: duty.country, zone: calendar.zone, countries))
    }
  }
}
