internal import Foundation
package import Odzew

/// What is asked about a shop before it gets a bot folder: each answer is checked at once, and each
/// question knows what is assumed where nobody answers.
public struct ShopInterview: Sendable {
  /// A question, in the order in which they are asked: later defaults follow from earlier answers.
  public enum Question: String, CaseIterable, Sendable {
    case name, email, phone
    case returnAddress = "return-address"
    case marketplace, locale
    case timeZone = "time-zone"
    case hours
  }

  /// The word for a shop of the seller's own among the marketplaces.
  public static let ownShop = "shop"

  /// What was answered so far.
  public private(set) var profile = ShopProfile()
  /// What may be answered, from the bot folder that is started from.
  private let settings: Settings
  private let fallbackName: String

  /// Prepares the questions.
  /// - Parameters:
  ///   - settings: the settings of the bot folder that is started from: its marketplaces and languages
  ///     are those to choose from.
  ///   - fallbackName: what the shop is called where nobody says.
  package init(_ settings: Settings, fallbackName: String) {
    self.settings = settings
    self.fallbackName = fallbackName
  }

  /// The words to choose from, where there are any.
  /// - Parameter question: the question.
  /// - Returns: the words; none where anything may be answered.
  public func choices(for question: Question) -> [String] {
    switch question {
    case .marketplace: settings.marketplaces.map(\.description).sorted() + [Self.ownShop]
    case .locale: settings.locales.map(\.description)
    case .name, .email, .phone, .returnAddress, .timeZone, .hours: []
    }
  }

  /// What is assumed where nobody answers, given the answers so far.
  /// - Parameter question: the question.
  /// - Returns: the answer; empty for none.
  public func standard(for question: Question) -> String {
    switch question {
    case .name: fallbackName
    case .email, .phone: ""
    case .returnAddress: profile.name
    case .marketplace: choices(for: .marketplace)[0]
    case .locale:
      Set(profile.marketplaces.compactMap(language)).sorted().first ?? "\(settings.locale)"
    case .timeZone: (country.flatMap { settings.countries.countries[$0]?.zone } ?? .gmt).identifier
    case .hours: "Mon-Fri 9-17"
    }
  }

  /// Takes an answer.
  /// - Parameters:
  ///   - text: what was answered.
  ///   - question: the question.
  /// - Throws: `InvalidAnswer`, which says what to write instead; nothing is taken then.
  public mutating func take(_ text: String, for question: Question) throws(InvalidAnswer) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.count <= 200, !text.unicodeScalars.contains(where: \.isControl) else {
      throw InvalidAnswer("write one line of at most 200 characters")
    }
    switch question {
    case .name:
      guard !text.isEmpty else { throw InvalidAnswer("the shop needs a name, as buyers know it") }
      profile.name = text
    case .email:
      guard text.isEmpty || text.wholeMatch(of: /[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+/) != nil else {
        throw InvalidAnswer("'\(text)' is no e-mail address such as help@shop.example")
      }
      profile.email = text.isEmpty ? nil : text
    case .phone:
      let digits = text.count(where: \.isNumber)
      guard text.isEmpty || (text.wholeMatch(of: /\+?[0-9 ()\/.-]+/) != nil && digits >= 6) else {
        throw InvalidAnswer("'\(text)' is no telephone number such as +48 61 123 45 67")
      }
      profile.phone = text.isEmpty ? nil : text
    case .returnAddress:
      profile.returnAddress = text.isEmpty ? profile.name : text
    case .marketplace:
      profile.marketplaces = try chosen(from: text, for: question, called: "marketplace")
    case .locale:
      profile.locales = try chosen(from: text, for: question, called: "language of this bot")
        .compactMap { LocaleTag($0) }
    case .timeZone:
      // Abbreviations such as CET are taken by Foundation and know no summer time.
      let known = TimeZone.knownTimeZoneIdentifiers
      guard known.contains(text), let zone = TimeZone(identifier: text) else {
        throw InvalidAnswer(
          "'\(text)' is no time zone; "
            + (nearest(to: text, among: known).map { "did you mean '\($0)'?" }
              ?? "write one such as 'Europe/Warsaw'"))
      }
      profile.zone = zone
    case .hours:
      guard let hours = BusinessHours(text) else {
        throw InvalidAnswer(
          "'\(text)' are no business hours; write 'Mon-Fri 9-17' or 'Mon-Thu 8:30-16:30, Sat 10-13'"
        )
      }
      profile.hours = hours
    }
  }

  /// The country whose holidays and prices are assumed: where the clock is, else where the language is.
  package var country: String? {
    let countries = settings.countries
    let spoken = profile.locales.first.flatMap {
      countries.country(language: $0.language, region: nil)
    }
    if let spoken, countries.countries[spoken]?.zone == profile.zone { return spoken }
    return countries.countries.keys.sorted().first {
      countries.countries[$0]?.zone == profile.zone
    } ?? spoken
  }

  /// The public holidays of the country from a day to the end of the next year.
  package func holidays(from first: CalendarDay) -> [CalendarDay] {
    guard let country else { return [] }
    let year = first.components.year + 1
    return (0..<731).map { first + $0 }.filter {
      $0.components.year <= year && settings.countries.isHoliday($0, in: country)
    }
  }

  /// The marketplaces that this shop does not sell on.
  package var otherMarketplaces: [String] {
    choices(for: .marketplace).filter { $0 != Self.ownShop && !profile.marketplaces.contains($0) }
  }

  /// The languages that this shop does not answer in.
  package var otherLocales: [LocaleTag] {
    settings.locales.filter { !profile.locales.contains($0) }
  }

  /// The language that the buyers of a marketplace write in, where that is one.
  private func language(of marketplace: String) -> String? {
    Channel(marketplace).flatMap { settings.channels[$0]?.locale?.description }
  }

  /// The words of a list, each of which must be known.
  private func chosen(
    from text: String, for question: Question, called noun: String
  ) throws(InvalidAnswer) -> [String] {
    let known = choices(for: question)
    var chosen: [String] = []
    for word in text.lowercased().split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      let word = String(word)
      guard known.contains(word) else {
        let remedy =
          nearest(to: word, among: known).map { "did you mean '\($0)'?" }
          ?? "choose from \(known.joined(separator: ", "))"
        throw InvalidAnswer("'\(word)' is no \(noun); \(remedy)")
      }
      if !chosen.contains(word) { chosen.append(word) }
    }
    guard !chosen.isEmpty else {
      throw InvalidAnswer("choose at least one of \(known.joined(separator: ", "))")
    }
    return chosen
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool {
    properties.generalCategory == .control || properties.generalCategory == .lineSeparator
      || properties.generalCategory == .paragraphSeparator
  }
}
