package import Commerce
internal import Dialogue
package import Foundation
package import Language

extension Settings {
  /// Where a template goes, as the responder would send it, to a buyer who has just written and has
  /// agreed to everything: what is refused then is never right.
  package func lawfulOccasion(
    on channel: Channel, _ template: String, _ view: OrderView?, _ locale: LocaleTag, _ now: Date
  ) -> Occasion {
    let request = Request(
      id: template, channel: channel, locale: locale,
      kind: .message(Request.Message(text: "", order: view?.order)))
    var occasion = occasion(request, locale: locale, at: now, order: view?.order)
    let notice = Notice.allCases.first { $0.template == template }
    occasion.kind = notice?.kind ?? .reply
    var known = Circumstances()
    known.order = (view?.order).map(Circumstances.OrderFacts.init)
    known.purpose = notice?.rawValue
    known.isDisclosed = channels[channel]?.discloses ?? false
    known.history = [Circumstances.Event(.buyerMessage, at: now)]
    known.consents = [.transactional, .marketing, .review].map {
      Circumstances.Consent(
        $0, channel: channel.description, isGranted: true, at: now, evidence: "sample",
        textVersion: "1")
    }
    occasion.circumstances = known
    return occasion
  }
}
