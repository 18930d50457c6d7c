internal import Commerce
internal import Diagnostics
internal import Foundation
internal import Language
internal import Liquid
internal import Policy
internal import Replies

extension BotFolder {
  /// Makes the standing replies, and proves that there is one for every locale and channel.
  /// - Parameters:
  ///   - settings: the bot's settings, which name its locales and channels.
  ///   - catalog: the templates that the replies are rendered from.
  ///   - filter: what reviews them.
  ///   - isProved: whether that was proved before, of the same files.
  /// - Returns: the replies, or what is wrong with them.
  static func standingReplies(
    _ settings: Settings, _ catalog: TemplateCatalog, _ filter: PolicyFilter, isProved: Bool
  ) -> Result<Bot.StandingReplies, InvalidFiles> {
    let known = settings.knownChannels
    let reply = { @Sendable (locale: LocaleTag, channel: Channel) in
      standingReply(
        in: locale, on: known.contains(channel) ? channel : .elsewhere, settings, catalog, filter)
    }
    if !isProved {
      let places = settings.locales.flatMap { locale in
        (known.sorted(using: KeyPathComparator(\.description)) + [.elsewhere]).map {
          (locale: locale, channel: $0)
        }
      }
      let found = places.concurrentMap { locale, channel -> [Diagnostic] in
        guard case .failure(let error) = reply(locale, channel) else { return [] }
        return error.diagnostics
      }
      if let faults = InvalidFiles(found.flatMap(\.self)) { return .failure(faults) }
    }
    return reply(settings.locale, .elsewhere).map { lastResort in
      Bot.StandingReplies(lastResort: lastResort) { try? reply($0, $1).get() }
    }
  }

  private static func standingReply(
    in locale: LocaleTag, on channel: Channel, _ settings: Settings, _ catalog: TemplateCatalog,
    _ filter: PolicyFilter
  ) -> Result<ApprovedText, InvalidFiles> {
    let place = SourceLocation(
      file: "Templates/\(locale)/\(Bot.standingTemplate).liquid", line: 1, column: 1)
    // The clock does not matter: a standing reply names no time.
    let occasion = Occasion(
      channel: channel,
      isPlatformMessage: channel == .elsewhere || settings.marketplaces.contains(channel),
      locale: locale, lengthLimit: settings.channels[channel]?.lengthLimit,
      moment: Date(timeIntervalSince1970: 0))
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
            "the standing reply does not pass the policies of channel '\(channel)'",
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
