import Commerce
import Diagnostics
import Foundation
import Policy
import Testing

/// Numbers from a seed (SplitMix64), so that a failure can be repeated.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct InvariantTests {
  /// Parts of which random texts are made: words, evasions, marks of all kinds.
  static let parts = [
    "paczka", "jest", "w", "drodze", "opinia", "rabat", "jan@example.com", "501 234 567", ".", ". ",
    "! ", "\n", "\n\n\n\n", "(", ")", "<b>", "&amp;", "📦", "\u{200B}", "\u{202E}", "www.sklep.pl",
    "https://bit.ly/x", "allegro.pl", "{{", "}}", "★★★★★", "małpa", "kropka", "pl", "pięć", "zero",
    "ą", "e\u{301}", "а", "@", "-", "5O1", " ", "  ", "\r\n", "\u{0}", "Dziękujemy", "za", "nie",
    "ale", "&#39;", "</b", "1090", "4111 1111 1111 1111", "👩‍👩‍👧", "\u{AD}", "DZIŚ", "100 zł",
  ]

  static func text(seed: UInt64) -> String {
    var numbers = SeededNumbers(state: seed)
    return (0..<Int.random(in: 0...40, using: &numbers)).map { _ in
      (parts.randomElement(using: &numbers) ?? "") + (Bool.random(using: &numbers) ? " " : "")
    }.joined()
  }

  @Test func `an approved text reviewed again passes unchanged`() throws {
    let filter = try Shipped.filter()
    for seed in UInt64(0)..<1000 {
      for occasion in [Occasion.reply(on: "allegro", "pl"), .reply(on: "amazon", "en")] {
        guard let left = filter.review(Self.text(seed: seed), for: occasion).left else { continue }
        guard case .passed(let again, _) = filter.review(left, for: occasion) else {
          Issue.record("seed \(seed): \(left.debugDescription)")
          continue
        }
        #expect(Array(again.text.utf8) == Array(left.utf8), "seed \(seed)")
      }
    }
  }

  @Test func `every finding lies in the text and quotes it`() throws {
    let filter = try Shipped.filter()
    for seed in UInt64(0)..<1000 {
      let text = Self.text(seed: seed)
      let bytes = Array(text.utf8)
      for finding in filter.review(text, for: .reply(on: "amazon", "pl")).findings {
        try #require(finding.range.upperBound <= bytes.count, "seed \(seed)")
        // What lies between two kept parts may have been removed before.
        #expect(
          finding.excerpt == String(decoding: bytes[finding.range], as: UTF8.self), "seed \(seed)")
        #expect(String(validating: bytes[finding.range], as: UTF8.self) != nil, "seed \(seed)")
      }
    }
  }

  @Test func `the same text gets the same ruling`() throws {
    let filter = try Shipped.filter()
    for seed in UInt64(0)..<100 {
      let text = Self.text(seed: seed)
      let occasion = Occasion.reply(on: "allegro", "pl")
      let (first, second) = (
        filter.review(text, for: occasion), filter.review(text, for: occasion)
      )
      #expect(first.findings == second.findings && first.left == second.left, "seed \(seed)")
    }
  }

  @Test func `a search that is given up blocks`() throws {
    let pack = try PolicyPack(
      SourceText(
        file: "Policies/p.yaml",
        text: """
          pack: p
          links: {marketplaces: {}}
          reading: {}
          rules:
            - {id: slow, title: t, action: warn, patterns: {any: ['(?:a|a|aa)+(?:a|aa)+x']}, \
            message: m, source: s, source_date: 2026-11-20}
          """))
    let ruling = try PolicyFilter([pack]).review(
      String(repeating: "a", count: 200) + "bx", for: .reply(on: "allegro", "pl"))
    #expect(ruling.isBlocked)
    #expect(ruling.findings.map(\.rule) == ["pattern-limit"])
    #expect(
      ruling.findings.map(\.message) == ["the rule 'slow' took too long over this text"])
  }

  @Test func `an approved text is written as its text alone`() throws {
    let ruling = try Shipped.filter().review("Dziękujemy.", for: .reply(on: "allegro", "pl"))
    guard case .passed(let text, _) = ruling else {
      Issue.record("\(ruling)")
      return
    }
    #expect(
      String(decoding: try JSONEncoder().encode([text]), as: UTF8.self) == #"["Dziękujemy."]"#)
  }

  @Test func `a text is judged as it is written, whatever was judged before`() throws {
    let composed =
      "Dziękujemy za wiadomość. Szczegóły prześlemy później. Proszę napisać na jan@example.com."
    let decomposed = composed.decomposedStringWithCanonicalMapping
    let occasion = Occasion.reply(on: "allegro", "pl", limit: composed.utf16.count)
    let packs = try Shipped.packs()
    for (first, second) in [(composed, decomposed), (decomposed, composed)] {
      let filter = try PolicyFilter(packs)
      _ = filter.review(first, for: occasion)
      let after = filter.review(second, for: occasion)
      let alone = try PolicyFilter(packs).review(second, for: occasion)
      #expect(after.findings == alone.findings)
      #expect(after.left.map { Array($0.utf8) } == alone.left.map { Array($0.utf8) })
    }
  }
}
