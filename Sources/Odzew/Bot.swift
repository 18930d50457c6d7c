package import Commerce
internal import Dialogue
package import Foundation
package import Language
package import Policy
package import Replies
package import Understanding

/// A loaded bot folder: everything compiled and checked, nothing that can change.
public struct Bot: Sendable {
  /// What the seller has set.
  package let settings: Settings
  /// What reads messages.
  package internal(set) var classifier: Classifier
  /// The intents as their files have them, with what no intent may claim among them.
  package let intents: [Intent]
  /// What leads from what was understood to a decision.
  package let handling: Handling
  /// What tells that a machine wrote a message.
  let automatic: AutomaticMessages
  /// Why buyers send things back, as reports count it.
  package let reasons: Reasons
  /// The templates.
  package let catalog: TemplateCatalog
  /// What every text passes that leaves.
  package let filter: PolicyFilter
  /// The names by which a buyer is asked which intent is meant, by locale.
  let labels: [LocaleTag: [IntentID: String]]
  /// A reviewed text for each locale and channel, for when anything fails on the way.
  let standing: StandingReplies

  /// What is said when nothing else can be: loading a bot proves that there is such a text for every locale
  /// and channel.
  struct StandingReplies: Sendable {
    /// In the seller's language, reviewed by the strictest rules.
    let lastResort: ApprovedText
    /// Renders and reviews the text for a locale and a channel; one that the seller has not named goes by the
    /// strictest rules.
    let reply: @Sendable (LocaleTag, Channel) -> ApprovedText?

    func text(in locale: LocaleTag, on channel: Channel) -> ApprovedText {
      reply(locale, channel) ?? lastResort
    }
  }

  /// The template of the standing reply.
  static let standingTemplate = "standing"
  /// The template of a chat's first line.
  static let welcomeTemplate = "chat_welcome"
  /// The templates that a case can go through: not the frame, parts, variants or a chat's welcome.
  package var templateNames: Set<String> {
    let notices = Set(Notice.allCases.map(\.template))
    return Set(
      catalog.names(in: settings.locale).filter {
        !$0.hasPrefix("_") && !$0.contains("@") && $0 != TemplateCatalog.frame
          && $0 != Self.welcomeTemplate && $0 != TemplateCatalog.summary && !notices.contains($0)
      })
  }
}

extension Settings {
  /// Where, to whom and when a text goes.
  package func occasion(
    _ request: Request, locale: LocaleTag?, at moment: Date, order: Order? = nil
  ) -> Occasion {
    let sale = request.marketplace ?? order?.marketplace
    return Occasion(
      channel: request.channel, marketplace: sale,
      isPlatformMessage: isPlatform(request.channel)
        || sale.map(isPlatform) ?? false,
      locale: locale, lengthLimit: channels[request.channel]?.lengthLimit,
      references: order?.references ?? [], moment: moment)
  }
}
