public import Foundation

/// What is remembered between the messages of one conversation: a value, kept by the caller.
public struct Conversation: Sendable, Hashable, Codable {
  /// One text of the conversation.
  public struct Turn: Sendable, Hashable, Codable {
    /// Who wrote it.
    public enum Author: String, Sendable, Codable {
      case buyer, responder
    }

    /// Who wrote it.
    public let author: Author
    /// What it said.
    public let text: String
    /// When.
    public let at: Date
  }

  /// What the responder asked and waits to hear.
  package enum Question: Sendable, Hashable, Codable {
    /// The number of the order.
    case orderNumber
    /// One more fact of the order whose number was named.
    case orderFact
    /// Which of these intents is meant.
    case choice([String])
  }

  /// The texts so far, oldest first; the latest fifty.
  public private(set) var transcript: [Turn] = []
  /// The language the conversation is held in, once it is known.
  package var locale: String?
  /// The order in question.
  package var orderNumber: String?
  /// What the responder asked and waits to hear.
  package var question: Question?
  /// The buyer's message that waits for the answer to that question, or that was answered last.
  package var openMessage: String?
  /// The intent that the buyer chose for it, where it was not clear by itself.
  package var chosenIntent: String?
  /// How often in a row a message was not understood.
  package var misunderstandings = 0
  /// How often an order was named, or a fact of it, that could not be matched.
  package var failedProofs = 0
  /// The numbers of orders that the buyer named in a chat.
  package var namedOrders: Set<String> = []
  /// The e-mail addresses and postcodes that the buyer named in a chat.
  package var namedFacts: Set<String> = []

  /// A conversation in which nothing has been said.
  public init() {}

  /// Enough to hand over a story, little enough to keep for every buyer.
  private static let transcriptLimit = 50

  package mutating func add(_ text: String, by author: Turn.Author, at moment: Date) {
    transcript.append(Turn(author: author, text: text, at: moment))
    transcript.removeFirst(max(0, transcript.count - Self.transcriptLimit))
  }
}
