internal import Diagnostics

/// Which links may stand in a message: the content of `Policies/links.yaml`.
///
/// Hosts are compared by their end at a dot: `www.inpost.pl` is `inpost.pl`, `inpost.pl.example` is
/// not.
public struct LinkRules: Sendable {
  /// What is wrong with a link, gravest last.
  enum Verdict: Comparable, Sendable {
    case allowed
    /// An allowed host, without encryption.
    case insecure
    /// A host that is nobody's whose links may stand here.
    case foreign
    /// A host that passes itself off as another, or hides where it leads.
    case deceptive
  }

  private let marketplaces: [String: [String]]
  private let carriers: [String]
  private let shorteners: [String]
  private let brands: [String]
  private let domains: Set<String>

  /// Reads the rules.
  /// - Parameter file: the file's mapping; faults go to its reader.
  init(reading file: YAMLMapping) {
    var marketplaces: [String: [String]] = [:]
    if let list = file.mapping("marketplaces") {
      for name in list.entries { marketplaces[name.value] = list.strings(name.value).map(\.value) }
    }
    self.marketplaces = marketplaces
    carriers = file.strings("carriers").map(\.value)
    shorteners = file.strings("shorteners").map(\.value)
    domains = Set(file.strings("top_level_domains").map(\.value))
    // The first part of a known host is the brand that a look-alike would borrow. Short ones are
    // parts of ordinary words.
    brands = (marketplaces.values.joined() + carriers)
      .compactMap { $0.split(separator: ".").first.map(String.init) }.filter { $0.count >= 5 }
    file.finish()
  }

  /// Whether a word after a dot ends the name of a host, so that `shop.pl` is one and `koniec.To`
  /// is not.
  func isTopLevel(_ domain: some StringProtocol) -> Bool { domains.contains(String(domain)) }

  /// Judges a link.
  /// - Parameters:
  ///   - link: its parts, in lower case.
  ///   - marketplace: the marketplace whose own links may stand here.
  /// - Returns: whether it may stand, or why not.
  func verdict(on link: Link, marketplace: String?) -> Verdict {
    let host = link.host
    func isOne(of hosts: [String]) -> Bool {
      hosts.contains { host == $0 || host.hasSuffix("." + $0) }
    }
    if isOne(of: shorteners) || link.hasUser || host.contains("xn--") { return .deceptive }
    let own = marketplace.flatMap { marketplaces[$0] } ?? []
    if isOne(of: own + carriers) {
      if link.hasPort { return .foreign }
      return link.scheme == "http" ? .insecure : .allowed
    }
    let parts = host.split { $0 == "." || $0 == "-" }.map(String.init)
    if parts.contains(where: { part in brands.contains { part == $0 || isOneLetterOff(part, $0) } }
    ),
      !isOne(of: marketplaces.values.flatMap { $0 })
    {
      return .deceptive
    }
    return .foreign
  }

  /// Whether a part is a brand with a digit in place of a letter.
  private func isOneLetterOff(_ part: String, _ brand: String) -> Bool {
    part != brand
      && String(part.map { ["0": "o", "1": "l", "3": "e", "5": "s"][$0] ?? $0 }) == brand
  }
}

/// A link as it stands in a text.
struct Link: Sendable {
  let scheme: String
  let hasUser: Bool
  let host: String
  let hasPort: Bool
}
