public import Foundation
public import Language

/// Where, to whom and when a text goes: everything but the text that decides whether it may.
public struct Occasion: Sendable, Hashable {
  /// What a message is for (policy-facts: `kind`).
  public enum Kind: String, Sendable, CaseIterable {
    /// An answer to what the buyer wrote.
    case reply
    /// Asks for a review.
    case reviewRequest = "review_request"
    /// Offers something.
    case marketing
    /// Any other message that the seller starts.
    case notice
  }

  /// Who wrote the text.
  public enum Author: String, Sendable, CaseIterable, Codable {
    /// The responder or another machine.
    case automation
    /// A person.
    case person
  }

  /// Where the text goes.
  public var channel: Channel
  /// Where the sale was made; nil for the seller's own shop.
  public var marketplace: Channel?
  /// Whether a marketplace's rules for its messages hold: the channel is one, or the sale was made
  /// on one.
  public var isPlatformMessage: Bool
  /// What the text is for.
  public var kind: Kind
  /// Who wrote it.
  public var author: Author
  /// The language of the conversation, where known.
  public var locale: LocaleTag?
  /// The longest text that the channel takes, in characters.
  public var lengthLimit: Int?
  /// Numbers that belong to the order in question (its own, parcels', invoices'): they are not
  /// telephone numbers, whatever they look like.
  public var references: [String]
  /// When it goes.
  public var moment: Date
  /// What has happened before.
  public var circumstances = Circumstances()

  /// Whether the seller starts the matter: no buyer waits for this message.
  public var isProactive: Bool { kind != .reply }
  /// Whether a marketplace's rules hold: it is the channel, or the sale was made there.
  public func concerns(_ name: String) -> Bool {
    channel.description == name || marketplace?.description == name
  }

  /// Describes an occasion.
  /// - Parameters:
  ///   - channel: where the text goes.
  ///   - marketplace: where the sale was made; nil for the seller's own shop.
  ///   - isPlatformMessage: whether a marketplace's rules for its messages hold.
  ///   - kind: what the text is for.
  ///   - author: who wrote it.
  ///   - locale: the language of the conversation.
  ///   - lengthLimit: the longest text that the channel takes, in characters.
  ///   - references: numbers of the order in question.
  ///   - moment: when it goes.
  public init(
    channel: Channel, marketplace: Channel? = nil, isPlatformMessage: Bool, kind: Kind = .reply,
    author: Author = .automation, locale: LocaleTag?, lengthLimit: Int? = nil,
    references: [String] = [], moment: Date
  ) {
    self.channel = channel
    self.marketplace = marketplace
    self.isPlatformMessage = isPlatformMessage
    self.kind = kind
    self.author = author
    self.locale = locale
    self.lengthLimit = lengthLimit
    self.references = references
    self.moment = moment
  }
}
