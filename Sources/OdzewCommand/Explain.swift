internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Odzew

/// Why a text gets its intents.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows why a text gets its intents.",
    discussion: """
      Prints the language, the folded text, the clauses, each concept with the buyer's words, what \
      was taken for a typo, every intent with its points, and what would tip the balance. A point \
      more makes an intent 2.7 times as likely.

      Examples:
        odzew explain "Gdzie jest moja paczka, i jak zwrócić drugą?"
        odzew explain --locale en --json "wheres my parcle"
        odzew explain --html why.html "Paczka nie doszła, chcę zwrot pieniędzy"
      """)

  @OptionGroup var options: BotOptions

  @Argument(help: "The message.")
  var text: String

  @Option(help: ArgumentHelp("The language of the message.", valueName: "tag"))
  var locale: String?

  @Flag(help: "As JSON.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Also write a page with the words marked by what they speak for.", valueName: "file"),
    transform: PageFile.init)
  var html: PageFile?

  func run() throws {
    let responder = Responder(try options.load())
    let tag = try locale.map { text in
      guard let tag = LocaleTag(text) else {
        throw ValidationError("'\(text)' is not a BCP 47 tag such as 'pl'")
      }
      return tag
    }
    let legible = Responder.legible(text)
    if legible.utf8.count < text.utf8.count {
      Terminal.note("the message is too long: its first \(legible.count) characters are read")
    }
    let rationale = Rationale(
      of: responder.read(legible, locale: tag), legible, by: responder.bot)
    if let html {
      let page = ReadingPage(rationale, response: answer(by: responder, tag), stated: tag)
      try html.write(page.html)
    }
    let explanation = Explanation(rationale)
    try Terminal.print(json ? explanation.json : explanation.text)
  }

  /// What a stranger in a chat is answered who has sent nothing else.
  private func answer(by responder: Responder, _ locale: LocaleTag?) -> Response {
    var conversation = Conversation()
    return responder.respond(
      to: Request(id: "explain", locale: locale, kind: .message(Request.Message(text: text))),
      in: &conversation, orders: [OrderNumber: Order](), at: options.now ?? Date())
  }
}
