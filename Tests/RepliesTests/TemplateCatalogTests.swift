import Diagnostics
import Liquid
import Replies
import Testing

@Suite struct TemplateCatalogTests {
  @Test(arguments: [
    ("pl", "{{ facts.price | money }}", "<11,99 zł>"),
    ("en", "{{ facts.price | money }}", "<PLN 11.99>"),
    ("hu", "{{ 1234.5 | number }} {{ 20 | percent }}", "<1234,5 20%>"),
    ("de", "{{ 1234.5 | number }} {{ 20 | percent }}", "<1.234,5 20 %>"),
    ("pl", "{{ facts.lands | list }}", "<A, B i C>"),
    ("en", "{{ facts.lands | list }}", "<A, B and C>"),
    ("de", "{{ facts.lands | list }}", "<A, B und C>"),
    ("cs", "{{ facts.lands | list }}", "<A, B a C>"),
    ("hu", "{{ facts.lands | list }}", "<A, B és C>"),
    ("ro", "{{ facts.lands | list }}", "<A, B și C>"),
    ("en", "{{ 2 | ordinal }} {{ 11 | ordinal }}", "<2nd 11th>"),
    ("de", "{{ 2 | ordinal }}", "<2.>"),
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
    ("cs", "{{ escalation.due | date: 'day' }}", "<20. listopadu>"),
    ("de", "{{ escalation.due | date: 'short' }}", "<20.11.2026>"),
    ("sk", "{{ escalation.due | date: '%Y-%m-%d %H:%M' }}", "<2026-11-20 17:05>"),
  ])
  func `values are written as the locale writes them`(
    locale: String, body: String, expected: String
  ) throws {
    let catalog = try SmallCatalog(["a": body], in: locale, certain: ["escalation.due"])
    #expect(try catalog.text(due: "2026-11-20T16:05:00Z") == expected)
  }

  @Test(arguments: [
    ("pl", "2026-11-20T08:00:00Z", "dziś"), ("pl", "2026-11-21T08:00:00Z", "jutro"),
    ("pl", "2026-11-24T08:00:00Z", "we wtorek"), ("pl", "2026-12-01T08:00:00Z", "1 grudnia"),
    ("pl", "2026-11-18T08:00:00Z", "przedwczoraj"),
    // Two hours before midnight in Greenwich it is almost tomorrow in Warsaw.
    ("en", "2026-11-20T22:59:00Z", "today"), ("en", "2026-11-20T23:01:00Z", "tomorrow"),
    ("en", "2026-11-27T08:00:00Z", "on 27 November"), ("de", "2026-11-25T08:00:00Z", "am Mittwoch"),
    ("de", "2026-12-24T08:00:00Z", "am 24. Dezember"), ("cs", "2026-11-26T08:00:00Z", "ve čtvrtek"),
    ("sk", "2026-11-26T08:00:00Z", "vo štvrtok"), ("hu", "2026-11-23T08:00:00Z", "hétfőn"),
    ("hu", "2026-12-01T08:00:00Z", "december 1-jén"),
    ("hu", "2026-12-06T08:00:00Z", "december 6-án"),
    ("ro", "2026-11-23T08:00:00Z", "luni"), ("ro", "2026-12-05T08:00:00Z", "pe 5 decembrie"),
    // A locale without words of its own says the day.
    ("fr", "2026-11-21T08:00:00Z", "21 novembre"),
  ])
  func `a day near today is named as people name it`(locale: String, due: String, expected: String)
    throws
  {
    let catalog = try SmallCatalog(
      ["a": "{{ escalation.due | relative_date }}"], in: locale, certain: ["escalation.due"])
    #expect(try catalog.text(due: due) == "<\(expected)>")
  }

  @Test(arguments: [
    (
      "pl", "one: 'dzień', few: 'dni', many: 'dni', other: 'dnia'",
      "<1 dzień, 2 dni, 5 dni, 22 dni>"
    ),
    ("de", "one: 'Tag', other: 'Tage'", "<1 Tag, 2 Tage, 5 Tage, 22 Tage>"),
    ("hu", "one: 'nap', other: 'nap'", "<1 nap, 2 nap, 5 nap, 22 nap>"),
    ("ro", "one: 'zi', few: 'zile', other: 'de zile'", "<1 zi, 2 zile, 5 zile, 22 de zile>"),
    (
      "cs", "one: 'den', few: 'dny', many: 'dne', other: 'dní'", "<1 den, 2 dny, 5 dní, 22 dní>"
    ),
  ])
  func `words go with their numbers`(locale: String, forms: String, expected: String) throws {
    let body = ["1", "2", "5", "22"].map { "{{ \($0) }} {{ \($0) | plural: \(forms) }}" }
    let catalog = try SmallCatalog(["a": body.joined(separator: ", ")], in: locale)
    #expect(try catalog.text() == expected)
  }

  @Test func `an order's values are there when the data have them`() throws {
    let order =
      #"{"number":"Z","status":"new","shipments":[{"carrier":"dpd","tracking_number":"X1"}]}"#
    let body = "{{ order.shipment.carrier }} {{ order.shipment.tracking_url }}"
    let catalog = try SmallCatalog(
      ["a": body], in: "pl", certain: ["order.shipment.carrier", "order.shipment.tracking_url"])
    #expect(try catalog.text(order: order) == "<DPD https://dpd.com/X1>")
  }

  @Test(arguments: [
    #"{"number":"Z","status":"new","shipments":[{"carrier":"dpd","tracking_number":"../a?b"}]}"#,
    #"{"number":"Z","status":"new","shipments":[{"carrier":"dpd"}]}"#,
    #"{"number":"Z","status":"new"}"#,
  ])
  func `a value that is absent, or would lead elsewhere, is a hole and no text`(order: String)
    throws
  {
    // Promised by its use, and yet not there: the renderer does not rely on the proof.
    let catalog = try SmallCatalog(
      ["a": "{{ order.shipment.tracking_url }}"], in: "pl",
      certain: ["order.shipment.tracking_url"])
    #expect(throws: RenderError.self) { try catalog.text(order: order) }
  }

  @Test func `a channel has its own wording`() throws {
    #expect(throws: InvalidFiles.self) { try SmallCatalog(["a@amazn": "x", "a": "y"], in: "pl") }
  }
}
