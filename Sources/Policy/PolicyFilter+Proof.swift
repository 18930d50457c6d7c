public import Commerce
public import Diagnostics
internal import Foundation
public import Language

extension PolicyFilter {
  /// A rule as lists show it.
  public struct RuleSummary: Sendable, Hashable {
    /// The rule's identifier.
    public let id: String
    /// What it forbids, in a few words.
    public let title: String
    /// What is done about it.
    public let action: PolicyFinding.Action
    /// Where it comes from.
    public let source: String
    /// When that was read.
    public let sourceDate: String
    /// The languages that it has expressions for; `any` for those of all.
    public let locales: [String]
    /// How many examples of violations and of compliance it gives, by language.
    public let examples: [String: Examples]
    /// Whether time, consent or history decide it, and not the words alone.
    public let isContextual: Bool
    /// Which file it stands in.
    public let file: String
  }

  /// How many examples a rule has in a language.
  public struct Examples: Sendable, Hashable {
    /// Of violations.
    public var violates = 0
    /// Of compliance.
    public var complies = 0
  }

  /// The rules that hold for an occasion.
  /// - Parameter occasion: where a text goes; what is nil in it does not restrict.
  /// - Returns: the rules in the order of the files.
  public func rules(for occasion: Occasion) -> [RuleSummary] {
    let place = PolicyPack.Scope.Place(occasion)
    return search.policies.filter { $0.scope.holds(for: place) }.map { RuleSummary($0.rule) }
  }

  /// A text that complies with a rule, by the rule's author: what could be said instead.
  /// - Parameters:
  ///   - rule: the rule's identifier.
  ///   - locale: the language.
  /// - Returns: the first such example in the language.
  public func example(compliantWith rule: String, in locale: LocaleTag?) -> String? {
    let complying = search.policies.first { $0.rule.id == rule }?.rule.complies ?? []
    return complying.first { locale != nil && $0.locale?.language == locale?.language }?.text.value
  }

  /// All rules, in the order of the files.
  public var rules: [RuleSummary] {
    search.policies.map(\.rule).map(RuleSummary.init)
  }

  /// Proves the examples that the packs give: what violates must be caught by its own rule, what
  /// complies must pass it.
  /// - Returns: every example that is not judged as its author says, and rules without examples.
  public func proveExamples() -> [Diagnostic] {
    search.policies.map(\.rule).flatMap { rule -> [Diagnostic] in
      func fires(_ example: PolicyPack.Example) -> Bool {
        hits(in: example.text.value, for: rule.occasion(for: example)).contains {
          $0.rule.id == rule.id
        }
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
      let unproved = rule.locales.filter { locale in
        locale != "any" && !rule.violates.contains { $0.locale?.language == locale }
      }.map { locale in
        Diagnostic(
          .warning, code: "unproved-rule", at: rule.location,
          "the rule '\(rule.id)' has no violating example in '\(locale)'",
          remedy: "add one under 'violates'")
      }
      return missed + alarms + unproved
    }
  }
}

extension PolicyPack.Rule {
  /// An occasion that the rule holds for.
  func occasion(for example: PolicyPack.Example) -> Occasion {
    let place = (scope.channels.sorted() + scope.marketplaces.sorted()).first
    let isPlatform = scope.platformOnly || !scope.marketplaces.isEmpty
    return Occasion(
      channel: place.flatMap { Channel($0) } ?? (isPlatform ? Channel("allegro") : nil) ?? .chat,
      isPlatformMessage: isPlatform,
      kind: scope.kinds.sorted().first.flatMap(Occasion.Kind.init) ?? .reply,
      author: scope.authors.sorted().first.flatMap(Occasion.Author.init) ?? .automation,
      locale: example.locale, lengthLimit: 2000, moment: Date(timeIntervalSince1970: 0))
  }
}

extension PolicyFilter.RuleSummary {
  fileprivate init(_ rule: PolicyPack.Rule) {
    var examples: [String: PolicyFilter.Examples] = [:]
    for example in rule.violates {
      examples[example.locale?.language ?? "any", default: .init()].violates += 1
    }
    for example in rule.complies {
      examples[example.locale?.language ?? "any", default: .init()].complies += 1
    }
    self.init(
      id: rule.reportsAs ?? rule.id, title: rule.title, action: rule.action, source: rule.source,
      sourceDate: rule.sourceDate, locales: rule.locales, examples: examples,
      isContextual: rule.context != nil, file: rule.location.file)
  }
}
