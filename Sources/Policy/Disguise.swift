// How people write words and numbers so that a filter does not see them.

extension ReadableText {
  /// The forms of a text that rules look at: as it stands; with single characters drawn together;
  /// with digits read as letters; with numbers in words as digits; and, where the direction of
  /// writing is turned, backwards.
  static func forms(of text: String, by rules: ReadingRules) -> [ReadableText] {
    let spaced = ReadableText(reading: text, abbreviations: rules.abbreviations)
    let plain = spaced.withSingleSpaces()
    var forms = [plain]
    func add(_ form: ReadableText?) {
      guard let form, !forms.contains(where: { $0.bytes == form.bytes }) else { return }
      forms.append(form)
    }
    let drawn = spaced.drawnTogether()?.withSingleSpaces()
    add(drawn)
    add((drawn ?? plain).withLettersForDigits())
    add(plain.withDigitsForWords(rules))
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
  /// - Returns: the text; nil where nothing is to be drawn together.
  func drawnTogether() -> ReadableText? {
    var result: ReadableText?
    var place = 0
    while place < bytes.count {
      let run = singles(from: place)
      // Four: `a b c` is a list, and `7-8-9` are sizes.
      if run.count >= 4 {
        if result == nil { result = beginning(upTo: place) }
        for single in run { result?.append(self, single..<single + 1) }
        place = (run.last ?? place) + 1
      } else {
        result?.append(self, place..<place + 1)
        place += 1
      }
    }
    return result
  }

  /// The places of single letters, digits or marks of addresses with one separator between each.
  private func singles(from start: Int) -> [Int] {
    // Most places are inside a word, or begin one.
    guard isSingle(bytes[start]), start == 0 || !isSingle(bytes[start - 1]),
      start + 1 == bytes.count || !isSingle(bytes[start + 1])
    else { return [] }
    var run: [Int] = []
    var place = start
    while place < bytes.count, isSingle(bytes[place]),
      place + 1 == bytes.count || !isSingle(bytes[place + 1])
    {
      run.append(place)
      guard place + 2 < bytes.count, Self.isSeparator(bytes[place + 1]),
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

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "|"), UInt8(ascii: "~"),
      UInt8(ascii: "+"), UInt8(ascii: ","):
      true
    default: false
    }
  }

  private func isSingle(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == 64 }

  /// The text with digits and marks inside words read as the letters that they resemble:
  /// `wh4ts4pp` → `whatsapp`, `r@bat` → `rabat`.
  /// - Returns: the text; nil where it is the same.
  func withLettersForDigits() -> ReadableText? {
    var result: ReadableText?
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
          guard inside, let mapped = Self.letter(resembling: bytes[index]) else { continue }
          if result == nil { result = self }
          result?.replace(at: index, with: mapped)
        }
      }
      place = end + 1
    }
    return result
  }

  /// What digits and marks resemble inside a word.
  private static func letter(resembling byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0"): UInt8(ascii: "o")
    case UInt8(ascii: "1"), UInt8(ascii: "!"): UInt8(ascii: "i")
    case UInt8(ascii: "3"): UInt8(ascii: "e")
    case UInt8(ascii: "4"), UInt8(ascii: "@"): UInt8(ascii: "a")
    case UInt8(ascii: "5"), UInt8(ascii: "$"): UInt8(ascii: "s")
    case UInt8(ascii: "7"): UInt8(ascii: "t")
    default: nil
    }
  }
}
