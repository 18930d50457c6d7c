internal import ArgumentParser
internal import Console
internal import Foundation
internal import Odzew

/// A chat session in the terminal.
struct Chat: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "A chat session with one buyer in the terminal.",
    discussion: """
      Each line is a message of the buyer; the answer follows. Lines that begin with '/' are for \
      the person at the terminal:
      \(ChatCommand.list)

      On a terminal, Tab completes commands, order numbers, channels and languages; the arrows, \
      Ctrl-A, -E, -K, -U, -W and -Y edit the line and go back to earlier ones; a pasted text of \
      several lines is one message, and Alt-Enter begins a further line. What is typed is kept \
      nowhere.

      Without '--orders' the bot's sample orders are used, at the clock that suits them.

      Examples:
        odzew chat --order ZAM-2026-1001
        odzew chat --order ZAM-2026-1012 --channel allegro
        printf 'Where is my parcel?\\n' | odzew chat --locale en
      """)

  @OptionGroup var options: BotOptions

  @Option(
    help: ArgumentHelp(
      "Orders to look up: a JSON array, or one JSON object a line.", valueName: "file"))
  var orders: String?

  @Option(help: ArgumentHelp("Speak as the buyer of this order.", valueName: "number"))
  var order: String?

  @Option(help: ArgumentHelp("The language to answer in.", valueName: "tag"))
  var locale: String?

  @Option(
    help: ArgumentHelp(
      "As it is on this channel: its templates, rules and limit.", valueName: "name"))
  var channel: String?

  @OptionGroup var state: StateOptions

  @Option(
    help: ArgumentHelp(
      "Which conversation of the state file goes on.", valueName: "id"))
  var conversation = "chat"

  func run() throws {
    let bot = try options.load()
    let orders = try ChatOrders(orders, of: bot, in: options.folder)
    let stored =
      state.state == nil ? nil : try state.open(orders: orders.orders, mustExist: false)
    var session = ChatSession(
      Responder(bot), orders, clock: options.now ?? orders.clock, stored: stored,
      named: conversation, options)
    let wishes: [(ChatCommand, String?)] = [
      (.channel, channel), (.locale, locale), (.order, order),
    ]
    for case (let command, let wish?) in wishes { session.choose(command, wish) }
    try session.greet()
    var input = ChatInput()
    while let line = try input.next(
      prompt: session.voice.label,
      completions: {
        [session] in ChatCommand.completions(of: $0, arguments: session.arguments)
      })
    {
      guard line.hasPrefix("/") else {
        try session.hear(line)
        continue
      }
      if try !session.obey(line) { return }
    }
  }
}
