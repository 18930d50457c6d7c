internal import Foundation

/// A link as it stands in a text.
struct Link: Sendable {
  let scheme: String
  let hasUser: Bool
  let host: String
  let hasPort: Bool
  /// Whether another address stands in its path or question, to which the host may pass on.
  let leadsOn: Bool
  /// Whether the host is written with letters that are not what they look like.
  let isDressedUp: Bool

  /// Reads a link; nil for what only looks like one: an e-mail address, a file, a missing space.
  /// - Parameters:
  ///   - text: the link in readable form.
  ///   - original: the bytes that it was read from.
  ///   - rules: which words end the name of a host.
  init?(_ text: String, original: String, _ rules: LinkRules) {
    var rest = text[...]
    var scheme = ""
    if let mark = rest.range(of: "://") {
      scheme = String(rest[..<mark.lowerBound]).replacing("hxxp", with: "http")
      rest = rest[mark.upperBound...]
    }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let parts = authority.split(separator: "@", omittingEmptySubsequences: false)
    hasUser = parts.count > 1
    if hasUser, scheme.isEmpty { return nil }
    guard let hostAndPort = parts.last?.split(separator: ":"), let host = hostAndPort.first,
      let last = host.split(separator: ".").last
    else { return nil }
    hasPort = hostAndPort.count > 1
    let behind = rest.dropFirst(authority.count)
    leadsOn = ["//", "%2f%2f", "www.", "=http"].contains { behind.contains($0) }
    let isMarked = !scheme.isEmpty || host.hasPrefix("www.")
    // `koniec.To` is a missing space; `sklep.to` and `SKLEP.TO` are hosts.
    let written = original.split(separator: ".").last?.prefix(last.count) ?? ""
    let isSentence =
      written.first?.isUppercase == true && written.dropFirst().contains(where: \.isLowercase)
    // `zajtra.Sk verzia`: the end of a name begins a sentence here, if the word before it is a small one.
    let joinsSentences =
      isSentence && rules.isAlsoWord(last) && original.first?.isLowercase == true
    let hasPath = authority.count < rest.dropLast { $0 == "/" }.count
    guard
      isMarked || rules.isTopLevel(last) && !joinsSentences || rules.isAlsoWord(last) && !isSentence
        || hasPath && !isSentence && !rules.isFileEnding(last)
    else { return nil }
    self.scheme = scheme
    self.host = String(host)
    let letters = original.unicodeScalars.prefix { $0 != "?" }.filter(\.properties.isAlphabetic)
    isDressedUp = letters.contains { !$0.isASCII }
  }
}

extension Substring {
  fileprivate func dropLast(_ isDropped: (Character) -> Bool) -> Substring {
    var end = endIndex
    while end > startIndex, isDropped(self[index(before: end)]) { end = index(before: end) }
    return self[..<end]
  }
}
