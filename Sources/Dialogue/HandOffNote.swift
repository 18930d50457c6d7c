public import Commerce

/// What a person who takes a conversation over has to know, in the order in which it is told.
public struct HandOffNote: Sendable, Hashable {
  /// Why a person is needed.
  public var reason: Escalation.Reason
  /// Where the buyer writes.
  public var channel: Channel
  /// The names of what was understood, as buyers are asked about it.
  public var intents: [String]
  /// What the buyer wrote, oldest first.
  public var asked: [String]
  /// How many texts the seller's side has sent.
  public var answers: Int
  /// The rules of policy that stopped an answer.
  public var rules: [String]
  /// What the order's data lack.
  public var hole: String?
  /// What the platform says of the matter.
  public var claim: PlatformClaim?

  /// Makes a note.
  /// - Parameters:
  ///   - reason: why a person is needed.
  ///   - channel: where the buyer writes.
  ///   - intents: the names of what was understood.
  ///   - asked: what the buyer wrote, oldest first.
  ///   - answers: how many texts the seller's side has sent.
  ///   - rules: the rules of policy that stopped an answer.
  ///   - hole: what the order's data lack.
  public init(
    reason: Escalation.Reason, channel: Channel, intents: [String], asked: [String], answers: Int,
    rules: [String], hole: String?
  ) {
    self.reason = reason
    self.channel = channel
    self.intents = intents
    self.asked = asked
    self.answers = answers
    self.rules = rules
    self.hole = hole
  }
}
