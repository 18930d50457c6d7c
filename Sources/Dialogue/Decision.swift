public import Commerce
public import Foundation
public import Language
public import Understanding

/// What to say: which templates, in which language, about what.
public struct ReplyPlan: Sendable, Hashable {
  /// The names of the templates, in the order in which the buyer reads them; never empty.
  public var templates: [String]
  /// The language of the reply.
  public var locale: LocaleTag
  /// The order, if it may be shown.
  public var order: OrderView?
  /// Until when a person answers, where one has to.
  public var dueAt: Date?
  /// What the buyer is asked to choose from.
  public var options: [String]
  /// The number of an order that was named and could not be matched with the buyer.
  public var namedNumber: OrderNumber?
  /// What a person who takes over has to know.
  public var handOff: HandOffNote?

  /// Plans a reply.
  /// - Parameters:
  ///   - templates: the templates' names.
  ///   - locale: the language of the reply.
  ///   - order: the order, if it may be shown.
  ///   - dueAt: until when a person answers.
  ///   - options: what the buyer is asked to choose from.
  ///   - namedNumber: the number of an order that could not be matched with the buyer.
  public init(
    _ templates: [String], locale: LocaleTag, order: OrderView? = nil, dueAt: Date? = nil,
    options: [String] = [], namedNumber: OrderNumber? = nil
  ) {
    self.templates = templates
    self.locale = locale
    self.order = order
    self.dueAt = dueAt
    self.options = options
    self.namedNumber = namedNumber
  }
}

/// What is done about a message.
public enum Decision: Sendable, Hashable {
  /// It is answered.
  case reply([Answerable], ReplyPlan)
  /// The buyer is asked something first.
  case clarify(ReplyPlan)
  /// A person takes over, and the reply says what happens next.
  case escalate(Escalation, ReplyPlan)
}

/// What is known about the order that a message is about.
public enum OrderAccess: Sendable, Hashable {
  /// It is there, and the buyer may see it.
  case shown(OrderView)
  /// A number was named, and no such order can be shown to this buyer: because it does not exist,
  /// or because it is somebody else's. Nothing further on can tell which.
  case notShown(OrderNumber)
  /// No order was named, and the buyer has these.
  case several([OrderView])
  /// No order was named.
  case notNamed
}

extension OrderAccess {
  /// The order, where it may be shown.
  package var view: OrderView? {
    if case .shown(let view) = self { view } else { nil }
  }
}
