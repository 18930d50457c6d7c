import Language
import Testing

@Suite struct FoldingTests {
  @Test(arguments: [
    ("GDZIE JEST MOJA PACZKA", "gdzie jest moja paczka"),
    ("Zażółć gęślą jaźń, ŁÓDŹ", "zazolc gesla jazn lodz"),
    ("Straße ÄÖÜ", "strasse aou"),
    ("příliš žluťoučký őű țș ŕľ", "prilis zlutoucky ou ts rl"),
    ("don't / don’t / wheres", "dont dont wheres"),
    ("„paczka”  -  «list»", "paczka list"),
    ("pa\u{200B}cz\u{AD}ka", "paczka"),
    ("ｐａｃｚｋａ ①", "paczka 1"),
    ("prooooszę hellooo", "prosze hello"),
    ("book 1000", "book 1000"),
    ("", ""),
  ])
  func `text is folded`(text: String, expected: String) {
    #expect(String(decoding: Folding.fold(text).bytes, as: UTF8.self) == expected)
  }

  @Test(arguments: [
    ("Gdzie jest? Kiedy!", 2), ("24.99 zł na shop.pl", 1), ("Tak. Nie.", 2), ("a\nb", 2),
    ("...", 0),
  ])
  func `sentences end where a reader ends them`(text: String, count: Int) {
    #expect(Utterance(text).clauses.count == count)
  }

  @Test func `folded words lead back to the buyer's own bytes`() {
    let utterance = Utterance("Mój żółty kubek")
    let word = 4..<9
    #expect(String(decoding: utterance.folded.bytes[word], as: UTF8.self) == "zolty")
    let range = utterance.originalRange(of: word)
    #expect(String(decoding: Array(utterance.text.utf8)[range], as: UTF8.self) == "żółty")
  }

  @Test func `folding twice is folding once, and every byte leads to a character`() {
    var state: UInt64 = 7
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let pieces = Array("aąbcłßé Ö.,!?\n'’-🙂жα漢①ｗ9\u{301}\u{200D}")
    for _ in 0..<500 {
      let text = String((0..<random(30)).map { _ in pieces[random(pieces.count)] })
      let folded = Folding.fold(text)
      let again = Folding.fold(String(decoding: folded.bytes, as: UTF8.self))
      #expect(again.bytes == folded.bytes, "\(text.debugDescription)")
      for index in folded.bytes.indices {
        let range = folded.originalRange(of: index..<index + 1)
        let part = String(validating: Array(text.utf8)[range], as: UTF8.self)
        #expect(part != nil, "\(text.debugDescription) at \(index)")
      }
    }
  }

  @Test func `the letters of a pattern are folded and its signs are not`() {
    #expect(Folding.pattern(#"\bzwróć\S+[ąę]"#) == #"\bzwroc\S+[ae]"#)
    #expect(Folding.keyword("Nie dotarł*") == Array("nie dotarl*".utf8))
  }
}
