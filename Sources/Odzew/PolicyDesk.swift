internal import Diagnostics
package import Foundation
package import Commerce
internal import Dialogue
internal import Language
package import Policy

/// The policy filter of a bot folder without the rest of the bot: what checks texts that people
/// wrote.
public struct PolicyDesk: Sendable {
  package let settings: Settings
  /// What every text passes that leaves.
  package let filter: PolicyFilter

  /// Judges a draft.
  /// - Parameters:
  ///   - draft: the text, what it is for and who wrote it.
  ///   - request: where it goes.
  ///   - now: the clock where the request has none.
  /// - Returns: the ruling.
  package func ruling(on draft: Request.Draft, of request: Request, at now: Date) -> Ruling {
    filter.review(draft.text, for: settings.occasion(for: draft, of: request, at: now))
  }
}

extension Bot {
  /// The policies alone.
  package var policies: PolicyDesk { PolicyDesk(settings: settings, filter: filter) }
}

extension PolicyDesk {
  /// The rules in force.
  /// - Parameters:
  ///   - channel: where a text goes; every channel where nil.
  ///   - marketplace: where the sale was made.
  ///   - kind: what the text is for; anything where nil.
  /// - Returns: the rules in the order of the files.
  package func rules(
    on channel: Channel?, marketplace: Channel? = nil, kind: Occasion.Kind? = nil
  ) -> [PolicyFilter.RuleSummary] {
    guard let channel else { return filter.rules }
    let isPlatform =
      settings.isPlatform(channel)
      || marketplace.map(settings.isPlatform) ?? false
    let kinds = kind.map { [$0] } ?? Occasion.Kind.allCases
    let authors = Occasion.Author.allCases
    let inForce = kinds.flatMap { kind in
      authors.flatMap { author in
        filter.rules(
          for: Occasion(
            channel: channel, marketplace: marketplace, isPlatformMessage: isPlatform, kind: kind,
            author: author, locale: nil, moment: .distantPast))
      }
    }
    return filter.rules.filter(inForce.contains)
  }
}

extension Settings {
  /// What is known of the buyer, the order and what has happened between them.
  func circumstances(
    of request: Request, order: Order?, in conversation: Conversation = Conversation()
  ) -> Circumstances {
    var known = request.circumstances
    known.history += conversation.history
    known.consents += conversation.consents
    known.history += conversation.transcript.map { turn in
      switch turn.author {
      case .buyer: Circumstances.Event(.buyerMessage, at: turn.at)
      case .responder: Circumstances.Event(.reply, at: turn.at, author: .automation)
      case .agent: Circumstances.Event(.reply, at: turn.at, author: .person)
      }
    }
    known.order = order.map(Circumstances.OrderFacts.init)
    let tag =
      request.buyer.locale.flatMap(LocaleTag.init) ?? order?.buyer?.locale ?? request.locale
    let region = tag?.description.split(separator: "-").last { $0.count == 2 }?.uppercased()
    known.buyerCountry = tag.flatMap { countries.country(language: $0.language, region: region) }
    known.buyerZone = known.buyerCountry.flatMap { countries.countries[$0]?.zone } ?? calendar.zone
    return known
  }

  /// Where, to whom and when a draft goes.
  func occasion(
    for draft: Request.Draft, of request: Request, in conversation: Conversation = Conversation(),
    locale: LocaleTag? = nil, at now: Date
  ) -> Occasion {
    let locale = locale ?? request.locale
    var occasion = occasion(request, locale: locale, at: request.sentAt ?? now)
    occasion.kind = draft.kind
    occasion.author = draft.author
    occasion.references = draft.references
    occasion.circumstances = circumstances(of: request, order: draft.order, in: conversation)
    return occasion
  }
}
