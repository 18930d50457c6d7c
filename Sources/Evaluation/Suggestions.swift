internal import Language
public import Odzew

/// What messages that were not understood have in common, which intent they are nearest to, and which
/// keywords would have them answered without changing how anything else is read.
public struct Suggestions: Sendable {
  /// How the messages of the file were read.
  public struct Counts: Sendable, Hashable {
    /// Would be answered.
    public internal(set) var understood = 0
    /// Would be asked about, or asked to be said otherwise.
    public internal(set) var missed = 0
    /// Are about something that no intent is for.
    public internal(set) var offTopic = 0
    /// Were written by machines.
    public internal(set) var automatic = 0
    /// Are in a language that the bot has no words for.
    public internal(set) var foreign = 0
    /// Are longer, or harder, than what is read to its end.
    public internal(set) var unread = 0
  }

  /// An intent that a group is near to.
  public struct Nearest: Sendable, Hashable {
    /// The intent.
    public let intent: IntentID
    /// How sure of it the readings are on average, from 0 to 1.
    public let confidence: Double
    /// How like the group is to the likest of its examples, from 0 to 1.
    public let likeness: Double
  }

  /// A keyword that was tried and changes nothing that it must not.
  public struct Keyword: Sendable, Hashable {
    /// The keyword.
    public let text: String
    /// The least points, of those tried, with which it does what it can.
    public let points: Double
    /// In how many messages of the group it stands.
    public let standsIn: Int
    /// How many of them it has answered as the intent.
    public let answers: Int
    /// How many other messages that were not understood it has answered as the intent, too.
    public let answersElsewhere: Int
  }

  /// Messages that are alike.
  public struct Group: Sendable {
    /// Their language.
    public let locale: LocaleTag
    /// Their lines in the file.
    public let lines: [Int]
    /// The most typical ones, without what tells who wrote them.
    public let sentences: [String]
    /// The words that they share.
    public let words: [String]
    /// The intent that they are nearest to; nil where none is near.
    public let nearest: Nearest?
    /// How many of them are labelled, and how many with that intent.
    public let labelled: (with: Int, of: Int)
    /// The keywords, each proved alone, and with all those before it.
    public let keywords: [Keyword]
    /// How many of the messages all keywords together have answered.
    public let answered: Int
    /// How many keywords were tried and dropped.
    public let dropped: Int
    /// Why the one was that stands in most of the messages.
    public let reason: String?
  }

  /// How the messages of the file were read.
  public let counts: Counts
  /// The groups that were looked at, the largest first.
  public let groups: [Group]
  /// How many groups there are that are large enough.
  public let groupCount: Int
  /// How many missed messages are in no such group.
  public let ungrouped: Int
  /// How many sentences of the intents' files each keyword was held against.
  public let examples: Int
  /// How many buyers' messages of cases each keyword was held against.
  public let samples: Int

  /// Groups messages and tries keywords.
  ///
  /// The same for the same messages, in whatever order they stand.
  /// - Parameters:
  ///   - messages: the messages.
  ///   - responder: the bot.
  ///   - cases: its cases.
  ///   - limit: how many groups are looked at.
  ///   - least: how many messages make a group.
  ///   - progress: told how many groups have been looked at.
  /// - Complexity: O(messages × their words) to group them; each keyword that is tried costs one look
  ///   through all different words, and reads again what has one of its own.
  public init(
    of messages: [ReceivedMessage], by responder: Responder, cases: [Case], limit: Int = 20,
    least: Int = 2, progress: (Int) -> Void = { _ in }
  ) {
    let heard = MessagesHeard(messages, by: responder)
    let kept =
      KeywordTrial.examples(of: responder.bot) + KeywordTrial.samples(of: cases, by: responder)
    let trial = KeywordTrial(of: kept + heard.texts, by: responder)
    let finder = SuggestionFinder(heard, trial, of: responder.bot)
    let all = finder.groups.filter { $0.messages.count >= least }
    var search = KeywordSearch(
      trial, heard, firstMissed: kept.count, by: responder.bot.classifier)
    var groups: [Group] = []
    for group in all.prefix(limit) {
      let nearest = finder.nearest(to: group)
      let found = nearest.map { search.keywords(for: group, as: $0.intent) }
      let messages = group.messages.map { heard.missed[$0].message }
      let labels = messages.map(\.intents).filter { !$0.isEmpty }
      groups.append(
        Group(
          locale: group.locale, lines: messages.map(\.line).sorted(),
          sentences: finder.sentences(of: group), words: search.words(of: group),
          nearest: nearest,
          labelled: (
            labels.count { label in
              nearest.map { label.contains($0.intent.description) } ?? false
            }, labels.count
          ),
          keywords: found?.keywords ?? [], answered: found?.answered ?? 0,
          dropped: found?.dropped ?? 0, reason: found?.reason))
      progress(groups.count)
    }
    self.groups = groups
    counts = heard.counts
    groupCount = all.count
    ungrouped = heard.counts.missed - all.reduce(0) { $0 + $1.messages.count }
    examples = kept.count { if case .example = $0.source { true } else { false } }
    samples = kept.count - examples
  }
}
