internal import Foundation
public import Odzew

/// Proposes points for rules from labelled messages.
///
/// The method is multinomial logistic regression, with the points as they are as the prior: the
/// points are moved so that the labelled intents' shares of certainty grow (the sum of the labels'
/// log shares, less `caution` / 2 times the squares of all changes, is raised step by step, each
/// point by its own slope over its own curvature). What few messages speak of hardly moves, and
/// nothing moves without a reason. The result is the same in every run.
public struct Tuning: Sendable {
  /// A change of one rule's points.
  public struct Proposal: Sendable, Hashable {
    /// The intent.
    public let intent: String
    /// The rule as its author wrote it.
    public let rule: String
    /// Where it stands.
    public let location: SourceLocation
    /// Its points now.
    public let old: Double
    /// Its points as proposed, in tenths.
    public let new: Double
    /// In how many of the messages the rule spoke.
    public let messages: Int
  }

  /// What is proposed, by place.
  public let proposals: [Proposal]
  /// The mean log share of the labels before and after, both at most 0.
  public let likelihood: (before: Double, after: Double)

  private struct Key: Hashable {
    let intent: Int
    let kind: Evidence.Kind
    let rule: String
    let locale: String?
  }

  /// Fits points.
  /// - Parameters:
  ///   - messages: labelled messages.
  ///   - bot: the bot whose rules speak.
  ///   - caution: how much a change must be worth: 1 for many messages, 10 for few.
  ///   - rounds: how many steps are made.
  /// - Complexity: O(rounds × messages × rules that speak about a message).
  public init(on messages: [LabelledMessage], of bot: Bot, caution: Double = 3, rounds: Int = 60) {
    let intents = bot.classifier.intents
    let numbers = Dictionary(
      uniqueKeysWithValues: intents.enumerated().map { ($0.element.id.description, $0.offset) })
    var rules: [Intent.Weighed] = []
    var intentOfRule: [Int] = []
    var places: [Key: Int] = [:]
    for (index, intent) in intents.enumerated() {
      for weighed in intent.weighed {
        let locale = weighed.locale?.description
        places[Key(intent: index, kind: weighed.kind, rule: weighed.rule, locale: locale)] =
          rules.count
        rules.append(weighed)
        intentOfRule.append(index)
      }
    }
    var examples: [Example] = []
    var counts = Array(repeating: 0, count: rules.count)
    for message in messages {
      let labels = message.intents.compactMap { numbers[$0] }
      guard !labels.isEmpty, let locale = LocaleTag(message.locale) else { continue }
      let evidence = bot.classifier.evidence(in: Utterance(message.text, locale: locale))
      var spoken: [Int] = []
      var fixed = intents.map(\.bias)
      for (intent, list) in evidence.enumerated() {
        for reason in list {
          let key = Key(
            intent: intent, kind: reason.kind, rule: reason.rule,
            locale: reason.kind == .keyword ? locale.description : nil)
          if let place = places[key] {
            spoken.append(place)
            counts[place] += 1
          } else {
            fixed[intent] += reason.points
          }
        }
      }
      examples.append(
        Example(
          fixed: fixed, rules: spoken,
          target: intents.indices.map { labels.contains($0) ? 1 / Double(labels.count) : 0 }))
    }
    let old = rules.map(\.points)
    var points = old
    likelihood.before = Self.meanLogShare(examples, points, intentOfRule)
    for _ in 0..<rounds {
      var slope = zip(points, old).map { -caution * ($0 - $1) }
      var curvature = Array(repeating: caution, count: points.count)
      for example in examples {
        let shares = example.shares(points, intentOfRule)
        for rule in example.rules {
          let intent = intentOfRule[rule]
          slope[rule] += example.target[intent] - shares[intent]
          curvature[rule] += shares[intent] * (1 - shares[intent])
        }
      }
      // Rules that speak together would overshoot together: a fraction of each step is enough.
      for rule in points.indices { points[rule] += 0.25 * slope[rule] / curvature[rule] }
    }
    likelihood.after = Self.meanLogShare(examples, points, intentOfRule)
    proposals = rules.indices.compactMap { rule in
      let new = (points[rule] * 10).rounded() / 10
      guard abs(new - old[rule]) >= 0.05 else { return nil }
      return Proposal(
        intent: intents[intentOfRule[rule]].id.description, rule: rules[rule].rule,
        location: rules[rule].location, old: old[rule], new: new, messages: counts[rule])
    }.sorted { $0.location < $1.location }
  }

  /// A message as numbers.
  private struct Example {
    /// For each intent the points that are not fitted.
    let fixed: [Double]
    /// The rules that speak.
    let rules: [Int]
    /// For each intent how much it is meant; 1 in all.
    let target: [Double]

    func shares(_ points: [Double], _ intentOfRule: [Int]) -> [Double] {
      var sums = fixed
      for rule in rules { sums[intentOfRule[rule]] += points[rule] }
      let highest = sums.max() ?? 0
      let weights = sums.map { exp($0 - highest) }
      let total = weights.reduce(0, +)
      return weights.map { $0 / total }
    }
  }

  private static func meanLogShare(
    _ examples: [Example], _ points: [Double], _ intentOfRule: [Int]
  ) -> Double {
    guard !examples.isEmpty else { return 0 }
    return examples.reduce(0.0) { sum, example in
      let shares = example.shares(points, intentOfRule)
      return sum + zip(example.target, shares).reduce(0.0) { $0 + $1.0 * log(max($1.1, 1e-12)) }
    } / Double(examples.count)
  }
}

extension Tuning {
  /// A file's text with the proposed points in place of the old ones.
  /// - Parameters:
  ///   - text: the file's text.
  ///   - file: its name, as the proposals have it.
  /// - Returns: the new text, with the lines that changed.
  public func applied(
    to text: String, of file: String
  ) -> (text: String, changes: [(line: Int, old: String, new: String)]) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var changes: [(line: Int, old: String, new: String)] = []
    let own = Dictionary(grouping: proposals.filter { $0.location.file == file }) {
      $0.location.line - 1
    }
    for (index, proposals) in own.sorted(by: { $0.key < $1.key })
    where lines.indices.contains(index) {
      let old = lines[index]
      // From behind, so that what is longer than before moves nothing that is yet to be found.
      for proposal in proposals.sorted(by: { $0.location.column > $1.location.column }) {
        lines[index] = Self.line(lines[index], with: proposal)
      }
      if lines[index] != old { changes.append((index + 1, old, lines[index])) }
    }
    return (lines.joined(separator: "\n"), changes)
  }

  /// A line with a rule's new points behind its name; as it is where no number stands there.
  private static func line(_ line: String, with proposal: Proposal) -> String {
    let name = line.dropFirst(proposal.location.column - 1)
    guard let colon = name.dropFirst(proposal.rule.count).firstIndex(of: ":") else { return line }
    // What follows the number, another keyword or a remark, stays.
    let rest = line[line.index(after: colon)...].drop { $0 == " " }
    let after = rest.drop { "-+.0123456789".contains($0) }
    guard after.startIndex > rest.startIndex else { return line }
    return line[...colon] + " " + shown(proposal.new) + after
  }

  private static func shown(_ points: Double) -> String {
    points == points.rounded() ? "\(Int(points))" : "\(points)"
  }
}
