internal import Commerce
internal import Foundation
internal import Language

/// Decides the rules of context: a pure function of the occasion, and of what the words say.
struct ContextJudge {
  /// What a rule demands, where it is broken.
  struct Outcome {
    /// What is done instead of the rule's own action.
    var action: PolicyFinding.Action?
    /// From when on the message may leave.
    var notBefore: Date?
    /// What is put behind the text to mend it.
    var supplies: String?

    init(_ action: PolicyFinding.Action? = nil, notBefore: Date? = nil, supplies: String? = nil) {
      self.action = action
      self.notBefore = notBefore
      self.supplies = supplies
    }
  }

  /// What the words of the text say, as far as it matters here.
  struct Said: Sendable {
    let handsOver: Bool
    let isAutomated: Bool
    /// Whether every sentence is thanks, a greeting or a farewell.
    let isOnlyCourtesy: Bool
  }

  let occasion: Occasion
  let countries: Countries
  /// The final text.
  let text: String
  let said: Said

  private var known: Circumstances { occasion.circumstances }
  private var now: Date { occasion.moment }
  /// Consents by now: what is agreed to later does not allow what is sent today.
  private var consents: [Circumstances.Consent] {
    known.consents.filter { $0.at.map { $0 <= now } ?? true }
  }
  private var zone: TimeZone { known.buyerZone ?? .gmt }
  private func day(_ moment: Date) -> CalendarDay { CalendarDay(of: moment, in: zone) }

  /// Whether a rule is broken, and what follows.
  /// - Parameters:
  ///   - rule: the rule.
  ///   - saysWhen: whether the rule's own words stand in the text.
  /// - Returns: nil where it is not broken.
  func judge(_ rule: ContextRule, saysWhen: Bool) -> Outcome? {
    if !rule.words("only_purposes").isEmpty, !rule.has(known.purpose, among: "only_purposes") {
      return nil
    }
    switch rule.condition {
    case .reviewWindow: return reviewWindow(rule)
    case .reviewAskedBefore:
      let asked = known.events(.reviewRequestSent, .requestAReviewUsed).filter {
        $0.order == nil || known.order == nil || $0.order == known.order?.number
      }
      return asked.isEmpty ? nil : Outcome()
    case .selectiveCampaign:
      guard let filter = known.campaignFilter?.lowercased() else { return nil }
      // That the whole sum went back is a neutral fact.
      let judged = filter.replacing("fully refunded", with: "").replacing(
        "fully_refunded", with: ""
      )
      .replacing("refunded_in_full", with: "")
      return rule.words("starts").contains { judged.contains($0) } ? Outcome() : nil
    case .noConsent:
      guard let consent = consent(for: rule.words("purposes")), consent.isGranted else {
        return Outcome()
      }
      let evidence = consent.evidence?.lowercased() ?? ""
      return rule.words("unless_words").contains { evidence.contains($0) } ? Outcome() : nil
    case .undocumentedConsent:
      guard let consent = consent(for: rule.words("purposes")), consent.isGranted else {
        return nil
      }
      return consent.isDocumented ? nil : Outcome()
    case .noOptIn:
      let here = consents.filter { $0.channel == occasion.channel.description }
      return here.contains(where: isStillGranted) ? nil : Outcome()
    case .optedOut: return optedOut(rule)
    case .notCritical:
      let refuses =
        consents.filter { $0.purpose == .unsolicited }.max { earlier($0.at, $1.at) }
        .map { !$0.isGranted } ?? !known.events(.optOut).isEmpty
      let isCritical = rule.has(known.purpose, among: "purposes")
      let shouts = text.lowercased().hasPrefix("[important]")
      return (refuses || shouts) && !isCritical ? Outcome() : nil
    case .negativeReviewContact: return negativeReviewContact(rule)
    case .missingOrderNumber: return missingOrderNumber()
    case .lateAfterCompletion:
      guard let completed = known.order?.deliveredAt, let days = rule.figure("days") else {
        return nil
      }
      return day(now) - day(completed) > days ? Outcome() : nil
    case .always: return Outcome()
    case .wordsOrPurpose:
      return saysWhen || rule.has(known.purpose, among: "purposes")
        ? Outcome() : nil
    case .onlyCourtesy:
      return rule.has(known.purpose, among: "purposes")
        || said.isOnlyCourtesy ? Outcome() : nil
    case .outsideWindow: return outsideWindow(rule)
    case .templateCategory:
      guard let category = known.template?.category, rule.words("categories").contains(category)
      else { return nil }
      return saysWhen ? Outcome() : nil
    case .quietHours: return quietHours(rule)
    case .tooOften: return tooOften(rule)
    case .pastDeadline: return pastDeadline(rule)
    case .decidesSensitive:
      let last = known.events(.buyerMessage).last
      guard let intent = last?.intent, rule.words("intents").contains(intent) else { return nil }
      return said.handsOver && !saysWhen ? nil : Outcome()
    case .undisclosed:
      // Without a history nobody knows whether it is the first.
      let told = known.events(.reply).contains { $0.author != .person }
      guard !known.history.isEmpty, !told, !known.isDisclosed, !said.isAutomated else {
        return nil
      }
      return Outcome(supplies: occasion.locale.flatMap { rule.supplies[$0.language] })
    }
  }

  private func earlier(_ left: Date?, _ right: Date?) -> Bool {
    (left ?? .distantPast) < (right ?? .distantPast)
  }

  private func latest(_ consents: [Circumstances.Consent]) -> Circumstances.Consent? {
    consents.enumerated().max {
      ($0.element.at ?? .distantPast, $0.offset) < ($1.element.at ?? .distantPast, $1.offset)
    }?.element
  }

  /// The consent in force for one of some purposes on this channel: the latest word counts.
  private func consent(for purposes: Set<String>) -> Circumstances.Consent? {
    let latest = purposes.sorted().compactMap { purpose in
      self.latest(
        consents.filter {
          // What is withdrawn without naming a channel is withdrawn everywhere.
          $0.purpose.rawValue == purpose
            && ($0.channel == occasion.channel.description || $0.channel == nil && !$0.isGranted)
        })
    }
    return latest.first(where: \.isGranted) ?? latest.first
  }

  /// Whether nothing later withdraws a consent.
  private func isStillGranted(_ consent: Circumstances.Consent) -> Bool {
    consent.isGranted
      && !consents.contains {
        $0.purpose == consent.purpose && ($0.channel == consent.channel || $0.channel == nil)
          && !$0.isGranted
          && !earlier($0.at, consent.at)
      }
  }

  private func reviewWindow(_ rule: ContextRule) -> Outcome? {
    guard let order = known.order else { return nil }
    if order.status == .cancelled || order.status == .lost || order.isFullyRefunded {
      return Outcome(.suppress)
    }
    let first = rule.figure("first_day") ?? 0
    guard let delivered = order.deliveredAt else {
      if order.status == .delivered || order.status == .returned { return nil }
      // Nobody knows when it arrives; at the earliest when the carrier says so.
      let arrival = max(order.expectedBy ?? day(now), day(now))
      return Outcome(.delay, notBefore: (arrival + first).start(in: zone, hour: 9))
    }
    let days = day(now) - day(delivered)
    if days < first || now < delivered {
      return Outcome(.delay, notBefore: (day(delivered) + first).start(in: zone, hour: 9))
    }
    guard let last = rule.figure("last_day"),
      rule.words("last_day_on").contains(where: occasion.concerns)
    else { return nil }
    return days > last ? Outcome(.suppress) : nil
  }

  private func optedOut(_ rule: ContextRule) -> Outcome? {
    let channel = occasion.channel.description
    let stops = known.events(.optOut).filter { $0.channel == nil || $0.channel == channel }
    let withdrawn = consents.filter {
      !$0.isGranted && $0.purpose == .unsolicited && ($0.channel == nil || $0.channel == channel)
    }
    guard let stop = (stops.map(\.at) + withdrawn.map(\.at)).max(by: earlier) else { return nil }
    // A later consent takes it back.
    let returned = consents.contains {
      $0.isGranted && $0.channel == channel && earlier(stop, $0.at)
    }
    if returned { return nil }
    if known.purpose == "opt_out_confirmation" {
      return known.events(.optOutConfirmed).isEmpty ? nil : Outcome()
    }
    guard occasion.isProactive else { return nil }
    return rule.has(known.purpose, among: "purposes") ? nil : Outcome()
  }

  private func negativeReviewContact(_ rule: ContextRule) -> Outcome? {
    let isAboutReview =
      rule.has(known.purpose, among: "purposes")
      || occasion.isProactive && !known.events(.negativeReview).isEmpty && known.purpose == nil
    guard isAboutReview else { return nil }
    let templates = known.events(.platformTemplateSent)
    if templates.isEmpty { return known.template?.isApproved == true ? nil : Outcome(.block) }
    // What was sent since the buyer last wrote.
    let heard = known.lastBuyerMessage()
    let reviewed = known.events(.negativeReview).compactMap(\.at).max()
    let hasAnswered = heard.map { heard in reviewed.map { heard > $0 } ?? true } ?? false
    let since = known.events(.followupSent).filter { event in
      heard.map { heard in event.at.map { $0 > heard } ?? true } ?? true
    }
    if hasAnswered, since.isEmpty { return nil }
    return since.isEmpty && known.template == nil ? nil : Outcome(.suppress)
  }

  /// Amazon's numbers: three, seven and seven digits.
  private static func isOrderNumber(_ word: Substring) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [3, 7, 7]
      && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
  }

  private func missingOrderNumber() -> Outcome? {
    let words = text.split { !($0.isNumber || $0 == "-") }
    guard !words.contains(where: Self.isOrderNumber) else { return nil }
    let number = known.order?.number ?? occasion.references.first { Self.isOrderNumber($0[...]) }
    return Outcome(supplies: number.flatMap { Self.isOrderNumber($0[...]) ? $0 : nil })
  }

  private func outsideWindow(_ rule: ContextRule) -> Outcome? {
    if known.template?.isApproved == true { return nil }
    guard let heard = known.lastBuyerMessage(on: occasion.channel) else {
      // A reply answers something; only what the seller starts has no window.
      return occasion.isProactive || !known.history.isEmpty ? Outcome() : nil
    }
    let hours = Double(rule.figure("hours") ?? 24)
    return now.timeIntervalSince(heard) > hours * 3600 ? Outcome() : nil
  }

  private func quietHours(_ rule: ContextRule) -> Outcome? {
    if rule.has(known.purpose, among: "purposes") { return nil }
    let (from, until) = (rule.figure("from") ?? 8, rule.figure("until") ?? 20)
    let rests = rule.words("rest_days_for").contains(occasion.kind.rawValue)
    func isDayOff(_ day: CalendarDay) -> Bool {
      rests
        && (day.weekday == 7
          || known.buyerCountry.map { countries.isHoliday(day, in: $0) } ?? false)
    }
    let today = day(now)
    let isOpen =
      !isDayOff(today) && now >= today.start(in: zone, hour: from)
      && now < today.start(in: zone, hour: until)
    if isOpen { return nil }
    var next = now < today.start(in: zone, hour: from) ? today : today + 1
    for _ in 0..<31 where isDayOff(next) { next = next + 1 }
    return Outcome(notBefore: next.start(in: zone, hour: from))
  }

  private func tooOften(_ rule: ContextRule) -> Outcome? {
    let heard = known.lastBuyerMessage()
    let unanswered = known.history.filter { event in
      [.followupSent, .noticeSent, .reviewRequestSent].contains(event.kind)
        && (event.purpose == nil || known.purpose == nil || event.purpose == known.purpose)
        && heard.map { heard in event.at.map { $0 > heard } ?? true } ?? true
    }
    return unanswered.count >= rule.figure("most") ?? 2 ? Outcome() : nil
  }

  private func pastDeadline(_ rule: ContextRule) -> Outcome? {
    guard let clock = rule.clock, let hours = rule.figure("hours") else { return nil }
    let kinds = rule.words("starts")
    let start = known.history.last { kinds.contains($0.kind.rawValue) }?.at
    guard let start else { return nil }
    // A machine's word does not count.
    if known.events(.reply).contains(where: { $0.author != .automation && !earlier($0.at, start) })
    {
      return nil
    }
    return now > clock.moment(Double(hours), after: start, countries) ? Outcome() : nil
  }
}
