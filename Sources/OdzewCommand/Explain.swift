internal import ArgumentParser
internal import Foundation
internal import Odzew

/// Why a text gets its intents.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows why a text gets its intents.",
    discussion: """
      Prints the language, the folded text, the clauses, each concept with the buyer's words, what \
      was taken for a typo, every intent with its points, and what would tip the balance. A point \
      more makes an intent 2.7 times as likely.

      Examples:
        odzew explain "Gdzie jest moja paczka, i jak zwrócić drugą?"
        odzew explain --locale en --json "wheres my parcle"
      """)

  @OptionGroup var options: BotOptions

  @Argument(help: "The message.")
  var text: String

  @Option(help: ArgumentHelp("The language of the message.", valueName: "tag"))
  var locale: String?

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let responder = Responder(try options.load())
    let tag = try locale.map { text in
      guard let tag = LocaleTag(text) else {
        throw ValidationError("'\(text)' is not a BCP 47 tag such as 'pl'")
      }
      return tag
    }
    let explanation = Explanation(responder.read(text, locale: tag), of: text, responder.bot)
    try Terminal.print(json ? explanation.json : explanation.text)
  }
}
