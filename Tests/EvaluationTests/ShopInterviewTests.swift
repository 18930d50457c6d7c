import Evaluation
import Foundation
import Odzew
import Testing

@Suite struct ShopInterviewTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let settings = Result { try Settings.load(from: root) }

  /// What is asked with the shipped bot, after some answers; the others are assumed.
  private func interview(
    _ answers: [ShopInterview.Question: String] = [:]
  ) throws -> ShopInterview {
    var interview = ShopInterview(try Self.settings.get(), fallbackName: "myshop")
    for question in ShopInterview.Question.allCases {
      try interview.take(answers[question] ?? interview.standard(for: question), for: question)
    }
    return interview
  }

  private func written(_ name: String, by interview: ShopInterview) throws -> String {
    let place = Self.root.appending(path: "Starter/\(name).liquid")
    let template = SourceText(file: name, text: try String(contentsOf: place, encoding: .utf8))
    let today = try #require(CalendarDay("2026-11-20"))
    return try Starter(interview).text(of: template, today: today)
  }

  @Test func `a later default follows from the answers before it`() throws {
    #expect(try interview().profile.locales.map(\.description) == ["pl"])
    #expect(try interview().profile.zone.identifier == "Europe/Warsaw")
    #expect(try interview([.name: "Ceaun"]).profile.returnAddress == "Ceaun")
    let romanian = try interview([.marketplace: "emag", .locale: "ro, hu"])
    #expect(romanian.profile.zone.identifier == "Europe/Bucharest")
    #expect(
      romanian.holidays(from: try #require(CalendarDay("2026-11-20"))).first?.description
        == "2026-11-30")
    #expect(try interview([.timeZone: "Europe/Berlin"]).country == "DE")
    // No country of countries.yaml has this clock: that of the language.
    #expect(try interview([.timeZone: "America/New_York"]).country == "PL")
  }

  @Test(
    arguments: [
      (.name, " ", "the shop needs a name, as buyers know it"),
      (.name, "A\u{7}B", "write one line of at most 200 characters"),
      (.name, String(repeating: "x", count: 201), "write one line of at most 200 characters"),
      (.email, "help@shop", "'help@shop' is no e-mail address such as help@shop.example"),
      (.phone, "call us", "'call us' is no telephone number such as +48 61 123 45 67"),
      (.marketplace, "alegro", "'alegro' is no marketplace; did you mean 'allegro'?"),
      (
        .marketplace, "ebay",
        "'ebay' is no marketplace; choose from allegro, amazon, emag, kaufland, shop"
      ),
      (.marketplace, " , ", "choose at least one of allegro, amazon, emag, kaufland, shop"),
      (.locale, "pl,dee", "'dee' is no language of this bot; did you mean 'de'?"),
      (.locale, "fr", "'fr' is no language of this bot; choose from pl, en, de, cs, sk, hu, ro"),
      (
        .timeZone, "Europe/Warszawa",
        "'Europe/Warszawa' is no time zone; did you mean 'Europe/Warsaw'?"
      ),
      (.timeZone, "CEST!", "'CEST!' is no time zone; write one such as 'Europe/Warsaw'"),
      (
        .hours, "9 to 5",
        "'9 to 5' are no business hours; write 'Mon-Fri 9-17' or 'Mon-Thu 8:30-16:30, Sat 10-13'"
      ),
    ] as [(ShopInterview.Question, String, String)])
  func `an answer that cannot be taken is refused at once, and says what to write`(
    question: ShopInterview.Question, answer: String, complaint: String
  ) throws {
    let error = #expect(throws: InvalidAnswer.self) { try interview([question: answer]) }
    #expect(error?.description == complaint)
  }

  @Test func `answers are data in the settings, whatever they hold`() throws {
    let hostile = #"O'Neil: "mugs" # {{ seller.name }} <script>"#
    let text = try written(
      "odzew.yaml", by: interview([.name: hostile, .returnAddress: "- x: 'y'"]))
    let reader = YAMLReader(SourceText(file: "odzew.yaml", text: text))
    let seller = try #require(reader.root?.mapping("seller"))
    #expect(seller.string("name")?.value == hostile)
    #expect(seller.string("return_address")?.value == "- x: 'y'")
    #expect(reader.diagnostics.isEmpty)
  }

  @Test func `the settings hold the answers, and mark what was assumed`() throws {
    let text = try written(
      "odzew.yaml",
      by: interview([
        .marketplace: "kaufland,shop", .locale: "de,en", .hours: "Mon-Sat 8-18",
        .email: "hilfe@tassen.example", .phone: "+49 30 1234567",
      ]))
    for line in [
      "locale: de", "locales: [de, en]", "agents: {locale: de}", "time_zone: Europe/Berlin",
      "business_hours: Mon-Sat 8-18", "marketplaces: [kaufland]", "currency: EUR",
      "  kaufland: {limit: 2000, answer_deadline: kaufland-ticket}", "  - 2026-12-25",
      "  email: 'hilfe@tassen.example'", "  phone: '+49 30 1234567'", "    de: ['Deutschland']",
      "    en: ['Germany']",
      "  # CHECK: the address to which buyers send returned goods, with street, postcode and town.",
    ] {
      #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)")
    }
    #expect(!text.contains("amazon:") && !text.contains("    pl:"))
  }

  @Test func `what goes along is of the shop's languages and marketplaces`() throws {
    let starter = Starter(try interview([.marketplace: "amazon", .locale: "en"]))
    for path in [
      "Concepts/pl.yaml", "Hints/pl.yaml", "Policies/pl.yaml", "Templates/en/thanks.liquid",
      "Adapters/chatwoot.yaml",
      "Cases/thanks/thanks.en.yaml", "carriers.yaml", "Adapters/amazon.yaml",
    ] { #expect(starter.takes(path), "\(path)") }
    for path in [
      "Templates/pl/thanks.liquid", "Templates/en/thanks@allegro.liquid",
      "Cases/talk/allegro_weekend.en.yaml", "Adapters/allegro.yaml",
      "Cases/thanks/thanks.pl.yaml", "Cases/thanks/thanks.en.txt", "Cases/matrix/en.golden",
      "Concepts/.en.yaml.swp",
    ] { #expect(!starter.takes(path), "\(path)") }
    let sample =
      #"[{"number": "1", "marketplace": "allegro"}, {"number": "2", "marketplace":"shop"}]"#
    #expect(
      starter.adapted(sample, at: "Samples/orders.json")
        == #"[{"number": "1", "marketplace": "amazon"}, {"number": "2", "marketplace":"shop"}]"#)
    #expect(starter.adapted("channel: emag\n", at: "Cases/x.en.yaml") == "channel: amazon\n")
    let own = Starter(try interview([.marketplace: "shop"]))
    #expect(own.adapted("channel: emag\n", at: "Cases/x.pl.yaml") == "channel: email\n")
    #expect(own.adapted("channel: emag\n", at: "Adapters/x.yaml") == "channel: emag\n")
    #expect(starter.adapted("channel: amazon\n", at: "Cases/x.en.yaml") == "channel: amazon\n")
  }
}
