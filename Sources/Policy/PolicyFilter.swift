public import Commerce
public import Diagnostics
internal import Language
internal import Patterns

/// The rules of all packs: what every text passes that leaves.
///
/// A review is a pure function of the text and the occasion. It fails closed: a rule that cannot be
/// decided in time blocks.
public struct PolicyFilter: Sendable {
  let policies: [PolicyPack.Rule]
  private let exceptions: [String: [Pattern]]
  private let reading: ReadingRules
  private let detectors: DetectorKit
  private let turns: Pattern

  /// Puts packs together.
  /// - Parameter packs: the packs; one of them says which links are allowed, one how languages are
  ///   read.
  /// - Throws: `InvalidFiles` where one of these is missing, and for notions that no pack has.
  public init(_ packs: [PolicyPack]) throws(InvalidFiles) {
    policies = packs.flatMap(\.rules)
    let place = SourceLocation(file: "Policies", line: 1, column: 1)
    guard let links = packs.lazy.compactMap(\.links).first else {
      throw InvalidFiles(
        Diagnostic(
          code: "missing-links", at: place, "no file says which links are allowed",
          remedy: "write 'links:' in one of them"))
    }
    guard let reading = packs.lazy.compactMap(\.reading).first else {
      throw InvalidFiles(
        Diagnostic(
          code: "missing-reading", at: place, "no file says how languages are read",
          remedy: "write 'reading:' in one of them"))
    }
    self.reading = reading
    exceptions = Dictionary(packs.flatMap(\.notions), uniquingKeysWith: +)
    let known = exceptions.keys.sorted()
    let unknown = policies.flatMap(\.notions).filter { !known.contains($0.value) }.map { notion in
      Diagnostic(
        code: "unknown-notion", at: notion.location, "there is no notion '\(notion.value)'",
        remedy: nearest(to: notion.value, among: known).map { "did you mean '\($0)'?" }
          ?? "known: \(known.joined(separator: ", "))")
    }
    if let error = InvalidFiles(unknown) { throw error }
    do throws(PatternError) {
      let languages = Dictionary(packs.flatMap(\.languages), uniquingKeysWith: +)
      detectors = try DetectorKit(
        reading, links,
        languages: languages.isEmpty ? nil : LanguageDetector(functionWords: languages))
      turns = try Pattern(reading.turns)
    } catch {
      throw InvalidFiles(
        Diagnostic(code: "invalid-detector", at: place, "a detector cannot be compiled: \(error)"))
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
      return Ruling(text, found: [finding], removed: [])
    }
    var shortened = Redaction(text)
    var removed: [PolicyFinding] = []
    // Each round takes something away, so that it ends; the bound is for the reader.
    for _ in 0..<32 {
      let hits = hits(in: shortened.text, for: occasion)
      let found = hits.map { finding($0, in: text, shortened) }
      let takesOut = hits.filter { $0.action == .redact }
      guard !takesOut.isEmpty, !hits.contains(where: { $0.action > .redact }) else {
        return Ruling(shortened.text, found: found, removed: removed)
      }
      let before = shortened
      for hit in takesOut { shortened.mark(hit) }
      shortened.remove()
      let cutsSentences = takesOut.contains { $0.rule.removes == .sentence }
      guard shortened.text != before.text, !(cutsSentences && shortened.isTorso) else {
        return Ruling(before.text, found: found, removed: removed)
      }
      removed += found.filter { $0.action == .redact }
    }
    let rest = hits(in: shortened.text, for: occasion)
    return Ruling(
      shortened.text, found: rest.map { finding($0, in: text, shortened) }, removed: removed)
  }

  /// Bytes beyond which a text is not read, so that nobody can keep the filter busy for minutes.
  private static let longestText = 64 * 1024

  /// A rule that fired, and on which bytes of the text as it is by then.
  struct Hit {
    let rule: PolicyPack.Rule
    let action: PolicyFinding.Action
    let range: Range<Int>
    /// Whether the search was given up instead.
    var isGivenUp = false
  }

  /// Every rule that fires, on every place.
  func hits(in text: String, for occasion: Occasion) -> [Hit] {
    let matching = RuleMatching(text, reading, for: occasion, detectors, turns: turns)
    var hits: [Hit] = []
    for rule in policies where rule.scope.holds(for: occasion) {
      let unless = rule.exceptions + rule.notions.flatMap { exceptions[$0.value] ?? [] }
      if let grave = matching.ranges(of: rule.blocking),
        let seen = matching.ranges(of: rule.detectors),
        let read = matching.ranges(of: rule.patterns, rule.together, unless: unless)
      {
        hits += merged(grave).map { Hit(rule: rule, action: .block, range: $0) }
        hits += merged(seen + read).map { Hit(rule: rule, action: rule.action, range: $0) }
      } else {
        hits.append(Hit(rule: rule, action: .block, range: 0..<0, isGivenUp: true))
      }
    }
    return hits
  }

  private func finding(_ hit: Hit, in text: String, _ shortened: Redaction) -> PolicyFinding {
    let range = shortened.originalRange(of: hit.range)
    let excerpt = String(decoding: Array(text.utf8)[range], as: UTF8.self)
    guard hit.isGivenUp else {
      return PolicyFinding(
        rule: hit.rule.id, action: hit.action, excerpt: excerpt, range: range,
        source: hit.rule.source, message: hit.rule.message)
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
