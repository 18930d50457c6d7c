package import Commerce
package import Diagnostics
package import Dialogue
package import Foundation
package import Language
internal import Patterns
package import Policy
package import Understanding

/// What the seller has set in `odzew.yaml`.
package struct Settings: Sendable {
  /// A channel as the seller uses it.
  package struct ChannelSettings: Sendable {
    /// The language of messages whose own language is not known.
    package var locale: LocaleTag?
    /// The longest text that the channel takes, in characters.
    package var lengthLimit: Int?
    /// Whether the buyer sees beside the conversation that this responder is a machine.
    package var discloses = false
    /// Whether thanks alone are left without an answer.
    package var leavesThanks = false
    /// The deadline for answers, by its name in `deadlines.yaml`.
    package var answerDeadline: Located<String>?
  }

  /// Orders to try the bot with, and the clock that suits them.
  package struct Samples: Sendable {
    /// The file of orders, relative to the bot folder.
    package let orders: String
    /// The clock at which their dates make sense.
    package let now: Date
  }

  /// How long what is kept of buyers is kept.
  package struct Retention: Sendable, Hashable {
    /// Conversations and their answers, in seconds.
    package var conversations: TimeInterval = 400 * 86_400
    /// Orders, in seconds: the guarantee runs for two years (Directive (EU) 2019/771, Article 10).
    package var orders: TimeInterval = 800 * 86_400
  }

  /// What templates may say of the seller: `name` and whatever else the seller has set.
  package private(set) var seller: [String: String] = [:]
  /// The language of last resort.
  package let locale: LocaleTag
  /// The language of the people who take over.
  package private(set) var agentLocale: LocaleTag
  /// The languages answered in.
  package let locales: [LocaleTag]
  /// Which days count, and where.
  package let calendar: BusinessCalendar
  /// The shop's currency (ISO 4217), for facts that are amounts.
  package let currency: String?
  /// Channels that are marketplaces, whose rules hold for messages on them.
  package let marketplaces: Set<Channel>
  /// The channels that the seller uses.
  package private(set) var channels: [Channel: ChannelSettings] = [:]
  /// What the seller makes of single rules of policy.
  package private(set) var policies: [RuleSetting] = []
  /// Where buyers live: their time and their holidays.
  package var countries = Countries()
  /// The deadlines of law and platforms.
  package var deadlines = Deadlines()
  /// Who takes what is handed over for which reason.
  package private(set) var escalations: [Escalation.Reason: EscalationRules.Assignment] = [:]
  /// From which confidence on something is done.
  package let thresholds: Thresholds
  /// Who takes escalations.
  package private(set) var queues: [String: Queue] = [:]
  /// How long what is kept of buyers is kept.
  package private(set) var retention = Retention()
  /// What templates may say of the shop.
  package private(set) var facts: [String: YAMLValue] = [:]
  /// Orders to try the bot with.
  package private(set) var samples: Samples?
  private(set) var orderNumberForms: [NumberForm] = []

  /// The channels that the bot has.
  package var knownChannels: Set<Channel> {
    Set(channels.keys).union(marketplaces).union([.chat])
  }

  /// Whether the rules of marketplaces hold for messages on a channel: on one that the settings do not
  /// name and that is called nearly like a marketplace, too, so that a misspelt name opens no door.
  package func isPlatform(_ channel: Channel) -> Bool {
    if marketplaces.contains(channel) { return true }
    if channel.isOpen || channels[channel] != nil { return false }
    return nearest(to: channel.description, among: marketplaces.map(\.description).sorted()) != nil
  }

  /// Reads the settings.
  /// - Parameter file: the file's mapping; faults go to its reader.
  init?(reading file: YAMLMapping) {
    func tag(_ written: Located<String>, in mapping: YAMLMapping) -> LocaleTag? {
      if let tag = LocaleTag(written.value) { return tag }
      mapping.report(
        "unknown-locale", at: written.location, "'\(written.value)' is not a locale")
      return nil
    }
    let locale = file.string("locale").flatMap { tag($0, in: file) }
    locales = file.strings("locales").compactMap { tag($0, in: file) }
    marketplaces = Set(file.strings("marketplaces").compactMap { Channel($0.value) })
    currency = file.optionalString("currency").flatMap { written in
      if let money = Money(0, currency: written.value) { return money.currency }
      file.report(
        "unknown-currency", at: written.location,
        "'\(written.value)' is not a code of ISO 4217 such as 'PLN'")
      return nil
    }
    calendar = Self.calendar(file)
    thresholds = Self.thresholds(file)
    guard let locale else { return nil }
    self.locale = locale
    agentLocale = locale
    if !locales.contains(locale) {
      file.report(
        "unknown-locale", at: file.location, "the default locale '\(locale)' is not in 'locales'",
        remedy: "add it there")
    }
    if let seller = file.mapping("seller") {
      _ = seller.string("name")
      for key in seller.entries {
        self.seller[key.value] = seller.optionalString(key.value)?.value
      }
    }
    if let list = file.optionalMapping("channels") {
      for name in list.entries {
        guard let channel = Channel(name.value), let entry = list.optionalMapping(name.value)
        else { continue }
        channels[channel] = ChannelSettings(
          locale: entry.optionalString("locale").flatMap { tag($0, in: entry) },
          lengthLimit: entry.optionalNumber("limit", in: 1...1_000_000).map { Int($0.value) },
          discloses: entry.flag("discloses"), leavesThanks: entry.flag("leaves_thanks"),
          answerDeadline: entry.optionalString("answer_deadline"))
        entry.finish()
      }
    }
    if let list = file.mapping("queues") {
      for name in list.entries {
        guard let entry = list.optionalMapping(name.value) else { continue }
        queues[name.value] = Queue()
        if let within = entry.optionalString("answer_within") {
          if let seconds = Self.seconds(within.value) {
            queues[name.value] = Queue(
              answersWithin: seconds, onlyWorkingDays: entry.flag("only_working_days"))
          } else {
            entry.report(
              "invalid-duration", at: within.location,
              "'\(within.value)' is no duration", remedy: "write '2h', '30m' or '3d'")
          }
        }
        entry.finish()
      }
      if queues[Handling.defaultQueue] == nil {
        list.report(
          "missing-key", at: list.location,
          "the queue '\(Handling.defaultQueue)' is missing: it takes what no other does")
      }
    }
    if let agents = file.optionalMapping("agents") {
      if let written = agents.string("locale"), let tag = tag(written, in: agents) {
        if locales.contains(tag) {
          agentLocale = tag
        } else {
          agents.report(
            "unknown-locale", at: written.location, "'\(tag)' is not in 'locales'",
            remedy: "add it there")
        }
      }
      agents.finish()
    }
    if let list = file.optionalMapping("escalations") { readEscalations(list) }
    if let entry = file.optionalMapping("keep") {
      func length(_ key: String, _ otherwise: TimeInterval) -> TimeInterval {
        guard let written = entry.optionalString(key) else { return otherwise }
        if let seconds = Self.seconds(written.value) { return seconds }
        entry.report(
          "invalid-duration", at: written.location, "'\(written.value)' is no duration",
          remedy: "write '400d'")
        return otherwise
      }
      retention.conversations = length("conversations", retention.conversations)
      retention.orders = length("orders", retention.orders)
      entry.finish()
    }
    if let list = file.optionalMapping("policies") { policies = RuleSetting.read(list) }
    if let list = file.optionalMapping("facts") {
      for name in list.entries { facts[name.value] = list.value(name.value) }
    }
    for form in file.strings("order_numbers") {
      do throws(PatternError) {
        orderNumberForms.append(try NumberForm(.orderNumber, form.value))
      } catch {
        file.report(
          "invalid-pattern", at: form.location, "'\(form.value)' is not a pattern: \(error)")
      }
    }
    if let stores = file.optionalMapping("stores") {
      samples = stores.optionalMapping("samples").flatMap { entry in
        let orders = entry.string("orders")
        let now = entry.string("now")
        entry.finish()
        guard let orders, let now else { return nil }
        guard let moment = Timestamp.parse(now.value) else {
          entry.report(
            "invalid-time", at: now.location,
            "'\(now.value)' is not a time such as '2026-11-20T10:00:00+01:00'")
          return nil
        }
        return Samples(orders: orders.value, now: moment)
      }
      stores.finish()
    }
    file.finish()
  }

  private mutating func readEscalations(_ list: YAMLMapping) {
    for name in list.entries {
      guard let entry = list.optionalMapping(name.value) else { continue }
      let queue = entry.string("queue")
      let priority: Escalation.Priority = entry.optionalChoice("priority") ?? .normal
      entry.finish()
      guard let reason = Escalation.Reason(rawValue: name.value) else {
        let known = Escalation.Reason.allCases.map(\.rawValue)
        list.report(
          "unknown-reason", at: name.location, "'\(name.value)' is no reason to fetch a person",
          remedy: nearest(to: name.value, among: known).map { "did you mean '\($0)'?" }
            ?? "known: \(known.joined(separator: ", "))")
        continue
      }
      guard let queue else { continue }
      // Without queues, that is the fault to tell.
      if !queues.isEmpty, queues[queue.value] == nil {
        list.report(
          "unknown-queue", at: queue.location, "'\(queue.value)' is no queue of odzew.yaml",
          remedy: "known: \(queues.keys.sorted().joined(separator: ", "))")
      }
      escalations[reason] = EscalationRules.Assignment(queue: queue.value, priority: priority)
    }
  }

  private static func thresholds(_ file: YAMLMapping) -> Thresholds {
    var thresholds = Thresholds()
    guard let entry = file.optionalMapping("thresholds") else { return thresholds }
    thresholds.answer = entry.optionalNumber("answer", in: 0...1)?.value ?? thresholds.answer
    thresholds.risk = entry.optionalNumber("risk", in: 0...1)?.value ?? thresholds.risk
    thresholds.clarify = entry.optionalNumber("clarify", in: 0...1)?.value ?? thresholds.clarify
    thresholds.margin = entry.optionalNumber("margin", in: 0...1)?.value ?? thresholds.margin
    entry.finish()
    if thresholds.clarify > thresholds.answer {
      entry.report(
        "invalid-number", at: entry.location, "'clarify' must not be above 'answer'")
    }
    return thresholds
  }

  private static func calendar(_ file: YAMLMapping) -> BusinessCalendar {
    var zone = TimeZone.gmt
    if let written = file.string("time_zone") {
      if let known = TimeZone(identifier: written.value) {
        zone = known
      } else {
        file.report(
          "unknown-time-zone", at: written.location,
          "'\(written.value)' is no time zone such as 'Europe/Warsaw'")
      }
    }
    let holidays = file.strings("holidays").compactMap { written in
      if let day = CalendarDay(written.value) { return Optional(day) }
      file.report(
        "invalid-date", at: written.location, "'\(written.value)' is no date such as '2026-12-24'")
      return nil
    }
    let hours = file.optionalString("business_hours")
    if let hours, BusinessHours(hours.value) == nil {
      file.report(
        "invalid-hours", at: hours.location, "'\(hours.value)' are no business hours",
        remedy: "write 'Mon-Fri 9-17' or 'Mon-Thu 8:30-16:30, Sat 10-13'")
    }
    return BusinessCalendar(
      zone: zone, holidays: Set(holidays), hours: hours.flatMap { BusinessHours($0.value) })
  }

  /// `90m`, `24h` or `3d` in seconds.
  private static func seconds(_ text: String) -> TimeInterval? {
    guard let unit = text.last, let factor = ["m": 60.0, "h": 3600, "d": 86_400][unit],
      let number = Int(text.dropLast()), (1...10_000).contains(number)
    else { return nil }
    return Double(number) * factor
  }
}
