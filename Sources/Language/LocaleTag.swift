/// A BCP 47 language tag, in the form `pl` or `pl-PL` (RFC 5646, section 2.1; scripts, variants and
/// extensions are taken but do not change what is chosen).
public struct LocaleTag: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The tag as written, language in lower case.
  public let description: String
  /// The language alone, in lower case: `pl`.
  public let language: String

  /// Reads a tag; `pl_PL` is understood too, because systems send it.
  /// - Parameter tag: the tag.
  public init?(_ tag: String) {
    let parts = tag.split(
      separator: tag.contains("-") ? "-" : "_", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.count),
      first.utf8.allSatisfy({ (65...90).contains($0 & 0xDF) }),
      parts.allSatisfy({ part in
        (1...8).contains(part.count)
          && part.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) }
      })
    else { return nil }
    language = first.lowercased()
    description = ([language] + parts.dropFirst().map(String.init)).joined(separator: "-")
  }

  /// The tags to try in turn: the tag itself, then its language alone.
  public var fallbacks: [LocaleTag] {
    guard description != language, let base = LocaleTag(language) else { return [self] }
    return [self, base]
  }

  /// The first of some locales that serves this one.
  /// - Parameter available: what there is.
  /// - Returns: the same tag, else the same language, else nil.
  public func match(in available: some Collection<LocaleTag>) -> LocaleTag? {
    available.first { $0 == self } ?? available.first { $0.description == language }
      ?? available.first { $0.language == language }
  }

  /// Orders tags as their text.
  public static func < (left: LocaleTag, right: LocaleTag) -> Bool {
    left.description < right.description
  }
}
