public import Commerce
public import Foundation
public import Language

/// What a new bot folder is told of the shop that it answers for.
public struct ShopProfile: Sendable {
  /// The shop's name as buyers know it.
  public var name = ""
  /// Where buyers write to, outside marketplaces.
  public var email: String?
  /// Where buyers call.
  public var phone: String?
  /// Where returned goods go.
  public var returnAddress = ""
  /// The marketplaces sold on, and `shop` for the seller's own.
  public var marketplaces: [String] = []
  /// The languages answered in, the one of last resort first.
  public var locales: [LocaleTag] = []
  /// Where the shop's days begin.
  public var zone = TimeZone.gmt
  /// When people answer.
  public var hours: BusinessHours?

  /// A profile without answers.
  public init() {}
}

/// Why an answer about a shop cannot be taken.
public struct InvalidAnswer: Error, Equatable, CustomStringConvertible {
  /// What is wrong, and what to write instead.
  public let description: String

  package init(_ description: String) { self.description = description }
}
