public import Commerce
public import Foundation
internal import Language

/// What is remembered between the messages of one conversation: a value, kept by the caller.
public struct Conversation: Sendable, Hashable, Codable {
  /// One text of the conversation.
  public struct Turn: Sendable, Hashable, Codable {
    /// Who wrote it.
    public enum Author: String, Sendable, Codable {
      case buyer, responder
      /// A person of the seller's.
      case agent
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
    /// Which of these orders of the buyer is meant.
    case order([String])
  }

  /// The texts so far, oldest first; the latest fifty.
  public private(set) var transcript: [Turn] = []
  /// What happened besides what was said: notices, takeovers, opt-outs; the latest hundred.
  public private(set) var history: [Circumstances.Event] = []
  /// How many events have been noted in all.
  public private(set) var eventCount = 0
  /// What the buyer agreed to and withdrew here, oldest first.
  public private(set) var consents: [Circumstances.Consent] = []
  /// Whether a person has taken over: the responder is silent until it is handed back.
  public private(set) var isInHumanHands = false
  /// Whether the responder has stopped answering, because it went round in circles.
  public package(set) var isStopped = false
  /// The language the conversation is held in, once it is known.
  package var locale: String?
  /// The order in question.
  package var orderNumber: String?
  /// The orders that were spoken of, the latest last.
  package var spokenOf: [String] = []
  /// Who wrote last, by the sending system's word.
  private var writer: String?
  /// What the responder asked and waits to hear.
  package var question: Question?
  /// Whether the buyer's last message picked an order from the list that was shown.
  package var hasPickedOrder = false
  /// The buyer's message that waits for the answer to that question, or that was answered last.
  package var openMessage: String?
  /// The intent that the buyer chose for it, where it was not clear by itself.
  package var chosenIntent: String?
  /// The orders that the buyer was last offered to choose from, in their order.
  package var offered: [String] = []
  /// What a person has promised to answer and has not yet.
  package var pending: Pending?
  /// How often in a row a message was not understood.
  package var misunderstandings = 0
  /// How angry the buyer's last message was, from 0.
  package var anger = 0
  /// How often an order was named, or a fact of it, that could not be matched.
  package var failedProofs = 0
  /// The same by order: whoever keeps conversations adds them up, because a guesser may begin anew.
  public package(set) var failedProofsByOrder: [String: Int] = [:]
  /// The numbers of orders that the buyer named in a chat.
  package var namedOrders: Set<String> = []
  /// The e-mail addresses and postcodes that the buyer named in a chat.
  package var namedFacts: Set<String> = []
  /// What the responder last said, and how often in a row.
  private var repetition: Repetition?

  /// A matter that waits for a person.
  package struct Pending: Sendable, Hashable, Codable {
    /// Until when the buyer was promised an answer.
    package let dueAt: Date

    package init(dueAt: Date) { self.dueAt = dueAt }
  }

  private struct Repetition: Sendable, Hashable, Codable {
    let text: String
    let count: Int
  }

  /// A conversation in which nothing has been said.
  public init() {}

  /// Enough to hand over a story, little enough to keep for every buyer.
  private static let transcriptLimit = 50
  private static let historyLimit = 100

  /// Adds a text in its place: what arrives late was still said before.
  package mutating func add(_ text: String, by author: Turn.Author, at moment: Date) {
    let place = transcript.lastIndex { $0.at <= moment }.map { $0 + 1 } ?? 0
    transcript.insert(Turn(author: author, text: text, at: moment), at: place)
    transcript.removeFirst(max(0, transcript.count - Self.transcriptLimit))
    // A person has spoken: nothing waits for one any more.
    if author == .agent { pending = nil }
    guard author == .responder else { return }
    repetition = Repetition(
      text: text, count: repetition?.text == text ? (repetition?.count ?? 0) + 1 : 1)
  }

  /// How often the buyer has written a text within a day.
  package func timesAsked(_ text: String, until now: Date) -> Int {
    let asked = Folding.fold(text).bytes
    return transcript.count { turn in
      turn.author == .buyer && now.timeIntervalSince(turn.at) < Self.proofLasts
        && Folding.fold(turn.text).bytes == asked
    }
  }

  /// Whether the seller's side has said a text.
  package func hasSaid(_ text: String) -> Bool {
    transcript.contains { $0.author != .buyer && $0.text == text }
  }

  /// How often in a row the responder has said a text.
  package func timesSaid(_ text: String) -> Int {
    repetition?.text == text ? repetition?.count ?? 0 : 0
  }

  /// Whether the responder has said more than helps anybody: a dozen texts in an hour, or thirty in
  /// a day, with no person between.
  package func isFlooded(at now: Date) -> Bool {
    let since = transcript.last { $0.author == .agent }?.at ?? .distantPast
    func count(_ seconds: TimeInterval) -> Int {
      transcript.count {
        $0.author == .responder && $0.at >= since && now.timeIntervalSince($0.at) < seconds
      }
    }
    return count(3600) >= 12 || count(24 * 3600) >= 30
  }

  /// Notes who writes.
  ///
  /// Another person in the same conversation has proved nothing, and asks about
  /// nothing that was spoken of.
  package mutating func identify(_ id: String?) {
    defer { writer = id }
    guard writer != id, transcript.contains(where: { $0.author == .buyer }) else { return }
    (namedOrders, namedFacts) = ([], [])
    (question, openMessage, chosenIntent, orderNumber) = (nil, nil, nil, nil)
    (spokenOf, offered) = ([], [])
  }

  /// Takes over what the sender knows of people taking charge.
  package mutating func learn(_ known: [Circumstances.Event]) {
    let charge = known.filter { [.agentTakeover, .agentRelease].contains($0.kind) }
    guard let last = charge.max(by: { ($0.at ?? .distantPast) < ($1.at ?? .distantPast) }) else {
      return
    }
    let own = history.last { [.agentTakeover, .agentRelease].contains($0.kind) }
    if own == nil || (last.at ?? .distantFuture) > (own?.at ?? .distantPast) { note(last) }
  }

  /// Notes that something happened.
  package mutating func note(_ event: Circumstances.Event) {
    eventCount += 1
    history.append(event)
    history.removeFirst(max(0, history.count - Self.historyLimit))
    switch event.kind {
    case .agentTakeover, .agentRelease:
      // What arrives late must not undo what is newer.
      let charge = history.filter { [.agentTakeover, .agentRelease].contains($0.kind) }
      let last = charge.enumerated().max {
        ($0.element.at ?? .distantPast, $0.offset) < ($1.element.at ?? .distantPast, $1.offset)
      }
      isInHumanHands = last?.element.kind == .agentTakeover
      if !isInHumanHands { (isStopped, pending) = (false, nil) }
    default: break
    }
  }

  /// Notes a consent that was given or withdrawn.
  package mutating func note(_ consent: Circumstances.Consent) { consents.append(consent) }

  /// Whether the buyer wants no more messages: an opt-out that no later consent takes back.
  public var isOptedOut: Bool {
    guard let last = history.last(where: { $0.kind == .optOut }) else { return false }
    return !consents.contains { consent in
      consent.isGranted && (consent.at ?? .distantPast) > (last.at ?? .distantPast)
    }
  }

  /// Forgets what a pause makes stale.
  ///
  /// After a day nobody knows who sits at the keyboard, and a question from a week ago is not what a
  /// message answers.
  package mutating func pause(until now: Date) {
    guard let last = transcript.last?.at else { return }
    let idle = now.timeIntervalSince(last)
    if idle > Self.proofLasts {
      namedOrders = []
      namedFacts = []
      anger = 0
      isStopped = false
    }
    if idle > Self.questionLasts {
      question = nil
      openMessage = nil
      chosenIntent = nil
      orderNumber = nil
      spokenOf = []
      offered = []
      failedProofs = 0
      pending = nil
      misunderstandings = 0
    }
  }

  /// A day, in seconds.
  private static let proofLasts: TimeInterval = 24 * 3600
  /// A week, in seconds.
  private static let questionLasts: TimeInterval = 7 * 24 * 3600
}
