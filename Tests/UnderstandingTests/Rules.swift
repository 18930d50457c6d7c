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
    _ intents: [(String, String)], lexicon: String = lexicon
  ) throws -> Classifier {
    try classifier(intents, lexicons: [lexicon])
  }

  static func classifier(
    _ intents: [(String, String)], lexicons: [String]
  ) throws -> Classifier {
    let words = try lexicons.map { text in
      let locale = String(text.prefix { $0 != "\n" }.dropFirst("locale: ".count))
      let reader = YAMLReader(SourceText(file: "Concepts/\(locale).yaml", text: text))
      let lexicon = reader.root.flatMap { Lexicon(reading: $0, named: locale) }
      #expect(reader.diagnostics.isEmpty)
      return try #require(lexicon)
    }
    let parsed = intents.compactMap { name, text in
      YAMLReader(SourceText(file: "Intents/\(name).yaml", text: text)).root
        .flatMap { Intent(reading: $0, named: name) }
    }
    let finder = try EntityFinder(
      orderNumbers: [NumberForm(.orderNumber, #"zam-\d{4}"#)],
      trackingNumbers: [NumberForm(.trackingNumber, #"[a-z]{2}\d{9}pl"#, check: .s10)])
    return try Classifier(parsed, lexicons: words, entityFinder: finder)
  }
}
