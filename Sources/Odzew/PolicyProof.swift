internal import Commerce
internal import Dialogue
internal import Foundation
internal import Language
internal import Liquid
internal import Policy
internal import Replies

/// Holds every branch of every template against the policies of every channel that it may go to.
///
/// For each template and locale it takes the sample orders that lead through its branches, and no
/// more: the texts of one branch differ in data alone. A bot is loaded only where this finds nothing.
struct PolicyProof: Sendable {
  private let bot: Bot
  private let orders: [OrderView]
  private let now: Date
  private let channels: [Channel]
  /// The rules that words alone decide: whether it is time for a notice is not its template's fault.
  ///
  /// A reply that is refused for its time has words that are taken for something else.
  private let rulesOfWords: Set<String>

  /// Prepares the proof.
  /// - Parameters:
  ///   - bot: the bot.
  ///   - orders: the sample orders.
  ///   - now: the clock at which their dates make sense.
  init(of bot: Bot, orders: some Sequence<Order>, at now: Date) {
    self.bot = bot
    self.now = now
    self.orders = orders.sorted { $0.number.description < $1.number.description }
      .compactMap { $0.view(for: BuyerClaim(vouch: .buyer)) }
    channels = bot.settings.channels.keys.sorted { $0.description < $1.description }
    rulesOfWords = Set(bot.filter.rules.filter { !$0.isContextual }.map(\.id))
  }

  /// What the policies refuse, by template.
  var findings: [Diagnostic] {
    let names = bot.templateNames.sorted() + Notice.allCases.map(\.template)
    let work = bot.catalog.locales.flatMap { locale in names.map { (locale, $0) } }
    return work.concurrentMap { locale, template in findings(in: template, locale) }.flatMap { $0 }
  }

  private func findings(in template: String, _ locale: LocaleTag) -> [Diagnostic] {
    var refused: [String: (finding: PolicyFinding, channels: [Channel], order: String)] = [:]
    let isNotice = Notice.allCases.contains { $0.template == template }
    for channel in channels {
      let ways = bot.catalog.branches(of: template, in: locale, on: channel)
      var seen: Set<BranchMark> = []
      let withoutOrder = choices(of: template, locale).map { (OrderView?.none, $0) }
      for (view, options) in withoutOrder + orders.map({ ($0, Self.anyChoice) })
      where suits(template, view, channel) {
        if view != nil, ways.isSubset(of: seen) { break }
        let plan = ReplyPlan(
          [template], locale: locale, order: view, dueAt: now.addingTimeInterval(24 * 3600),
          options: options, namedNumber: view?.order.number)
        let occasion = bot.settings.lawfulOccasion(on: channel, template, view, locale, now)
        guard let draft = try? bot.catalog.render(plan, for: occasion),
          view == nil || seen.isEmpty || !draft.branches.isSubset(of: seen)
        else { continue }
        seen.formUnion(draft.branches)
        let report = Response.PolicyReport(bot.filter.review(draft.text, for: occasion))
        for finding in report.findings
        where finding.action >= .redact && (!isNotice || rulesOfWords.contains(finding.rule)) {
          let order = view?.order.number.description ?? "none"
          refused[finding.rule, default: (finding, [], order)].channels.append(channel)
        }
      }
    }
    return refused.values.sorted { $0.finding.rule < $1.finding.rule }.map { refusal in
      let places = Set(refusal.channels.map(\.description)).sorted().joined(separator: ", ")
      return Diagnostic(
        code: "refused-template",
        at: SourceLocation(file: "Templates/\(locale)/\(template).liquid", line: 1, column: 1),
        "the rule '\(refusal.finding.rule)' refuses '\(refusal.finding.excerpt)' on \(places) (order: \(refusal.order))",
        remedy:
          "\(refusal.finding.message) Write a variant such as \(template)@\(refusal.channels[0]).liquid, or other words"
      )
    }
  }

  private static let anyChoice = ["…", "…"]

  /// What a text may let the buyer choose from: two things and one; where it asks which intent is meant,
  /// each intent's name once, beside its neighbour's.
  ///
  /// Every name with every other would be a thousand texts a locale, too many for each start.
  private func choices(of template: String, _ locale: LocaleTag) -> [[String]] {
    let choices = [Self.anyChoice, ["…"]]
    guard template == Handling.SystemTemplate.clarifyChoice.rawValue else { return choices }
    let names = bot.intents.filter(\.isChoice).compactMap { $0.label(in: locale) }
    return choices
      + stride(from: 0, to: names.count, by: 2).map { Array(names[$0...].prefix(2)) }
  }

  /// Whether a template and an order can come together on a channel: an order of one marketplace is
  /// not spoken of on another, and advertising does not go to marketplaces at all.
  private func suits(_ template: String, _ order: OrderView?, _ channel: Channel) -> Bool {
    let isMarketplace = bot.settings.marketplaces.contains(channel)
    if Notice.allCases.first(where: { $0.template == template })?.kind == .marketing,
      isMarketplace || order?.order.marketplace.map(bot.settings.marketplaces.contains) ?? false
    {
      return false
    }
    return (!isMarketplace || order == nil || order?.order.marketplace == channel)
      && bot.handling.uses(template, for: order, at: now)
  }
}
