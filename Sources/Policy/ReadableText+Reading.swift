internal import Foundation

extension ReadableText {
  /// Reads a text.
  /// - Parameters:
  ///   - text: any text.
  ///   - abbreviations: words whose stop ends no sentence.
  init(reading text: String, abbreviations: Set<String>) {
    self.init(capacity: text.utf8.count + 16)
    let scalars = Array(text.unicodeScalars)
    let isLatin = scalars.count { Self.isASCIILetter($0) } * 2 > scalars.count / 2
    var offset = 0
    var index = 0
    while index < scalars.count {
      let end = scalars[index...].firstIndex(where: Self.isSpace) ?? scalars.count
      let word = scalars[index..<end]
      // Most words are ASCII, and nothing in them passes itself off as something else.
      let folds =
        word.contains { !$0.isASCII } && Self.hasLookAlikes(word, inLatinText: isLatin)
      let start = bytes.count
      for scalar in word {
        if scalar.isASCII {
          if let plain = Self.plainASCII(scalar) { append(plain, from: offset..<offset + 1) }
          offset += 1
          continue
        }
        let width = UTF8.width(scalar)
        if !folds, scalar.value < 0x250 {
          append(Self.latin[Int(scalar.value) - 0x80], from: offset..<offset + width)
          offset += width
          continue
        }
        append(Self.plain(scalar, foldsLookAlikes: folds).utf8, from: offset..<offset + width)
        offset += width
      }
      mendDigits(from: start)
      index = end
      guard end < scalars.count else { break }
      let next = scalars[end...].firstIndex { !Self.isSpace($0) } ?? scalars.count
      let spaces = scalars[end..<next]
      let width = spaces.reduce(0) { $0 + UTF8.width($1) }
      let goesOn = next < scalars.count && Self.isSmall(scalars[next])
      let lines = spaces.count { $0 == "\n" || $0 == "\u{2028}" || $0 == "\u{2029}" }
      let ends = lines > 1 || !goesOn && (lines == 1 || endsSentence(from: start, abbreviations))
      append(ends ? 10 : 32, from: offset..<offset + width)
      if !ends, spaces.count > 1 { append(32, from: offset..<offset + width) }
      offset += width
      index = next
    }
  }

  /// Whether the last word ends with a stop that ends a sentence.
  private func endsSentence(from start: Int, _ abbreviations: Set<String>) -> Bool {
    var word = bytes[start...]
    while let last = word.last, [34, 39, 41, 93].contains(last) { word = word.dropLast() }
    switch word.last {
    case UInt8(ascii: "!"), UInt8(ascii: "?"): return true
    case UInt8(ascii: "."):
      let stem = word.dropLast().drop { !isLetter($0) && !isDigit($0) }
      return !abbreviations.contains(String(decoding: stem, as: UTF8.self))
    default: return false
    }
  }

  /// Whether two groups of three digits and more stand right before a place: `501 104 77l` is no volume.
  private func isBehindDigits(_ place: Int) -> Bool {
    let groups = bytes[..<place].split(separator: 32, omittingEmptySubsequences: false).suffix(3)
    return groups.count == 3 && groups.last?.isEmpty == true
      && groups.dropLast().allSatisfy { $0.count >= 3 && $0.allSatisfy(isDigit) }
  }

  /// Letters among digits become digits: `5O1` → `501`.
  private mutating func mendDigits(from start: Int) {
    var place = start
    while place < bytes.count {
      var end = place
      while end < bytes.count, isLetter(bytes[end]) || isDigit(bytes[end]) { end += 1 }
      let run = bytes[place..<end]
      // o, i and l; a run of them alone is a word, and so is `10l` or `2i`: a unit, an index.
      if run.count > 2, run.contains(where: isDigit),
        run.last.map(isDigit) == true || run.count > 3 || isBehindDigits(start),
        run.allSatisfy({ isDigit($0) || [105, 108, 111].contains($0) })
      {
        for index in run.indices where !isDigit(bytes[index]) {
          replace(at: index, with: bytes[index] == 111 ? 48 : 49)
        }
      }
      place = max(end, place + 1)
    }
  }

  /// Cyrillic, Greek and other letters that look like Latin ones.
  private static let lookAlikes: [Unicode.Scalar: String] = [
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j",
    "ѕ": "s", "ԁ": "d", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "г": "r", "ӏ": "l",
    "ԝ": "w", "ԛ": "q", "һ": "h", "ѵ": "v", "п": "n", "и": "u", "з": "3", "ь": "b",
    "α": "a", "ο": "o", "ν": "v", "ρ": "p", "τ": "t", "ι": "i", "κ": "k", "υ": "u", "ε": "e",
    "η": "n", "χ": "x", "γ": "y", "ω": "w", "β": "b", "μ": "u", "σ": "o", "ζ": "z", "ϲ": "c",
    "ɑ": "a", "ɡ": "g", "ɩ": "i", "ʏ": "y", "ᴀ": "a", "օ": "o", "ս": "u", "հ": "h",
    "ɴ": "n", "ʀ": "r", "ʙ": "b", "ʟ": "l", "ɪ": "i", "ᴇ": "e", "ᴏ": "o", "ᴘ": "p", "ᴛ": "t",
    "ᴜ": "u", "ᴅ": "d", "ᴍ": "m", "ᴋ": "k", "ᴄ": "c", "ɢ": "g", "ʜ": "h", "ꜱ": "s", "ᴡ": "w",
  ]

  /// Letters that Unicode does not take apart, and marks that stand for plain ones.
  private static let indivisible: [Unicode.Scalar: String] = [
    "ł": "l", "ß": "ss", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i",
    "’": "'", "‘": "'", "ʼ": "'", "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "‒": "-", "•": ".", "·": ".", "∙": ".",
    "。": ".", "․": ".", "｡": ".", "⁄": "/", "∕": "/",
    "☆": "★", "⭐": "★", "✩": "★", "✪": "★", "✭": "★", "✮": "★", "✯": "★", "🌟": "★", "⚝": "★",
  ]

  private static func hasLookAlikes(
    _ word: ArraySlice<Unicode.Scalar>, inLatinText isLatin: Bool
  ) -> Bool {
    let letters = word.filter { $0.isASCII ? isASCIILetter($0) : $0.properties.isAlphabetic }
    let isMixed = letters.contains { $0.value < 0x250 } && letters.contains { $0.value >= 0x250 }
    return isMixed
      || isLatin && !letters.isEmpty && letters.allSatisfy { lookAlikes[$0.lowered] != nil }
  }

  /// The letter in a filled circle or square, or of a flag: 🅐, 🅰, 🇦.
  ///
  /// Unicode does not take them apart (block "Enclosed Alphanumeric Supplement").
  private static func enclosedLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    [0x1F150, 0x1F170, 0x1F1E6].lazy.filter { ($0..<$0 + 26).contains(Int(scalar.value)) }
      .compactMap { Unicode.Scalar(97 + scalar.value - UInt32($0)) }.first
  }

  private static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
    (65...90).contains(scalar.value) || (97...122).contains(scalar.value)
  }

  private static func isSmall(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? (97...122).contains(scalar.value) : scalar.properties.isLowercase
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80
      ? scalar.value == 32 || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
  }

  /// The lower case of an ASCII character; nil for control characters.
  private static func plainASCII(_ scalar: Unicode.Scalar) -> UInt8? {
    let byte = UInt8(truncatingIfNeeded: scalar.value)
    if byte < 0x20 || byte == 0x7F { return nil }
    return (65...90).contains(byte) ? byte + 32 : byte
  }

  /// The Latin letters and marks beyond ASCII, which are nearly all that a text has, as they read.
  private static let latin: [[UInt8]] = (0x80..<0x250).map { value in
    Unicode.Scalar(value).map { Array(plain($0, foldsLookAlikes: false).utf8) } ?? []
  }

  private static func plain(_ scalar: Unicode.Scalar, foldsLookAlikes: Bool) -> String {
    if let mark = indivisible[scalar] { return mark }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format
      || properties.generalCategory == .control
    {
      return ""
    }
    let parts = properties.lowercaseMapping.decomposedStringWithCompatibilityMapping.lowercased()
    return parts.unicodeScalars.reduce(into: "") { plain, part in
      switch part.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: break
      default:
        if let known = indivisible[part] {
          plain += known
        } else if foldsLookAlikes, let latin = lookAlikes[part] {
          plain += latin
        } else if part.properties.numericType == .decimal || part.properties.numericType == .digit,
          let digit = part.properties.numericValue
        {
          plain += String(Int(digit))
        } else if let letter = enclosedLetter(part) {
          plain.unicodeScalars.append(letter)
        } else {
          plain.unicodeScalars.append(part)
        }
      }
    }
  }
}

extension Unicode.Scalar {
  /// The letter in lower case, where that is one scalar.
  fileprivate var lowered: Unicode.Scalar {
    let mapping = properties.lowercaseMapping.unicodeScalars
    return mapping.count == 1 ? mapping.first ?? self : self
  }
}
