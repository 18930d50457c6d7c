// How people write addresses and numbers so that a filter does not see them.

extension ReadableText {
  /// Words and brackets that stand for a mark of an address, in the languages at hand
  /// (policy-facts, section 2.6).
  ///
  /// Longer ones first.
  private static let spelledMarks: [(written: String, mark: UInt8)] = [
    ("klammeraffe", UInt8(ascii: "@")), ("zavinac", UInt8(ascii: "@")),
    ("malpka", UInt8(ascii: "@")), ("a rond", UInt8(ascii: "@")), ("arond", UInt8(ascii: "@")),
    ("malpa", UInt8(ascii: "@")), ("kukac", UInt8(ascii: "@")), ("(at)", UInt8(ascii: "@")),
    ("[at]", UInt8(ascii: "@")), ("{at}", UInt8(ascii: "@")), ("<at>", UInt8(ascii: "@")),
    ("(dot)", UInt8(ascii: ".")), ("[dot]", UInt8(ascii: ".")), ("{dot}", UInt8(ascii: ".")),
    ("(.)", UInt8(ascii: ".")), ("[.]", UInt8(ascii: ".")), ("kropka", UInt8(ascii: ".")),
    ("tecka", UInt8(ascii: ".")), ("bodka", UInt8(ascii: ".")), ("punkt", UInt8(ascii: ".")),
    ("punct", UInt8(ascii: ".")), ("pont", UInt8(ascii: ".")), ("dot", UInt8(ascii: ".")),
    ("ukosnik", UInt8(ascii: "/")), ("schragstrich", UInt8(ascii: "/")),
    ("slash", UInt8(ascii: "/")), ("@", UInt8(ascii: "@")), ("at", UInt8(ascii: "@")),
  ]

  /// The text with spelled-out marks in their place and the spaces around them gone:
  /// `sklep małpa example kropka com` → `sklep@example.com`.
  ///
  /// A bare "at" or "dot" is an English word: it counts only where both stand in the text.
  func withMarksInPlace() -> ReadableText {
    let whole = String(decoding: bytes, as: UTF8.self)
    let spellsEnglish = whole.contains(" at ") && whole.contains(" dot ")
    var result = ReadableText()
    var place = 0
    while place < bytes.count {
      if let (mark, length) = spelledMark(at: place, spellsEnglish) {
        var last = place + length
        result.removeTrailingSpaces()
        result.append([mark], from: originalRange(of: place..<last))
        while last < bytes.count, bytes[last] == UInt8(ascii: " ") { last += 1 }
        place = last
      } else {
        result.append([bytes[place]], from: origins[place])
        place += 1
      }
    }
    return result
  }

  private func spelledMark(at place: Int, _ spellsEnglish: Bool) -> (UInt8, Int)? {
    for (written, mark) in Self.spelledMarks {
      let wanted = Array(written.utf8)
      let end = place + wanted.count
      guard end <= bytes.count, bytes[place] == wanted[0], Array(bytes[place..<end]) == wanted
      else { continue }
      let isWord = isLetter(wanted[0])
      if isWord {
        // Whole words between spaces, and not at the end of a sentence.
        guard place > 0, bytes[place - 1] == UInt8(ascii: " "), end < bytes.count,
          bytes[end] == UInt8(ascii: " ")
        else { continue }
        if (written == "at" || written == "dot"), !spellsEnglish { continue }
      }
      return (mark, wanted.count)
    }
    return nil
  }

  private mutating func removeTrailingSpaces() {
    let kept = bytes.count - bytes.reversed().prefix { $0 == UInt8(ascii: " ") }.count
    let (shorter, origins) = (Array(bytes[..<kept]), Array(origins[..<kept]))
    self = ReadableText()
    for (byte, origin) in zip(shorter, origins) { append([byte], from: origin) }
  }

  /// The text with runs of single characters drawn together: `5-0-1 2 3 4` → `501234`,
  /// `w h a t s a p p` → `whatsapp`.
  func drawnTogether() -> ReadableText {
    var result = ReadableText()
    var place = 0
    while place < bytes.count {
      let run = singles(from: place)
      if run.count >= 4 {
        for single in run { result.append([bytes[single]], from: origins[single]) }
        place = (run.last ?? place) + 1
      } else {
        result.append([bytes[place]], from: origins[place])
        place += 1
      }
    }
    return result
  }

  /// The places of single letters or digits with one mark between each.
  private func singles(from start: Int) -> [Int] {
    guard start == 0 || !isAlphanumeric(bytes[start - 1]) else { return [] }
    var run: [Int] = []
    var place = start
    while place < bytes.count, isAlphanumeric(bytes[place]),
      place + 1 == bytes.count || !isAlphanumeric(bytes[place + 1])
    {
      run.append(place)
      guard place + 2 < bytes.count, [32, 45, 46, 95].contains(bytes[place + 1]) else { break }
      place += 2
    }
    return run
  }

  /// The text from its end to its beginning, as it reads where the direction of writing is turned.
  func backwards() -> ReadableText {
    var result = ReadableText()
    for (byte, origin) in zip(bytes, origins).reversed() { result.append([byte], from: origin) }
    return result
  }

  private func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }

  private func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLetter(byte) || (48...57).contains(byte)
  }
}
