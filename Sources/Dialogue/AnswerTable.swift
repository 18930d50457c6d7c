public import Commerce
public import Diagnostics

/// What follows from an intent, row by row: the first row whose conditions the order meets is
/// taken.
///
/// It stands in the intent's own file, under `answers`.
public struct AnswerTable: Sendable {
  /// One row.
  public struct Row: Sendable {
    /// Whether the responder's answer settles the matter.
    enum Action: String, CaseIterable, Sendable {
      /// It does.
      case reply
      /// It does not: a person must act, and the reply says what happens next.
      case escalate
    }

    /// The states that the order is in where the row is taken.
    public var states: Set<OrderState> { when }
    /// Whether a person takes over, within a time that the reply may name.
    public var isHandOff: Bool { action == .escalate }

    let when: Set<OrderState>
    let unless: Set<OrderState>
    let action: Action
    /// The template of the reply.
    public let template: Located<String>
    let queue: String?
    let priority: Escalation.Priority
    /// A deadline that runs besides the one for answers: its name in `deadlines.yaml`, or
    /// `complaint` for the time that complaints of the buyer's country have.
    let deadline: String?
    /// Whether nothing else that the message asks is answered.
    let isAlone: Bool

    func holds(for states: Set<OrderState>) -> Bool {
      when.isSubset(of: states) && unless.isDisjoint(with: states)
    }
  }

  /// What an intent cannot be answered without.
  enum Need: String, CaseIterable, Sendable {
    case nothing, order
  }

  let need: Need
  /// Whether its rows are taken with an order at hand only.
  public var needsOrder: Bool { need == .order }
  /// The rows, in order.
  public let rows: [Row]

  /// Reads what an intent's file says about answering.
  /// - Parameters:
  ///   - file: the file's mapping; faults go to its reader.
  ///   - queues: the queues that exist; nil where that is not known, and none is held to be wrong.
  ///   - deadlines: the names of the deadlines that exist, or nil.
  public init(reading file: YAMLMapping, queues: Set<String>?, deadlines: Set<String>? = []) {
    need = file.optionalChoice("needs") ?? .nothing
    rows = file.mappings("answers").compactMap {
      Row(reading: $0, queues: queues, deadlines: deadlines)
    }
    if let early = rows.dropLast().first(where: { $0.when.isEmpty && $0.unless.isEmpty }) {
      file.report(
        "unreachable-answer", at: early.template.location,
        "the rows after '\(early.template.value)' are never reached",
        remedy: "move the row without conditions to the end")
    }
  }

  /// The row that an order's states lead to.
  func row(for states: Set<OrderState>) -> Row? { rows.first { $0.holds(for: states) } }
}

extension AnswerTable.Row {
  fileprivate init?(reading entry: YAMLMapping, queues: Set<String>?, deadlines: Set<String>?) {
    func states(_ key: String) -> Set<OrderState> {
      Set(
        entry.strings(key).compactMap { name in
          if let state = OrderState(rawValue: name.value) { return state }
          let known = OrderState.allCases.map(\.rawValue)
          entry.report(
            "unknown-state", at: name.location, "'\(name.value)' is no state of an order",
            remedy: nearest(to: name.value, among: known).map { "did you mean '\($0)'?" }
              ?? "known: \(known.joined(separator: ", "))")
          return nil
        })
    }
    when = states("when")
    unless = states("unless")
    action = entry.optionalChoice("do") ?? .reply
    let queue = entry.optionalString("queue")
    if let queue, let queues, !queues.contains(queue.value) {
      entry.report(
        "unknown-queue", at: queue.location, "'\(queue.value)' is no queue of odzew.yaml",
        remedy: nearest(to: queue.value, among: queues).map { "did you mean '\($0)'?" }
          ?? "known: \(queues.sorted().joined(separator: ", "))")
    }
    self.queue = queue?.value
    priority = entry.optionalChoice("priority") ?? .normal
    isAlone = entry.flag("alone")
    let deadline = entry.optionalString("deadline")
    if let deadline, let deadlines, deadline.value != EscalationRules.complaint,
      !deadlines.contains(deadline.value)
    {
      entry.report(
        "unknown-deadline", at: deadline.location,
        "'\(deadline.value)' is no deadline of deadlines.yaml",
        remedy: nearest(to: deadline.value, among: deadlines).map { "did you mean '\($0)'?" }
          ?? "known: \(EscalationRules.complaint), \(deadlines.sorted().joined(separator: ", "))")
    }
    self.deadline = deadline?.value
    let template = entry.string("template")
    entry.finish()
    guard let template else { return nil }
    self.template = template
    if action == .escalate, self.queue == nil {
      entry.report(
        "missing-key", at: template.location, "an answer with 'do: escalate' needs a 'queue'",
        remedy: queues.map { "name one of: \($0.sorted().joined(separator: ", "))" })
    }
  }
}
