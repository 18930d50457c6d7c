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
  private let brands: Set<String>
  /// Ends of names that make any word before them a host.
  let topLevelDomains: Set<String>
  /// Names of mail services, which make an address without an end: `anna @ gmail`.
  let mailServices: [String]
  private let words: Set<String>
  private let files: Set<String>

  /// Reads the rules.
  /// - Parameter file: the file's mapping; faults go to its reader.
  init(reading file: YAMLMapping) {
    func hosts(_ list: YAMLMapping, _ key: String) -> [String] {
      list.strings(key).compactMap { host in
        let name = host.value.lowercased()
        if name.contains("."),
          name.utf8.allSatisfy({ isLetter($0) || isDigit($0) || $0 == 45 || $0 == 46 })
        {
          return name
        }
        list.report(
          "invalid-host", at: host.location,
          "'\(host.value)' is not a host, expected a bare name such as 'inpost.pl'",
          remedy: "leave out the scheme, the path and '*'")
        return nil
      }
    }
    var marketplaces: [String: [String]] = [:]
    if let list = file.mapping("marketplaces") {
      for name in list.entries { marketplaces[name.value] = hosts(list, name.value) }
    }
    self.marketplaces = marketplaces
    carriers = hosts(file, "carriers")
    shorteners = hosts(file, "shorteners")
    topLevelDomains = Set(file.strings("top_level_domains").map(\.value))
    mailServices = file.strings("mail_services").map(\.value)
    words = Set(file.strings("also_words").map(\.value))
    files = Set(file.strings("file_endings").map(\.value))
    // The first part of a known host is the brand that a look-alike would borrow.
    brands = Set(
      (marketplaces.values.joined() + carriers)
        .compactMap { $0.split(separator: ".").first.map(String.init) }.filter { $0 != "help" })
    file.finish()
  }

  /// Whether a word after a dot ends the name of a host, so that `shop.pl` is one.
  func isTopLevel(_ domain: some StringProtocol) -> Bool {
    topLevelDomains.contains(String(domain))
  }

  /// Whether a word after a dot may end the name of a host or begin a sentence: `it`, `to`.
  func isAlsoWord(_ domain: some StringProtocol) -> Bool { words.contains(String(domain)) }

  /// Whether a word after a dot is the kind of a file.
  func isFileEnding(_ ending: some StringProtocol) -> Bool { files.contains(String(ending)) }

  /// Judges a link.
  /// - Parameters:
  ///   - link: its parts, in lower case.
  ///   - marketplace: the marketplace whose own links may stand here.
  /// - Returns: whether it may stand, or why not.
  func verdict(on link: Link, marketplace: String?) -> Verdict {
    let host = link.host
    func isOne(of hosts: some Sequence<String>) -> Bool {
      hosts.contains { host == $0 || host.hasSuffix("." + $0) }
    }
    if isOne(of: shorteners) || link.hasUser || host.contains("xn--") { return .deceptive }
    let known = isOne(of: marketplaces.values.joined()) || isOne(of: carriers)
    if link.isDressedUp { return known || borrowsBrand(host) ? .deceptive : .foreign }
    let own = marketplace.flatMap { marketplaces[$0] } ?? []
    if isOne(of: own) || isOne(of: carriers) {
      if link.hasPort || link.leadsOn { return .foreign }
      return link.scheme == "http" || link.scheme == "ftp" ? .insecure : .allowed
    }
    return !known && borrowsBrand(host) ? .deceptive : .foreign
  }

  /// Whether a part of a host is a brand, or one that is easily taken for it.
  private func borrowsBrand(_ host: String) -> Bool {
    host.split { $0 == "." || $0 == "-" }.contains { part in
      let part = String(part)
      let read = String(part.map { ["0": "o", "1": "l", "3": "e", "5": "s"][$0] ?? $0 })
        .replacing("rn", with: "m").replacing("vv", with: "w")
      return brands.contains(part) || brands.contains(read)
        // One letter more, less or other, in names long enough for that to be no accident.
        || brands.contains { $0.count >= 6 && isOneEditApart($0, part) }
    }
  }

  private func isOneEditApart(_ left: String, _ right: String) -> Bool {
    guard abs(left.count - right.count) <= 1 else { return false }
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    let head = zip(short, long).prefix { $0 == $1 }.count
    let rest = short.dropFirst(head)
    let other = long.dropFirst(head)
    return rest.dropFirst(short.count == long.count ? 1 : 0) == other.dropFirst()
  }
}
