public import Commerce
internal import Diagnostics
public import Foundation
public import Language
public import Understanding

/// The table that leads from what was understood, the order and the conversation to a decision.
public struct Handling: Sendable {
  /// The templates that the handling itself uses, apart from those that the intents name.
  public enum SystemTemplate: String, CaseIterable, Sendable {
    case askOrderNumber = "ask_order_number"
    case askVerification = "ask_verification"
    case clarifyChoice = "clarify_choice"
    case clarifyOrder = "clarify_order"
    case clarifyRephrase = "clarify_rephrase"
    case handoffVerification = "handoff_verification"
    case handoffUnknown = "handoff_unknown"
    case handoffGeneral = "handoff_general"
    case handoffPending = "handoff_pending"
    case languageUnsupported = "language_unsupported"

    /// The variables that are there whenever the template is used.
    public var certain: Set<String> {
      switch self {
      case .askVerification: ["request.order_number"]
      case .clarifyChoice, .clarifyOrder: ["options"]
      case .askOrderNumber, .clarifyRephrase: []
      case .handoffVerification, .handoffUnknown, .handoffGeneral, .handoffPending,
        .languageUnsupported:
        ["escalation.due"]
      }
    }
  }

  /// Everything that a decision depends on, apart from the conversation.
  public struct Situation: Sendable {
    /// What was understood.
    public var outcome: Reading.Outcome
    /// Candidates of which one is meant for certain, where it is open which.
    public var candidates: [Answerable]
    /// Whether the message is in a language that the bot does not have.
    public var isForeign: Bool
    /// Whether rules took too long over the message.
    public var isTooComplex: Bool
    /// What is known about the order.
    public var order: OrderAccess
    /// Whether the buyer may prove in this conversation whose order it is (protocol: in a chat).
    public var allowsProof: Bool
    /// The language to answer in.
    public var locale: LocaleTag
    /// The clock.
    public var now: Date { duty.since }
    /// When the message came, and by whose clock it is to be answered.
    public var duty: AnswerDuty
    /// Whether the message names a fact that could prove whose order it is.
    public var isProofTried = false
    /// How angry the message is, from 0.
    public var anger = 0
    /// What the platform says of the matter.
    public var claim: PlatformClaim?
    /// Whether pictures or files came with the message.
    public var hasAttachments = false
    /// Whether it has no words.
    public var isWordless = false

    /// Describes a situation.
    /// - Parameters:
    ///   - outcome: what was understood.
    ///   - candidates: of which one is meant for certain, where it is open which.
    ///   - isForeign: whether the bot does not have the message's language.
    ///   - isTooComplex: whether rules took too long over it.
    ///   - order: what is known about the order.
    ///   - allowsProof: whether the buyer may prove whose order it is.
    ///   - locale: the language to answer in.
    ///   - duty: when the message came, and by whose clock it is to be answered.
    public init(
      outcome: Reading.Outcome, candidates: [Answerable] = [], isForeign: Bool = false,
      isTooComplex: Bool = false,
      order: OrderAccess, allowsProof: Bool, locale: LocaleTag, duty: AnswerDuty
    ) {
      self.outcome = outcome
      self.candidates = candidates
      self.isForeign = isForeign
      self.isTooComplex = isTooComplex
      self.order = order
      self.allowsProof = allowsProof
      self.locale = locale
      self.duty = duty
    }
  }

  /// The queue for what no intent's row assigns.
  public static let defaultQueue = "service"

  /// How often a buyer is asked again before a person takes over.
  public static let patience = 2

  /// How much anger in two messages, one after the other, a person is fetched for.
  private static let angerThatNeedsPerson = 3

  /// How many matters of one message are answered; more would read like a form letter.
  private static let mostAnswers = 3

  private let tables: [IntentID: AnswerTable]
  private let labels: [LocaleTag: [IntentID: String]]
  /// Who takes what, and until when.
  public let escalations: EscalationRules
  private let calendar: BusinessCalendar

  /// Makes a handling.
  /// - Parameters:
  ///   - tables: what follows from each intent.
  ///   - labels: the names by which a buyer is asked which intent is meant.
  ///   - escalations: who takes what, and until when.
  ///   - calendar: which days count.
  public init(
    tables: [IntentID: AnswerTable], labels: [LocaleTag: [IntentID: String]],
    escalations: EscalationRules, calendar: BusinessCalendar
  ) {
    self.tables = tables
    self.labels = labels
    self.escalations = escalations
    self.calendar = calendar
  }

  /// What might be answered to the likeliest meaning of a message that a person takes over.
  /// - Parameters:
  ///   - findings: what the message may mean, likeliest first.
  ///   - order: the order, where it may be shown.
  ///   - locale: the buyer's language.
  ///   - now: the clock.
  /// - Returns: nil where the likeliest meaning needs a person, or an order that is not at hand.
  package func proposal(
    for findings: [IntentID], about order: OrderView?, in locale: LocaleTag, at now: Date
  ) -> ReplyPlan? {
    guard let intent = findings.first, let table = tables[intent],
      order != nil || !table.needsOrder,
      let row = table.row(for: order?.states(at: now, calendar) ?? []), !row.isHandOff
    else { return nil }
    return ReplyPlan([row.template.value], locale: locale, order: order)
  }

  /// Whether an intent's row would choose a template for an order; true for templates that no row
  /// names.
  /// - Parameters:
  ///   - template: the template's name.
  ///   - order: the order; nil where none is at hand.
  ///   - now: the clock.
  /// - Returns: whether the two can come together.
  package func uses(_ template: String, for order: OrderView?, at now: Date) -> Bool {
    let states = order?.states(at: now, calendar) ?? []
    var isNamed = false
    for table in tables.values {
      for row in table.rows where row.template.value == template {
        isNamed = true
        if !table.needsOrder || order != nil, row.holds(for: states) { return true }
      }
    }
    return !isNamed
  }

  /// Decides what is done about a message.
  /// - Parameters:
  ///   - situation: what was understood, about which order, where and when.
  ///   - conversation: what is remembered, and what has to be from now on.
  /// - Returns: the decision.
  public func decide(on situation: Situation, in conversation: inout Conversation) -> Decision {
    if situation.isForeign {
      return escalate(.unsupportedLanguage, .languageUnsupported, situation)
    }
    if situation.isTooComplex { return escalate(.tooComplex, .handoffUnknown, situation) }
    if situation.isWordless, situation.claim == nil {
      return escalate(.attachment, .handoffGeneral, situation)
    }
    if situation.claim?.needsDecision == true { return decide(onClaim: situation, &conversation) }
    if situation.anger > 0, conversation.anger + situation.anger >= Self.angerThatNeedsPerson {
      conversation.anger = 0
      return escalate(.anger, .handoffGeneral, situation)
    }
    conversation.anger = situation.anger
    switch situation.outcome {
    case .answerable(let answerables):
      conversation.misunderstandings = 0
      return answer(answerables, situation, &conversation)
    case .ambiguous(let candidates):
      if let answerable = situation.candidates.first, leadToTheSame(situation) {
        conversation.misunderstandings = 0
        return answer([answerable], situation, &conversation)
      }
      conversation.misunderstandings += 1
      if conversation.misunderstandings >= Self.patience { break }
      if situation.hasAttachments { return escalate(.attachment, .handoffGeneral, situation) }
      let named = candidates.filter { labels[situation.locale]?[$0.intent] != nil }
      conversation.question = .choice(named.map(\.intent.description))
      return .clarify(
        ReplyPlan(
          [SystemTemplate.clarifyChoice.rawValue], locale: situation.locale,
          options: named.compactMap { labels[situation.locale]?[$0.intent] }))
    case .nothing:
      conversation.misunderstandings += 1
      if conversation.misunderstandings >= Self.patience { break }
      // The picture may say it, and rules do not see it.
      if situation.hasAttachments { return escalate(.attachment, .handoffGeneral, situation) }
      conversation.question = nil
      return .clarify(
        ReplyPlan([SystemTemplate.clarifyRephrase.rawValue], locale: situation.locale))
    }
    conversation.misunderstandings = 0
    conversation.question = nil
    return escalate(.notUnderstood, .handoffUnknown, situation)
  }

  /// Hands a complaint on that the seller has to accept or turn down, in the words that its reason
  /// has for that.
  private func decide(onClaim situation: Situation, _ conversation: inout Conversation) -> Decision
  {
    if case .answerable(let answerables) = situation.outcome {
      let decision = answer(answerables, situation, &conversation)
      if case .escalate = decision { return decision }
    }
    conversation.question = nil
    return escalate(.claim, .handoffGeneral, situation, further: [EscalationRules.complaint])
  }

  /// Fetches a person because the conversation goes round in circles.
  package func giveUp(_ locale: LocaleTag, about order: OrderView?, for duty: AnswerDuty)
    -> Decision
  {
    let escalation = escalations.escalation(.repeated, for: duty)
    return .escalate(
      escalation,
      ReplyPlan(
        [SystemTemplate.handoffGeneral.rawValue], locale: locale, order: order,
        dueAt: escalation.dueAt))
  }

  /// Whether it does not matter which of the candidates is meant: all have the same answer, or wait
  /// for the same order.
  private func leadToTheSame(_ situation: Situation) -> Bool {
    let meant = situation.candidates.compactMap { tables[$0.intent] }
    guard meant.count == situation.candidates.count else { return false }
    guard case .shown(let view) = situation.order else {
      return meant.allSatisfy(\.needsOrder)
        || meant.allSatisfy { !$0.needsOrder } && areAlike(meant.map { $0.row(for: []) })
    }
    let states = view.states(at: situation.now, calendar)
    return areAlike(meant.map { $0.row(for: states) })
  }

  /// Whether rows say the same and hand over to the same people.
  private func areAlike(_ rows: [AnswerTable.Row?]) -> Bool {
    guard let first = rows.first ?? nil else { return false }
    return rows.allSatisfy { row in
      row?.template.value == first.template.value && row?.action == first.action
        && row?.queue == first.queue && row?.priority == first.priority
    }
  }

  /// Puts the answers to all matters of a message together.
  ///
  /// What needs an order that is not at hand becomes one question; a row that needs a person makes
  /// the whole an escalation.
  private func answer(
    _ answerables: [Answerable], _ situation: Situation, _ conversation: inout Conversation
  ) -> Decision {
    var view: OrderView?
    if case .shown(let shown) = situation.order { view = shown }
    let states = view?.states(at: situation.now, calendar) ?? []
    var answered: [Answerable] = []
    var rows: [AnswerTable.Row] = []
    var lacksOrder = false
    for answerable in answerables.prefix(Self.mostAnswers) {
      guard let table = tables[answerable.intent] else { continue }
      if table.need == .order, view == nil {
        lacksOrder = true
        continue
      }
      guard let row = table.row(for: states) else {
        return escalate(.missingOrderData, .handoffGeneral, situation)
      }
      if row.isAlone {
        (rows, answered, lacksOrder) = ([row], [answerable], false)
        break
      }
      answered.append(answerable)
      if !rows.contains(where: { $0.template.value == row.template.value }) { rows.append(row) }
    }
    var plan = ReplyPlan(
      rows.map(\.template.value), locale: situation.locale, order: view)
    let handedOver = rows.filter { $0.action == .escalate }
    if let first = handedOver.first {
      // What is missing is asked by the person who has the matter in hand anyway.
      conversation.question = nil
      let escalation = escalations.escalation(
        .intent, queue: first.queue, handedOver.map(\.priority).max(),
        further: handedOver.compactMap(\.deadline), for: situation.duty)
      plan.dueAt = escalation.dueAt
      return .escalate(escalation, plan)
    }
    if lacksOrder { return askForOrder(after: plan, situation, &conversation) }
    conversation.question = nil
    guard !plan.templates.isEmpty else {
      return escalate(.missingOrderData, .handoffGeneral, situation)
    }
    // What else waits is with a person, and the buyer hears so (intents, border 13).
    if let pending = conversation.pending, pending.dueAt > situation.now,
      !answered.allSatisfy(\.isSmallTalk)
    {
      plan.templates.append(SystemTemplate.handoffPending.rawValue)
      plan.dueAt = pending.dueAt
    }
    return .reply(answered, plan)
  }

  private func askForOrder(
    after plan: ReplyPlan, _ situation: Situation, _ conversation: inout Conversation
  ) -> Decision {
    var plan = plan
    switch situation.order {
    case .notNamed where conversation.question == .orderNumber,
      .notShown
    where conversation.question == .orderFact || situation.isProofTried || !situation.allowsProof:
      conversation.failedProofs += 1
      if case .notShown(let number) = situation.order {
        conversation.failedProofsByOrder[number.description, default: 0] += 1
      }
    default: break
    }
    if case .several(let views) = situation.order, conversation.failedProofs < Self.patience {
      if case .order = conversation.question { conversation.failedProofs += 1 }
      conversation.offered = views.map(\.order.number.description)
      conversation.question = .order(conversation.offered)
      plan.templates.append(SystemTemplate.clarifyOrder.rawValue)
      plan.options = views.map(\.title)
      return .clarify(plan)
    }
    let isHopeless =
      switch situation.order {
      case .notShown: !situation.allowsProof || conversation.failedProofs >= Self.patience
      case .notNamed, .shown, .several: conversation.failedProofs >= Self.patience
      }
    if isHopeless {
      conversation.question = nil
      return escalate(.notVerified, .handoffVerification, situation)
    }
    if case .notShown(let number) = situation.order {
      conversation.question = .orderFact
      plan.templates.append(SystemTemplate.askVerification.rawValue)
      plan.namedNumber = number
    } else {
      conversation.question = .orderNumber
      plan.templates.append(SystemTemplate.askOrderNumber.rawValue)
    }
    return .clarify(plan)
  }

  /// An escalation that no intent's row assigns.
  /// - Parameters:
  ///   - reason: why a person is needed.
  ///   - template: what the buyer reads.
  ///   - situation: where and when.
  ///   - further: deadlines that run besides the one for answers.
  /// - Returns: the decision.
  private func escalate(
    _ reason: Escalation.Reason, _ template: SystemTemplate, _ situation: Situation,
    further: [String] = []
  ) -> Decision {
    let escalation = escalations.escalation(reason, further: further, for: situation.duty)
    return .escalate(
      escalation,
      ReplyPlan(
        [template.rawValue], locale: situation.locale, order: situation.order.view,
        dueAt: escalation.dueAt))
  }
}
