public import Commerce
public import Diagnostics
internal import Foundation
package import Language
package import Patterns

/// The rules of all packs: what every text passes that leaves.
///
/// A review is a pure function of the text and the occasion. It fails closed: a rule that cannot be
/// decided in time blocks.
public struct PolicyFilter: Sendable {
  let search: WordSearch
  /// Concepts for which a language has no word, though several others have: there the rules that name them
  /// find nothing.
  public let lexiconGaps: [Diagnostic]
  private let countries: Countries

  /// Puts packs together.
  /// - Parameters:
  ///   - packs: the packs; one of them says which links are allowed, one or more how languages are
  ///     read.
  ///   - hints: what words say beside the rules, by language.
  ///   - settings: what the seller makes of single rules.
  ///   - countries: what knows the public holidays.
  /// - Throws: `InvalidFiles` where one of these is missing, for concepts that no pack has, and for
  ///   wordings of rules that do not exist.
  public init(
    _ packs: [PolicyPack], hints: [PolicyHints] = [], settings: [RuleSetting] = [],
    countries: Countries = Countries()
  ) throws(InvalidFiles) {
    var none: TableArchive.Reader?
    try self.init(packs, hints: hints, settings: settings, countries: countries, tables: &none)
  }

  /// Writes the tables that take long to make.
  package func write(to archive: inout TableArchive) {
    search.write(to: &archive)
  }

  /// Puts packs together, with what was made of the same packs before.
  /// - Parameters:
  ///   - packs: the packs.
  ///   - hints: what words say beside the rules; none are needed where there are tables.
  ///   - settings: what the seller makes of single rules.
  ///   - countries: what knows the public holidays.
  ///   - tables: what was made before; nil afterwards where it is damaged.
  /// - Throws: `InvalidFiles`, as above.
  package init(
    _ packs: [PolicyPack], hints: [PolicyHints] = [], settings: [RuleSetting] = [],
    countries: Countries = Countries(), tables: inout TableArchive.Reader?
  ) throws(InvalidFiles) {
    self.countries = countries
    let place = SourceLocation(file: "Policies", line: 1, column: 1)
    guard let links = packs.lazy.compactMap(\.links).first else {
      throw InvalidFiles(
        Diagnostic(
          code: "missing-links", at: place, "no file says which links are allowed",
          remedy: "write 'links:' in one of them"))
    }
    let parts = packs.compactMap { pack in pack.reading.map { (pack.lexicon?.locale, $0) } }
    guard !parts.isEmpty else {
      throw InvalidFiles(
        Diagnostic(
          code: "missing-reading", at: place, "no file says how languages are read",
          remedy: "write 'reading:' in one of them"))
    }
    let lexicons = packs.compactMap(\.lexicon)
    lexiconGaps = PolicyLexicon.gaps(between: lexicons)
    var faults: [Diagnostic] = []
    let known = Set(packs.flatMap(\.rules).map(\.id))
    for setting in settings where !known.contains(setting.rule.value) {
      faults.append(Self.unknown(setting.rule, among: known))
    }
    var rules = packs.flatMap(\.rules).compactMap { rule in
      rule.applying(settings.last { $0.rule.value == rule.id }, &faults)
    }
    for lexicon in lexicons {
      for wording in lexicon.wordings {
        guard let index = rules.firstIndex(where: { $0.id == wording.rule.value }) else {
          // One that is switched off keeps its words.
          if known.contains(wording.rule.value) { continue }
          faults.append(Self.unknown(wording.rule, among: known))
          continue
        }
        rules[index].violates += wording.violates
        rules[index].complies += wording.complies
      }
    }
    // A rule that names concepts must hold in every language that has a lexicon.
    let spoken = lexicons.compactMap(\.locale).map(\.description)
    for index in rules.indices
    where !rules[index].combinations.isEmpty && rules[index].context == nil {
      // A deadline of some countries is for their languages alone.
      let bound = rules[index].combinations.map(\.locales)
      let some = Set(bound.flatMap { $0.map(\.value) })
      let own = bound.contains(where: \.isEmpty) ? spoken : spoken.filter(some.contains)
      rules[index].locales = Set(rules[index].locales + own).sorted()
    }
    let scale = packs.lazy.compactMap(\.weighing).first
    let kept = Self.restored(&tables, scale)
    let concepts = ConceptTable(lexicons, kept?.concepts)
    faults += concepts.faults
    if scale == nil, let hint = hints.first?.rules.first {
      faults.append(
        Diagnostic(
          code: "missing-weighing", at: hint.rule.location, "no file says what hints come to",
          remedy: "write 'weighing: {lawful: 5, accuses: 0.42, excuses: 0.15}' in one"))
    }
    let weighing = kept?.weighing ?? scale.map { Weighing(hints, $0, concepts, &faults) }
    let policies = rules.map { rule in
      SearchedRule(
        rule, ConceptSearch(rule, concepts, &faults), weighed: weighing?.place(of: rule.id))
    }
    if let error = InvalidFiles(faults) { throw error }
    let languages = Dictionary(
      packs.flatMap(\.languages).map { ($0.key.language, $0.value) },
      uniquingKeysWith: { $0.joined(by: $1) })
    do throws(PatternError) {
      search = try WordSearch(
        policies, concepts, weighing, reading: parts, links,
        languages: LanguageContrast(languages, weighing))
    } catch {
      throw InvalidFiles(
        Diagnostic(code: "invalid-detector", at: place, "a detector cannot be compiled: \(error)"))
    }
  }

  private static func unknown(
    _ rule: Located<String>, among known: Set<String>
  ) -> Diagnostic {
    let near = nearest(to: rule.value, among: known.sorted())
    return Diagnostic(
      code: "unknown-rule", at: rule.location, "there is no rule '\(rule.value)'",
      remedy: near.map { "did you mean '\($0)'?" })
  }

  private static func restored(
    _ tables: inout TableArchive.Reader?, _ scale: Weighing.Scale?
  ) -> (concepts: ConceptTable.Kept, weighing: Weighing?)? {
    guard var archive = tables else { return nil }
    do throws(TableArchive.Damaged) {
      let concepts = try ConceptTable.Kept(&archive)
      let weighing = try scale.map { scale throws(TableArchive.Damaged) in
        try Weighing(&archive, scale)
      }
      tables = archive
      return (concepts, weighing)
    } catch {
      tables = nil
      return nil
    }
  }

  /// Reviews a text.
  ///
  /// What a rule redacts is taken out, and the rest is reviewed from the beginning. A rest that
  /// would be a torso is blocked instead: less than half of the words, or under four of them.
  /// - Parameters:
  ///   - text: the finished text, with all data filled in.
  ///   - occasion: where, to whom and when it goes.
  /// - Returns: whether it may leave, and in which form; with all findings, placed in the text that
  ///   was handed in.
  public func review(_ text: String, for occasion: Occasion) -> Ruling {
    guard text.utf8.count <= Self.longestText else {
      let finding = PolicyFinding(
        rule: "text-limit", action: .block, excerpt: "", range: 0..<0, source: "House rule",
        message: "the text is longer than 64 KiB, which no channel takes; shorten it")
      return Ruling(text, found: [finding], mended: [])
    }
    let first = hits(in: text, for: occasion)
    let missing = first.filter { $0.action == .require && $0.supplies != nil }
    // What rules require and can supply stands behind the text.
    let whole = ([text] + missing.compactMap(\.supplies)).joined(separator: "\n\n")
    var mended = missing.map { finding($0, in: text, Redaction(text)) }
    var shortened = Redaction(whole)
    // Each round takes something away, so that it ends; the bound is for the reader.
    for round in 0..<32 {
      let hits =
        round == 0 && missing.isEmpty ? first : hits(in: shortened.text, for: occasion)
      let found = hits.map { finding($0, in: text, shortened) }
      let takesOut = hits.filter { $0.action == .redact }
      guard !takesOut.isEmpty, !hits.contains(where: { $0.action > .redact }) else {
        return Ruling(shortened.text, found: found, mended: mended)
      }
      let before = shortened
      for hit in takesOut { shortened.mark(hit) }
      shortened.remove()
      let cutsSentences = takesOut.contains { $0.rule.removes == .sentence }
      guard shortened.text != before.text, !(cutsSentences && shortened.isTorso) else {
        return Ruling(before.text, found: found, mended: mended)
      }
      mended += found.filter { $0.action == .redact }
    }
    let rest = hits(in: shortened.text, for: occasion)
    return Ruling(
      shortened.text, found: rest.map { finding($0, in: text, shortened) }, mended: mended)
  }

  /// Bytes beyond which a text is not read, so that nobody can keep the filter busy for minutes.
  private static let longestText = 64 * 1024

  /// A rule that fired, and on which bytes of the text as it is by then.
  struct Hit {
    let policy: SearchedRule
    let action: PolicyFinding.Action
    let range: Range<Int>
    /// From when on the text may leave.
    var notBefore: Date?
    /// What mends it, put behind the text.
    var supplies: String?
    /// Whether the search was given up instead.
    var isGivenUp = false
    /// The hints by which it was found, where nothing else found it.
    var hints: [String] = []

    var rule: PolicyPack.Rule { policy.rule }

    /// What is wrong, and by which words that was told.
    var message: String {
      guard !hints.isEmpty else { return rule.message }
      let words = hints.map { "'\($0)'" }.joined(separator: ", ")
      return "\(rule.message) (Told by its words, \(words) above all.)"
    }
  }

  /// Every rule that fires, on every place.
  /// - Parameters:
  ///   - text: the text.
  ///   - occasion: where it goes.
  /// - Returns: the hits, by rule.
  func hits(in text: String, for occasion: Occasion) -> [Hit] {
    let words = search.words(of: text, for: occasion)
    var hits: [Hit] = []
    for (policy, found) in words.byRule {
      guard let found else {
        hits.append(Hit(policy: policy, action: .block, range: 0..<0, isGivenUp: true))
        continue
      }
      if let context = policy.rule.context {
        let judge = ContextJudge(
          occasion: occasion, countries: countries, text: text, said: words.said)
        guard let outcome = judge.judge(context, saysWhen: !found.read.isEmpty) else { continue }
        hits.append(
          Hit(
            policy: policy, action: outcome.action ?? policy.rule.action,
            range: found.read.first ?? 0..<0, notBefore: outcome.notBefore,
            supplies: outcome.supplies))
        continue
      }
      hits += merged(found.grave).map { Hit(policy: policy, action: .block, range: $0) }
      hits += merged(found.seen + found.read).map {
        Hit(policy: policy, action: policy.rule.action, range: $0)
      }
      if let charge = found.charge {
        hits.append(
          Hit(
            policy: policy, action: policy.rule.action, range: charge.sentence,
            hints: charge.words))
      }
    }
    return hits
  }

  /// Where a text tells how somebody is reached, or an account: see `WordSearch`.
  package func contacts(in text: String, _ locale: LocaleTag?) -> [Range<Int>]? {
    search.contacts(in: text, locale)
  }

  /// The concepts whose keywords stand in a text: what rules can be written with, and what hints are fitted to.
  /// - Parameters:
  ///   - text: the text.
  ///   - locale: its language; where that is not known, concepts of every language alone are found.
  /// - Returns: their names, sentence by sentence, each once.
  package func concepts(in text: String, _ locale: LocaleTag?) -> [[String]] {
    search.concepts(in: text, locale)
  }

  private func finding(_ hit: Hit, in text: String, _ shortened: Redaction) -> PolicyFinding {
    // What was supplied stands behind the text that was handed in.
    let range = shortened.originalRange(of: hit.range).clamped(to: 0..<text.utf8.count)
    let excerpt = String(decoding: Array(text.utf8)[range], as: UTF8.self)
    guard hit.isGivenUp else {
      return PolicyFinding(
        rule: hit.rule.reportsAs ?? hit.rule.id, action: hit.action, excerpt: excerpt, range: range,
        source: hit.rule.source, notBefore: hit.notBefore, message: hit.message)
    }
    return PolicyFinding(
      rule: "pattern-limit", action: .block, excerpt: "", range: 0..<0, source: hit.rule.id,
      message: "the rule '\(hit.rule.id)' took too long over this text")
  }

  /// Overlapping ranges drawn together, from left to right.
  private func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
      if let last = merged.last, last.upperBound > range.lowerBound || last == range {
        merged[merged.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
  }
}
