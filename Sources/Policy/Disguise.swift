// How people write words and numbers so that a filter does not see them.

extension ReadableText {
  /// The forms of a text that rules look at: as it stands; with single characters drawn together;
  /// with digits read as letters; with numbers in words as digits; and, where the direction of
  /// writing is turned, backwards.
  static func forms(of text: String, by rules: ReadingRules) -> [ReadableText] {
    let spaced = ReadableText(reading: text, abbreviations: rules.abbreviations)
    let plain = spaced.withSingleSpaces()
    var forms = [plain]
    func add(_ form: ReadableText) {
      if !forms.contains(where: { $0.bytes == form.bytes }) { forms.append(form) }
    }
    let drawn = spaced.drawnTogether().withSingleSpaces()
    add(drawn)
    add(drawn.withLettersForDigits())
    add(plain.withDigitsForWords(rules.numbers))
    // U+202D and U+202E override the direction, U+2066 to U+2068 isolate, U+202A and U+202B embed.
    if text.unicodeScalars.contains(where: {
      (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value)
    }) {
      add(plain.backwards())
    }
    return forms
  }

  /// The text with runs of single characters drawn together.
  ///
  /// `5-0-1 2 3 4` → `501234`, `w h a t s a p p` → `whatsapp`. Two spaces are the border of words
  /// there.
  func drawnTogether() -> ReadableText {
    var result = ReadableText()
    var place = 0
    while place < bytes.count {
      let run = singles(from: place)
      // Four: `a b c` is a list, and `7-8-9` are sizes.
      if run.count >= 4 {
        for single in run { result.append(self, single..<single + 1) }
        place = (run.last ?? place) + 1
      } else {
        result.append(self, place..<place + 1)
        place += 1
      }
    }
    return result
  }

  /// The places of single letters, digits or marks of addresses with one separator between each.
  private func singles(from start: Int) -> [Int] {
    guard start == 0 || !isSingle(bytes[start - 1]) else { return [] }
    var run: [Int] = []
    var place = start
    while place < bytes.count, isSingle(bytes[place]),
      place + 1 == bytes.count || !isSingle(bytes[place + 1])
    {
      run.append(place)
      guard place + 2 < bytes.count, Self.separators.contains(bytes[place + 1]),
        isSingle(bytes[place + 2])
          // A stop between spaces is a part of the address that is spelled out.
          || bytes[place + 1] == 32 && bytes[place + 2] == 46
      else { break }
      if bytes[place + 2] == 46, place + 4 < bytes.count {
        run.append(place + 2)
        place += 4
      } else {
        place += 2
      }
    }
    return run
  }

  private static let separators: Set<UInt8> = Set(" -._*/|~+,".utf8)

  private func isSingle(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == 64 }

  /// The text with digits and marks inside words read as the letters that they resemble:
  /// `wh4ts4pp` → `whatsapp`, `r@bat` → `rabat`.
  func withLettersForDigits() -> ReadableText {
    var result = ReadableText()
    var place = 0
    while place < bytes.count {
      var end = place
      while end < bytes.count, bytes[end] > 32 { end += 1 }
      let word = bytes[place..<end]
      let letters = word.count(where: isLetter)
      let isAddress = word.contains(64) && word.contains(46)
      if letters >= 2, letters * 2 >= word.count, !isAddress {
        for index in word.indices {
          let inside = index + 1 < end && isLetter(bytes[index + 1])
          let mapped = Self.letters[bytes[index]].flatMap { inside ? $0 : nil } ?? bytes[index]
          result.append(mapped, from: origins[index])
        }
      } else {
        result.append(self, place..<end)
      }
      if end < bytes.count { result.append(self, end..<end + 1) }
      place = end + 1
    }
    return result
  }

  /// What digits and marks resemble inside a word: 0 o, 1 i, 3 e, 4 a, 5 s, 7 t, @ a, $ s, ! i.
  private static let letters: [UInt8: UInt8] = [
    48: 111, 49: 105, 51: 101, 52: 97, 53: 115, 55: 116, 64: 97, 36: 115, 33: 105,
  ]
}
