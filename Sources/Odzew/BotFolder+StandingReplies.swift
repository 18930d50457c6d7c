internal import Commerce
internal import Diagnostics
internal import Foundation
internal import Language
internal import Liquid
internal import Policy
internal import Replies

extension BotFolder {
  /// Renders and reviews the standing reply for every locale and channel.
  static func standingReplies(
    _ settings: Settings, _ catalog: TemplateCatalog, _ filter: PolicyFilter
  ) -> Result<Bot.StandingReplies, InvalidFiles> {
    // The clock does not matter: a standing reply names no time.
    let moment = Date(timeIntervalSince1970: 0)
    let known = settings.knownChannels.sorted(using: KeyPathComparator(\.description))
    let places = settings.locales.flatMap { locale in
      (known + [.elsewhere]).map { (locale: locale, channel: $0) }
    }
    let replies = places.concurrentMap { locale, channel in
      let occasion = Occasion(
        channel: channel,
        isPlatformMessage: channel == .elsewhere || settings.marketplaces.contains(channel),
        locale: locale, lengthLimit: settings.channels[channel]?.lengthLimit, moment: moment)
      return standingReply(for: occasion, in: locale, catalog, filter)
    }
    var texts: [LocaleTag: [Channel: ApprovedText]] = [:]
    var elsewhere: [LocaleTag: ApprovedText] = [:]
    var found: [Diagnostic] = []
    for ((locale, channel), reply) in zip(places, replies) {
      switch reply {
      case .success(let text) where channel == .elsewhere: elsewhere[locale] = text
      case .success(let text): texts[locale, default: [:]][channel] = text
      case .failure(let error): found += error.diagnostics
      }
    }
    if let faults = InvalidFiles(found) { return .failure(faults) }
    // The seller's own locale is one of the locales, so that there is a reply, or a finding.
    guard let lastResort = elsewhere[settings.locale] else {
      return .failure(
        InvalidFiles(
          Diagnostic(
            code: "standing-reply-missing",
            at: SourceLocation(file: "odzew.yaml", line: 1, column: 1),
            "there is no standing reply in '\(settings.locale)'")))
    }
    return .success(
      Bot.StandingReplies(texts: texts, elsewhere: elsewhere, lastResort: lastResort))
  }

  private static func standingReply(
    for occasion: Occasion, in locale: LocaleTag, _ catalog: TemplateCatalog,
    _ filter: PolicyFilter
  ) -> Result<ApprovedText, InvalidFiles> {
    let place = SourceLocation(
      file: "Templates/\(locale)/\(Bot.standingTemplate).liquid", line: 1, column: 1)
    do throws(RenderError) {
      let draft = try catalog.render(
        ReplyPlan([Bot.standingTemplate], locale: locale), for: occasion)
      if case .passed(let text, _) = filter.review(draft.text, for: occasion) {
        return .success(text)
      }
      return .failure(
        InvalidFiles(
          Diagnostic(
            code: "standing-reply-blocked", at: place,
            "the standing reply does not pass the policies of channel '\(occasion.channel)'",
            remedy: "rewrite it: it must be right in every situation")))
    } catch {
      return .failure(
        InvalidFiles(
          Diagnostic(
            code: "standing-reply-incomplete", at: place,
            "the standing reply cannot be rendered: \(error)",
            remedy: "name nothing but seller.name in it")))
    }
  }
}
