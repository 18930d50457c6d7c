import Commerce
import Policy
import Testing

/// A text that must be caught, by which rule.
struct Evasion: CustomTestStringConvertible, Sendable {
  let rule: String
  let channel: String
  let locale: String
  let text: String
  var testDescription: String { "\(rule): \(text)" }

  init(_ rule: String, _ channel: String, _ locale: String, _ text: String) {
    (self.rule, self.channel, self.locale, self.text) = (rule, channel, locale, text)
  }
}

@Suite struct EvasionTests {
  static let table: [Evasion] = [
    Evasion(
      "contact-email", "allegro", "pl", "Proszę pisać: biuro (małpa) kubki (kropka) pl teraz."),
    Evasion(
      "contact-email", "allegro", "pl", "Nasz adres to b i u r o @ k u b k i . p l i czekamy."),
    Evasion("contact-email", "amazon", "en", "You can reach support AT mugs DOT com any time."),
    Evasion("contact-email", "amazon", "en", "Mail support＠mugs．com please."),
    Evasion("contact-email", "amazon", "en", "Mail support@mu\u{200B}gs.com please."),
    Evasion("contact-email", "amazon", "en", "Mail \u{202E}moc.sgum@troppus\u{202C} please."),
    Evasion("contact-email", "amazon", "en", "Mail ѕupport@mugs.com please."),
    Evasion("contact-phone", "allegro", "pl", "Nr 5O1 234 567 czynny od ósmej."),
    Evasion("contact-phone", "allegro", "pl", "Zapraszamy ٥٠١ ٢٣٤ ٥٦٧ codziennie."),
    Evasion("contact-phone", "allegro", "pl", "Zapraszamy 𝟓𝟎𝟏-𝟐𝟑𝟒-𝟓𝟔𝟕 codziennie."),
    Evasion("contact-phone", "allegro", "pl", "Dzwonić (501) 234*567 codziennie."),
    Evasion("contact-phone", "allegro", "pl", "Pięćset jeden, dwieście trzydzieści cztery, 567."),
    Evasion("contact-phone", "amazon", "en", "Oh two oh, seven nine four six, oh nine five eight."),
    Evasion("contact-phone", "amazon", "en", "Reach me: 0 7 7 0 0 9 0 0 1 2 3."),
    Evasion("contact-phone", "amazon", "en", "First 07700, then nine hundred and finally 123."),
    Evasion("contact-phone", "allegro", "pl", "Najpierw 501. Potem 234. Na końcu 567."),
    Evasion("contact-phone", "kaufland", "de", "Vorwahl 030, danach 901820."),
    Evasion("contact-phone", "emag", "hu", "06 20 aztán 345 6789"),
    Evasion("contact-phone", "emag", "ro", "0722 urmat de 123 și 456"),
    Evasion(
      "external-link", "allegro", "pl", "Instrukcja jest na kubki-kowalski . pl / pomoc dla Pani."),
    Evasion("external-link", "allegro", "pl", "Zobacz kubki kropka eu oraz napisz."),
    Evasion("external-link", "allegro", "pl", "Zwrot: https://аllegro.pl/zwrot"),
    Evasion("external-link", "allegro", "pl", "Zwrot: https://allegro.pl@zwroty.example/x"),
    Evasion("external-link", "allegro", "pl", "Zwrot: https://xn--llegro-4of.pl/x"),
    Evasion("external-link", "allegro", "pl", "Śledzenie: bit.ly/3abcd"),
    Evasion("external-link", "allegro", "pl", "Zwrot: https://allegro.pl:8443/zwrot"),
    Evasion("external-link", "allegro", "pl", "Kup na https://www.amazon.pl/dp/1"),
    Evasion("external-link", "amazon", "en", "Go to hxxp://mughouse[.]com for the manual."),
    Evasion("external-link", "amazon", "en", "Details: https://arnazon.com/refund"),
    Evasion("review-incentive", "allegro", "pl", "Za оpinię dаjemy rаbat 10%."),
    Evasion("review-incentive", "allegro", "pl", "Czeka na Pana r a b a t  z a  o p i n i ę."),
    Evasion("review-incentive", "allegro", "pl", "Za 5 ★ wysyłka kolejnej paczki gratis."),
    Evasion(
      "review-incentive", "allegro", "pl", "Nie kupujemy opinii, ale za komentarz czeka prezent."),
    Evasion("review-incentive", "amazon", "en", "Your r3view gets you a fr\u{AD}ee mug."),
    Evasion("off-platform-redirect", "allegro", "pl", "Przejdźmy na W-h-a-t-s-A-p-p."),
    Evasion("off-platform-redirect", "allegro", "pl", "Zapraszamy na wh4ts4pp do rozmowy."),
    Evasion("contact-email", "allegro", "pl", "Zdjęcia na adres jan.kubki gmail wystarczą."),
    Evasion("external-link", "allegro", "pl", "Instrukcja: kubki-kowalski . c o m od dziś."),
    Evasion("contact-phone", "allegro", "pl", "Codziennie od ósmej: 5O1 lO4 55l, zapraszamy."),
    Evasion("contact-phone", "emag", "hu", "Magyarországról 0036 20 ... 345 ... 67 ... 89."),
    Evasion(
      "contact-phone", "emag", "ro",
      "Plus patru zero, șapte doi doi, unu doi trei, patru cinci șase."),
    Evasion("contact-phone", "emag", "ro", "Numărul începe cu 0722.\nApoi vine 123.\nRestul: 456."),
    Evasion(
      "placeholder-leak", "allegro", "pl", "Państwa paczka dotrze w dniu null i będzie czekać."),
    Evasion("placeholder-leak", "kaufland", "cs", "Zásilka dorazí dne null."),
    Evasion("placeholder-leak", "amazon", "en", "It was sent by undefined, and arrives soon."),
  ]

  /// Texts in another language than the conversation's, also where two languages are much alike.
  static let foreign: [Evasion] = [
    Evasion(
      "wrong-language", "allegro", "pl", "Náhradný kábel posielame zajtra, príde vo štvrtok."),
    Evasion(
      "wrong-language", "allegro", "sk", "Zboží odešleme zítra a dorazí ve čtvrtek dopoledne."),
    Evasion("wrong-language", "kaufland", "cs", "Tovar odošleme zajtra a doručíme ho vo štvrtok."),
    Evasion(
      "wrong-language", "emag", "ro", "Bună ziua, a futár holnap délelőtt viszi ki a csomagot."),
    Evasion("wrong-language", "emag", "hu", "Coletul a plecat ieri și ajunge mâine dimineață."),
    Evasion(
      "wrong-language", "amazon", "en",
      "Votre colis est parti hier et sera livré demain matin avant midi, merci beaucoup."),
    Evasion("wrong-language", "amazon", "de", "Your parcel left yesterday and arrives tomorrow."),
  ]

  @Test(arguments: foreign)
  func `a text in another language is seen by the words that only that one has`(
    evasion: Evasion
  ) throws {
    let ruling = try Shipped.filter().review(
      evasion.text, for: .reply(on: evasion.channel, evasion.locale))
    #expect(ruling.rules.contains(evasion.rule), "\(ruling)")
  }

  @Test(arguments: table)
  func `a disguise does not help`(evasion: Evasion) throws {
    let ruling = try Shipped.filter().review(
      evasion.text, for: .reply(on: evasion.channel, evasion.locale))
    #expect(ruling.rules.contains(evasion.rule), "\(ruling)")
  }

  @Test func `a finding quotes the original bytes`() throws {
    let text = "Zapraszamy. Mail: supp\u{200B}ort＠mugs．com, dziękujemy."
    let ruling = try Shipped.filter().review(text, for: .reply(on: "allegro", "pl"))
    let finding = try #require(ruling.findings.first { $0.rule == "contact-email" })
    #expect(finding.excerpt == "supp\u{200B}ort＠mugs．com")
    #expect(String(decoding: Array(text.utf8)[finding.range], as: UTF8.self) == finding.excerpt)
  }

  @Test func `hidden characters alone are no violation`() throws {
    let ruling = try Shipped.filter().review(
      "Paczka\u{200B} jest w dro\u{AD}dze.", for: .reply(on: "allegro", "pl"))
    #expect(ruling.rules == [])
  }

  @Test func `all rules that fire are reported`() throws {
    let ruling = try Shipped.filter().review(
      "Za opinię damy rabat, proszę dzwonić: 501 234 567 albo pisać na jan@example.com.",
      for: .reply(on: "allegro", "pl"))
    #expect(ruling.isBlocked)
    #expect(
      ruling.rules.isSuperset(of: ["review-incentive", "contact-phone", "contact-email"]))
  }
}
