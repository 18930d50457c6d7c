public import Commerce
public import Diagnostics
internal import Foundation
internal import Language
internal import Patterns

/// The rules of all packs: what every text passes that leaves.
///
/// A review is a pure function of the text and the occasion. It fails closed: a rule that cannot be
/// decided in time blocks.
public struct PolicyFilter: Sendable {
  private let rules: [PolicyPack.Rule]
  private let links: LinkRules
  private let detectors: DetectorKit

  /// Puts packs together.
  /// - Parameter packs: the packs; one of them says which links are allowed.
  /// - Throws: `InvalidFiles` where that one is missing.
  public init(_ packs: [PolicyPack]) throws(InvalidFiles) {
    rules = packs.flatMap(\.rules)
    let place = SourceLocation(file: "Policies", line: 1, column: 1)
    guard let links = packs.lazy.compactMap(\.links).first else {
      throw InvalidFiles(
        Diagnostic(
          code: "missing-links", at: place, "no file says which links are allowed",
          remedy: "write 'links:' in one of them"))
    }
    self.links = links
    do throws(PatternError) {
      let languages = Dictionary(
        packs.flatMap(\.languages), uniquingKeysWith: { first, second in first + second })
      detectors = try DetectorKit(
        languages: languages.isEmpty ? nil : LanguageDetector(functionWords: languages))
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
  /// - Returns: whether it may leave, and in which form.
  public func review(_ text: String, for occasion: Occasion) -> Ruling {
    let scratch = MatchScratch()
    var current = text
    var removed: [PolicyFinding] = []
    // Each round takes something away, so that it ends; the bound is for the reader.
    for _ in 0..<32 {
      let found = findings(in: current, for: occasion, using: scratch)
      let redactions = found.filter { $0.finding.action == .redact }
      guard !redactions.isEmpty, !found.contains(where: { $0.finding.action == .block }) else {
        return Ruling(current, found: found.map(\.finding), removed: removed)
      }
      let shorter = Redaction.text(current, without: redactions)
      let isTorso =
        redactions.contains { $0.removes == .sentence }
        && (Redaction.words(in: shorter) * 2 < Redaction.words(in: text)
          || Redaction.words(in: shorter) < 4)
      guard shorter != current, !isTorso else {
        return Ruling(current, found: found.map(\.finding), removed: removed)
      }
      removed += found.map(\.finding).filter { $0.action == .redact }
      current = shorter
    }
    return Ruling(
      current, found: findings(in: current, for: occasion, using: scratch).map(\.finding),
      removed: removed)
  }

  /// A finding, and what is taken away for it.
  struct Fired {
    let finding: PolicyFinding
    let removes: PolicyPack.Removal
  }

  /// Every rule that fires, each with its first place of each form.
  private func findings(
    in text: String, for occasion: Occasion, using scratch: borrowing MatchScratch
  ) -> [Fired] {
    let forms = ReadableText.forms(of: text)
    let bytes = Array(text.utf8)
    var found: [Fired] = []
    for rule in rules where rule.scope.holds(for: occasion) {
      var ranges: [Range<Int>] = []
      var isGivenUp = false
      for form in forms {
        for detector in rule.detectors {
          let hits = detectors.ranges(
            of: detector, in: text, form, for: occasion, links, using: scratch)
          ranges += hits ?? []
          isGivenUp = isGivenUp || hits == nil
        }
        for pattern in rule.patterns {
          guard let matches = pattern.matches(in: form.bytes.span, using: scratch) else {
            isGivenUp = true
            continue
          }
          for match in matches {
            switch isExcepted(match.range, in: form, by: rule.exceptions, using: scratch) {
            case true?: continue
            case false?: ranges.append(form.originalRange(of: match.range))
            case nil: isGivenUp = true
            }
          }
        }
      }
      for range in merged(ranges) {
        found.append(
          Fired(
            finding: PolicyFinding(
              rule: rule.id, action: rule.action,
              excerpt: String(decoding: bytes[range], as: UTF8.self), range: range,
              source: rule.source, message: rule.message),
            removes: rule.removes))
      }
      if isGivenUp {
        found.append(
          Fired(
            finding: PolicyFinding(
              rule: "pattern-limit", action: .block, excerpt: "", range: 0..<0,
              source: rule.id, message: "the rule '\(rule.id)' took too long over this text"),
            removes: .sentence))
      }
    }
    return found
  }

  /// Whether the sentence of a match takes its meaning back; nil when that could not be told.
  private func isExcepted(
    _ range: Range<Int>, in form: ReadableText, by exceptions: [Pattern],
    using scratch: borrowing MatchScratch
  ) -> Bool? {
    guard !exceptions.isEmpty else { return false }
    let sentence = Redaction.sentence(around: range, in: form.bytes)
    let part = form.bytes.span.extracting(sentence)
    for exception in exceptions {
      switch exception.firstMatch(in: part, using: scratch) {
      case .match: return true
      case .noMatch: continue
      case .limitReached: return nil
      }
    }
    return false
  }

  /// Overlapping ranges drawn together, from left to right.
  private func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
      if let last = merged.last, last.upperBound >= range.lowerBound {
        merged[merged.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
  }

  /// Proves the examples that the packs give: what violates must be caught by its own rule, what
  /// complies must pass it.
  /// - Returns: every example that is not judged as its author says.
  public func proveExamples() -> [Diagnostic] {
    let scratch = MatchScratch()
    return rules.flatMap { rule -> [Diagnostic] in
      let place = Channel(rule.scope.channels.sorted().first ?? "allegro")
      func fires(_ example: (locale: LocaleTag, text: Located<String>)) -> Bool {
        let occasion = Occasion(
          channel: place ?? .chat, isPlatformMessage: rule.scope.platformOnly,
          kind: rule.scope.kinds.sorted().first.flatMap(Occasion.Kind.init) ?? .reply,
          locale: example.locale, lengthLimit: 2000, moment: Date(timeIntervalSince1970: 0))
        return findings(in: example.text.value, for: occasion, using: scratch)
          .contains { $0.finding.rule == rule.id }
      }
      let missed = rule.violates.filter { !fires($0) }.map {
        Diagnostic(
          code: "violation-missed", at: $0.text.location,
          "the rule '\(rule.id)' does not catch '\($0.text.value)'")
      }
      let alarms = rule.complies.filter { fires($0) }.map {
        Diagnostic(
          code: "false-alarm", at: $0.text.location,
          "the rule '\(rule.id)' fires on '\($0.text.value)', which complies")
      }
      return missed + alarms
    }
  }
}
