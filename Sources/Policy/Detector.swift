internal import Commerce
internal import Foundation
internal import Language
internal import Patterns

/// Something that a rule can look for by name, because no pattern alone could prove it.
enum Detector: String, CaseIterable, Sendable {
  case email
  case phone
  /// A link or host that may not stand in the message.
  case externalLink = "external_link"
  /// An allowed host without encryption.
  case insecureLink = "insecure_link"
  /// A shortener, or a host that passes itself off as another.
  case deceptiveLink = "deceptive_link"
  /// A bank account that proves itself.
  case bankAccount = "bank_account"
  /// A payment card that proves itself.
  case card
  case emoji
  /// HTML tags and entities.
  case html
  /// More than two line ends in a row.
  case lineBreaks = "line_breaks"
  /// A text beyond the channel's limit.
  case length
  /// A text in another language than the conversation's.
  case wrongLanguage = "wrong_language"
}

/// The expressions of the detectors, compiled once.
struct DetectorKit: Sendable {
  private let email: Pattern
  private let phones: [Pattern]
  private let link: Pattern
  private let account: Pattern
  private let digits: Pattern
  private let html: Pattern
  private let lineBreaks: Pattern

  private let languages: LanguageDetector?

  /// Compiles the expressions.
  /// - Parameter languages: what tells languages apart, where a pack says how.
  /// - Throws: `PatternError` for an expression that is wrong.
  init(languages: LanguageDetector?) throws(PatternError) {
    self.languages = languages
    email = try Pattern(#"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}"#)
    // Forms that are written as telephone numbers; plain runs of digits are judged by their length
    // and by what stands before them.
    phones = [
      try Pattern(#"(?<![\w+])(?:\+|00)[1-9][0-9](?:[ ()./-]?[0-9]){6,12}(?![0-9])"#),
      // Poland: nine digits, three by three; a landline in brackets.
      try Pattern(#"(?<![\w-])[4-8][0-9]{2}[ .-][0-9]{3}[ .-][0-9]{3}(?![\w-])"#),
      try Pattern(#"(?<![\w-])\(?0?[1-9][0-9]\)?[ -][0-9]{3}[ -][0-9]{2}[ -][0-9]{2}(?![\w-])"#),
      // United Kingdom, Germany, Romania: a trunk zero and ten digits or more.
      try Pattern(#"(?<![\w-])\(?0[1-9][0-9]{1,4}\)?[ /-]?[0-9]{3,4}[ -]?[0-9]{3,5}(?![\w-])"#),
      // Any digits after a word that announces a telephone.
      try Pattern(
        #"\b(?:tel|telefon\w*|phone|kom|komork\w*|infolini\w*|hotline|zadzwon\w*|dzwon\w*|call|ring|sms|whatsapp|signal|mobile)\b[^a-z0-9\n]{0,4}(?:(?:nam|do nas|us|me|on|at|pod|numer\w*|nr|number|no|na)[^a-z0-9\n]{1,3}){0,3}(\(?\+?[0-9](?:[ ()./-]?[0-9]){6,13})"#
      ),
    ]
    link = try Pattern(
      #"(?:(?<scheme>h(?:tt|xx)ps?|ftp)://|(?<![\w@.-]))(?:[^\s/@<>"']*@)?(?:[\p{L}0-9](?:[\p{L}0-9-]*[\p{L}0-9])?\.)+[\p{L}]{2,}(?::[0-9]+)?(?![\w@-])(?:/[^\s<>"']*)?"#
    )
    account = try Pattern(#"(?<!\w)[a-z]{2} ?[0-9]{2}(?: ?[a-z0-9]){11,30}"#)
    digits = try Pattern(#"(?<![\w-])[0-9](?:[ -]?[0-9]){12,27}(?![\w-])"#)
    html = try Pattern(
      #"</?[a-z][a-z0-9]*(?: [^<>]*)?/?>|&(?:[a-z]{2,8}|#[0-9]{2,5});|<!--"#, ignoresCase: true)
    lineBreaks = try Pattern(#"(?:\r?\n[ \t]*){3,}"#)
  }

  /// Where a detector fires.
  /// - Parameters:
  ///   - detector: the detector.
  ///   - text: the original text.
  ///   - form: a readable form of it.
  ///   - occasion: where the text goes.
  ///   - links: which links may stand there.
  ///   - scratch: room for matches.
  /// - Returns: ranges of the original bytes, or nil when a search was given up.
  func ranges(
    of detector: Detector, in text: String, _ form: ReadableText, for occasion: Occasion,
    _ links: LinkRules, using scratch: borrowing MatchScratch
  ) -> [Range<Int>]? {
    switch detector {
    case .email:
      return matches(of: email, in: form, using: scratch)
    case .phone:
      var found: [Range<Int>] = []
      for phone in phones {
        guard let matches = phone.matches(in: form.bytes.span, using: scratch) else { return nil }
        for match in matches {
          let range = match.group ?? match.range
          if !isReference(form, range, occasion) { found.append(form.originalRange(of: range)) }
        }
      }
      return found
    case .externalLink: return self.links(.foreign, form, occasion, links, using: scratch)
    case .insecureLink: return self.links(.insecure, form, occasion, links, using: scratch)
    case .deceptiveLink: return self.links(.deceptive, form, occasion, links, using: scratch)
    case .bankAccount:
      return proved(account, form, occasion, using: scratch) { CheckSums.beginsWithIBAN($0) }
        .flatMap {
          accounts in
          proved(digits, form, occasion, using: scratch) {
            CheckSums.isPolishAccount($0.map { Int($0) - 48 })
          }.map { accounts + $0 }
        }
    case .card:
      return proved(digits, form, occasion, using: scratch) {
        CheckSums.isCard($0.map { Int($0) - 48 })
      }
    case .html: return Array(text.utf8).ranges(of: html, using: scratch)
    case .lineBreaks: return Array(text.utf8).ranges(of: lineBreaks, using: scratch)
    case .emoji: return emoji(in: text)
    case .length:
      guard let limit = occasion.lengthLimit, text.count > limit else { return [] }
      return [text.prefix(limit).utf8.count..<text.utf8.count]
    case .wrongLanguage: return isWrongLanguage(text, for: occasion) ? [0..<text.utf8.count] : []
    }
  }

  private func matches(
    of pattern: Pattern, in form: ReadableText, using scratch: borrowing MatchScratch
  ) -> [Range<Int>]? {
    pattern.matches(in: form.bytes.span, using: scratch)?.map { form.originalRange(of: $0.range) }
  }

  /// Whether digits are a number of the order in question, or a part of one.
  private func isReference(_ form: ReadableText, _ range: Range<Int>, _ occasion: Occasion) -> Bool
  {
    let digits = String(
      decoding: form.bytes[range].filter { (48...57).contains($0) }, as: UTF8.self)
    return occasion.references.contains { reference in
      let own = String(reference.lowercased().unicodeScalars.filter { ("0"..."9").contains($0) })
      return own.contains(digits) && !digits.isEmpty
    }
  }

  /// Matches that a check sum proves, and that are no number of the order.
  private func proved(
    _ pattern: Pattern, _ form: ReadableText, _ occasion: Occasion,
    using scratch: borrowing MatchScratch, _ isProved: ([UInt8]) -> Bool
  ) -> [Range<Int>]? {
    pattern.matches(in: form.bytes.span, using: scratch)?.filter { match in
      isProved(form.bytes[match.range].filter { $0 != 32 && $0 != 45 })
        && !isReference(form, match.range, occasion)
    }.map { form.originalRange(of: $0.range) }
  }

  private func links(
    _ wanted: LinkRules.Verdict, _ form: ReadableText, _ occasion: Occasion, _ rules: LinkRules,
    using scratch: borrowing MatchScratch
  ) -> [Range<Int>]? {
    let platform = (occasion.marketplace ?? occasion.channel).description
    return link.matches(in: form.bytes.span, using: scratch)?.filter { match in
      guard let link = Link(String(decoding: form.bytes[match.range], as: UTF8.self), rules) else {
        return false
      }
      return rules.verdict(on: link, marketplace: platform) == wanted
    }.map { form.originalRange(of: $0.range) }
  }

  /// Whether the small words of a text are those of another language.
  ///
  /// Names and quotations do not count: there must be several, and next to none of the right
  /// language.
  private func isWrongLanguage(_ text: String, for occasion: Occasion) -> Bool {
    guard let languages, let expected = occasion.locale?.language else { return false }
    let scores = languages.scores(of: Utterance(text)).languages
    guard let best = scores.first, best.locale.language != expected, best.score >= 3 else {
      return false
    }
    let own = scores.first { $0.locale.language == expected }?.score ?? 0
    return own * 3 < best.score
  }

  private func emoji(in text: String) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var offset = 0
    for character in text {
      let width = character.utf8.count
      let isEmoji = character.unicodeScalars.contains {
        $0.properties.isEmojiPresentation || $0.value == 0xFE0F
          || ((0x2600...0x27BF).contains($0.value) && $0.properties.isEmoji)
      }
      if isEmoji { found.append(offset..<offset + width) }
      offset += width
    }
    return found
  }
}

extension Link {
  /// Reads a link; nil for what only looks like one: an e-mail address, a file, a missing space.
  fileprivate init?(_ text: String, _ rules: LinkRules) {
    var rest = text[...]
    var scheme = ""
    if let mark = rest.range(of: "://") {
      scheme = String(rest[..<mark.lowerBound]).replacing("hxxp", with: "http")
      rest = rest[mark.upperBound...]
    }
    let authority = rest.prefix { $0 != "/" }
    let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
    hasUser = parts.count > 1
    if hasUser, scheme.isEmpty { return nil }
    guard let hostAndPort = parts.last?.split(separator: ":"), let host = hostAndPort.first else {
      return nil
    }
    hasPort = hostAndPort.count > 1
    let isMarked = !scheme.isEmpty || host.hasPrefix("www.") || authority.count < rest.count
    guard let last = host.split(separator: ".").last, isMarked || rules.isTopLevel(last) else {
      return nil
    }
    self.scheme = scheme
    self.host = String(host)
  }
}

extension [UInt8] {
  fileprivate func ranges(of pattern: Pattern, using scratch: borrowing MatchScratch) -> [Range<
    Int
  >]? {
    pattern.matches(in: span, using: scratch)?.map(\.range)
  }
}
