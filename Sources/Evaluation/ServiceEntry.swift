public import Foundation
public import Odzew

/// One link of the audit trail as a report counts it: plain values, without anybody's name.
public struct ServiceEntry: Sendable {
  /// What was asked.
  public enum Kind: Sendable, Hashable {
    /// A buyer wrote.
    case message
    /// Somebody wrote a reply, and it was checked.
    case draft
    /// A system asked for a message of its own accord.
    case notice
    /// A person of the seller's wrote to the buyer.
    case personWrote
    /// A person handed the conversation back.
    case handedBack
    /// Something was kept, or a person took over: nothing that is counted.
    case record
    /// A buyer's data were erased.
    case erasure
    /// The texts are no longer kept, and what was asked cannot be told.
    case unknown
  }

  /// A matter that a person must settle.
  public struct HandOff: Sendable, Hashable {
    /// Why a person is needed.
    public var reason: String
    /// Who takes it.
    public var queue: String
    /// How soon it matters.
    public var priority: Escalation.Priority
    /// Until when the buyer was promised an answer.
    public var dueAt: Date

    /// Describes a matter.
    /// - Parameters:
    ///   - reason: why a person is needed.
    ///   - queue: who takes it.
    ///   - priority: how soon it matters.
    ///   - dueAt: until when the buyer was promised an answer.
    public init(reason: String, queue: String, priority: Escalation.Priority, dueAt: Date) {
      self.reason = reason
      self.queue = queue
      self.priority = priority
      self.dueAt = dueAt
    }
  }

  /// By whose clock a buyer is to be answered.
  public struct Clock: Sendable, Hashable {
    /// The deadline's name in `deadlines.yaml`.
    public var name: String
    /// When it ends for this message.
    public var dueAt: Date

    /// Describes a clock.
    /// - Parameters:
    ///   - name: the deadline's name.
    ///   - dueAt: when it ends for this message.
    public init(_ name: String, dueAt: Date) {
      self.name = name
      self.dueAt = dueAt
    }
  }

  /// What goods a message is about; those with one number are the same, whatever they are called.
  public struct Product: Sendable, Hashable {
    /// The seller's own number of the article.
    public var sku: String
    /// The name as the shop has it.
    public var name: String

    /// Describes goods.
    /// - Parameters:
    ///   - sku: the seller's own number of the article, where there is one.
    ///   - name: the name as the shop has it, where there is one.
    public init(sku: String = "", name: String = "") {
      self.sku = sku
      self.name = name
    }

    private var key: String { sku.isEmpty ? name : sku }

    /// Whether both are the same goods.
    public static func == (left: Product, right: Product) -> Bool {
      left.sku.isEmpty == right.sku.isEmpty && left.key == right.key
    }

    /// Puts in what tells goods apart.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// Of an order that is not known.
    public static let unknown = Product(name: "not known")
    /// One of several in the order; which, was not said.
    public static let oneOfSeveral = Product(name: "one of several in the order")
  }

  /// Why a buyer sends something back or complains.
  public struct Complaint: Sendable, Hashable {
    /// The goods.
    public var product: Product
    /// The reasons by name, each with the buyer's own sentence.
    public var reasons: [String: BuyerSentence]

    /// Describes a complaint.
    /// - Parameters:
    ///   - product: the goods.
    ///   - reasons: the reasons by name, each with the buyer's own sentence.
    public init(_ product: Product, _ reasons: [String: BuyerSentence] = [:]) {
      self.product = product
      self.reasons = reasons
    }
  }

  /// Its place in the trail, from 1.
  public var link: Int
  /// When the message was written.
  public var at: Date
  /// What tells the conversation from others; no name.
  public var conversation: UInt64
  /// What was asked.
  public var kind: Kind
  /// What was done; nil for what was no request.
  public var action: Response.Action?
  /// What was understood, riskiest or strongest first.
  public var intents: [String] = []
  /// Where; nil where the text is no longer kept.
  public var channel: String?
  /// In which language it was answered; nil where the text is no longer kept.
  public var locale: String?
  /// Whether somebody has to answer.
  public var needsAnswer = true
  /// Whether request and response are still kept.
  public var isTextKept = true
  /// From when on the reply may leave, where it may not yet.
  public var notBefore: Date?
  /// By whose clock the buyer is to be answered.
  public var clock: Clock?
  /// What a person must settle.
  public var handOff: HandOff?
  /// What the policy filter said: `pass`, `changed`, `blocked`; empty where it was not asked.
  public var verdict = ""
  /// The rules that fired, each once.
  public var rules: [String] = []
  /// Why something is sent back or complained of; nil where the message is about something else.
  public var complaint: Complaint?

  /// Describes a link.
  /// - Parameters:
  ///   - link: its place in the trail.
  ///   - at: when the message was written.
  ///   - conversation: what tells the conversation from others.
  ///   - kind: what was asked.
  ///   - action: what was done.
  public init(
    link: Int, at: Date, conversation: UInt64, kind: Kind, action: Response.Action? = nil
  ) {
    self.link = link
    self.at = at
    self.conversation = conversation
    self.kind = kind
    self.action = action
  }
}

/// A buyer's own sentence, not yet fit to be shown.
public struct BuyerSentence: Sendable, Hashable {
  /// What the buyer wrote.
  public var text: String
  /// Its language.
  public var locale: String
  /// What the buyer is called, as far as that is known.
  public var names: [String]
  /// The link of the trail that it comes from.
  public var link: Int

  /// Takes a sentence.
  /// - Parameters:
  ///   - text: what the buyer wrote.
  ///   - locale: its language.
  ///   - names: what the buyer is called, as far as that is known.
  ///   - link: the link of the trail that it comes from.
  public init(_ text: String, locale: String, names: [String] = [], link: Int = 0) {
    self.text = text
    self.locale = locale
    self.names = names
    self.link = link
  }
}
