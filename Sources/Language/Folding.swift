// Foundation for Unicode's compatibility decomposition, which the standard library keeps to itself.
internal import Foundation

/// A text as rules read it: lower case, without diacritics, with plain spaces, and with a way back
/// to the bytes that the buyer wrote.
public struct FoldedText: Sendable, Hashable {
  /// The folded bytes: words with single spaces between, nothing else.
  public internal(set) var bytes: [UInt8] = []
  /// For each folded byte the original byte it came from, and one more for the end.
  var origins: [Int] = [0]
  /// Where sentences end: positions in `bytes`.
  var breaks: [Int] = []

  /// The original bytes behind some folded ones, on character borders.
  /// - Parameter folded: a range of `bytes`.
  /// - Returns: a range of the original text's UTF-8.
  public func originalRange(of folded: Range<Int>) -> Range<Int> {
    guard !folded.isEmpty else { return origins[folded.lowerBound]..<origins[folded.lowerBound] }
    return origins[folded.lowerBound]..<ends[folded.upperBound - 1]
  }

  /// The folded bytes that came from some original ones.
  /// - Parameter original: a range of the original text's UTF-8.
  /// - Returns: a range of `bytes`, or nil where nothing of the original was kept.
  package func foldedRange(of original: Range<Int>) -> Range<Int>? {
    let inside = bytes.indices.filter { original.contains(origins[$0]) }
    guard let first = inside.first, let last = inside.last else { return nil }
    return first..<last + 1
  }

  /// For each folded byte where the character that it came from ends.
  var ends: [Int] = []
}

/// How a text is folded.
///
/// - letters to lower case without diacritics: `Ł` → `l`, `ß` → `ss`, `é` → `e`; letters of other
///   scripts keep their shape;
/// - pictures (😡) stand as words of their own;
/// - compatibility forms to plain ones (NFKC): full-width and mathematical letters, ligatures;
/// - apostrophes inside words vanish (`don't` → `dont`), other punctuation becomes a space;
/// - invisible and control characters vanish; spaces are single;
/// - a letter three times or more in a row stands once (`prooosze` → `prosze`).
///
/// Folding a folded text changes nothing.
public enum Folding {
  /// Folds a text in one pass.
  /// - Parameter text: any text.
  /// - Returns: its folded form.
  /// - Complexity: O(n) in the text's length.
  public static func fold(_ text: String) -> FoldedText {
    var folder = Folder(capacity: text.utf8.count)
    var offset = 0
    var isAfterStop = false
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      defer { offset += width }
      // Nearly every character is a plain letter, digit or space.
      switch scalar.value {
      case 0x61...0x7A, 0x30...0x39:
        isAfterStop = false
        folder.append(UInt8(truncatingIfNeeded: scalar.value), from: offset)
        continue
      case 0x41...0x5A:
        isAfterStop = false
        folder.append(UInt8(truncatingIfNeeded: scalar.value | 0x20), from: offset)
        continue
      case 0x20:
        if isAfterStop { folder.endSentence() }
        isAfterStop = false
        folder.space(at: offset)
        continue
      default: break
      }
      // A full stop ends a sentence only before a space: not in 24.99 or shop.pl.
      if isAfterStop, scalar.properties.isWhitespace { folder.endSentence() }
      isAfterStop = scalar == "."
      switch kind(of: scalar) {
      case .text(let bytes): folder.append(bytes, from: offset, width: width)
      case .nothing: continue
      case .space: folder.space(at: offset)
      case .picture(let bytes):
        folder.space(at: offset)
        folder.append(bytes, from: offset, width: width)
        folder.space(at: offset + width)
      case .sentenceEnd:
        folder.endSentence()
        folder.space(at: offset)
      }
    }
    folder.finish(at: offset)
    return folder.result
  }

  /// The folded bytes of a keyword: a word or phrase in which `*` stands for the rest of a word and
  /// `..` between two words for other words.
  ///
  /// A lexicon has tens of thousands of them, so this keeps no way back.
  /// - Parameter keyword: the keyword as its author wrote it.
  /// - Returns: its folded words with single spaces, with every `*` and `..` where it was.
  public static func keyword(_ keyword: String) -> [UInt8] {
    let space = UInt8(ascii: " ")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(keyword.utf8.count)
    var isAfterSpace = false
    var isAfterBlank = false
    var dots = 0
    func append(_ more: some Sequence<UInt8>) {
      if isAfterSpace, !bytes.isEmpty { bytes.append(space) }
      isAfterSpace = false
      for byte in more {
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        // Three in a row stand once, as in a message.
        if isLetter, bytes.count >= 2, bytes[bytes.count - 1] == byte,
          bytes[bytes.count - 2] == byte
        {
          bytes.removeLast()
        } else {
          bytes.append(byte)
        }
      }
    }
    for scalar in keyword.unicodeScalars {
      if scalar == "." {
        dots += 1
        if dots == 2 { append("..".utf8) }
        isAfterSpace = true
        continue
      }
      dots = 0
      if scalar == " " {
        isAfterSpace = true
        isAfterBlank = true
        continue
      }
      if scalar == "*" {
        // "e-mail-*": a sign between word and star parts nothing.
        if !isAfterBlank { isAfterSpace = false }
        append(CollectionOfOne(UInt8(ascii: "*")))
        isAfterBlank = false
        continue
      }
      switch kind(of: scalar) {
      case .text(let letters):
        append(letters)
        isAfterBlank = false
      case .picture(let picture):
        isAfterSpace = true
        append(picture)
        isAfterSpace = true
      case .space, .sentenceEnd: isAfterSpace = true
      case .nothing: continue
      }
    }
    return bytes
  }

  /// Folds the letters of an expression and leaves everything else as it is, so that authors may
  /// write `zwróć` in a pattern that is matched against folded text.
  /// - Parameter pattern: a regular expression.
  /// - Returns: the expression with its non-ASCII letters folded.
  public static func pattern(_ pattern: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(pattern.utf8.count)
    for scalar in pattern.unicodeScalars {
      if scalar.isASCII {
        result.append(UInt8(truncatingIfNeeded: scalar.value))
      } else if case .text(let bytes) = kind(of: scalar) {
        result += bytes
      } else {
        result += String(scalar).utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  fileprivate enum Kind {
    case text([UInt8])
    case picture([UInt8])
    case space
    case sentenceEnd
    case nothing
  }

  fileprivate static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case ..<0x250: latin[Int(scalar.value)]
    case 0x2000..<0x2070: punctuation[Int(scalar.value) - 0x2000]
    default: computedKind(of: scalar)
    }
  }

  /// The kinds of ASCII and of the Latin blocks, which hold nearly every character of a message.
  private static let latin: [Kind] = (0..<0x250).map { value in
    Unicode.Scalar(value).map(computedKind(of:)) ?? .nothing
  }

  /// The kinds of general punctuation: dashes, quotation marks, spaces.
  private static let punctuation: [Kind] = (0x2000..<0x2070).map { value in
    Unicode.Scalar(UInt32(value)).map(computedKind(of:)) ?? .nothing
  }

  /// Letters that Unicode does not take apart.
  private static let indivisible: [Unicode.Scalar: String] = [
    "ł": "l", "ß": "ss", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d",
    "ħ": "h", "ŧ": "t",
  ]

  /// Signs that part no word, as in `isn't`, and as in the letter ŉ.
  private static let apostrophes: Set<Unicode.Scalar> = ["'", "’", "‘", "ʼ", "`", "´", "′"]

  private static func computedKind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar {
    case "!", "?", ";", "\n", "\r", "…", "\u{2028}", "\u{2029}", "？", "！": return .sentenceEnd
    case _ where apostrophes.contains(scalar): return .nothing
    default: break
    }
    if scalar.properties.isWhitespace { return .space }
    if scalar.properties.isDefaultIgnorableCodePoint { return .nothing }
    // Pictures begin above the arrows; digits and signs below can be emoji too, and are not meant.
    if scalar.value >= 0x2600, scalar.properties.isEmoji {
      return scalar.properties.isEmojiModifier ? .nothing : .picture(Array(String(scalar).utf8))
    }
    if scalar.properties.generalCategory == .control { return .nothing }
    let lowered = scalar.properties.lowercaseMapping
    var bytes: [UInt8] = []
    for part in lowered.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      switch part.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: continue
      case _ where apostrophes.contains(part): continue
      case .lowercaseLetter, .uppercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter,
        .decimalNumber, .spacingMark:
        if let plain = indivisible[part] {
          bytes += plain.utf8
        } else if part.properties.numericType == .decimal, let digit = part.properties.numericValue
        {
          bytes.append(UInt8(ascii: "0") + UInt8(digit))
        } else {
          bytes += String(part).utf8
        }
      default: return .space
      }
    }
    // A combining mark alone: the letter before it has been folded without it.
    return bytes.isEmpty ? .nothing : .text(bytes)
  }
}

/// The state of one pass.
private struct Folder {
  var result = FoldedText()
  private var starts: [Int] = []
  private var pendingSpace: Int?
  /// How often the last byte stands in a row.
  private var repeats = 0

  init(capacity: Int) {
    result.bytes.reserveCapacity(capacity)
    result.ends.reserveCapacity(capacity)
    starts.reserveCapacity(capacity + 1)
  }

  mutating func append(_ byte: UInt8, from offset: Int) {
    closeSpace(at: offset)
    push(byte, from: offset, to: offset + 1)
  }

  mutating func append(_ bytes: [UInt8], from offset: Int, width: Int) {
    closeSpace(at: offset)
    for byte in bytes { push(byte, from: offset, to: offset + width) }
  }

  private mutating func closeSpace(at offset: Int) {
    if let space = pendingSpace, !result.bytes.isEmpty {
      push(UInt8(ascii: " "), from: space, to: offset)
    }
    pendingSpace = nil
  }

  private mutating func push(_ byte: UInt8, from start: Int, to end: Int) {
    let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    repeats = isLetter && result.bytes.last == byte ? repeats + 1 : 1
    if repeats >= 3 {
      // The first of them stands for all.
      if repeats == 3 {
        result.bytes.removeLast()
        result.ends.removeLast()
        starts.removeLast()
      }
      result.ends[result.ends.count - 1] = end
      return
    }
    result.bytes.append(byte)
    result.ends.append(end)
    starts.append(start)
  }

  mutating func space(at offset: Int) {
    if pendingSpace == nil { pendingSpace = offset }
  }

  mutating func endSentence() {
    if !result.bytes.isEmpty, result.breaks.last != result.bytes.count {
      result.breaks.append(result.bytes.count)
    }
  }

  mutating func finish(at end: Int) {
    result.origins = starts + [end]
  }
}
