import Commerce
import Foundation
import Policy
import Testing

@Suite struct RedactionTests {
  static let injected = "pisz na jan@example.com, 501 234 567, www.tani-sklep.pl"

  @Test func `an item name with contact data never survives`() throws {
    let text = """
      Dzień dobry,

      Tak, produkt \(Self.injected) jest dostępny; w magazynie jest 12 sztuk. Paczkę wyślemy jutro \
      rano, a numer śledzenia będzie widoczny na koncie Allegro. Doręczenie trwa zwykle dwa dni \
      robocze.

      Pozdrawiamy
      Sklep Zielony Kubek
      """
    let ruling = try Shipped.filter().review(text, for: .reply(on: "allegro", "pl"))
    #expect(ruling.rules.isSuperset(of: ["contact-email", "contact-phone", "external-link"]))
    let left = ruling.left ?? ""
    for part in ["jan@example.com", "501 234 567", "tani-sklep"] { #expect(!left.contains(part)) }
    #expect(left.contains("Paczkę wyślemy jutro rano"))
  }

  @Test func `where nothing else is said the text is blocked`() throws {
    let ruling = try Shipped.filter().review(
      "Produkt \(Self.injected) jest dostępny.", for: .reply(on: "allegro", "pl"))
    #expect(ruling.isBlocked)
  }

  static let table: [(channel: String, text: String, left: String)] = [
    (
      "allegro", "Paczka jest już w drodze do Pani (proszę pisać: jan@example.com) i dotrze jutro.",
      "Paczka jest już w drodze do Pani i dotrze jutro."
    ),
    (
      "allegro", "Paczka jest już w drodze i dotrze jutro. Adres: jan@example.com.",
      "Paczka jest już w drodze i dotrze jutro."
    ),
    (
      "allegro", "Wysłaliśmy paczkę dziś rano. Tel. 501 234 567. Dotrze ona do Pani jutro.",
      "Wysłaliśmy paczkę dziś rano. Dotrze ona do Pani jutro."
    ),
    (
      "allegro", "<p>Paczka jest w <b>drodze</b> &amp; dotrze jutro.</p>",
      "Paczka jest w drodze & dotrze jutro."
    ),
    (
      "amazon", "Wysłane! 📦\n\n\n\nPaczka dotrze jutro.", "Wysłane!\n\nPaczka dotrze jutro."
    ),
  ]

  @Test(arguments: table.indices)
  func `the smallest part is removed that leaves whole sentences`(index: Int) throws {
    let row = Self.table[index]
    let ruling = try Shipped.filter().review(row.text, for: .reply(on: row.channel, "pl"))
    #expect(ruling.left == row.left, "\(ruling)")
  }

  @Test func `what a removal uncovers is reviewed too`() throws {
    let ruling = try Shipped.filter().review(
      "Paczka dotrze jutro do Pani domu, a my życzymy miłego dnia. Pisz na jan@exam<b></b>ple.com.",
      for: .reply(on: "allegro", "pl"))
    #expect(ruling.left == "Paczka dotrze jutro do Pani domu, a my życzymy miłego dnia.")
    let text = "Paczka dotrze jutro do Pani domu. &lt;b&gt;Dziękujemy&lt;/b&gt; za cierpliwość."
    #expect(
      try Shipped.filter().review(text, for: .reply(on: "allegro", "pl")).left
        == "Paczka dotrze jutro do Pani domu. Dziękujemy za cierpliwość.")
  }

  @Test func `a long text is blocked, not cut`() throws {
    let long = String(repeating: "Paczka jest w drodze. ", count: 100)
    let ruling = try Shipped.filter().review(long, for: .reply(on: "allegro", "pl"))
    #expect(ruling.isBlocked && ruling.rules == ["message-too-long"])
    #expect(
      try !Shipped.filter().review(long, for: .reply(on: "chat", "pl", limit: nil)).isBlocked)
  }

  @Test func `the order's own numbers are no telephones`() throws {
    let text = "Paczka numer jeden ma oznaczenie 501 234 567 i dotrze jutro do Pani."
    let filter = try Shipped.filter()
    #expect(
      filter.review(text, for: .reply(on: "allegro", "pl", references: ["501234567"])).rules == [])
  }
}
