public import Foundation

/// What has happened between seller and buyer, as far as it is known: what rules about time, consent
/// and repetition decide by (policy-facts, section 4).
public struct Circumstances: Sendable, Hashable {
  /// Something that happened.
  public struct Event: Sendable, Hashable, Codable {
    /// The kinds of events.
    public enum Kind: String, Sendable, CaseIterable, Codable {
      case buyerMessage = "buyer_message"
      case reply
      case noticeSent = "notice_sent"
      case reviewRequestSent = "review_request_sent"
      case requestAReviewUsed = "request_a_review_used"
      case platformTemplateSent = "platform_template_sent"
      case followupSent = "followup_sent"
      case negativeReview = "negative_review"
      case discussionOpened = "discussion_opened"
      case optOut = "opt_out"
      case optOutConfirmed = "opt_out_confirmed"
      case returnProofReceived = "return_proof_received"
      case agentTakeover = "agent_takeover"
      case agentRelease = "agent_release"
    }

    /// What happened.
    public var kind: Kind
    /// When; nil where that is not known.
    public var at: Date?
    /// What the buyer meant, for a message.
    public var intent: String?
    /// How many stars, for a review.
    public var stars: Int?
    /// Where; nil for anywhere.
    public var channel: String?
    /// What a message was for.
    public var purpose: String?
    /// Who wrote it.
    public var author: Occasion.Author?
    /// The number of the order that it was about; nil for any.
    public var order: String?

    /// Makes an event.
    /// - Parameters:
    ///   - kind: what happened.
    ///   - at: when.
    ///   - intent: what the buyer meant.
    ///   - stars: how many stars.
    ///   - channel: where.
    ///   - purpose: what a message was for.
    ///   - author: who wrote it.
    ///   - order: the number of the order that it was about.
    public init(
      _ kind: Kind, at: Date?, intent: String? = nil, stars: Int? = nil, channel: String? = nil,
      purpose: String? = nil, author: Occasion.Author? = nil, order: String? = nil
    ) {
      self.kind = kind
      self.at = at
      self.intent = intent
      self.stars = stars
      self.channel = channel
      self.purpose = purpose
      self.author = author
      self.order = order
    }
  }

  /// A consent given or withdrawn.
  public struct Consent: Sendable, Hashable, Codable {
    /// What it is for.
    public enum Purpose: String, Sendable, CaseIterable, Codable {
      case transactional, marketing, review, unsolicited
    }

    /// What it is for.
    public var purpose: Purpose
    /// Where; nil for a consent that names no channel.
    public var channel: String?
    /// Whether it was given.
    public var isGranted: Bool
    /// When.
    public var at: Date?
    /// How it was given, in the words of the record.
    public var evidence: String?
    /// Which wording was agreed to.
    public var textVersion: String?

    /// Makes a consent.
    /// - Parameters:
    ///   - purpose: what it is for.
    ///   - channel: where.
    ///   - isGranted: whether it was given.
    ///   - at: when.
    ///   - evidence: how it was given.
    ///   - textVersion: which wording was agreed to.
    public init(
      _ purpose: Purpose, channel: String?, isGranted: Bool, at: Date? = nil,
      evidence: String? = nil, textVersion: String? = nil
    ) {
      self.purpose = purpose
      self.channel = channel
      self.isGranted = isGranted
      self.at = at
      self.evidence = evidence
      self.textVersion = textVersion
    }

    /// Whether the record proves it: when, how, and to which words (GDPR, Article 7(1)).
    public var isDocumented: Bool {
      at != nil && evidence?.isEmpty == false && textVersion?.isEmpty == false
    }
  }

  /// A channel's approved template.
  public struct MessageTemplate: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// `utility` or `marketing`.
    public var category: String?
    /// Whether the channel has approved it.
    public var isApproved: Bool

    /// Makes a template.
    public init(name: String, category: String?, isApproved: Bool) {
      self.name = name
      self.category = category
      self.isApproved = isApproved
    }
  }

  /// What an order says about time.
  public struct OrderFacts: Sendable, Hashable {
    /// Its number.
    public var number: String
    /// Where it stands.
    public var status: Order.Status
    /// When the last parcel arrived, once all have.
    public var deliveredAt: Date?
    /// Until when the last one should arrive.
    public var expectedBy: CalendarDay?
    /// Whether all of the money went back.
    public var isFullyRefunded: Bool

    /// Takes them from an order.
    /// - Parameter order: the order.
    public init(_ order: Order) {
      number = order.number.description
      status = order.status
      let arrivals = order.shipments.map(\.deliveredAt)
      deliveredAt = arrivals.contains(nil) ? nil : arrivals.compactMap { $0 }.max()
      expectedBy = order.shipments.compactMap(\.estimatedTo).max()
      let refunded = order.refunds.compactMap(\.amount).reduce(0, +)
      isFullyRefunded = order.total.map { $0 > 0 && refunded >= $0 } ?? false
    }
  }

  /// What happened, oldest first where it is dated.
  public var history: [Event] = []
  /// Consents given and withdrawn.
  public var consents: [Consent] = []
  /// What the text is for, in the words of the rules: `customisation_question`.
  public var purpose: String?
  /// `discussion`, `claim`, `ticket` or `message`.
  public var thread: String?
  /// The approved template that the text was made from.
  public var template: MessageTemplate?
  /// How the recipients were chosen.
  public var campaignFilter: String?
  /// The order that the text is about.
  public var order: OrderFacts?
  /// Where the buyer's days begin; nil where that is not known.
  public var buyerZone: TimeZone?
  /// Where the buyer lives (ISO 3166-1).
  public var buyerCountry: String?
  /// Whether the surroundings say already that a machine answers.
  public var isDisclosed = false

  /// Nothing is known.
  public init() {}

  /// The events of some kinds.
  public func events(_ kinds: Event.Kind...) -> [Event] {
    history.filter { kinds.contains($0.kind) }
  }

  /// When the buyer last wrote.
  /// - Parameter channel: where; anywhere where nil.
  /// - Returns: the moment, where a message of the buyer is dated.
  public func lastBuyerMessage(on channel: Channel? = nil) -> Date? {
    events(.buyerMessage).filter {
      channel == nil || $0.channel == nil || $0.channel == channel?.description
    }.compactMap(\.at).max()
  }
}
