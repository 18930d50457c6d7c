internal import Commerce
internal import Foundation
internal import Language
internal import Patterns

/// The detectors' expressions, compiled once.
struct DetectorKit: Sendable {
  private let addresses: AddressFinder
  private let phones: PhoneFinder
  private let account: Pattern
  private let digits: Pattern
  private let notCard: Pattern
  private let touchesNumber: Pattern
  private let html: Pattern
  private let lineBreaks: Pattern
  private let languages: LanguageContrast

  /// Compiles the expressions.
  /// - Parameters:
  ///   - reading: what is known of languages.
  ///   - links: which links may stand in a message.
  ///   - languages: what tells languages apart.
  /// - Throws: `PatternError` for an expression that is wrong.
  init(
    _ reading: ReadingRules, _ links: LinkRules, languages: LanguageContrast
  ) throws(PatternError) {
    self.languages = languages
    addresses = try AddressFinder(reading, links)
    phones = try PhoneFinder(reading)
    account = try Pattern(#"(?<!\w)[a-z]{2} ?[0-9]{2}(?:[ .-]?[a-z0-9]){11,30}"#)
    digits = try Pattern(#"(?<![\w-])[0-9](?:[ ./-]?[0-9]){12,27}(?![\w-])"#)
    // Article numbers share their length with cards, and every tenth of them the check digit.
    notCard = try Pattern(#"(?:"# + reading.announcesNumber + #")[^\n]{0,24}$"#)
    touchesNumber = try Pattern(#"(?:"# + reading.announcesNumber + #")[^\p{L}\n]{0,4}$"#)
    html = try Pattern(
      #"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|&(?:[a-z]{2,8}|#x?[0-9a-f]{2,5});|&(?:nbsp|amp|quot|lt|gt)\b|<!--.*?-->"#,
      ignoresCase: true)
    lineBreaks = try Pattern(#"(?:\r?\n[ \t\x{a0}]*){3,}"#)
  }

  /// Where a detector fires.
  /// - Parameters:
  ///   - detector: the detector.
  ///   - text: the original text.
  ///   - form: a readable form of it.
  ///   - occasion: where the text goes.
  ///   - scratch: room for matches.
  /// - Returns: ranges of the original bytes, or nil when a search was given up.
  func ranges(
    of detector: Detector, in text: String, _ form: ReadableText, for occasion: Occasion,
    using scratch: borrowing MatchScratch
  ) -> [Range<Int>]? {
    switch detector {
    case .email: return addresses.emails(in: form, using: scratch)
    case .phone: return phones.phones(in: form, except: occasion.references, using: scratch)
    case .externalLink: return addresses.links(.foreign, in: text, form, occasion, using: scratch)
    case .insecureLink: return addresses.links(.insecure, in: text, form, occasion, using: scratch)
    case .deceptiveLink:
      return addresses.links(.deceptive, in: text, form, occasion, using: scratch)
    case .bankAccount:
      guard let international = proved(account, form, using: scratch, CheckSums.beginsWithIBAN),
        let polish = proved(
          digits, form, using: scratch,
          { CheckSums.isPolishAccount($0.map { Int($0) - 48 }) })
      else { return nil }
      return international + polish
    case .card: return cards(in: form, except: occasion.references, using: scratch)
    case .html: return matches(of: html, in: text, using: scratch)
    case .lineBreaks: return matches(of: lineBreaks, in: text, using: scratch)
    case .emoji: return emoji(in: text)
    case .length:
      guard let limit = occasion.lengthLimit, text.utf16.count > limit else { return [] }
      return [text.prefix(limit / 2).utf8.count..<text.utf8.count]
    case .wrongLanguage:
      guard let expected = occasion.locale?.language else { return [] }
      return languages.isForeign(text, expecting: expected) ? [0..<text.utf8.count] : []
    case .shouting: return shouting(in: text)
    }
  }

  private func matches(
    of pattern: Pattern, in text: String, using scratch: borrowing MatchScratch
  ) -> [Range<Int>]? {
    pattern.matches(in: Array(text.utf8).span, using: scratch)?.map(\.range)
  }

  /// Matches that a check sum proves.
  private func proved(
    _ pattern: Pattern, _ form: ReadableText, using scratch: borrowing MatchScratch,
    _ isProved: ([UInt8]) -> Bool
  ) -> [Range<Int>]? {
    pattern.matches(in: form.bytes.span, using: scratch)?.filter { match in
      isProved(form.bytes[match.range].filter { ![32, 45, 46, 47].contains($0) })
    }.map { form.originalRange(of: $0.range) }
  }

  /// Card numbers: digits that prove themselves and are not announced as something else.
  private func cards(
    in form: ReadableText, except references: [String], using scratch: borrowing MatchScratch
  ) -> [Range<Int>]? {
    guard let found = digits.matches(in: form.bytes.span, using: scratch) else { return nil }
    var cards: [Range<Int>] = []
    for match in found {
      let number = form.bytes[match.range].filter(isDigit)
      guard CheckSums.isCard(number.map { Int($0) - 48 }),
        !references.contains(where: { Array($0.utf8.filter(isDigit)) == number })
      else { continue }
      let line = form.sentence(around: match.range.lowerBound)
      let before = form.bytes.span.extracting(line.lowerBound..<match.range.lowerBound)
      switch notCard.firstMatch(in: before, using: scratch) {
      case .noMatch: cards.append(form.originalRange(of: match.range))
      case .match:
        // Four groups of four are how cards are written: only a word that touches them tells
        // otherwise.
        let groups = form.bytes[match.range].split { !isDigit($0) }.map(\.count)
        guard groups == [4, 4, 4, 4] else { continue }
        switch touchesNumber.firstMatch(in: before, using: scratch) {
        case .noMatch: cards.append(form.originalRange(of: match.range))
        case .match: continue
        case .limitReached: return nil
        }
      case .limitReached: return nil
      }
    }
    return cards
  }

  private func emoji(in text: String) -> [Range<Int>] {
    // Finding the borders of characters costs much more than finding out that there is no picture.
    guard text.unicodeScalars.contains(where: isPicture) else { return [] }
    var found: [Range<Int>] = []
    var offset = 0
    for character in text {
      let width = character.utf8.count
      if character.unicodeScalars.contains(where: isPicture) {
        found.append(offset..<offset + width)
      }
      offset += width
    }
    return found
  }

  /// Whether a scalar makes a picture of its character.
  private func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    // Arrows, punctuation and the mark ™ are text that may be shown as a picture, too.
    scalar.value >= 0x2139
      && (scalar.properties.isEmojiPresentation || scalar.value == 0xFE0F
        || scalar.properties.isEmoji && (scalar.value >= 0x2300 || scalar.value == 0x2139))
  }

  /// Whether five words in a row have no small letter of ASCII, without which nobody shouts.
  private func hasWordsWithoutSmallLetters(_ text: String) -> Bool {
    var words = 0
    for byte in text.utf8 where words < 5 {
      if byte == UInt8(ascii: " ") { words += 1 } else if isLetter(byte) { words = -1 }
    }
    return words >= 4
  }

  /// Runs of words in capitals: five of them with three letters or more, and no number among them.
  private func shouting(in text: String) -> [Range<Int>] {
    guard hasWordsWithoutSmallLetters(text) else { return [] }
    var found: [Range<Int>] = []
    var run: (start: Int, end: Int, words: Int)?
    var offset = 0
    for bytes in text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false) {
      let width = bytes.count
      // Most words have a small letter, and end a run.
      if bytes.contains(where: isLetter) {
        if let run, run.words >= 5 { found.append(run.start..<run.end) }
        run = nil
        offset += width + 1
        continue
      }
      let word = Substring(bytes)
      let letters = word.filter(\.isLetter)
      if !letters.isEmpty, letters.allSatisfy(\.isUppercase), !word.contains(where: \.isNumber) {
        run = (
          run?.start ?? offset, offset + width, (run?.words ?? 0) + (letters.count > 2 ? 1 : 0)
        )
      } else if !letters.isEmpty {
        if let run, run.words >= 5 { found.append(run.start..<run.end) }
        run = nil
      }
      offset += width + 1
    }
    if let run, run.words >= 5 { found.append(run.start..<run.end) }
    return found
  }
}
