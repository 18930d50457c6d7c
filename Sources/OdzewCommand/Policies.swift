internal import ArgumentParser
internal import Evaluation
internal import Commerce
internal import Foundation
internal import Odzew
internal import Policy

/// What is in force, and where it comes from.
struct Policies: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policies",
    abstract: "The rules in force for a channel, with their sources.",
    discussion: """
      Examples:
        odzew policies --channel amazon --kind notice
        odzew policies --stale 180d
        odzew policies --examples

      With --stale it names the rules whose source nobody has looked at for so long, and exits with \
      1 where there are some.
      """)

  @OptionGroup var options: BotOptions

  @Option(
    help: "Only what holds on this channel.", completion: Completions.channels,
    transform: OccasionOptions.channel)
  var channel: Channel?

  @Option(
    help: "Where the sale was made.", completion: Completions.channels,
    transform: OccasionOptions.channel)
  var marketplace: Channel?

  @Option(
    help: "Only what holds for: reply, review_request, marketing, notice.",
    completion: .list(Occasion.Kind.allCases.map(\.rawValue)), transform: OccasionOptions.kind)
  var kind: Occasion.Kind?

  @Option(
    help: ArgumentHelp("Only rules whose source was read longer ago.", valueName: "days"),
    transform: days)
  var stale: Int?

  @Flag(help: "How many examples of violation and compliance each rule has, by language.")
  var examples = false

  func run() throws {
    let desk = try options.loadPolicies()
    var rules = desk.rules(on: channel, marketplace: marketplace, kind: kind)
    if let stale {
      let oldest = CalendarDay(of: options.now ?? Date(), in: .gmt) + -stale
      rules = rules.filter { CalendarDay($0.sourceDate).map { $0 < oldest } ?? true }
    }
    try Terminal.print(examples ? exampleTable(rules) : table(rules))
    if stale != nil, !rules.isEmpty { throw ExitStatus.failures.exit }
  }

  private func table(_ rules: [PolicyFilter.RuleSummary]) -> String {
    rules.isEmpty
      ? "no rules"
      : rules.map { rule in
        "\(Terminal.coloured(rule.id, .bold))  \(rule.action.rawValue)  \(rule.title)\n"
          + "    \(rule.source), read \(rule.sourceDate)  (\(rule.file))"
      }.joined(separator: "\n")
  }

  private func exampleTable(_ rules: [PolicyFilter.RuleSummary]) -> String {
    let locales = Set(rules.flatMap(\.examples.keys)).sorted()
    let head =
      "violating/complying".padding(toLength: 28, withPad: " ", startingAt: 0)
      + locales.map { Figure.right($0, 8) }.joined()
    let rows = rules.map { rule in
      rule.id.padding(toLength: 28, withPad: " ", startingAt: 0)
        + locales.map { locale in
          Figure.right(
            rule.examples[locale].map { "\($0.violates)/\($0.complies)" } ?? "–", 8)
        }.joined()
    }
    return ([head] + rows).joined(separator: "\n")
  }

  /// Reads `180d`.
  private static func days(_ text: String) throws -> Int {
    guard text.hasSuffix("d"), let days = Int(text.dropLast()), days >= 0 else {
      throw ValidationError("'\(text)' is no number of days such as '180d'")
    }
    return days
  }
}
