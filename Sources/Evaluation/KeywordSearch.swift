internal import Language
internal import Odzew
internal import Patterns

/// Looks for keywords that have a group of messages answered as an intent.
///
/// What is found is held against everything alone, and then once more together with all that was found
/// before, so that whoever takes the whole list gets what was proved.
struct KeywordSearch {
  /// What was found for a group.
  struct Found {
    var keywords: [Suggestions.Keyword] = []
    var answered = 0
    var dropped = 0
    var reason: String?
  }

  /// Words that may be a keyword, and where they stand.
  private struct Candidate: Sendable {
    let phrase: KeywordPhrase
    /// The messages of the group, as places among those that were missed.
    let messages: Set<Int>
    /// How many texts have it that are read as something else.
    var elsewhere = 0

    /// Whether it tells these messages from others; if not, it is not worth a trial.
    var isRareElsewhere: Bool { elsewhere <= 2 * messages.count }

    /// How promising it is: in many of the messages, in little else, and of more than one word.
    var promise: Double {
      let count = Double(messages.count)
      return count * count / (count + 2 * Double(elsewhere)) * (phrase.length > 1 ? 1.25 : 1)
    }
  }

  /// What came of trying a candidate.
  private enum Trial: Sendable {
    case works(TrialKeyword, touched: [Int], answered: Set<Int>, elsewhere: Int)
    case dropped(String)
  }

  /// The points that are tried, least first; more than the last is as good as certain.
  private static let steps = [3.0, 5, 7, 9]
  /// How many candidates are tried for a group.
  private static let mostTried = 12
  /// How many keywords a group gets at most.
  private static let mostKeywords = 3
  /// A word of one message, or of one writer, tells more of the writer than of the question.
  private static let fewest = 2
  private static let mostWords = 6

  private let trial: KeywordTrial
  private let heard: MessagesHeard
  /// The place of the first missed message among the texts of the trial.
  private let firstMissed: Int
  private let rules: Classifier
  /// The rules with all keywords that were found.
  private var rulesSoFar: Classifier

  init(_ trial: KeywordTrial, _ heard: MessagesHeard, firstMissed: Int, by rules: Classifier) {
    self.trial = trial
    self.heard = heard
    self.firstMissed = firstMissed
    self.rules = rules
    rulesSoFar = rules
  }

  /// The words that messages of a group share, those first that most of them have.
  func words(of group: SuggestionFinder.Group) -> [String] {
    candidates(in: group).filter { $0.phrase.length == 1 }
      .sorted {
        ($1.messages.count, $0.phrase.written) < ($0.messages.count, $1.phrase.written)
      }
      .prefix(Self.mostWords).map(\.phrase.written)
  }

  /// Finds keywords.
  /// - Parameters:
  ///   - group: the messages.
  ///   - intent: what they are to be answered as.
  /// - Returns: the keywords, each of which has messages answered that those before it do not.
  mutating func keywords(
    for group: SuggestionFinder.Group, as intent: IntentID
  ) -> Found {
    let tried = Array(promising(in: group, for: intent).prefix(Self.mostTried))
    let own = Set(group.messages)
    let search = self
    let trials = tried.concurrentMap { search.attempt($0, own, intent, group.locale) }
    var found = Found()
    var open = own
    func drop(_ reason: String, _ candidate: Candidate) {
      found.dropped += 1
      // The first is the most promising one.
      found.reason = found.reason ?? "'\(candidate.phrase.written)' \(reason)"
    }
    var working: [(Candidate, TrialKeyword, touched: [Int], answered: Set<Int>, elsewhere: Int)] =
      []
    for (candidate, result) in zip(tried, trials) {
      switch result {
      case .dropped(let reason): drop(reason, candidate)
      case .works(let keyword, let touched, let answered, let elsewhere):
        working.append((candidate, keyword, touched, answered, elsewhere))
      }
    }
    while found.keywords.count < Self.mostKeywords {
      // Of those that answer as many, the one with the least points.
      let best = working.indices.max { one, other in
        let (left, right) = (working[one], working[other])
        return (left.answered.intersection(open).count, -left.1.points, other)
          < (right.answered.intersection(open).count, -right.1.points, one)
      }
      guard let best, working[best].answered.intersection(open).count >= Self.fewest else { break }
      let (candidate, keyword, touched, answered, elsewhere) = working.remove(at: best)
      guard let together = trial.effect(of: keyword, on: rulesSoFar, touched),
        together.broken == nil, let rules = rulesSoFar.adding(keyword)
      else {
        drop("changes, together with the keywords above, how something else is read", candidate)
        continue
      }
      rulesSoFar = rules
      open.subtract(missed(among: together.answered))
      found.keywords.append(
        Suggestions.Keyword(
          text: keyword.text, points: keyword.points, standsIn: candidate.messages.count,
          answers: answered.count, answersElsewhere: elsewhere))
    }
    found.answered = own.count - open.count
    return found
  }

  /// Phrases that stand in several messages of a group.
  private func candidates(in group: SuggestionFinder.Group) -> [Candidate] {
    let smallWords = rules.smallWords(of: group.locale)
    var places: [[UInt8]: Set<Int>] = [:]
    var spellings: [[UInt8]: [KeywordPhrase: Int]] = [:]
    for place in group.messages {
      for phrase in KeywordPhrase.all(
        in: heard.missed[place].publicWords ?? "", smallWords: smallWords)
      {
        places[phrase.folded, default: []].insert(place)
        spellings[phrase.folded, default: [:]][phrase, default: 0] += 1
      }
    }
    return places.compactMap { folded, messages in
      let writers = Set(messages.map { heard.missed[$0].message.writer })
      let isName = folded.split(separator: UInt8(ascii: " ")).contains {
        heard.namesOfPeople.contains(Array($0))
      }
      let phrase = spellings[folded]?.max {
        ($0.value, $1.key.written) < ($1.value, $0.key.written)
      }?.key
      guard let phrase, writers.count >= Self.fewest, !isName else { return nil }
      return Candidate(phrase: phrase, messages: messages)
    }
  }

  /// The candidates, the most promising first.
  private func promising(
    in group: SuggestionFinder.Group, for intent: IntentID
  ) -> [Candidate] {
    var candidates = candidates(in: group)
    var builder = KeywordTableBuilder()
    for (index, candidate) in candidates.enumerated() {
      // What can be no keyword is in no text.
      try? builder.insert(candidate.phrase.folded, value: index)
    }
    let table = builder.table
    for text in trial.texts
    where !text.isMissed && text.verdict.locale == group.locale
      && !text.verdict.answered.contains(intent)
    {
      var found: Set<Int> = []
      table.forEachMatch(in: text.utterance.folded.bytes.span) { _, index in found.insert(index) }
      for index in found { candidates[index].elsewhere += 1 }
    }
    return candidates.filter(\.isRareElsewhere).sorted {
      ($1.promise, $0.phrase.written) < ($0.promise, $1.phrase.written)
    }
  }

  /// Tries a candidate with more and more points.
  private func attempt(
    _ candidate: Candidate, _ own: Set<Int>, _ intent: IntentID, _ locale: LocaleTag
  ) -> Trial {
    let last = Self.shown(Self.steps.last ?? 0)
    var result = Trial.dropped(
      "has fewer than \(Self.fewest) of them answered, even with \(last) points")
    var touched: [Int] = []
    var most = Self.fewest - 1
    for points in Self.steps {
      let keyword = TrialKeyword(candidate.phrase.written, points: points, for: intent, in: locale)
      if touched.isEmpty { touched = trial.touched(by: keyword) }
      guard let effect = trial.effect(of: keyword, on: rules, touched) else { break }
      if let broken = effect.broken {
        if case .dropped = result {
          result = .dropped(
            "with \(Self.shown(points)) points \(complaint(of: trial.texts[broken]))")
        }
        break
      }
      let all = missed(among: effect.answered)
      let answered = all.intersection(own)
      if answered.count > most {
        most = answered.count
        result = .works(
          keyword, touched: touched, answered: answered, elsewhere: all.count - answered.count)
      }
      if most == candidate.messages.count { break }
    }
    return result
  }

  private func missed(among texts: [Int]) -> Set<Int> {
    Set(texts.map { $0 - firstMissed })
  }

  private func complaint(of text: KeywordTrial.Text) -> String {
    switch text.source {
    case .example(let sentence):
      "changes how '\(sentence.value)' is read (\(sentence.location.file):\(sentence.location.line))"
    case .sample(let name): "changes how a message of Cases/\(name).yaml is read"
    case .message(let line) where text.isMissed:
      "answers line \(line), which is labelled \(text.labels.joined(separator: " and "))"
    case .message(let line): "changes how line \(line) is read"
    }
  }

  private static func shown(_ points: Double) -> String { Suggestions.shown(points) }
}
