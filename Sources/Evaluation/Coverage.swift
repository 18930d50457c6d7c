internal import Liquid
public import Odzew
internal import Replies

/// What cases have gone through, and what none has.
public struct Coverage: Sendable {
  /// How much of a bot's content there is, and how much was gone through.
  public struct Share: Sendable, Hashable {
    /// What was gone through.
    public let covered: Int
    /// What there is.
    public let total: Int
  }

  /// The ways that templates can go, by locale.
  public let branches: [(locale: LocaleTag, share: Share)]
  /// The ways that no case has gone, as places of the templates.
  public let missedBranches: [String]
  /// The templates that no case has gone through, by locale.
  public let missedTemplates: [(locale: LocaleTag, names: [String])]
  /// The intents that no case has been read as.
  public let missedIntents: [String]

  /// Sees what cases have gone through.
  /// - Parameters:
  ///   - bot: the bot.
  ///   - outcomes: what came of its cases.
  ///   - rendered: what was rendered without a case.
  public init(of bot: Bot, by outcomes: [CaseRunner.Outcome], and rendered: [Matrix.Cell] = []) {
    let responses = outcomes.flatMap(\.responses)
    let taken = responses.reduce(into: Set<BranchMark>()) { $0.formUnion($1.branches) }
      .union(rendered.flatMap(\.branches))
    var shares: [(LocaleTag, Share)] = []
    var missed: [String] = []
    var templates: [(LocaleTag, [String])] = []
    for locale in bot.catalog.locales {
      let all = bot.catalog.branches(in: locale)
      let open = all.filter { !taken.contains($0.mark) }
      shares.append((locale, Share(covered: all.count - open.count, total: all.count)))
      missed += open.map { "\($0.location): way \($0.mark.way + 1)" }
      let used = Set(
        responses.filter { $0.locale == locale }
          .flatMap { $0.reply?.template?.split(separator: "+").map(String.init) ?? [] }
      )
      .union(rendered.filter { $0.locale == locale }.map(\.template))
      templates.append((locale, bot.templateNames.subtracting(used).sorted()))
    }
    branches = shares
    missedBranches = missed
    missedTemplates = templates.filter { !$0.1.isEmpty }
    let read = Set(responses.flatMap { $0.intents.map(\.intent) })
    missedIntents = bot.intents.map(\.id).filter {
      $0.description != "out_of_scope" && !read.contains($0)
    }
    .map(\.description).sorted()
  }

  /// The ways of all locales together.
  public var all: Share {
    Share(
      covered: branches.reduce(0) { $0 + $1.share.covered },
      total: branches.reduce(0) { $0 + $1.share.total })
  }
}
