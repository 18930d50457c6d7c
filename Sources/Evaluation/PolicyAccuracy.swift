internal import Commerce
public import Foundation
internal import Language
public import Odzew
internal import Policy

/// How well labelled texts are judged.
public struct PolicyAccuracy: Sendable {
  /// What came of one text.
  public struct Result: Sendable {
    /// The text.
    public let text: LabelledText
    /// The rules that fired.
    public let fired: [String]

    /// Whether it breaks a rule.
    public var isViolation: Bool { !text.rules.isEmpty }
    /// Whether any rule fired.
    public var isCaught: Bool { !fired.isEmpty }
    /// Whether one of the rules that it breaks fired.
    public var isNamed: Bool { text.rules.contains(where: fired.contains) }
    /// Its language.
    public var locale: String { text.request.locale?.description ?? "–" }
  }

  /// The results in the order of the texts.
  public let results: [Result]

  /// Judges texts by the rules about words; those about time, consent and history count only where
  /// a text is labelled with one.
  /// - Parameters:
  ///   - texts: the texts.
  ///   - desk: what judges them.
  ///   - now: the clock.
  public init(of texts: [LabelledText], by desk: PolicyDesk, at now: Date) {
    // A text alone says nothing of time and consent.
    let contextual = Set(desk.filter.rules.filter(\.isContextual).map(\.id))
    results = texts.map { text in
      let ruling = desk.ruling(on: text.draft, of: text.request, at: now)
      return Result(
        text: text,
        fired: Set(ruling.findings.filter { !$0.action.letsPass }.map(\.rule)).subtracting(
          contextual.subtracting(text.rules)
        ).sorted())
    }
  }

  /// Takes a part of the results.
  public init(_ results: [Result]) { self.results = results }

  /// The texts that break a rule.
  public var violations: [Result] { results.filter(\.isViolation) }
  /// How many of these were caught.
  public var caught: Int { violations.count(where: \.isCaught) }
  /// How many of those caught were caught by a rule that they break.
  public var named: Int { violations.count(where: \.isNamed) }
  /// The texts that comply.
  public var compliant: [Result] { results.filter { !$0.isViolation } }
  /// How many of these were held all the same.
  public var falseAlarms: Int { compliant.count(where: \.isCaught) }
}
