internal import Foundation

/// A text as a person reads it, whatever it is made of: the form that rules are matched against,
/// with a way back to the original bytes.
///
/// Compatibility forms are plain, invisible characters are gone, digits of every script are ASCII,
/// letters are lower case without diacritics, and look-alike letters in a word of mixed scripts are
/// Latin (policy-facts, section 2.6).
struct ReadableText {
  private(set) var bytes: [UInt8] = []
  /// For each byte the original bytes that it came from.
  private(set) var origins: [Range<Int>] = []

  init() {}

  /// The original bytes behind some of these.
  func originalRange(of range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else { return 0..<0 }
    let parts = origins[range]
    // Not first and last alone: a reversed text runs the other way.
    let start = parts.map(\.lowerBound).min() ?? 0
    return start..<(parts.map(\.upperBound).max() ?? start)
  }

  mutating func append(_ text: some Sequence<UInt8>, from origin: Range<Int>) {
    for byte in text {
      bytes.append(byte)
      origins.append(origin)
    }
  }

  /// The forms of a text that rules look at: as it stands; with spelled-out marks in place; with
  /// single characters drawn together; and backwards where it turns the direction of writing.
  static func forms(of text: String) -> [ReadableText] {
    let plain = ReadableText(reading: text)
    var forms = [plain]
    for form in [plain.withMarksInPlace(), plain.drawnTogether()] where form.bytes != plain.bytes {
      forms.append(form)
      let both = form.withMarksInPlace()
      if both.bytes != form.bytes { forms.append(both) }
    }
    if text.unicodeScalars.contains(where: { [0x202D, 0x202E, 0x2066, 0x2067].contains($0.value) })
    {
      forms.append(plain.backwards())
    }
    return forms
  }

  private init(reading text: String) {
    var offset = 0
    for word in text.unicodeScalars.split(
      omittingEmptySubsequences: false, whereSeparator: { $0.properties.isWhitespace })
    {
      let isMixed = Self.mixesScripts(word)
      for scalar in word {
        let width = UTF8.width(scalar)
        append(Self.plain(scalar, isMixed: isMixed).utf8, from: offset..<offset + width)
        offset += width
      }
      if word.endIndex < text.unicodeScalars.endIndex {
        let space = text.unicodeScalars[word.endIndex]
        let width = UTF8.width(space)
        let isLineEnd = space == "\n" || space == "\r" || space == "\u{2028}"
        append([UInt8(ascii: isLineEnd ? "\n" : " ")], from: offset..<offset + width)
        offset += width
      }
    }
  }

  /// Cyrillic and Greek letters that look like Latin ones.
  private static let lookAlikes: [Unicode.Scalar: String] = [
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j",
    "ѕ": "s", "ԁ": "d", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "г": "r", "ӏ": "l",
    "α": "a", "ο": "o", "ν": "v", "ρ": "p", "τ": "t", "ι": "i", "κ": "k", "υ": "u", "ε": "e",
    "η": "n", "χ": "x", "γ": "y", "ω": "w",
  ]

  private static let indivisible: [Unicode.Scalar: String] = [
    "ł": "l", "ß": "ss", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i",
    // Marks that stand for plain ones.
    "’": "'", "‘": "'", "“": "\"", "”": "\"", "„": "\"", "–": "-", "—": "-", "‐": "-", "‑": "-",
    "−": "-", "∙": ".", "。": ".", "․": ".", "⁄": "/", "∕": "/", "﹫": "@",
  ]

  private static func mixesScripts(_ word: Substring.UnicodeScalarView) -> Bool {
    var (latin, other) = (false, false)
    for scalar in word where scalar.properties.isAlphabetic {
      if scalar.value < 0x250 { latin = true }
      if lookAlikes[Unicode.Scalar(scalar.properties.lowercaseMapping) ?? scalar] != nil {
        other = true
      }
    }
    return latin && other
  }

  private static func plain(_ scalar: Unicode.Scalar, isMixed: Bool) -> String {
    if scalar.isASCII {
      return scalar.value < 0x20 || scalar.value == 0x7F ? "" : scalar.properties.lowercaseMapping
    }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint && !properties.isEmojiPresentation { return "" }
    if [0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069].contains(where: { $0 ~= scalar.value }) {
      return ""
    }
    let lowered = properties.lowercaseMapping
    return lowered.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars.reduce(
      into: ""
    ) { plain, part in
      switch part.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: break
      default:
        if let known = indivisible[part] {
          plain += known
        } else if isMixed, let latin = lookAlikes[part] {
          plain += latin
        } else if part.properties.numericType == .decimal, let digit = part.properties.numericValue
        {
          plain += String(Int(digit))
        } else {
          plain.unicodeScalars.append(part)
        }
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate init?(_ text: String) {
    guard text.unicodeScalars.count == 1, let only = text.unicodeScalars.first else { return nil }
    self = only
  }
}
