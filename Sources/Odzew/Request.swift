public import Commerce
public import Foundation
public import Language

/// One request of the pipe: an envelope, and what it is about.
public struct Request: Sendable, Hashable {
  /// What a request is about, one case for each `type`.
  public enum Kind: Sendable, Hashable {
    /// A buyer wrote.
    case message(Message)
    /// A person or a machine wrote a reply and asks whether it may leave.
    case draft(Draft)
    /// A system asks for a message of its own accord.
    case notice(Notice, Message)
    /// A person of the seller's took over, handed back, or wrote.
    case agent(AgentEvent)
    /// The buyer agreed to something, or withdrew it.
    case consent(Circumstances.Consent)
    /// Data of an order, to keep.
    case order(Order)
  }

  /// What a person of the seller's did.
  public enum AgentEvent: Sendable, Hashable {
    /// Took the conversation over: the responder is silent from now on.
    case takeover
    /// Handed it back.
    case release
    /// Wrote this to the buyer, which takes it over, too.
    case sent(String)
  }

  /// A buyer's message.
  public struct Message: Sendable, Hashable {
    /// What the buyer wrote.
    public var text: String
    /// The order that the sending system knows the message to be about.
    public var order: Order?
    /// The number of that order.
    public var orderNumber: OrderNumber?
    /// What the platform says of the matter.
    public var claim: PlatformClaim?
    /// Whether pictures or files came with it.
    public var hasAttachments = false

    /// Makes a message.
    /// - Parameters:
    ///   - text: what the buyer wrote.
    ///   - order: the order that it is about.
    ///   - orderNumber: the number of that order.
    public init(text: String, order: Order? = nil, orderNumber: OrderNumber? = nil) {
      self.text = text
      self.order = order
      self.orderNumber = orderNumber
    }
  }

  /// A text to be checked before it leaves.
  public struct Draft: Sendable, Hashable {
    /// The text.
    public var text: String
    /// What it is for.
    public var kind: Occasion.Kind
    /// Who wrote it.
    public var author: Occasion.Author
    /// Numbers of the order in question.
    public var references: [String]
    /// The order in question, where it is attached.
    public var order: Order?
    /// The number of that order.
    public var orderNumber: OrderNumber?

    /// Makes a draft.
    /// - Parameters:
    ///   - text: the text.
    ///   - kind: what it is for.
    ///   - author: who wrote it.
    ///   - references: numbers of the order in question.
    ///   - order: the order in question.
    ///   - orderNumber: the number of that order.
    public init(
      text: String, kind: Occasion.Kind = .reply, author: Occasion.Author = .person,
      references: [String] = [], order: Order? = nil, orderNumber: OrderNumber? = nil
    ) {
      self.text = text
      self.kind = kind
      self.author = author
      self.references = references
      self.order = order
      self.orderNumber = orderNumber
    }
  }

  /// Who the sending system says the buyer is.
  public struct Buyer: Sendable, Hashable, Decodable {
    /// The buyer's identity at the sending system.
    public var id: String?
    /// The buyer's language.
    public var locale: String?
    /// Whether the sending system vouches that this is the buyer of the order.
    public var verified: Bool?

    /// Makes a buyer.
    /// - Parameters:
    ///   - id: the buyer's identity.
    ///   - locale: the buyer's language.
    ///   - verified: whether the sending system vouches for the buyer.
    public init(id: String? = nil, locale: String? = nil, verified: Bool? = nil) {
      self.id = id
      self.locale = locale
      self.verified = verified
    }
  }

  /// The message's identity.
  public var id: String
  /// The conversation that it belongs to.
  public var conversation: String
  /// Where it takes place.
  public var channel: Channel
  /// Where the sale was made, where that differs from the channel.
  public var marketplace: Channel?
  /// The language, where the sending system knows it.
  public var locale: LocaleTag?
  /// When it was written: the clock of this request.
  public var sentAt: Date?
  /// The buyer.
  public var buyer: Buyer
  /// What the caller knows to have happened, and what the buyer agreed to.
  public var circumstances = Circumstances()
  /// What it is about.
  public var kind: Kind

  /// Makes a request.
  /// - Parameters:
  ///   - id: the message's identity.
  ///   - conversation: the conversation; by default the buyer's identity, else the message's.
  ///   - channel: where it takes place.
  ///   - marketplace: where the sale was made.
  ///   - locale: the language, where it is known.
  ///   - sentAt: when it was written.
  ///   - buyer: the buyer.
  ///   - kind: what it is about.
  public init(
    id: String, conversation: String? = nil, channel: Channel = .chat,
    marketplace: Channel? = nil, locale: LocaleTag? = nil, sentAt: Date? = nil,
    buyer: Buyer = Buyer(), kind: Kind
  ) {
    self.id = id
    self.conversation = conversation ?? buyer.id ?? id
    self.channel = channel
    self.marketplace = marketplace
    self.locale = locale
    self.sentAt = sentAt
    self.buyer = buyer
    self.kind = kind
  }
}
