internal import ArgumentParser

/// The command `odzew`.
///
/// Every command says its name: telling it by the type takes the runtime a quarter of a millisecond each.
@main
struct OdzewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "odzew",
    abstract: "Answers buyers' after-sales messages by rules, or fetches a person.",
    discussion: """
      Examples:
        odzew chat --order ZAM-2026-1001
        odzew pipe --orders orders.json < messages.ndjson
        odzew explain "Gdzie jest moja paczka?"
        odzew test && odzew lint

      Exit codes: 0 done; 1 findings or failures; 64 wrong usage; 65 bad input data or bot folder; \
      74 input or output failed.
      """,
    version: version,
    subcommands: [
      Init.self, Chat.self, Pipe.self, Test.self, Lint.self, Explain.self, Evaluate.self, Tune.self,
      Suggest.self,
      Render.self, Check.self, Policies.self, Adapt.self, Orders.self, Replay.self, Audit.self,
      Export.self, Forget.self, Report.self,
    ])

  static let version = "0.1.0"
}
