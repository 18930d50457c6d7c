import Evaluation
import Foundation
import Odzew
import Testing

@Suite struct PageTests {
  /// What a stranger may write to break a page.
  private static let hostile =
    "<script>alert(1)</script><img src=x onerror=\"alert('2')\">]]>&amp;</p></td>\u{202E}\u{0}\u{7}--> 👍🏽 שלום"

  private func result(
    _ labels: [String], _ read: [String], _ text: String, _ locale: String = "pl",
    answered: Bool = true
  ) -> Accuracy.Result {
    Accuracy.Result(
      text: text, locale: locale, labels: labels, read: read, confidence: 0.9,
      isAnswered: answered, isLanguageRight: true)
  }

  private func page(of message: String, stated: LocaleTag? = nil) throws -> String {
    let bot = try CaseTests.bot.get()
    let responder = Responder(bot)
    var conversation = Conversation()
    let response = responder.respond(
      to: Request(id: "1", locale: stated, kind: .message(Request.Message(text: message))),
      in: &conversation, orders: [OrderNumber: Order](), at: .distantPast)
    let reading = responder.read(message, locale: stated)
    return ReadingPage(
      Rationale(of: reading, message, by: bot), response: response, stated: stated
    ).html
  }

  @Test func `every colour of text stands out from what it stands on, in light and dark`() throws {
    let html = Page(title: "x", body: "").html
    let schemes = html.split(separator: "@media (prefers-color-scheme: dark)", maxSplits: 1)
    let light = try Self.colours(in: try #require(schemes.first))
    let dark = try Self.colours(in: try #require(schemes.last))
    #expect(Set(light.keys) == Set(dark.keys))
    let backs = ["page", "sheet"]
    var pairs = ["ink", "soft", "accent", "good", "bad", "warn"].flatMap { ink in
      backs.map { (ink, $0, 4.5) }
    }
    for back in ["good-back", "bad-back", "warn-back"] {
      pairs += ["ink", "soft", "accent"].map { ($0, back, 4.5) }
    }
    for heat in ["cool", "warm"] {
      pairs += (1...3).map { ("ink", "\(heat)-\($0)", 4.5) } + [("page", "\(heat)-4", 4.5)]
    }
    pairs += (1...8).flatMap { number in backs.map { ("series-\(number)", $0, 3) } }
    for (scheme, colours) in [("light", light), ("dark", dark)] {
      for (front, back, least) in pairs {
        let contrast = Self.contrast(try #require(colours[front]), try #require(colours[back]))
        #expect(contrast >= least, "\(scheme): \(front) on \(back) is \(contrast)")
      }
    }
  }

  /// Colours by name, each as its relative luminance (WCAG 2.2).
  private static func colours(in style: Substring) throws -> [String: Double] {
    var colours: [String: Double] = [:]
    for match in style.matches(of: /--([a-z0-9-]+): #([0-9a-f]{3,6})/) {
      let digits = match.2.count == 3 ? match.2.flatMap { [$0, $0] } : Array(match.2)
      let parts = stride(from: 0, to: 6, by: 2).map { place -> Double in
        let part = Double(Int(String(digits[place...place + 1]), radix: 16) ?? 0) / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      colours[String(match.1)] = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    return colours
  }

  private static func contrast(_ left: Double, _ right: Double) -> Double {
    (max(left, right) + 0.05) / (min(left, right) + 0.05)
  }

  @Test func `a text stays a text in content and attributes`() {
    #expect("a<b & \"c\" > 'd'".xml == "a&lt;b &amp; &quot;c&quot; &gt; 'd'")
    #expect("\u{0}\u{1B}[1m\u{85}\u{FFFE}\t\r\n".xml == "\u{FFFD}\u{FFFD}[1m\u{FFFD}\u{FFFD}\t\r\n")
    #expect("parcel/in_transit.pl".anchor == "parcel/in_transit.pl")
    #expect("a b~\"é".anchor == "a~20b~7e~22~c3~a9")
  }

  @Test func `a page fetches and runs nothing, even if somebody's text could ask for it`() {
    let html = Page(title: Self.hostile, body: "").html
    #expect(html.contains("default-src 'none'"))
    #expect(!html.contains("<script") && !html.contains("<img"))
    #expect(html.tagFault == nil)
  }

  @Test func `marks leave the message as it was written`() throws {
    let messages = [
      "Gdzie jest moja pczka 620123456789012345678901? Nie doszła, i jak zwrócić drugą? Chcę zwrot pieniędzy.",
      "Where is my parcel?\nIt has not arrived 👍🏽 and I want my money back", "", "   ", "👩‍👩‍👧",
      Self.hostile, "\u{202E}gdzie jest moja paczka",
    ]
    for message in messages {
      let html = try page(of: message)
      #expect(html.tagFault == nil, "\(message)")
      #expect(!html.contains("<script") && !html.contains("<img"))
      let shown = try #require(
        html.firstMatch(of: /<p class="message"[^>]*>(.*?)<\/p>/.dotMatchesNewlines()))
      let words = shown.1.replacing(/<rp>.*?<\/rp>|<rt>.*?<\/rt>|<[^>]*>/, with: "")
      #expect(String(words) == message.xml)
    }
  }

  @Test func `what speaks for an intent is marked, what is denied is struck, typos are told`()
    throws
  {
    let html = try page(of: "where is my parcle? It has not arrived.")
    #expect(html.contains(/<span class="m"[^>]*title="[^"]*parcel_location \+\d[^"]*">where/))
    #expect(html.contains(/denied"[^>]*>arrived<\/span>/))
    #expect(html.contains("<rt>parcel</rt>"))
    #expect(html.contains("The bot <b>answers parcel_location</b>"))
    #expect(html.contains("told by its words and letters"))
    #expect(html.contains(/<p class="reply" dir="auto" lang="en">\S/))
    let stated = try page(of: "Parcel?", stated: LocaleTag("en"))
    #expect(stated.contains("said to be en"))
  }

  @Test func `of an endless message the beginning is shown, and how much is not`() throws {
    let message = String(repeating: "paczka ęą ", count: 4000)
    let html = try page(of: message)
    #expect(html.contains("bytes more are not shown"))
    #expect(html.utf8.count < 1_500_000)
    #expect(html.tagFault == nil)
  }

  @Test func `every mistake is found from the matrix, and no text breaks the page`() throws {
    let results =
      (1...3).map { result(["invoice"], ["exchange"], "\($0) \(Self.hostile)") }
      + [
        result([Self.hostile], ["exchange"], "a", Self.hostile),
        result(["out_of_scope"], ["invoice"], "weather", "en"),
        result(["invoice"], ["invoice"], String(repeating: "x", count: 1_000_000)),
        result(["invoice"], ["exchange"], String(repeating: "y ", count: 500_000)),
      ]
    let html = AccuracyPage(Accuracy(results), meanings: ["invoice": "asks for <an> invoice"]).html
    #expect(html.tagFault == nil)
    #expect(!html.contains("<script") && html.utf8.count < 60_000)
    let links = html.matches(of: #/href="#([^"]*)"/#).map { String($0.1) }
    let places = html.matches(of: #/\sid="([^"]*)"/#).map { String($0.1) }
    #expect(Set(links).isSubset(of: places) && Set(places).count == places.count)
    #expect(links.contains("as-invoice~to~exchange"))
    #expect(html.contains("title=\"invoice read as exchange: 4 of 5\">4</a>"))
    #expect(
      html.contains("would be answered as <b>invoice</b>, 90.0\u{A0}% sure; it is about nothing"))
    #expect(html.contains("it says <b>invoice</b> (asks for &lt;an&gt; invoice)"))
    #expect(AccuracyPage(Accuracy([])).html.contains("There are no messages."))
  }

  @Test func `three thousand messages of ninety intents make a page that opens at once`() {
    let results = (0..<3000).map { number in
      result(
        ["intent_\(number % 90)"], ["intent_\(number % 4 == 0 ? number % 7 : number % 90)"],
        "Message \(number): where is what I have ordered, and when will it be here?",
        ["pl", "en", "de"][number % 3])
    }
    let html = AccuracyPage(Accuracy(results)).html
    #expect(html.utf8.count < 1_000_000)
    #expect(html.tagFault == nil)
  }

  @Test
  func
    `replies are told apart by language, and what has changed or failed is listed with its reason`()
    throws
  {
    let outcomes = try ["en", "pl"].map { locale in
      try CaseTests.outcome(
        """
        order: ZAM-2026-1001
        messages: ['<script>x</script> \(locale == "en" ? "Where is my parcel?" : "Gdzie jest moja paczka?")']
        expect: {action: \(locale == "en" ? "reply" : "escalate")}
        """, named: "late & <lost>.\(locale)")
    }
    let html = CasePage(
      outcomes,
      differences: ["late & <lost>.en": WordDifference(from: "<i>old", to: "<i>new")]
    ).html
    #expect(html.tagFault == nil && !html.contains("<script"))
    #expect(html.contains("1 changed since they were accepted, 1 not as expected"))
    #expect(
      html.contains(
        "<li><a href=\"#late~20~26~20~3clost~3e.en\">late &amp; &lt;lost&gt;.en</a></li>"))
    #expect(html.contains("</a>: the action is 'reply', not 'escalate'</li>"))
    #expect(html.contains("<del>&lt;i&gt;old</del><ins>&lt;i&gt;new</ins>"))
    #expect(
      html.contains("data-label=\"pl\"")
        && html.contains("<p class=\"reply\" dir=\"auto\" lang=\"pl\">"))
  }
}

extension String {
  /// The first tag of a page that does not fit where it stands; nil where all do.
  var tagFault: String? {
    let void: Set<Substring> = ["meta", "link", "input", "br", "wbr", "path", "circle", "rect"]
    var open: [Substring] = []
    for tag in matches(of: /<(\/?)([a-zA-Z!][a-zA-Z0-9]*)([^<>"]|"[^"<>]*")*>/) {
      let name = tag.2
      if void.contains(name) || name.hasPrefix("!") { continue }
      if tag.1.isEmpty {
        open.append(name)
      } else if open.popLast() != name {
        return String(tag.0)
      }
    }
    let stray = replacing(/<(\/?)([a-zA-Z!][a-zA-Z0-9]*)([^<>"]|"[^"<>]*")*>/, with: "")
    return open.last.map(String.init) ?? (stray.contains("<") ? "a stray <" : nil)
  }
}
