import Commerce
import Diagnostics
import Dialogue
import Foundation
import Language
import Replies
import Testing

/// A catalog of one locale, as small as it can be.
struct SmallCatalog {
  let locale: LocaleTag
  let catalog: TemplateCatalog

  /// Loads templates beside two frames: what is certain where they are used, and which nothing uses.
  init(
    _ templates: [String: String], in name: String, certain: Set<String> = [],
    unused: Set<String> = []
  ) throws {
    locale = try #require(LocaleTag(name))
    let zone = try #require(TimeZone(identifier: "Europe/Warsaw"))
    let place = SourceLocation(file: "uses", line: 1, column: 1)
    let variables = ReplyVariables(
      seller: ["name": "Kubek"],
      facts: [
        "price": .number("11.99"), "days": .number("5"), "open": .flag(true),
        "lands": .mapping([name: .list([.text("A"), .text("B"), .text("C")])]),
      ],
      carriers: ["dpd": Carrier(id: "dpd", name: "DPD", link: "https://dpd.com/%s")],
      calendar: BusinessCalendar(zone: zone), currency: "PLN")
    var sources = ["frame": "<{{ body }}>", "frame@amazon": "({{ body }})"]
    sources.merge(templates) { $1 }
    catalog = try TemplateCatalog(
      [
        locale: TemplateCatalog.Source(
          sources.reduce(into: [:]) { $0[$1.key] = SourceText(file: $1.key, text: $1.value) },
          days: Self.days(name))
      ], variables: variables,
      uses: templates.keys.filter { !$0.hasPrefix("_") && !unused.contains($0) }.map {
        TemplateUse(Located($0, at: place), certain: certain)
      }, channels: [.chat: 300, try #require(Channel("amazon")): nil])
  }

  /// The shipped words for days near today.
  private static func days(_ locale: String) -> RelativeDays? {
    let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = project.appending(path: "Templates/\(locale)/days.yaml")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    return YAMLReader(SourceText(file: "days.yaml", text: text)).root.flatMap(RelativeDays.init)
  }

  /// A template's text for an order, without the no-break spaces of numbers and dates.
  func text(
    _ name: String = "a", order json: String? = nil, due: String? = nil,
    at now: String = "2026-11-20T10:00:00Z"
  ) throws -> String {
    let view = try json.map { json in
      let order = try JSONDecoder().decode(Order.self, from: Data(json.utf8))
      return try #require(order.view(for: BuyerClaim(vouch: .buyer)))
    }
    let moment = try #require(Timestamp.parse(now))
    let plan = ReplyPlan([name], locale: locale, order: view, dueAt: due.flatMap(Timestamp.parse))
    let occasion = Occasion(
      channel: .chat, isPlatformMessage: false, locale: locale, moment: moment)
    return try catalog.render(plan, for: occasion).text.replacing("\u{A0}", with: " ")
  }
}
