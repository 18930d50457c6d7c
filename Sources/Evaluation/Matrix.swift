internal import Commerce
internal import Dialogue
public import Foundation
internal import Language
package import Liquid
public import Odzew
internal import Policy
internal import Replies

/// Every template in every locale, on every channel, with every sample order: what no one has to
/// write a case for.
public struct Matrix: Sendable {
  /// A way through a template, told by one text of the many that go it.
  public struct Cell: Sendable {
    /// The locale.
    public let locale: LocaleTag
    /// The template.
    public let template: String
    /// The channels on which the text is the same.
    public let channels: [Channel]
    /// The text for the first of the orders, before the policies.
    public let text: String
    /// The orders that lead this way.
    public internal(set) var orders: [String]
    /// What the policies hold against the text, by channel.
    public let objections: [String]
    package let branches: Set<BranchMark>
    /// A digest of all the texts that go this way, so that none changes unseen.
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Adds a text to the digest: FNV-1a, 64 bits (Fowler, Noll, Vo), which is the same everywhere.
    mutating func add(_ text: String) {
      for byte in text.utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
  }

  /// The ways, by locale, template and first order.
  public let cells: [Cell]

  /// Renders everything.
  ///
  /// An order that lacks what a template must have makes no text: a template that has passed the
  /// proof is not used with it.
  /// - Parameters:
  ///   - bot: the bot.
  ///   - orders: the sample orders.
  ///   - now: the clock.
  ///   - locales: the locales; all where nil.
  public init(of bot: Bot, orders: [OrderNumber: Order], at now: Date, locales: [LocaleTag]? = nil)
  {
    let names = bot.templateNames.sorted() + Notice.allCases.map(\.template)
    let work = (locales ?? bot.catalog.locales).flatMap { locale in names.map { (locale, $0) } }
    cells = work.concurrentMap { locale, template in
      Self.cells(template, locale, bot, orders, now)
    }.flatMap { $0 }
  }

  private static func cells(
    _ template: String, _ locale: LocaleTag, _ bot: Bot, _ orders: [OrderNumber: Order], _ now: Date
  ) -> [Cell] {
    struct Way: Hashable {
      let branches: Set<BranchMark>
      let channels: [Channel]
    }
    var cells: [Way: Cell] = [:]
    var found: [Way] = []
    let channels = bot.settings.channels.keys.sorted { $0.description < $1.description }
    let views = orders.values.sorted { $0.number.description < $1.number.description }
      .compactMap { $0.view(for: BuyerClaim(vouch: .buyer)) }
    for (view, options) in ([nil] + views.map(Optional.some)).flatMap({ [($0, 1), ($0, 2)] }) {
      let plan = ReplyPlan(
        [template], locale: locale, order: view, dueAt: now.addingTimeInterval(24 * 3600),
        options: Array(repeating: "…", count: options), namedNumber: view?.order.number)
      var drafts: [String: (draft: Draft, channels: [Channel])] = [:]
      for channel in channels {
        let occasion = bot.settings.lawfulOccasion(on: channel, template, view, locale, now)
        guard let draft = try? bot.catalog.render(plan, for: occasion) else { continue }
        drafts[draft.text, default: (draft, [])].channels.append(channel)
      }
      for (draft, channels) in drafts.values.sorted(by: { $0.draft.text < $1.draft.text }) {
        let way = Way(branches: draft.branches, channels: channels)
        let number = view?.order.number.description ?? "–"
        if cells[way] == nil {
          found.append(way)
          cells[way] = Cell(
            locale: locale, template: template, channels: channels, text: draft.text, orders: [],
            objections: channels.flatMap { channel in
              let occasion = bot.settings.lawfulOccasion(on: channel, template, view, locale, now)
              let report = Response.PolicyReport(bot.filter.review(draft.text, for: occasion))
              return report.verdict == .pass
                ? [] : report.findings.map { "\(channel) \($0.rule)" }
            }, branches: draft.branches)
        }
        cells[way]?.add(draft.text)
        if cells[way]?.orders.last != number { cells[way]?.orders.append(number) }
      }
    }
    return found.compactMap { cells[$0] }
  }

  /// The texts of a locale as people read and compare them.
  /// - Parameter locale: the locale.
  /// - Returns: the golden text of the locale.
  public func transcript(in locale: LocaleTag) -> String {
    cells.filter { $0.locale == locale }.map { cell in
      """
      ## \(cell.template) on \(cell.channels.map(\.description).joined(separator: ", "))
      \(cell.orders.first ?? "–")\(cell.orders.count > 1 ? " and \(cell.orders.count - 1) more" : "") \
      · \(String(cell.digest, radix: 16))\
      \(cell.objections.isEmpty ? "" : "\nrefused: " + cell.objections.joined(separator: ", "))

      \(cell.text)

      """
    }.joined(separator: "\n")
  }
}
