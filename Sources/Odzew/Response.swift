public import Commerce
public import Dialogue
public import Foundation
public import Language
package import Liquid
public import Policy
public import Understanding

/// What the responder does about one request: exactly one for each.
public struct Response: Sendable, Hashable {
  /// What is done.
  public enum Action: String, Sendable, CaseIterable, Encodable {
    /// The reply answers.
    case reply
    /// The reply asks the buyer something.
    case clarify
    /// A person must act; the reply tells the buyer what happens next.
    case escalate
    /// A draft may leave.
    case pass
    /// A draft may not leave.
    case block
    /// Nothing is said, for a reason.
    case suppress
    /// The text may leave, but not before `notBefore`.
    case delay
    /// What the request told is kept.
    case stored
    /// The request could not be read.
    case error
  }

  /// A text that leaves.
  public struct Reply: Sendable, Hashable {
    /// The text, which has passed the policy filter.
    public let text: ApprovedText
    /// The templates it was made from, joined by `+`; none for a draft.
    public let template: String?
    /// Where it goes.
    public let channel: Channel
  }

  /// What the policy filter said of the text that was to leave.
  public struct PolicyReport: Sendable, Hashable {
    /// The filter's verdict.
    public enum Verdict: String, Sendable, Encodable {
      case pass, changed, blocked
    }

    /// The verdict.
    public let verdict: Verdict
    /// The rules that fired.
    public let findings: [PolicyFinding]
  }

  /// An escalation and what the person needs to take over.
  public struct HandOff: Sendable, Hashable {
    /// Why, to whom, until when.
    public let escalation: Escalation
    /// The matter in a few words.
    public let summary: String
    /// What was said so far.
    public let transcript: [Conversation.Turn]
    /// What a person might answer: a text that has passed the policy filter.
    public var proposal: ApprovedText?
  }

  /// An intent that was found.
  public struct FoundIntent: Sendable, Hashable {
    /// The intent.
    public let intent: IntentID
    /// How sure that is, from 0 to 1.
    public let confidence: Double
  }

  /// Why a request could not be read.
  public struct Failure: Sendable, Hashable {
    /// The kinds of failure.
    public enum Code: String, Sendable, CaseIterable, Encodable {
      case invalidJSON = "invalid_json"
      case invalidRequest = "invalid_request"
      case lineTooLong = "line_too_long"
      case invalidUTF8 = "invalid_utf8"
      case `internal`
    }

    /// What kind of failure it is.
    public let code: Code
    /// What is wrong.
    public let message: String
  }

  /// The request's identity; nil where it could not be read.
  public var id: String?
  /// The request's conversation; nil where it could not be read.
  public var conversation: String?
  /// What is done.
  public var action: Action
  /// The language answered in.
  public var locale: LocaleTag?
  /// What was understood, riskiest or strongest first.
  public var intents: [FoundIntent] = []
  /// Numbers, addresses and amounts in the message.
  public var entities: [Entity] = []
  /// The text that leaves.
  public var reply: Reply?
  /// What the policy filter said.
  public var policy: PolicyReport?
  /// What a person has to take over.
  public var handOff: HandOff?
  /// The ways that the templates of the reply took, for coverage; not part of the interface.
  package var branches: Set<BranchMark> = []
  /// From when on the text may leave.
  public var notBefore: Date?
  /// Whether anybody has to answer; thanks and machines wait for nothing.
  public var needsAnswer = true
  /// Why nothing is said, or not yet.
  public var reason: String?
  /// Why the request could not be read.
  public var failure: Failure?
  /// The line of the input that could not be read, from 1.
  public var line: Int?

  init(to request: Request, _ action: Action, locale: LocaleTag) {
    id = request.id
    conversation = request.conversation
    self.action = action
    self.locale = locale
  }

  /// The response to something that is no buyer's message.
  /// - Parameters:
  ///   - id: its identity, as far as it is known.
  ///   - conversation: the conversation, as far as it is known.
  ///   - reason: why nothing is said.
  ///   - needsAnswer: whether a person has to answer all the same.
  public init(
    skipping id: String?, in conversation: String?, because reason: String,
    needsAnswer: Bool = false
  ) {
    self.id = id
    self.conversation = conversation
    action = .suppress
    self.reason = reason
    self.needsAnswer = needsAnswer
  }

  /// The response to a line that is no request.
  /// - Parameters:
  ///   - error: what is wrong with it.
  ///   - line: which line it is, from 1.
  public init(_ error: InvalidRequest, line: Int) {
    id = error.id
    action = .error
    failure = Failure(code: error.code, message: error.message)
    self.line = line
  }
}
