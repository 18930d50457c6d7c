internal import Commerce
internal import Diagnostics
internal import Foundation
internal import Language
internal import Liquid
internal import Policy
internal import Replies

extension BotFolder {
  /// Renders and reviews the standing reply for every locale and channel.
  mutating func standingReplies(
    _ settings: Settings, _ catalog: TemplateCatalog, _ filter: PolicyFilter
  ) -> Bot.StandingReplies? {
    // The clock does not matter: a standing reply names no time.
    let moment = Date(timeIntervalSince1970: 0)
    var texts: [LocaleTag: [Channel: ApprovedText]] = [:]
    var elsewhere: [LocaleTag: ApprovedText] = [:]
    for locale in settings.locales {
      func approved(_ channel: Channel, isPlatform: Bool) -> ApprovedText? {
        let occasion = Occasion(
          channel: channel, isPlatformMessage: isPlatform, locale: locale,
          lengthLimit: settings.channels[channel]?.lengthLimit, moment: moment)
        let plan = ReplyPlan([Bot.standingTemplate], locale: locale)
        let place = SourceLocation(
          file: "Templates/\(locale)/\(Bot.standingTemplate).liquid", line: 1, column: 1)
        do throws(RenderError) {
          let draft = try catalog.render(plan, for: occasion)
          if case .passed(let text, _) = filter.review(draft.text, for: occasion) { return text }
          found.append(
            Diagnostic(
              code: "standing-reply-blocked", at: place,
              "the standing reply does not pass the policies of channel '\(channel)'",
              remedy: "rewrite it: it must be right in every situation"))
        } catch {
          found.append(
            Diagnostic(
              code: "standing-reply-incomplete", at: place,
              "the standing reply cannot be rendered: \(error)",
              remedy: "name nothing but seller.name in it"))
        }
        return nil
      }
      for channel in settings.knownChannels.sorted(using: KeyPathComparator(\.description)) {
        texts[locale, default: [:]][channel] = approved(
          channel, isPlatform: settings.marketplaces.contains(channel))
      }
      elsewhere[locale] = approved(.elsewhere, isPlatform: true)
    }
    guard let lastResort = elsewhere[settings.locale], isSound else { return nil }
    return Bot.StandingReplies(texts: texts, elsewhere: elsewhere, lastResort: lastResort)
  }
}
