internal import Commerce
internal import Foundation
internal import Patterns

/// Finds e-mail addresses and links, also those whose marks are spelled out (policy-facts, 2.6).
struct AddressFinder: Sendable {
  private let email: Pattern
  private let link: Pattern
  private let marks: [(mark: String, spelled: Pattern)]
  /// What every address has, and what every link has: the expressions of whole ones try each word
  /// of a text, these do not.
  private let mayHoldEmail: Pattern
  private let mayHoldLink: Pattern
  private let rules: LinkRules

  init(_ reading: ReadingRules, _ rules: LinkRules) throws(PatternError) {
    self.rules = rules
    let domains = ReadingRules.alternatives(
      rules.topLevelDomains.sorted { $0.count > $1.count })
    let at = Self.spelled(reading.at, mark: "@")
    let dot = Self.spelled(reading.dot, mark: #"\."#)
    let slash = Self.spelled(reading.slash, mark: "/")
    // The bare English words count only together: "info at shop dot com", not "info at home".
    let plainAt = #"\s+at\s+"#
    let label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
    let local = #"[a-z0-9](?:[a-z0-9._%+-]*[a-z0-9])?"#
    let anyDot = #"(?:\."# + "|" + dot + ")"
    let services = ReadingRules.alternatives(rules.mailServices)
    // The rules' own lists come first, so that `co` does not win over `com`.
    email = try Pattern(
      local + #"(?:\s?@\s?|"# + at + ")" + label + "(?:" + anyDot + label + ")*"
        + #"(?:\s?\.\s?(?:"# + domains + #")\b|\.[a-z]{2,}|"# + dot + "(?:" + domains + #")\b)"#
        + "|" + local + "(?:" + dot + label + ")*" + plainAt + label + "(?:" + anyDot + label + ")*"
        + dot + "(?:" + domains + #")\b|"#
        + local + #"(?:\s?@\s?|"# + at + ")" + services + #"\b|"#
        // A name as addresses have them needs no mark before its service: `anna.nowak gmail`.
        + #"(?<![\w.@-])[a-z0-9]{2,}[._][a-z0-9]{2,} "# + services + #"\b"#)
    // A host; after a spelled-out mark, or a stop with a space before it, only known ends count.
    let open = #"(?:h(?:tt|xx)ps?|ftp)(?::|\s*:)\s*//\s*"#
    let host =
      #"(?:[\p{L}0-9](?:[\p{L}0-9-]*[\p{L}0-9])?\.)+[\p{L}]{2,}"#
    // `. c o m`; four letters would be drawn together.
    let spaced = ReadingRules.alternatives(
      rules.topLevelDomains.filter { $0.count <= 3 }.map {
        $0.map(String.init).joined(separator: " ")
      })
    let disguised =
      #"(?<![\w.-])"# + label + "(?:" + anyDot + label + ")*(?:(?:" + dot + #"|\s\.\s?)(?:"#
      + domains
      + #")|\s?\.\s?"# + spaced + #")\b(?:(?:"# + anyDot + ")(?:" + domains + #")\b)?"#
    link = try Pattern(
      "(?:(?:" + open + #"|(?<![\w@.-]))(?:[^\s/@<>"']*@)?"# + host + #"(?::[0-9]+)?(?![\w@-])|(?:"#
        + open + ")?" + disguised + ")(?:(?:\\s?/\\s?|" + slash + #")[^\s<>"']*)*"#)
    mayHoldEmail = try Pattern("@|" + at + "|" + plainAt + #"|[._][a-z0-9]+ "# + services + #"\b"#)
    mayHoldLink = try Pattern(#"\.(?!\n|$)|\s\.|//|"# + dot)
    marks = [
      ("@", try Pattern("(?:" + at + "|" + plainAt + ")")), (".", try Pattern(dot)),
      ("/", try Pattern(slash)),
    ]
  }

  /// An expression for a mark in words: between spaces, or in brackets of any kind.
  private static func spelled(_ words: [String], mark: String) -> String {
    let bracketed = ReadingRules.alternatives(words + [mark])
    // `dot` and `at` alone are words like others: they are written apart, in brackets or capitals.
    let plain = ReadingRules.alternatives(words.filter { $0 != "at" })
    return #"(?:\s?[\[({<*_|-]+\s?"# + bracketed + #"\s?[\])}>*_|-]+\s?|\s+"# + plain + #"\s+)"#
  }

  /// Addresses, as ranges of the original bytes; nil when the search was given up.
  func emails(in form: ReadableText, using scratch: borrowing MatchScratch) -> [Range<Int>]? {
    switch mayHoldEmail.firstMatch(in: form.bytes.span, using: scratch) {
    case .noMatch: return []
    case .limitReached: return nil
    case .match: break
    }
    return email.matches(in: form.bytes.span, using: scratch)?.map {
      form.originalRange(of: $0.range)
    }
  }

  /// Links of one kind.
  func links(
    _ wanted: LinkRules.Verdict, in text: String, _ form: ReadableText, _ occasion: Occasion,
    using scratch: borrowing MatchScratch
  ) -> [Range<Int>]? {
    switch mayHoldLink.firstMatch(in: form.bytes.span, using: scratch) {
    case .noMatch: return []
    case .limitReached: return nil
    case .match: break
    }
    guard let found = link.matches(in: form.bytes.span, using: scratch) else { return nil }
    let platform = (occasion.marketplace ?? occasion.channel).description
    let original = Array(text.utf8)
    return found.compactMap { match in
      let range = form.originalRange(of: match.range)
      let excerpt = String(decoding: original[range], as: UTF8.self)
      let plain = unspelled(form.bytes[match.range], using: scratch)
      guard let link = Link(plain, original: excerpt, rules) else { return nil }
      return rules.verdict(on: link, marketplace: platform) == wanted ? range : nil
    }
  }

  /// The link with its marks in their places.
  private func unspelled(_ bytes: ArraySlice<UInt8>, using scratch: borrowing MatchScratch)
    -> String
  {
    var bytes = Array(bytes)
    for (mark, spelled) in marks {
      for match in (spelled.matches(in: bytes.span, using: scratch) ?? []).reversed() {
        bytes.replaceSubrange(match.range, with: Array(mark.utf8))
      }
    }
    return String(decoding: bytes.filter { $0 != 32 }, as: UTF8.self)
  }
}
