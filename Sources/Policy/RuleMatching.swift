internal import Commerce
internal import Patterns

/// One review's state: the forms of a text, and what has been found in them so far.
struct RuleMatching: ~Copyable {
  private let text: String
  private let forms: [ReadableText]
  private let occasion: Occasion
  private let detectors: DetectorKit
  private let turns: Pattern
  private let scratch: MatchScratch

  init(
    _ text: String, _ reading: ReadingRules, for occasion: Occasion, _ detectors: DetectorKit,
    turns: Pattern
  ) {
    self.text = text
    self.occasion = occasion
    self.detectors = detectors
    self.turns = turns
    forms = ReadableText.forms(of: text, by: reading)
    scratch = MatchScratch()
  }

  /// Where some detectors fire, as ranges of the original bytes; nil when a search was given up.
  func ranges(of wanted: [Detector]) -> [Range<Int>]? {
    var found: [Range<Int>] = []
    for form in forms {
      for detector in wanted {
        guard
          let ranges = detectors.ranges(of: detector, in: text, form, for: occasion, using: scratch)
        else { return nil }
        found += ranges
      }
    }
    return found
  }

  /// Where a rule's expressions match and no exception holds; nil when a search was given up.
  func ranges(
    of patterns: [Pattern], _ together: [PolicyPack.Together], unless exceptions: [Pattern]
  ) -> [Range<Int>]? {
    var found: [Range<Int>] = []
    for form in forms {
      var known: [Range<Int>]?
      for pattern in patterns {
        var start = 0
        search: while start <= form.bytes.count {
          switch pattern.firstMatch(in: form.bytes.span, from: start, using: scratch) {
          case .noMatch: break search
          case .limitReached: return nil
          case .match(let match):
            guard let isExcepted = isExcepted(match.range, in: form, by: exceptions, &known) else {
              return nil
            }
            if !isExcepted { found.append(form.originalRange(of: match.range)) }
            // An excepted match may hide another that begins within it.
            start = isExcepted ? match.range.lowerBound + 1 : max(match.range.upperBound, start + 1)
            while start < form.bytes.count, form.bytes[start] & 0xC0 == 0x80 { start += 1 }
          }
        }
      }
      for group in together {
        guard let ranges = ranges(of: group, in: form) else { return nil }
        for range in ranges {
          guard let isExcepted = isExcepted(range, in: form, by: exceptions, &known) else {
            return nil
          }
          if !isExcepted { found.append(form.originalRange(of: range)) }
        }
      }
    }
    return found
  }

  /// Where all parts of a group stand near each other.
  private func ranges(of group: PolicyPack.Together, in form: ReadableText) -> [Range<Int>]? {
    var parts: [[Range<Int>]] = []
    for pattern in group.parts {
      guard let matches = pattern.matches(in: form.bytes.span, using: scratch) else { return nil }
      if matches.isEmpty { return [] }
      parts.append(matches.map(\.range))
    }
    return (parts.first ?? []).compactMap { first in
      var reach = form.sentence(around: first.lowerBound)
      if group.distance == .neighbours {
        if reach.lowerBound > 0 {
          reach = form.sentence(around: reach.lowerBound - 1).lowerBound..<reach.upperBound
        }
        if reach.upperBound < form.bytes.count {
          reach = reach.lowerBound..<form.sentence(around: reach.upperBound + 1).upperBound
        }
      }
      var whole = first
      for other in parts.dropFirst() {
        // The nearest of the others, within reach.
        guard
          let near = other.filter({ reach.contains($0.lowerBound) }).min(by: {
            abs($0.lowerBound - first.lowerBound) < abs($1.lowerBound - first.lowerBound)
          })
        else { return nil }
        whole =
          min(whole.lowerBound, near.lowerBound)..<max(whole.upperBound, near.upperBound)
      }
      return whole
    }
  }

  /// Whether a clause that a match stands in is taken back: by a refusal, a warning, another sense.
  private func isExcepted(
    _ range: Range<Int>, in form: ReadableText, by exceptions: [Pattern],
    _ known: inout [Range<Int>]?
  ) -> Bool? {
    guard !exceptions.isEmpty else { return false }
    if known == nil {
      var ranges: [Range<Int>] = []
      for exception in exceptions {
        guard let matches = exception.matches(in: form.bytes.span, using: scratch) else {
          return nil
        }
        ranges += matches.map(\.range)
      }
      known = ranges
    }
    guard let known, !known.isEmpty else { return false }
    guard let clause = clause(around: range, in: form) else { return nil }
    return known.contains { $0.overlaps(clause) }
  }

  /// The part of the sentence between "but" and "but" that a match stands in.
  private func clause(around range: Range<Int>, in form: ReadableText) -> Range<Int>? {
    let line = form.sentence(around: range.lowerBound)
    let end = form.sentence(around: max(range.lowerBound, range.upperBound - 1)).upperBound
    guard
      let borders = turns.matches(
        in: form.bytes.span.extracting(line.lowerBound..<end), using: scratch)
    else { return nil }
    var clause = line.lowerBound..<end
    for border in borders {
      let place = border.range.lowerBound + line.lowerBound
      let behind = border.range.upperBound + line.lowerBound
      if behind <= range.lowerBound { clause = behind..<clause.upperBound }
      if place >= range.upperBound, place < clause.upperBound { clause = clause.lowerBound..<place }
    }
    return clause
  }
}
