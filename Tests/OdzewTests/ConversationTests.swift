import Commerce
import Dialogue
import Foundation
import Odzew
import Testing

@Suite struct ConversationTests {
  private let bot: ShippedBot
  private let polish = LocaleTag("pl")

  init() throws { bot = try ShippedBot() }

  private func respond(
    _ kind: Request.Kind, channel: String = "email", buyer: String? = "anna_k",
    after seconds: Double = 0, in conversation: inout Conversation
  ) -> Response {
    let request = Request(
      id: "1", channel: Channel(channel) ?? .chat, locale: polish,
      buyer: Request.Buyer(id: buyer), kind: kind)
    return bot.responder.respond(
      to: request, in: &conversation, orders: bot.orders, at: bot.now.addingTimeInterval(seconds))
  }

  private func write(
    _ text: String, order: String? = nil, channel: String = "email", buyer: String? = "anna_k",
    after seconds: Double = 0, in conversation: inout Conversation
  ) -> Response {
    respond(
      .message(Request.Message(text: text, orderNumber: order.flatMap { OrderNumber($0) })),
      channel: channel, buyer: buyer, after: seconds, in: &conversation)
  }

  @Test func `while a person is in charge the responder is silent, and says why`() {
    var conversation = Conversation()
    #expect(respond(.agent(.takeover), in: &conversation).action == .stored)
    let silent = write("Gdzie jest moja paczka?", in: &conversation)
    #expect(silent.action == .suppress && silent.reply == nil && silent.reason != nil)
    #expect(respond(.agent(.sent("Już sprawdzam.")), in: &conversation).action == .stored)
    #expect(respond(.agent(.release), in: &conversation).action == .stored)
    #expect(write("Gdzie jest moja paczka?", in: &conversation).action != .suppress)
    #expect(conversation.transcript.map(\.author).contains(.agent))
  }

  @Test func `a person who writes is in charge without saying so`() {
    var conversation = Conversation()
    _ = respond(.agent(.sent("Dzień dobry, sprawdzam.")), in: &conversation)
    #expect(write("I co?", in: &conversation).action == .suppress)
  }

  @Test(arguments: [
    "STOP", "Proszę nie wysyłać mi więcej reklam.",
  ])
  func `a wish for no more messages is recorded, confirmed once, and kept`(text: String) {
    var conversation = Conversation()
    let first = write(text, in: &conversation)
    #expect(first.action == .reply && first.reply?.template == "opt_out_confirmed")
    #expect(conversation.isOptedOut)
    #expect(conversation.consents.allSatisfy { !$0.isGranted && $0.evidence == text })
    #expect(write(text, after: 60, in: &conversation).action == .suppress)
    let question = write(
      "Gdzie jest moja paczka?", order: "ZAM-2026-1001", after: 120, in: &conversation)
    #expect(question.action == .reply)
    let request = Request.Message(text: "", orderNumber: OrderNumber("ZAM-2026-1001"))
    #expect(respond(.notice(.crossSell, request), in: &conversation).action == .suppress)
  }

  @Test(arguments: [
    "Dziękuję za wiadomość. Jestem na urlopie, odpowiem na wiadomość po powrocie.",
    "Ich bin derzeit nicht im Büro. Dies ist eine automatische Antwort.",
    "This is an automated message, please do not reply to this e-mail.",
  ])
  func `machines are not answered`(text: String) {
    var conversation = Conversation()
    let response = write(text, in: &conversation)
    #expect(response.action == .suppress && response.reason?.contains("machine") == true)
  }

  @Test func `the responder's own words are no question`() {
    var conversation = Conversation()
    let reply = write("Gdzie jest moja paczka?", order: "ZAM-2026-1001", in: &conversation)
    let echo = write(reply.reply?.text.text ?? "", in: &conversation)
    #expect(echo.action == .suppress)
    // A buyer who quotes them below a question of their own is answered.
    let quoted = (reply.reply?.text.text ?? "").split(separator: "\n").map { "> \($0)" }
      .joined(separator: "\n")
    let question = write(
      "Gdzie jest teraz moja paczka?\n\n\(quoted)", order: "ZAM-2026-1001", in: &conversation)
    #expect(question.action == .reply)
  }

  @Test(arguments: ["chat", "email", "allegro"])
  func `two responders that talk to each other fall silent`(channel: String) {
    var (mine, theirs) = (Conversation(), Conversation())
    var text = "Gdzie jest moja paczka?"
    var turns = 0
    while turns < 40 {
      let mineSays = write(
        text, channel: channel, after: Double(turns * 20), in: &mine)
      guard let said = mineSays.reply?.text.text else { break }
      let theirsSay = write(
        said, channel: channel, after: Double(turns * 20 + 10), in: &theirs)
      guard let heard = theirsSay.reply?.text.text else { break }
      text = heard
      turns += 1
    }
    #expect(turns < 12)
  }

  @Test func `who asks a third time gets a person, and then silence until one has spoken`() {
    var conversation = Conversation()
    let answers = (0..<4).map { turn in
      write(
        "Gdzie jest moja paczka?", order: "ZAM-2026-1001", after: Double(turn) * 600,
        in: &conversation)
    }
    #expect(answers.map(\.action) == [.reply, .reply, .escalate, .suppress])
    #expect(answers[2].handOff?.escalation.reason == .repeated)
    _ = respond(.agent(.release), after: 3000, in: &conversation)
    #expect(
      write("Ile trwa zwrot pieniędzy?", order: "ZAM-2026-1001", after: 3600, in: &conversation)
        .action != .suppress)
  }

  @Test func `however often the same was said, a danger and a threat are heard`() {
    var conversation = Conversation()
    for turn in 0..<5 { _ = write("Dziękuję!", after: Double(turn), in: &conversation) }
    #expect(write("Dziękuję!", after: 6, in: &conversation).action == .suppress)
    let danger = write(
      "Czajnik się zapalił i poparzył mi córkę!", after: 7, in: &conversation)
    #expect(danger.handOff?.escalation.priority == .urgent)
    for turn in 0..<14 {
      _ = write("Gdzie jest paczka numer \(turn)?", after: Double(turn), in: &conversation)
    }
    #expect(write("Oddaję sprawę do sądu.", after: 30, in: &conversation).action == .escalate)
  }

  @Test func `a buyer who quotes a machine is heard`() {
    var conversation = Conversation()
    let response = write(
      "Kurier napisał: prosimy nie odpowiadać na tę wiadomość. Gdzie jest moja paczka?",
      order: "ZAM-2026-1001", in: &conversation)
    #expect(response.action == .reply)
  }

  @Test func `a release that arrives late does not undo a newer takeover`() {
    var conversation = Conversation()
    _ = respond(.agent(.takeover), after: 600, in: &conversation)
    _ = respond(.agent(.release), after: 0, in: &conversation)
    #expect(write("Halo?", after: 900, in: &conversation).action == .suppress)
  }

  @Test func `what one person proved in a chat is not shown to the next`() {
    var conversation = Conversation()
    let proved = write(
      "Gdzie jest paczka ZAM-2026-1001? Mój kod to 60-101.", channel: "chat", buyer: nil,
      in: &conversation)
    #expect(proved.reply?.text.text.contains("620123456789012345678901") == true)
    let other = write(
      "A gdzie jest paczka ZAM-2026-1001?", channel: "chat", buyer: "jan_n", in: &conversation)
    #expect(other.reply?.text.text.contains("620123456789012345678901") == false)
  }

  @Test func `a message that is longer than any question goes to a person, soon`() {
    var conversation = Conversation()
    let response = write(
      String(repeating: "Gdzie jest moja paczka? ", count: 20_000), in: &conversation)
    #expect(response.handOff?.escalation.reason == .tooComplex)
  }

  @Test func `a draft is judged by what the conversation remembers`() {
    var conversation = Conversation()
    _ = write("STOP", in: &conversation)
    let draft = Request.Draft(
      text: "Prosimy o szczerą opinię o zakupie.", kind: .reviewRequest, author: .automation)
    #expect(respond(.draft(draft), after: 60, in: &conversation).action != .pass)
  }

  @Test func `anger that does not fall fetches a person`() {
    var conversation = Conversation()
    _ = write("Gdzie jest moja paczka?!!", order: "ZAM-2026-1001", in: &conversation)
    let second = write(
      "GDZIE JEST MOJA PACZKA?!! ODPOWIADAJCIE!!", order: "ZAM-2026-1001", after: 60,
      in: &conversation)
    #expect(second.action == .escalate && second.handOff?.escalation.reason == .anger)
    #expect(second.handOff?.proposal != nil)
  }

  @Test func `a number in passing picks no order from an old list`() throws {
    var conversation = Conversation()
    let list = write("Gdzie jest moje zamówienie?", buyer: "jan_n", in: &conversation)
    #expect(list.reply?.template == "clarify_order")
    let first = write("1", buyer: "jan_n", after: 60, in: &conversation)
    let again = write("czyli za 2 dni?", buyer: "jan_n", after: 120, in: &conversation)
    let numbers = bot.orders.values.filter { $0.buyer?.id == "jan_n" }.map(\.number.description)
    let shown = numbers.filter { first.reply?.text.text.contains($0) == true }
    let others = numbers.filter { !shown.contains($0) }
    #expect(shown.count == 1)
    #expect(others.allSatisfy { again.reply?.text.text.contains($0) != true })
  }

  @Test func `what arrives late stands where it was said`() {
    var conversation = Conversation()
    _ = write("Dzień dobry", after: 600, in: &conversation)
    _ = write("Proszę o fakturę", after: 0, in: &conversation)
    #expect(conversation.transcript.first?.text == "Proszę o fakturę")
  }

  @Test func `after two weeks an old question is forgotten, and so are proofs`() {
    var conversation = Conversation()
    _ = write("Gdzie jest moja paczka?", channel: "chat", buyer: nil, in: &conversation)
    let back = write(
      "60-101", channel: "chat", buyer: nil, after: 14 * 86_400, in: &conversation)
    #expect(back.intents.isEmpty)
  }

  /// A channel, a moment, and until when a person answers.
  struct Clock: Sendable, CustomTestStringConvertible {
    let channel: String
    let asked: String
    let due: String
    var testDescription: String { "\(channel) \(asked)" }
  }

  @Test(arguments: [
    // Friday 15:00: Saturday and Sunday do not count.
    Clock(
      channel: "allegro", asked: "2026-11-20T15:00:00+01:00", due: "2026-11-23T15:00:00+01:00"),
    Clock(channel: "amazon", asked: "2026-11-20T15:00:00+01:00", due: "2026-11-21T15:00:00+01:00"),
    // Two working days: Friday 15:00 to Tuesday 15:00.
    Clock(
      channel: "kaufland", asked: "2026-11-20T15:00:00+01:00", due: "2026-11-24T15:00:00+01:00"),
    // Christmas Eve is a holiday in Poland since 2025; then Christmas and a weekend.
    Clock(
      channel: "allegro", asked: "2026-12-23T15:00:00+01:00", due: "2026-12-28T15:00:00+01:00"),
    Clock(channel: "email", asked: "2026-11-20T15:00:00+01:00", due: "2026-11-21T15:00:00+01:00"),
  ])
  func `a person answers by the clock of the channel`(row: Clock) throws {
    let asked = try #require(Timestamp.parse(row.asked))
    var conversation = Conversation()
    let response = write(
      "Chcę rozmawiać z człowiekiem.", channel: row.channel,
      after: asked.timeIntervalSince(bot.now), in: &conversation)
    #expect(response.handOff?.escalation.dueAt == Timestamp.parse(row.due))
  }

  @Test func `a complaint names the deadline of the buyer's country beside the answer's`() {
    var conversation = Conversation()
    let response = write(
      "Czajnik przestał działać po tygodniu.", order: "ZAM-2026-1001", channel: "allegro",
      in: &conversation)
    #expect(
      response.handOff?.escalation.deadlines.map(\.id) == [
        "allegro-discussion-answer", "complaint-pl",
      ])
  }

  @Test func `what a person reads is in their language, whatever the buyer's`() {
    var conversation = Conversation()
    let request = Request(
      id: "1", channel: .chat, locale: LocaleTag("de"), buyer: Request.Buyer(id: "anna_k"),
      kind: .message(
        Request.Message(
          text: "Ich schalte meinen Anwalt ein!", orderNumber: OrderNumber("ZAM-2026-1001"))))
    let response = bot.responder.respond(
      to: request, in: &conversation, orders: bot.orders, at: bot.now)
    let summary = response.handOff?.summary ?? ""
    #expect(summary.contains("Potrzebna jest decyzja człowieka."))
    #expect(
      summary.contains("– Ich schalte meinen Anwalt ein!") && summary.contains("ZAM-2026-1001"))
    #expect(response.locale == LocaleTag("de"))
  }
}
