import Diagnostics
import Language
import Testing
import Understanding

/// Rules to test with.
enum Rules {
  static let lexicon = """
    locale: pl
    function_words: [gdzie, jest, moja, to, jak, palka]
    clause_breaks: [i jak]
    negation: {before: [nie], prefixes: [nie]}
    quotation: {introductions: [napisał], footers: [wysłane z]}
    concepts:
      parcel: [paczk*, paczka]
      where: [gdzie]
      arrive: [dotar*]
      back: [zwrot, zwrotu, zwróc*]
      hello: [dzień dobry]
    """

  static func intent(_ name: String, _ body: String) -> (String, String) {
    (name, "intent: \(name)\nmeaning: x\n" + body)
  }

  static func classifier(
    _ intents: [(String, String)], lexicon: String = lexicon, hints: [String] = []
  ) throws -> Classifier {
    try classifier(intents, lexicons: [lexicon], hints: hints)
  }

  static func classifier(
    _ intents: [(String, String)], lexicons: [String], hints: [String] = []
  ) throws -> Classifier {
    func parsed<Content>(
      _ texts: [String], in folder: String, _ make: (YAMLMapping, String) -> Content?
    ) throws -> [Content] {
      try texts.map { text in
        let locale = String(text.prefix { $0 != "\n" }.dropFirst("locale: ".count))
        let reader = YAMLReader(SourceText(file: "\(folder)/\(locale).yaml", text: text))
        let content = reader.root.flatMap { make($0, locale) }
        #expect(reader.diagnostics.isEmpty)
        return try #require(content)
      }
    }
    let words = try parsed(lexicons, in: "Concepts") { Lexicon(reading: $0, named: $1) }
    let said = try parsed(hints, in: "Hints") { Hints(reading: $0, named: $1) }
    let wanted = intents.compactMap { name, text in
      YAMLReader(SourceText(file: "Intents/\(name).yaml", text: text)).root
        .flatMap { Intent(reading: $0, named: name) }
    }
    let finder = try EntityFinder(
      orderNumbers: [NumberForm(.orderNumber, #"zam-\d{4}"#)],
      trackingNumbers: [NumberForm(.trackingNumber, #"[a-z]{2}\d{9}pl"#, check: .s10)])
    return try Classifier(wanted, lexicons: words, hints: said, entityFinder: finder)
  }
}
