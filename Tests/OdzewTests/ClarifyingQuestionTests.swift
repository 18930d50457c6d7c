import Commerce
import Dialogue
import Foundation
import Language
import Odzew
import Policy
import Replies
import Testing
import Understanding

/// Which names may stand beside each other in a question is not known before a buyer writes.
@Suite struct ClarifyingQuestionTests {
  private let bot: Bot
  private let now: Date

  init() throws {
    let shipped = try ShippedBot()
    bot = shipped.responder.bot
    now = shipped.now
  }

  @Test(arguments: ["pl", "en", "de", "cs", "sk", "hu", "ro"])
  func `whatever two things a buyer is asked to choose from, the policies let it pass`(
    language: String
  ) throws {
    let locale = try #require(LocaleTag(language))
    let names = bot.intents.filter(\.isChoice).compactMap { $0.label(in: locale) }
    let channels = bot.settings.channels.keys.sorted { $0.description < $1.description }
    #expect(names.count > 30 && channels.count > 5)
    let pairs = names.flatMap { first in names.map { first == $0 ? [first] : [first, $0] } }
    let template = Handling.SystemTemplate.clarifyChoice.rawValue
    for (number, options) in pairs.enumerated() {
      // The channels take turns: each is asked of hundreds of pairs.
      let channel = channels[number % channels.count]
      let occasion = bot.settings.lawfulOccasion(on: channel, template, nil, locale, now)
      let plan = ReplyPlan([template], locale: locale, options: options)
      let draft = try bot.catalog.render(plan, for: occasion)
      let report = Response.PolicyReport(bot.filter.review(draft.text, for: occasion))
      #expect(
        report.verdict == .pass,
        "\(channel): \(options) is refused by \(report.findings.map(\.rule))")
    }
  }
}
