public import Foundation
public import Odzew

/// What became of buyers' messages over a period, and what buyers complain of.
public struct ServiceReport: Sendable {
  /// What became of some messages.
  public struct Handling: Sendable, Hashable {
    /// Answered by the responder.
    public var answered = 0
    /// Asked back by the responder.
    public var askedBack = 0
    /// Left to a person.
    public var toPerson = 0
    /// Nobody had to answer: thanks, machines.
    public var quiet = 0
    /// Not answered for an error.
    public var failed = 0

    /// All of them.
    public var messages: Int { needingAnswer + quiet }
    /// Those that somebody had to answer.
    public var needingAnswer: Int { answered + askedBack + toPerson + failed }
    /// The share of those that the responder answered; nil where there are none.
    public var shareAnswered: Double? { AnswerTimes.share(answered, of: needingAnswer) }
  }

  /// Answers by one clock.
  public struct Clock: Sendable, Hashable {
    /// The responder's and people's.
    public var all = AnswerTimes()
    /// People's alone.
    public var people = AnswerTimes()
    /// Matters that wait, and are not due yet.
    public var open = 0
    /// Matters that wait, and are due.
    public var overdue = 0
    /// Matters that a person handed back without an answer that is on record.
    public var handedBack = 0
  }

  /// A matter that waits, or was answered after it was due.
  public struct Matter: Sendable, Hashable {
    /// Where it stands.
    public enum State: String, Sendable, CaseIterable {
      /// It waits, and is due.
      case overdue
      /// It waits, and is not due yet.
      case open
      /// It was answered after it was due.
      case late
    }

    /// Where it stands.
    public var state: State = .open
    /// The link of the trail with which it began.
    public var link: Int
    /// Where.
    public var channel: String
    /// The clock's name.
    public var clock: String
    /// Why a person was needed.
    public var reason: String
    /// Who takes it; empty where a person had the conversation already.
    public var queue: String
    /// How soon it matters.
    public var priority: Escalation.Priority
    /// When the buyer wrote.
    public var since: Date
    /// Until when the buyer was promised an answer.
    public var dueAt: Date
    /// When the clock of the channel ends.
    public var bound: Date
    /// When a person answered.
    public var answeredAt: Date?
  }

  /// A reason to fetch a person, and who took it.
  public struct Escalated: Sendable, Hashable {
    /// Why.
    public var reason: String
    /// Who took it.
    public var queue: String
    /// How soon it mattered.
    public var priority: String
  }

  /// What a rule of policy did.
  public struct RuleCount: Sendable, Hashable {
    /// The texts that left as they were.
    public var passed = 0
    /// The texts that were changed.
    public var changed = 0
    /// The texts that did not leave.
    public var blocked = 0
  }

  /// A reason and the goods.
  public struct Cause: Sendable, Hashable {
    /// The reason's name.
    public var reason: String
    /// The goods.
    public var product: ServiceEntry.Product
  }

  /// A buyer's sentence, fit to be shown.
  public struct Quote: Sendable, Hashable {
    /// The reason that it shows, and the goods.
    public var cause: Cause
    /// Its language.
    public var locale: String
    /// What the buyer wrote, without what tells who it was.
    public var text: String
    /// The link of the trail that it comes from.
    public var link: Int
  }

  /// What was asked for.
  public let period: ReportPeriod
  /// The clock: what is open then.
  public let now: Date
  /// The first and the last message that counts.
  public internal(set) var span: ClosedRange<Date>?
  /// What became of all messages.
  public internal(set) var total = Handling()
  /// How many conversations there were.
  public internal(set) var conversations = 0
  /// How many of them no person was needed in.
  public internal(set) var conversationsWithoutPerson = 0
  /// How many drafts were checked.
  public internal(set) var drafts = 0
  /// How many messages systems asked for.
  public internal(set) var notices = 0
  /// How many answers of people are on record.
  public internal(set) var answersOfPeople = 0
  /// How often a buyer's data were erased.
  public internal(set) var erasures = 0
  /// How many links have lost their texts.
  public internal(set) var withoutText = 0
  /// What became of the messages of each piece of the period.
  public internal(set) var overTime: [(piece: CalendarDay, handling: Handling)] = []
  /// What became of the messages of each intent, most first; a message may have several.
  public internal(set) var intents: [(name: String, handling: Handling)] = []
  /// What became of the messages on each channel, most first.
  public internal(set) var channels: [(name: String, handling: Handling)] = []
  /// What became of the messages in each language, most first.
  public internal(set) var languages: [(name: String, handling: Handling)] = []
  /// How long answers took, by the clock that runs.
  public internal(set) var clocks: [(name: String, times: Clock)] = []
  /// What waits and is not due, the soonest due first; then what is overdue and what was late, the latest
  /// first.
  public internal(set) var matters: [Matter] = []
  /// Why people were fetched, most often first.
  public internal(set) var escalations: [(escalated: Escalated, count: Int)] = []
  /// What rules of policy did, most often first.
  public internal(set) var rules: [(rule: String, count: RuleCount)] = []
  /// How many complaints there are: one a conversation and product.
  public internal(set) var complaints = 0
  /// How many of them give no reason.
  public internal(set) var unexplained = 0
  /// How many complaints give a reason, in each piece of the period; most often first.
  public internal(set) var reasons: [(reason: String, count: Int, pieces: [CalendarDay: Int])] = []
  /// How many complaints give a reason for some goods, most often first.
  public internal(set) var causes: [(cause: Cause, count: Int)] = []
  /// Buyers' own sentences, by reason, at the most three for each and some goods.
  public internal(set) var quotes: [Quote] = []

  init(period: ReportPeriod, now: Date) {
    self.period = period
    self.now = now
  }
}
