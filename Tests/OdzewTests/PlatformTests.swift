import Commerce
import Dialogue
import Foundation
import Odzew
import Testing

/// What the platform itself says of a message, and what it expects of the seller.
@Suite struct PlatformTests {
  private let bot: ShippedBot

  init() throws { bot = try ShippedBot() }

  private func respond(
    _ json: String, in conversation: inout Conversation, channel: String = "allegro"
  ) throws -> Response {
    let request = try Request(
      json: Data(
        (#"{"id":"1","conversation":"c","locale":"pl","channel":"\#(channel)","#
          + #""sent_at":"2026-11-20T10:00:00+01:00",\#(json)}"#).utf8))
    return bot.responder.respond(
      to: request, in: &conversation, orders: bot.orders, at: bot.now)
  }

  private func respond(_ json: String, channel: String = "allegro") throws -> Response {
    var conversation = Conversation()
    return try respond(json, in: &conversation, channel: channel)
  }

  @Test func `a claim is a person's to decide, by the platform's date, whatever its words say`()
    throws
  {
    let response = try respond(
      #""text":"hello","claim":{"kind":"claim","reason":"defective_product","expects":"partial_refund","#
        + #""amount":"50.00","currency":"PLN","due_at":"2026-11-20T18:00:00+01:00"}"#)
    #expect(response.action == .escalate)
    #expect(response.intents.first?.intent.description == "defective_product")
    let handOff = try #require(response.handOff)
    #expect(handOff.escalation.dueAt == Timestamp.parse("2026-11-20T18:00:00+01:00"))
    #expect(handOff.escalation.deadlines.map(\.id).contains(EscalationRules.decision))
    #expect(handOff.summary.contains("częściowego zwrotu pieniędzy (50,00"))
  }

  @Test func `a misspelt channel opens no door`() throws {
    for (channel, verdict) in [("allegro", "blocked"), ("alegro", "blocked"), ("email", "pass")] {
      let response = try respond(
        #""type":"draft","text":"Proszę zadzwonić: 601 234 567.","marketplace":"shop""#,
        channel: channel)
      #expect(response.policy?.verdict.rawValue == verdict, "\(channel)")
    }
    let sold = try respond(
      #""type":"draft","text":"Proszę zadzwonić: 601 234 567.","marketplace":"alegro""#,
      channel: "email")
    #expect(sold.policy?.verdict.rawValue == "blocked")
  }

  @Test func `a date that is past already does not make a promise`() throws {
    let response = try respond(
      #""text":"hello","claim":{"kind":"claim","due_at":"2026-11-19T18:00:00+01:00"}"#)
    let due = try #require(response.handOff?.escalation.dueAt)
    #expect(due > bot.now)
    #expect(response.handOff?.escalation.reason == .claim)
  }

  @Test func `a closed claim is a message like others`() throws {
    let response = try respond(
      #""text":"Dziękuję","claim":{"kind":"claim","status":"closed"}"#)
    #expect(response.action == .reply)
  }

  @Test func `the reason of a discussion counts as understood`() throws {
    let response = try respond(
      #""text":"","order_number":"ZAM-2026-1001","buyer":{"id":"anna_k"},"#
        + #""claim":{"kind":"discussion","reason":"not_received"}"#)
    #expect(response.intents.map(\.intent.description) == ["not_received"])
    #expect(response.action != .clarify)
  }

  @Test func `a claim that cannot be read names its field`() throws {
    do throws(InvalidRequest) {
      _ = try Request(
        json: Data(#"{"id":"1","text":"a","claim":{"expects":"a miracle"}}"#.utf8))
      Issue.record("no fault")
    } catch {
      #expect(error.message.contains("claim.expects"))
    }
  }

  @Test func `a message without words, and a picture that rules cannot see, go to a person`() throws
  {
    #expect(
      try respond(#""text":" ","attachments":true"#).handOff?.escalation.reason == .attachment)
    let unclear = try respond(#""text":"Co to jest?? zob. zdjęcie","attachments":true"#)
    #expect(unclear.action == .escalate)
    #expect(try respond(#""text":"Dzień dobry","attachments":true"#).action == .reply)
  }

  @Test func `thanks need no answer, and get none where the channel says so`() throws {
    let onAmazon = try respond(#""text":"Dziękuję bardzo!""#, channel: "amazon")
    #expect(onAmazon.action == .suppress && !onAmazon.needsAnswer)
    let elsewhere = try respond(#""text":"Dziękuję bardzo!""#)
    #expect(elsewhere.action == .reply && !elsewhere.needsAnswer)
    #expect(try respond(#""text":"Gdzie jest moja paczka?""#).needsAnswer)
  }

  @Test func `the responder's own reply that comes back under the seller's name is no takeover`()
    throws
  {
    var conversation = Conversation()
    let answer = try respond(#""text":"Jak mogę zwrócić towar?""#, in: &conversation)
    let text = try #require(answer.reply?.text.text)
    let echo = Request(
      id: "2", conversation: "c", channel: Channel("allegro") ?? .chat,
      kind: .agent(.sent(text)))
    _ = bot.responder.respond(to: echo, in: &conversation, orders: bot.orders, at: bot.now)
    #expect(!conversation.isInHumanHands)
    let person = Request(
      id: "3", conversation: "c", channel: Channel("allegro") ?? .chat,
      kind: .agent(.sent("Już sprawdzam.")))
    _ = bot.responder.respond(to: person, in: &conversation, orders: bot.orders, at: bot.now)
    #expect(conversation.isInHumanHands)
  }
}
