internal import ArgumentParser
internal import Console
internal import Evaluation
internal import Foundation
internal import Odzew
internal import Replies

/// Why something that was asked for is not done.
struct ChatRefusal: Error {
  let text: String

  init(_ text: String) { self.text = text }

  /// Of a word that must be one of some.
  init(_ what: String, _ word: String, known: [String]) {
    text =
      "there is no \(what) '\(word)'; "
      + (nearest(to: word, among: known).map { "did you mean '\($0)'? " } ?? "")
      + "known: \(known.joined(separator: ", "))"
  }
}

extension ChatSession {
  /// What may stand behind a command.
  func arguments(of command: ChatCommand) -> [String] {
    switch command {
    case .order: orders.orders.keys.map(\.description)
    case .channel: channels
    case .locale: settings.locales.map(\.description)
    case .notice: Notice.allCases.map(\.rawValue)
    case .speak: ["agent", "buyer"]
    case .clock: ["+1h", "+1d", "+7d", "reset"]
    case .explain, .history, .save, .new, .reload, .help, .quit: []
    }
  }

  private var channels: [String] { settings.channels.keys.map(\.description).sorted() }

  /// Does what a line with `/` says; what cannot be done is told.
  /// - Returns: whether the chat goes on.
  mutating func obey(_ line: String) throws -> Bool {
    do {
      let (command, argument) = try ChatCommand.read(line)
      if command == .quit { return false }
      if let said = try perform(command, argument) { screen.note(said) }
    } catch let refusal as ChatRefusal {
      screen.note(refusal.text, .yellow)
    } catch let unknown as ChatCommand.Unknown {
      screen.note(unknown.description, .yellow)
    }
    return true
  }

  /// Does what an option of the command line asks for before the chat begins.
  mutating func choose(_ command: ChatCommand, _ argument: String) {
    do {
      _ = try perform(command, argument)
    } catch let refusal as ChatRefusal {
      screen.note(refusal.text, .yellow)
    } catch {
      // Choosing fails in no other way.
    }
  }

  /// - Returns: what there is to say about it.
  private mutating func perform(_ command: ChatCommand, _ argument: String?) throws -> String? {
    switch command {
    case .order: return try setOrder(argument)
    case .channel: return try setChannel(argument)
    case .locale: return try setLocale(argument)
    case .clock: return try setClock(argument)
    case .speak: return try speak(argument)
    case .notice: return try notice(argument)
    case .explain:
      try explain()
      return nil
    case .history:
      guard !recording.isEmpty else { return "nothing has been said yet" }
      try Terminal.print(recording.transcript)
      return nil
    case .save: return try ChatCase(self).save(as: argument)
    case .new:
      clock.reset()
      startOver()
      return "a new conversation; \(clock.text(at: Date())), \(writer)"
    case .reload: return try reload()
    case .help:
      screen.list(ChatCommand.list)
      return nil
    case .quit: return nil
    }
  }

  private mutating func setOrder(_ text: String?) throws -> String {
    guard let text else {
      order = nil
      startOver()
      return "now a stranger writes"
    }
    guard let found = OrderNumber(text).flatMap({ orders.orders[$0] }) else {
      throw ChatRefusal(
        "order", text, known: orders.orders.keys.map(\.description).sorted())
    }
    order = found
    startOver()
    return writer
  }

  private mutating func setChannel(_ text: String?) throws -> String {
    guard let text else {
      return "\(preview(of: channel)); known: \(channels.joined(separator: ", "))"
    }
    guard let found = Channel(text), settings.channels[found] != nil else {
      throw ChatRefusal("channel", text, known: channels)
    }
    channel = found
    startOver()
    return preview(of: found) + "; a new conversation"
  }

  /// What is particular to a channel.
  private func preview(of channel: Channel) -> String {
    let own = responder.bot.catalog.names(in: locale ?? settings.locale)
      .filter { $0.hasSuffix("@\(channel)") }
    let rules = AnswerExplanation.rules(on: channel, about: order, of: responder.bot)
    let packs = Set(rules.map(\.file)).map { $0.replacing("Policies/", with: "") }.sorted()
    let limit = settings.channels[channel]?.lengthLimit
    return [
      "\(channel)", limit.map { "at most \($0) characters" } ?? "texts of any length",
      own.isEmpty ? "no templates of its own" : "its own \(own.joined(separator: ", "))",
      "\(count(rules.count, "rule")) of \(packs.joined(separator: ", "))",
    ].joined(separator: "; ")
  }

  private mutating func setLocale(_ text: String?) throws -> String {
    let known = settings.locales
    let tag = text.flatMap { LocaleTag($0)?.match(in: known) }
    if let text, tag == nil {
      throw ChatRefusal("locale", text, known: known.map(\.description))
    }
    let isChanged = tag != locale && !recording.isEmpty
    locale = tag
    startOver()
    return (tag.map { "answers in \($0)" } ?? "answers in the buyer's language")
      + (isChanged ? "; a new conversation" : "")
  }

  private mutating func setClock(_ text: String?) throws -> String {
    if text == "reset" {
      clock.reset()
      startOver()
      return "\(clock.text(at: Date())); a new conversation"
    }
    if let text {
      do throws(ChatClock.Fault) {
        try clock.move(text, at: Date())
      } catch .backwards {
        throw ChatRefusal(
          "it is \(clock.text(at: Date())) already: a conversation's clock goes forwards only; "
            + "'/clock reset' begins a new one")
      } catch {
        throw ChatRefusal(
          "'\(text)' is no time such as '+3d', '+2h', '09:00' or '2026-11-24T09:00'")
      }
    }
    return clock.text(at: Date())
  }

  /// `agent` takes over, `agent TEXT` writes once, `buyer` hands back, `buyer TEXT` writes meanwhile.
  private mutating func speak(_ argument: String?) throws -> String? {
    let words = (argument ?? "").split(maxSplits: 1, whereSeparator: \.isWhitespace)
    let text = words.count > 1 ? String(words[1]) : nil
    switch (words.first.map(String.init), text) {
    case ("agent", nil):
      try tell(.agent(.takeover))
      voice = .agent
      return "a person has taken over, and you are that person; '/as buyer' hands back, "
        + "'/as buyer TEXT' writes as the buyer meanwhile"
    case ("agent", let text?):
      try send(text)
      return "a person has sent this; the bot is silent until '/as buyer' hands back"
    case ("buyer", nil):
      try tell(.agent(.release))
      voice = .buyer
      return "handed back; \(writer)"
    case ("buyer", let text?):
      try answer(text)
      return nil
    case (let word?, _): throw ChatRefusal("voice", word, known: ["agent", "buyer"])
    case (nil, _):
      return "\(voice.rawValue) types; '/as agent' takes over, '/as buyer' hands back"
    }
  }

  private mutating func notice(_ text: String?) throws -> String? {
    let known = Notice.allCases.map(\.rawValue)
    guard let text else { return "known: \(known.joined(separator: ", "))" }
    guard let notice = Notice(rawValue: text) else {
      throw ChatRefusal("notice", text, known: known)
    }
    try tell(.notice(notice, message("")))
    return nil
  }

  private func explain() throws {
    guard let last else { throw ChatRefusal("nothing has been said yet") }
    if case .message(let message) = last.request.kind {
      let reading = responder.read(message.text, locale: locale)
      let rationale = Rationale(of: reading, message.text, by: responder.bot)
      try Terminal.print(Explanation(rationale).text + "\n")
    }
    let answer = AnswerExplanation(
      last.response, to: last.request, about: order, at: last.moment, responder.bot)
    try Terminal.print(answer.text)
  }

  /// Reads the bot folder again; one with faults is refused, and the bot stays as it is.
  private mutating func reload() throws -> String {
    screen.note("reading the bot folder …")
    do {
      responder = Responder(try options.load())
    } catch is ExitCode {
      throw ChatRefusal("the bot stays as it was")
    }
    startOver()
    return "the bot folder has been read again; a new conversation"
  }
}
