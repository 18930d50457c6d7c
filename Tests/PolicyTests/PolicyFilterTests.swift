import Commerce
import Diagnostics
import Foundation
import Language
import Policy
import Testing

@Suite struct PolicyFilterTests {
  private let filter: PolicyFilter

  init() throws {
    // The packs that ship, found beside the sources.
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Policies")
    let names = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    filter = try PolicyFilter(
      names.map { name in
        let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
        return try PolicyPack(SourceText(file: "Policies/\(name)", text: text))
      })
  }

  private func review(_ text: String, on channel: String = "allegro", locale: String? = nil)
    -> (verdict: String, text: String?, rules: Set<String>)
  {
    let name = Channel(channel) ?? .chat
    let occasion = Occasion(
      channel: name, isPlatformMessage: ["allegro", "amazon"].contains(channel),
      locale: locale.flatMap(LocaleTag.init), lengthLimit: 2000,
      references: ["620123456789012345678901"], moment: Date(timeIntervalSince1970: 0))
    let ruling = filter.review(text, for: occasion)
    let verdict =
      switch ruling {
      case .passed: "pass"
      case .changed: "changed"
      default: "blocked"
      }
    return (verdict, ruling.left, ruling.rules)
  }

  @Test(arguments: [
    "Napisz na s\u{200B}klep@exa\u{AD}mple.com po więcej szczegółów, dobrze?",
    "Napisz na sklep＠example.com po więcej szczegółów, dobrze?",
    "Napisz na sklep (at) example (dot) com po więcej szczegółów.",
    "Zadzwoń pod 5 0 1 2 3 4 5 6 7 w godzinach pracy sklepu.",
    "Zadzwoń pod numer pięć zero jeden dwa trzy cztery pięć sześć siedem.",
    "Zadzwoń pod ٥٠١ ٢٣٤ ٥٦٧ w godzinach pracy.",
    "Zobacz tani-sklep[.]pl i zamów u nas taniej.",
    "Dodaj opіnię, a dostaniesz rabat na kolejne zakupy.",
  ])
  func `a disguise does not help`(text: String) {
    let result = review(text)
    #expect(result.verdict != "pass", "\(text)")
  }

  @Test(arguments: [
    "Numer paczki: 620123456789012345678901 (InPost).",
    "Zamówienie 302-1234567-1234567 wysłano 16.11.2026, kwota 61,97 zł.",
    "EAN 5901234123457, wymiary 120 x 80 x 45 mm, wersja 2.10.3.",
    "Plik instrukcja.zip jest w paczce.Dziękujemy za cierpliwość.",
    "Etui do telefonu z logo WhatsApp jest dostępne.",
    "Nigdy nie prosimy o numer karty ani o kod z SMS-a.",
    "Za opinię nie możemy nic zaoferować.",
    "Refund: on 18 November 2026 by the method you paid with.",
    "Adres zwrotu: Zielony Kubek, ul. Garncarska 5, 61-817 Poznań.",
  ])
  func `what only looks like a violation passes`(text: String) {
    let result = review(text)
    #expect(result.verdict == "pass", "\(result.rules)")
    #expect(result.text == text)
  }

  @Test func `contact data in an item's name does not leave`() {
    let name = "pisz na jan@example.com, 501 234 567, www.tani-sklep.pl"
    let replies = [
      "Tak, produkt \(name) jest dostępny; w magazynie jest 12 sztuk.",
      "Paczka z zamówieniem ZAM-2026-1024 (\(name)) jest w drodze. Doręczenie jutro do południa.",
    ]
    for reply in replies {
      let result = review(reply)
      for part in ["jan@", "501 234", "tani-sklep"] {
        #expect(result.text?.contains(part) != true, "\(result.text ?? "")")
      }
    }
  }

  @Test func `what is redacted leaves whole sentences, and never a torso`() {
    let whole = review(
      "Paczka jest w drodze i dotrze jutro. Pytania prosimy kierować na sklep@example.com. Dziękujemy."
    )
    #expect(whole.verdict == "changed")
    #expect(whole.text == "Paczka jest w drodze i dotrze jutro. Dziękujemy.")
    #expect(
      review("Pytania prosimy kierować na sklep@example.com. Dziękujemy.").verdict == "blocked")
  }

  @Test func `the same text may be right in the seller's own shop`() {
    #expect(review("Prosimy dzwonić: 501 234 567.", on: "email").verdict == "pass")
    #expect(review("Prosimy dzwonić: 501 234 567, w dni robocze od 9 do 17.").verdict == "blocked")
  }

  @Test func `on Amazon emoji, empty lines and unsafe links go`() {
    let result = review(
      "Hello 📦\n\n\n\nyour parcel is on its way to you.", on: "amazon", locale: "en")
    #expect(result.text == "Hello\n\nyour parcel is on its way to you.")
    #expect(result.rules == ["style-emoji", "line-breaks"])
  }

  @Test func `a text in the wrong language does not leave`() {
    #expect(
      review("Your parcel is on its way and will be there soon.", locale: "pl").verdict == "blocked"
    )
    #expect(
      review("Your parcel is on its way and will be there soon.", locale: "en").verdict == "pass")
  }

  @Test func `a text too long for the channel goes to a person`() {
    let long = String(repeating: "Paczka jest w drodze. ", count: 100)
    #expect(review(long).rules == ["message-too-long"])
  }

  @Test func `a text beyond every channel's size is refused at once`() {
    let endless = String(repeating: "napisz opinię, dostaniesz rabat ", count: 30_000)
    #expect(review(endless, on: "email").rules == ["text-limit"])
  }

  @Test func `what was approved passes again, unchanged`() {
    var state: UInt64 = 11
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let parts = [
      "Paczka jest w drodze.", "Dotrze jutro do południa.", "Napisz na a@b.pl.", "📦", "<b>",
      "\n\n\n",
      "Dziękujemy za wiadomość!", "tel. 501 234 567", "www.x.pl", "Zwrot 20 zł wysłano.", "(", ")",
    ]
    for _ in 0..<200 {
      let text = (0..<random(9)).map { _ in parts[random(parts.count)] }.joined(separator: " ")
      let first = review(text, on: "amazon")
      guard let approved = first.text else { continue }
      let second = review(approved, on: "amazon")
      #expect(second.verdict == "pass" && second.text == approved, "\(text.debugDescription)")
    }
  }

  @Test func `a pack that is wrong says where and how to mend it`() {
    let pack = """
      pack: x
      rules:
        - id: a
          title: t
          action: blok
          message: m
          source: s
          source_date: soon
          detectors: [emial]
          patterns: {pl: ['(']}
      """
    let error = #expect(throws: InvalidFiles.self) {
      try PolicyPack(SourceText(file: "Policies/x.yaml", text: pack))
    }
    #expect(
      error?.diagnostics.map(\.description) == [
        "Policies/x.yaml:5:13: error: 'blok' is not a value of 'action'; did you mean 'block'?",
        "Policies/x.yaml:8:18: error: 'soon' is no date such as '2026-11-20'",
        "Policies/x.yaml:9:17: error: there is no detector 'emial'; did you mean 'email'?",
        "Policies/x.yaml:10:23: error: '(' is not a pattern: missing closing parenthesis",
      ])
  }
}
