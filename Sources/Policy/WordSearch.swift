internal import Commerce
internal import Foundation
internal import Language
internal import Patterns

/// A rule with what it looks for among the concepts: an object, since copying a rule for every
/// text costs more than trying most of them.
final class SearchedRule: Sendable {
  let rule: PolicyPack.Rule
  let scope: PolicyPack.Scope
  let search: ConceptSearch
  /// Its place among the rules that words are weighed for.
  let weighed: Int?

  init(_ rule: PolicyPack.Rule, _ search: ConceptSearch, weighed: Int?) {
    self.rule = rule
    scope = rule.scope
    self.search = search
    self.weighed = weighed
  }
}

/// What the words of a text are to the rules that hold for an occasion, whenever it is and whatever
/// has happened before.
struct Words: Sendable {
  struct Found: Sendable {
    var grave: [Range<Int>] = []
    var seen: [Range<Int>] = []
    var read: [Range<Int>] = []
    /// What the words come to, where they accuse and nothing else does.
    var charge: Weighing.Charge?

    var isEmpty: Bool { grave.isEmpty && seen.isEmpty && read.isEmpty && charge == nil }
  }

  /// The rules that find something, and all rules of context; nil where the search was given up.
  var byRule: [(policy: SearchedRule, found: Found?)] = []
  var said = ContextJudge.Said(handsOver: false, isAutomated: false, isOnlyCourtesy: false)
  /// Whether something was found that the order's own numbers may excuse.
  var mayBeReference = false
}

/// Looks for what rules forbid in the words of texts, and remembers what it found in the last ones.
struct WordSearch: Sendable {
  let policies: [SearchedRule]
  private let concepts: ConceptTable
  private let weighing: Weighing?
  /// How texts are read where their language is not known.
  private let usual: LanguageReading
  /// The same by language: its own words first.
  private let readings: [String: LanguageReading]
  private let detectors: DetectorKit
  private let memo = Memo<Question, Words>(capacity: 4096)

  private struct LanguageReading {
    let rules: ReadingRules
    let turns: Pattern

    init(_ rules: ReadingRules, turnsOf own: ReadingRules) throws(PatternError) {
      self.rules = rules
      turns = try Pattern(own.turns)
    }
  }

  private struct Question: Hashable {
    /// Bytes: texts that are equal to Unicode differ in where their words stand, and in length.
    let text: ByteKey
    let occasion: Occasion
  }

  /// Texts beyond this many bytes are not remembered: they seldom come twice, and would fill memory.
  private static let longestRemembered = 4096

  init(
    _ policies: [SearchedRule], _ concepts: ConceptTable, _ weighing: Weighing?,
    reading parts: [(locale: LocaleTag?, rules: ReadingRules)], _ links: LinkRules,
    languages: LanguageContrast
  ) throws(PatternError) {
    self.policies = policies
    self.concepts = concepts
    self.weighing = weighing
    let all = ReadingRules(parts.map(\.rules))
    usual = try LanguageReading(all, turnsOf: all)
    var readings: [String: LanguageReading] = [:]
    for case (let locale?, let own) in parts {
      let rules = ReadingRules([own] + parts.map(\.rules))
      readings[locale.language] = try LanguageReading(rules, turnsOf: own)
    }
    self.readings = readings
    detectors = try DetectorKit(all, links, languages: languages)
  }

  /// Writes the tables that take long to make.
  func write(to archive: inout TableArchive) {
    concepts.write(to: &archive)
    weighing?.write(to: &archive)
  }

  /// What the words of a text are to the rules in force.
  ///
  /// The same few texts leave all day long: what their words are is looked for once.
  func words(of text: String, for occasion: Occasion) -> Words {
    var bare = Occasion(
      channel: occasion.channel, marketplace: occasion.marketplace,
      isPlatformMessage: occasion.isPlatformMessage, kind: occasion.kind,
      author: occasion.author, locale: occasion.locale, lengthLimit: occasion.lengthLimit,
      moment: .distantPast)
    bare.circumstances.thread = occasion.circumstances.thread
    let words =
      text.utf8.count > Self.longestRemembered
      ? search(text, for: bare)
      : memo.answer(to: Question(text: ByteKey(text.utf8), occasion: bare)) {
        search(text, for: bare)
      }
    guard words.mayBeReference, !occasion.references.isEmpty else { return words }
    bare.references = occasion.references
    return search(text, for: bare)
  }

  private func search(_ text: String, for occasion: Occasion) -> Words {
    var matching = matching(text, for: occasion)
    var words = Words()
    let place = PolicyPack.Scope.Place(occasion)
    let inForce = policies.filter { $0.scope.holds(for: place) }
    var charges: [Weighing.Charge] = []
    if let weighing {
      var isInForce = Array(repeating: false, count: weighing.count)
      for place in inForce.compactMap(\.weighed) { isInForce[place] = true }
      charges = matching.charges(by: weighing, where: isInForce)
    }
    for policy in inForce {
      guard let grave = matching.ranges(of: policy.rule.blocking),
        let seen = matching.ranges(of: policy.rule.detectors),
        let read = matching.ranges(
          of: policy.rule.patterns, policy.search, unless: policy.rule.exceptions,
          mayBeExcused: policy.weighed != nil)
      else {
        words.byRule.append((policy, nil))
        continue
      }
      var found = Words.Found(grave: grave, seen: seen, read: read)
      if found.isEmpty { found.charge = charges.first { $0.rule == policy.weighed } }
      if policy.rule.context == nil, found.isEmpty { continue }
      words.byRule.append((policy, found))
    }
    words.said = said(in: &matching)
    words.mayBeReference = Detector.allCases.contains { detector in
      detector.sparesReferences && !(matching.ranges(of: [detector]) ?? []).isEmpty
    }
    return words
  }

  /// Where a text tells how somebody is reached, or an account: e-mail addresses, phone numbers, links,
  /// bank accounts and cards.
  /// - Parameters:
  ///   - text: the text.
  ///   - locale: its language, where that is known.
  /// - Returns: ranges of its UTF-8; nil where the search was given up.
  func contacts(in text: String, _ locale: LocaleTag?) -> [Range<Int>]? {
    var matching = matching(
      text,
      for: Occasion(
        channel: .elsewhere, isPlatformMessage: true, locale: locale, moment: .distantPast))
    return matching.ranges(of: [
      .email, .phone, .externalLink, .insecureLink, .deceptiveLink, .bankAccount, .card,
    ])
  }

  /// The concepts of each sentence of a text: see `PolicyFilter`.
  func concepts(in text: String, _ locale: LocaleTag?) -> [[String]] {
    var matching = matching(
      text,
      for: Occasion(
        channel: .elsewhere, isPlatformMessage: false, locale: locale, moment: .distantPast))
    return matching.spoken().map { $0.map { concepts.names[Int($0)] } }
  }

  private func matching(_ text: String, for occasion: Occasion) -> RuleMatching {
    let reading = occasion.locale.flatMap { readings[$0.language] } ?? usual
    return RuleMatching(
      text, reading.rules, for: occasion, detectors, concepts, turns: reading.turns)
  }

  /// What rules of context want to know of the words.
  private func said(in matching: inout RuleMatching) -> ContextJudge.Said {
    ContextJudge.Said(
      handsOver: concepts.number(of: "hands_over").map { matching.says($0) } ?? false,
      isAutomated: concepts.number(of: "is_automated").map { matching.says($0) } ?? false,
      isOnlyCourtesy: concepts.number(of: "courtesy").map { matching.saysNothingBut($0) } ?? false)
  }
}
