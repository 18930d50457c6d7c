import Commerce
import Diagnostics
import Dialogue
import Foundation
import Language
import Liquid
import Replies
import Testing

@Suite struct TemplateCatalogTests {
  private func render(_ body: String, locale: String, due: String? = nil, order json: String? = nil)
    throws -> String
  {
    let tag = try #require(LocaleTag(locale))
    let zone = try #require(TimeZone(identifier: "Europe/Warsaw"))
    let variables = ReplyVariables(
      seller: ["name": "Kubek"],
      facts: [
        "price": .number("11.99"),
        "lands": .mapping([locale: .list([.text("A"), .text("B"), .text("C")])]),
      ],
      carriers: ["dpd": Carrier(id: "dpd", name: "DPD", link: "https://dpd.com/%s")],
      calendar: BusinessCalendar(zone: zone), currency: "PLN")
    let catalog = try TemplateCatalog(
      [
        tag: [
          "frame": SourceText(file: "frame", text: "<{{ body }}>"),
          "frame@amazon": SourceText(file: "frame@amazon", text: "({{ body }})"),
          "a": SourceText(file: "a", text: body),
        ]
      ], variables: variables, required: [])
    let view = try json.map { json in
      let order = try JSONDecoder().decode(Order.self, from: Data(json.utf8))
      return try #require(order.view(for: BuyerClaim(vouch: .buyer)))
    }
    let moment = try #require(Timestamp.parse("2026-11-20T10:00:00Z"))
    let plan = ReplyPlan(["a"], locale: tag, order: view, dueAt: due.flatMap(Timestamp.parse))
    let occasion = Occasion(
      channel: .chat, isPlatformMessage: false, locale: tag, moment: moment)
    return try catalog.render(plan, for: occasion).text.replacingOccurrences(
      of: "\u{A0}", with: " ")
  }

  @Test(arguments: [
    ("pl", "{{ facts.price | money }}", "<11,99 zł>"),
    ("en", "{{ facts.price | money }}", "<PLN 11.99>"),
    ("pl", "{{ facts.lands | list }}", "<A, B i C>"),
    ("en", "{{ facts.lands | list }}", "<A, B and C>"),
    (
      "pl",
      "{{ escalation.due | date }}, {{ escalation.due | weekday }}, {{ escalation.due | time }}",
      "<20 listopada 2026, piątek, 17:05>"
    ),
    (
      "en",
      "{{ escalation.due | date }}, {{ escalation.due | weekday }}, {{ escalation.due | time }}",
      "<20 November 2026, Friday, 17:05>"
    ),
    (
      "pl",
      "{{ 1 | plural: one: 'dzień', few: 'dni', many: 'dni', other: 'dnia' }} {{ 22 | plural: one: 'a', few: 'b', many: 'c', other: 'd' }}",
      "<dzień b>"
    ),
  ])
  func `values are written as the locale writes them`(
    locale: String, body: String, expected: String
  )
    throws
  {
    #expect(try render(body, locale: locale, due: "2026-11-20T16:05:00Z") == expected)
  }

  @Test func `an order's values are there when the data have them`() throws {
    let order =
      #"{"number":"Z","status":"new","shipments":[{"carrier":"dpd","tracking_number":"X1"}]}"#
    let body = "{{ order.shipment.carrier }} {{ order.shipment.tracking_url }}"
    #expect(try render(body, locale: "pl", order: order) == "<DPD https://dpd.com/X1>")
  }

  @Test(arguments: [
    #"{"number":"Z","status":"new","shipments":[{"carrier":"dpd","tracking_number":"../a?b"}]}"#,
    #"{"number":"Z","status":"new","shipments":[{"carrier":"dpd"}]}"#,
    #"{"number":"Z","status":"new"}"#,
  ])
  func `a value that is absent, or would lead elsewhere, is a hole and no text`(order: String) {
    #expect(throws: RenderError.self) {
      try render("{{ order.shipment.tracking_url }}", locale: "pl", order: order)
    }
  }

  @Test func `a missing plural form is an error with the forms that are needed`() {
    let error = #expect(throws: RenderError.self) {
      try render("{{ 5 | plural: one: 'dzień', few: 'dni' }}", locale: "pl")
    }
    #expect(
      error?.description
        == "a:1:4: the filter 'plural' needs the form 'many'; 'pl' has few, many, one, other")
  }
}
