public import Foundation
internal import Odzew

/// Counts the links of an audit trail, one after the other, in the order in which they were written.
///
/// What it keeps grows with groups (intents, products, minutes), with the matters that wait, and by a
/// few bytes with each conversation; never with the number of messages.
public struct ServiceTally: Sendable {
  private typealias Handling = ServiceReport.Handling
  private typealias Matter = ServiceReport.Matter
  private typealias Cause = ServiceReport.Cause

  /// A complaint: several messages of one conversation about the same goods are one.
  private struct Complaint: Hashable {
    let conversation: UInt64
    let product: ServiceEntry.Product
  }

  private struct Given: Hashable {
    let complaint: Complaint
    let reason: String
  }

  private var counted: ServiceReport
  private var overTime: [CalendarDay: Handling] = [:]
  private var intents: [String: Handling] = [:]
  private var channels: [String: Handling] = [:]
  private var languages: [String: Handling] = [:]
  private var clocks: [String: ServiceReport.Clock] = [:]
  private var escalations: [ServiceReport.Escalated: Int] = [:]
  private var rules: [String: ServiceReport.RuleCount] = [:]
  private var conversations: Set<UInt64> = []
  private var withPerson: Set<UInt64> = []
  private var waiting: [UInt64: Matter] = [:]
  private var late: [Matter] = []
  private var explained: Set<Complaint> = []
  private var unexplained: Set<Complaint> = []
  private var given: Set<Given> = []
  private var reasons: [String: [CalendarDay: Int]] = [:]
  private var causes: [Cause: (count: Int, sentences: [BuyerSentence])] = [:]
  /// What goods are called, by their numbers: orders of one marketplace may leave out the names.
  private var names: [String: String] = [:]

  /// How many matters that were answered late are listed; all are counted.
  private static let mostLate = 200
  /// How many sentences show a reason for some goods: the latest.
  private static let mostSentences = 3
  /// What stands where the text is no longer kept.
  static let notKept = "no longer kept"

  /// Begins to count.
  /// - Parameters:
  ///   - period: what counts.
  ///   - now: the clock: what is open then.
  public init(over period: ReportPeriod, at now: Date) {
    counted = ServiceReport(period: period, now: now)
  }

  /// Counts a link.
  /// - Parameter entry: the link; later ones than the period end what waits.
  public mutating func add(_ entry: ServiceEntry) {
    settle(by: entry)
    guard counted.period.contains(entry.at) else { return }
    counted.span =
      counted.span.map { min($0.lowerBound, entry.at)...max($0.upperBound, entry.at) }
      ?? entry.at...entry.at
    if !entry.isTextKept { counted.withoutText += 1 }
    for rule in Set(entry.rules) {
      switch entry.verdict {
      case "changed": rules[rule, default: .init()].changed += 1
      case "blocked": rules[rule, default: .init()].blocked += 1
      default: rules[rule, default: .init()].passed += 1
      }
    }
    switch entry.kind {
    case .message: count(entry)
    case .draft: counted.drafts += 1
    case .notice: counted.notices += 1
    case .personWrote: counted.answersOfPeople += 1
    case .erasure: counted.erasures += 1
    case .handedBack, .record, .unknown: break
    }
  }

  private mutating func count(_ entry: ServiceEntry) {
    let kind: WritableKeyPath<Handling, Int>
    switch entry.action {
    case .reply, .delay: kind = entry.needsAnswer ? \.answered : \.quiet
    case .clarify: kind = \.askedBack
    case .suppress: kind = entry.needsAnswer ? \.toPerson : \.quiet
    case .error: kind = \.failed
    case .escalate: kind = \.toPerson
    case .pass, .block, .stored, nil: return
    }
    counted.total[keyPath: kind] += 1
    overTime[counted.period.piece(of: entry.at), default: Handling()][keyPath: kind] += 1
    for intent in entry.intents.isEmpty ? [Accuracy.nothing] : entry.intents {
      intents[intent, default: Handling()][keyPath: kind] += 1
    }
    channels[entry.channel ?? Self.notKept, default: Handling()][keyPath: kind] += 1
    languages[entry.locale ?? Self.notKept, default: Handling()][keyPath: kind] += 1
    conversations.insert(entry.conversation)
    if kind == \.toPerson || kind == \.failed { withPerson.insert(entry.conversation) }
    if let handOff = entry.handOff {
      escalations[
        .init(
          reason: handOff.reason, queue: handOff.queue, priority: handOff.priority.rawValue),
        default: 0] += 1
    }
    time(entry, isLeft: kind == \.toPerson)
    if let complaint = entry.complaint { count(complaint, of: entry) }
  }

  /// What the responder says leaves at once; what is left to a person begins to wait.
  private mutating func time(_ entry: ServiceEntry, isLeft: Bool) {
    guard let clock = entry.clock, entry.needsAnswer, entry.action != .error else { return }
    guard isLeft else {
      let leaves = entry.notBefore ?? entry.at
      clocks[clock.name, default: .init()].all.add(
        seconds: leaves.timeIntervalSince(entry.at), isInTime: leaves <= clock.dueAt)
      return
    }
    let due = entry.handOff?.dueAt ?? clock.dueAt
    let priority = entry.handOff?.priority ?? .normal
    if var matter = waiting[entry.conversation] {
      // What is asked meanwhile is the same matter, and never due later.
      matter.dueAt = min(matter.dueAt, due)
      matter.priority = max(matter.priority, priority)
      waiting[entry.conversation] = matter
    } else {
      waiting[entry.conversation] = Matter(
        link: entry.link, channel: entry.channel ?? Self.notKept, clock: clock.name,
        reason: entry.handOff?.reason ?? "person_has_it", queue: entry.handOff?.queue ?? "",
        priority: priority, since: entry.at, dueAt: due, bound: clock.dueAt)
    }
  }

  /// Ends what waits in a conversation, when a person has written or handed it back.
  private mutating func settle(by entry: ServiceEntry) {
    guard entry.kind == .personWrote || entry.kind == .handedBack else { return }
    // Whoever was helped by a person was, also where the responder did not ask for one.
    withPerson.insert(entry.conversation)
    guard var matter = waiting.removeValue(forKey: entry.conversation) else { return }
    var clock = clocks[matter.clock] ?? .init()
    defer { clocks[matter.clock] = clock }
    guard entry.kind == .personWrote else {
      clock.handedBack += 1
      return
    }
    let seconds = entry.at.timeIntervalSince(matter.since)
    clock.all.add(seconds: seconds, isInTime: entry.at <= matter.bound)
    clock.people.add(seconds: seconds, isInTime: entry.at <= matter.bound)
    guard entry.at > matter.dueAt else { return }
    matter.state = .late
    matter.answeredAt = entry.at
    late.append(matter)
    if late.count > Self.mostLate { late.removeFirst() }
  }

  private mutating func count(_ complaint: ServiceEntry.Complaint, of entry: ServiceEntry) {
    let product = complaint.product
    if !product.name.isEmpty, names[product.sku] == nil { names[product.sku] = product.name }
    let key = Complaint(conversation: entry.conversation, product: product)
    if complaint.reasons.isEmpty { unexplained.insert(key) } else { explained.insert(key) }
    for (reason, sentence) in complaint.reasons
    where given.insert(Given(complaint: key, reason: reason)).inserted {
      reasons[reason, default: [:]][counted.period.piece(of: entry.at), default: 0] += 1
      let cause = Cause(reason: reason, product: product)
      var known = causes[cause] ?? (0, [])
      known.count += 1
      if !sentence.text.isEmpty, !known.sentences.contains(where: { $0.text == sentence.text }) {
        known.sentences.append(sentence)
      }
      known.sentences = known.sentences.suffix(Self.mostSentences)
      causes[cause] = known
    }
  }

  /// What has been counted.
  /// - Parameter shown: makes a sentence fit to be shown; nil where it cannot be.
  /// - Returns: the report.
  public func report(quoting shown: (BuyerSentence, ServiceEntry.Product) -> String?)
    -> ServiceReport
  {
    var report = counted
    report.conversations = conversations.count
    report.conversationsWithoutPerson = conversations.subtracting(withPerson).count
    report.overTime = report.period.pieces(covering: overTime.keys).map {
      ($0, overTime[$0] ?? Handling())
    }
    report.intents = ranked(intents)
    report.channels = ranked(channels)
    report.languages = ranked(languages)
    var clocks = clocks
    let open = waiting.values.map { matter in
      var matter = matter
      matter.state = matter.dueAt < report.now ? .overdue : .open
      let isOpen = matter.state == .open
      clocks[matter.clock, default: .init()].open += isOpen ? 1 : 0
      clocks[matter.clock, default: .init()].overdue += isOpen ? 0 : 1
      return matter
    }
    report.clocks = clocks.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    // What can still be saved stands first.
    func latestFirst(_ matters: [Matter]) -> [Matter] {
      matters.sorted { ($1.dueAt, $1.link) < ($0.dueAt, $0.link) }
    }
    report.matters =
      latestFirst(open.filter { $0.state == .open }).reversed()
      + latestFirst(open.filter { $0.state == .overdue }) + latestFirst(late)
    report.escalations = escalations.sorted { left, right in
      (right.value, left.key.reason, left.key.queue, left.key.priority)
        < (left.value, right.key.reason, right.key.queue, right.key.priority)
    }.map { ($0.key, $0.value) }
    report.rules = rules.map { ($0.key, $0.value) }.sorted { left, right in
      (right.1.passed + right.1.changed + right.1.blocked, left.0)
        < (left.1.passed + left.1.changed + left.1.blocked, right.0)
    }
    addComplaints(to: &report, quoting: shown)
    return report
  }

  private func addComplaints(
    to report: inout ServiceReport, quoting shown: (BuyerSentence, ServiceEntry.Product) -> String?
  ) {
    report.complaints = explained.union(unexplained).count
    report.unexplained = unexplained.subtracting(explained).count
    report.reasons = reasons.map { ($0.key, $0.value.values.reduce(0, +), $0.value) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    let order = Dictionary(
      report.reasons.enumerated().map { ($0.element.reason, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let named = causes.map { cause, found in
      var cause = cause
      let sku = cause.product.sku
      if !sku.isEmpty { cause.product.name = names[sku] ?? sku }
      return (key: cause, value: found)
    }
    let sorted = named.sorted { left, right in
      (right.value.count, left.key.product.name, left.key.product.sku, left.key.reason)
        < (left.value.count, right.key.product.name, right.key.product.sku, right.key.reason)
    }
    report.causes = sorted.map { ($0.key, $0.value.count) }
    // By reason, and within it the goods that have it most often.
    let byReason = sorted.enumerated().sorted {
      (order[$0.element.key.reason] ?? 0, $0.offset) < (
        order[$1.element.key.reason] ?? 0, $1.offset
      )
    }
    report.quotes = byReason.flatMap { _, cause in
      cause.value.sentences.compactMap { sentence in
        shown(sentence, cause.key.product).map {
          ServiceReport.Quote(
            cause: cause.key, locale: sentence.locale, text: $0, link: sentence.link)
        }
      }
    }
  }

  private func ranked(_ groups: [String: Handling]) -> [(name: String, handling: Handling)] {
    groups.sorted { ($1.value.messages, $0.key) < ($0.value.messages, $1.key) }
      .map { ($0.key, $0.value) }
  }
}
