import Foundation
import Testing

@Suite struct PolicyCommandTests {
  @Test func `a channel that the bot does not have is wrong usage`() throws {
    let outcome = try Program.run(["check", "--channel", "alegro"], input: "Dziękujemy!\n")
    #expect(outcome.status == 64)
    #expect(outcome.notes.contains("has no channel 'alegro'; did you mean 'allegro'?"))
  }

  @Test func `a text is checked, its offence marked, sourced and answered with an example`() throws
  {
    let outcome = try Program.run(
      ["check", "--channel", "allegro", "--locale", "pl"],
      input: "Dzień dobry.\nZa opinię 5 gwiazdek zwrócimy koszt wysyłki.\n")
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("block\n"))
    #expect(outcome.output.contains("2:1: review-incentive (block)"))
    #expect(outcome.output.contains("»"))
    #expect(outcome.output.contains("source: Amazon Communication Guidelines"))
    #expect(outcome.output.contains("for example: "))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func `a text that may leave is passed`() throws {
    let outcome = try Program.run(
      ["check", "--channel", "amazon", "--locale", "en"],
      input: "Your parcel was handed to DHL yesterday and should arrive tomorrow.\n")
    #expect(outcome.status == 0)
    #expect(outcome.output == "pass\n")
  }

  @Test func `JSON lines get JSON verdicts, with their circumstances`() throws {
    let lines = [
      #"{"text":"Call 020 7946 0958, or answer here; we read every message.","channel":"amazon","locale":"en"}"#,
      #"{"id":"x","text":"Last call: everything must go.","channel":"email","marketplace":"shop","kind":"marketing","locale":"en","sent_at":"2026-11-20T12:00:00Z"}"#,
    ]
    let outcome = try Program.run(["check", "--json"], input: lines.joined(separator: "\n"))
    #expect(outcome.status == 1)
    #expect(outcome.lines.count == 2)
    #expect(outcome.lines[0].contains(#""rule":"contact-phone""#))
    #expect(outcome.lines[1].contains(#""id":"x""#))
    #expect(outcome.lines[1].contains(#""rule":"marketing-consent""#))
  }

  @Test func `a line that is no draft is told, and those after it are checked`() throws {
    let outcome = try Program.run(
      ["check", "--json"],
      input: "{\"text\":\"Hello\",\n\n{\"text\":\"Your parcel is on its way.\",\"locale\":\"en\"}\n"
    )
    #expect(outcome.status == 65)
    #expect(outcome.lines.count == 1 && outcome.lines[0].contains(#""id":"3""#))
    #expect(outcome.notes.contains("line 1: "))
  }

  @Test func `a SARIF report names the rule and the place`() throws {
    let outcome = try Program.run(
      ["check", "--channel", "amazon", "--locale", "en", "--sarif"], input: "Sent! 📦\n")
    let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let runs = try #require((report as? [String: Any])?["runs"] as? [[String: Any]])
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleId"] as? String } == ["style-emoji"])
  }

  @Test func `wrong words are refused with the known ones`() throws {
    #expect(try Program.run(["check", "--kind", "advert"], input: "x").status == 64)
    #expect(try Program.run(["check", "--json"], input: "{").status == 65)
    #expect(try Program.run(["policies", "--stale", "long"]).status == 64)
  }

  @Test func `policies in force are listed with source and day, and stale ones named`() throws {
    let whatsapp = try Program.run(["policies", "--channel", "whatsapp", "--kind", "marketing"])
    #expect(whatsapp.status == 0)
    #expect(whatsapp.output.contains("whatsapp-opt-in"))
    #expect(!whatsapp.output.contains("ask-buyer-to-cancel"))
    #expect(whatsapp.output.contains("read 2026-11-20"))
    let fresh = try Program.run(
      ["policies", "--stale", "180d", "--now", "2026-12-01T00:00:00Z"])
    #expect(fresh.status == 0 && fresh.output == "no rules\n")
    let old = try Program.run(["policies", "--stale", "180d", "--now", "2028-01-01T00:00:00Z"])
    #expect(old.status == 1 && old.output.contains("review-incentive"))
  }
}
