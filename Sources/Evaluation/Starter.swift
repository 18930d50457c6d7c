internal import Foundation
internal import Language
internal import Liquid
package import Odzew

/// A new bot folder as a part of another: which files go along, and what the new ones say.
///
/// Knowledge that all shops share goes along whole: by the words of a language the bot tells which
/// language it is, also where it does not answer in it, and rules of policy know themselves where they
/// hold.
public struct Starter: Sendable {
  /// What a bot folder consists of, but for what is written anew.
  public static let parts = [
    "automatic.yaml", "carriers.yaml", "countries.yaml", "deadlines.yaml", "Adapters", "Cases",
    "Concepts", "Hints", "Intents", "Policies", "Samples", "Schemas", "Templates",
  ]
  /// The folder with the templates of the files that are written anew.
  public static let folder = "Starter"

  private let interview: ShopInterview
  private let otherMarketplaces: [String]
  private let otherLocales: [String]

  /// Prepares a folder.
  /// - Parameter interview: the answers.
  public init(_ interview: ShopInterview) {
    self.interview = interview
    otherMarketplaces = interview.otherMarketplaces
    otherLocales = interview.otherLocales.map(\.description)
  }

  /// Whether a file goes along: none of languages that the shop does not answer in, nor one named after a
  /// marketplace that it does not sell on; and no golden texts, which name the other shop.
  /// - Parameter path: the path in the bot folder.
  /// - Returns: false for what is left behind.
  public func takes(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map(String.init)
    guard let top = parts.first, let file = parts.last, !file.hasPrefix(".") else { return false }
    let words = file.split(separator: ".").map(String.init)
    switch top {
    case "Templates":
      return !otherLocales.contains(parts[1])
        && !otherMarketplaces.contains { words[0].hasSuffix("@" + $0) }
    case "Cases":
      return words.last == "yaml" && !words.dropFirst().contains(where: otherLocales.contains)
        && !words[0].split(separator: "_").map(String.init).contains(
          where: otherMarketplaces.contains)
    case "Adapters": return !otherMarketplaces.contains(words[0])
    default: return true
    }
  }

  /// What a file that goes along says in the new folder: sample orders and cases of marketplaces where
  /// the shop does not sell become its own, so that every branch of every template is still gone through.
  /// - Parameters:
  ///   - text: the file's text.
  ///   - path: its path.
  /// - Returns: the text.
  public func adapted(_ text: String, at path: String) -> String {
    guard path.hasPrefix("Cases/") || path.hasPrefix("Samples/") else { return text }
    let own = interview.profile.marketplaces
    let homes = [
      "marketplace": own[0],
      "channel": own.first { $0 != ShopInterview.ownShop } ?? "email",
    ]
    return text.replacing(/("?(marketplace|channel)"?: *"?)([\w-]+)/) { match in
      let home = otherMarketplaces.contains(String(match.3)) ? homes[String(match.2)] : nil
      return home.map { "\(match.1)\($0)" } ?? String(match.0)
    }
  }

  /// Writes a file anew.
  /// - Parameters:
  ///   - template: its Liquid template, in which the answers are variables.
  ///   - today: the first day whose holidays matter.
  /// - Returns: the text.
  /// - Throws: `InvalidFiles` for a template that is none, `RenderError` for one that asks for more than
  ///   was answered.
  package func text(of template: SourceText, today: CalendarDay) throws -> String {
    let profile = interview.profile
    let country = interview.country
    let countryNames = profile.locales.map { locale in
      (
        locale.description,
        Value.string(
          country.flatMap {
            Locale(identifier: locale.description).localizedString(forRegionCode: $0)
          } ?? profile.name)
      )
    }
    var variables: [String: Value] = [
      "name": .string(profile.name), "return_address": .string(profile.returnAddress),
      "marketplaces": .list(
        profile.marketplaces.filter { $0 != ShopInterview.ownShop }.map(Value.string)),
      "locales": .list(profile.locales.map { .string($0.description) }),
      "time_zone": .string(profile.zone.identifier),
      "holidays": .list(interview.holidays(from: today).map { .string($0.description) }),
      "country": .string(country ?? ""),
      "country_names": .object(Dictionary(uniqueKeysWithValues: countryNames)),
      "business_hours": .string(profile.hours?.description ?? ""),
    ]
    variables["email"] = profile.email.map(Value.string)
    variables["phone"] = profile.phone.map(Value.string)
    return try Template(template).render(variables, undefined: .strict)
  }
}
