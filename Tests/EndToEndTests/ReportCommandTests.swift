import Foundation
import Testing

/// What `odzew report` makes of a state file that the pipe wrote.
@Suite final class ReportCommandTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "odzew-report-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: folder) }

  private var state: String { folder.appending(path: "shop.odzew").path }

  private static let order =
    #""order":{"number":"ZAM-2026-7777","status":"delivered","buyer":{"id":"anna_k","name":"Anna Kowalska","email":"anna@example.com"},"items":[{"sku":"=KUB","name":"Kubek <b>duży</b>","quantity":1}]}"#

  private static let requests = [
    #"{"id":"1","conversation":"a","channel":"allegro","sent_at":"2026-11-16T09:00:00+01:00","buyer":{"id":"anna_k","name":"Anna Kowalska"},"text":"Jak mogę zwrócić kubek? Jest za mały, Anna Kowalska, anna@example.com, tel. 501 234 567, ZAM-2026-7777, <script>alert(1)</script> Pozdrawiam, Anna",\#(order)}"#,
    #"{"id":"2","conversation":"b","channel":"amazon","sent_at":"2026-11-17T09:00:00+01:00","text":"I want to talk to a human, please."}"#,
    #"{"id":"3","conversation":"b","type":"agent","event":"sent","sent_at":"2026-11-17T10:30:00+01:00","text":"Hello, Mr Smith"}"#,
    #"{"id":"4","conversation":"c","channel":"email","sent_at":"2026-11-24T09:00:00+01:00","text":"I want to talk to a human, please."}"#,
    #"{"id":"5","conversation":"d","channel":"email","sent_at":"2026-11-24T09:05:00+01:00","text":"Where is the shop's invoice, can I get an invoice?"}"#,
  ]

  private func report(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(
      ["report", "--state", state, "--now", "2026-11-25T08:00:00+01:00"] + arguments)
  }

  private func fill() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let pipe = try Program.run(
      ["pipe", "--state", state], input: Self.requests.joined(separator: "\n"))
    #expect(pipe.lines.count == Self.requests.count)
  }

  @Test func `a state file is told as text, JSON, CSV and a page, without anybody's name`() throws {
    try fill()
    let (page, sheets) = (folder.appending(path: "r.html"), folder.appending(path: "sheets"))
    let json = try report("--json", "--html", page.path, "--csv", sheets.path)
    #expect(json.status == 0 && json.notes == "")
    #expect(try Schema("report").faults(in: json.output) == [])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let summary = try #require(object["summary"] as? [String: Any])
    #expect(summary["messages"] as? Int == 4)
    #expect(summary["to_a_person"] as? Int == 2 && summary["answers_of_people"] as? Int == 1)
    #expect(summary["complaints"] as? Int == 1)
    let times = try #require(object["answer_times"] as? [[String: Any]])
    let amazon = times.first {
      $0["clock"] as? String == "amazon-answer" && $0["who"] as? String == "people"
    }
    #expect(amazon?["median"] as? Int == 90 && amazon?["within_2_hours"] as? Double == 1)
    let waiting = try #require(object["waiting"] as? [[String: Any]])
    #expect(waiting.map { $0["state"] as? String } == ["open"])
    let link = try #require(waiting.first?["link"] as? Int)
    #expect(link == 4)
    let causes = try #require(object["reasons_by_product"] as? [[String: Any]])
    #expect(causes.map { $0["reason"] as? String } == ["too_small"])
    #expect(causes.map { $0["sku"] as? String } == ["=KUB"])

    let text = try report()
    #expect(text.status == 0 && text.output.contains("too_small") && text.output.contains("█"))
    #expect(!text.output.contains("\u{1B}"))
    let html = try String(contentsOf: page, encoding: .utf8)
    #expect(!html.contains("<script") && !html.contains("<b>duży"))
    let tables = try FileManager.default.contentsOfDirectory(atPath: sheets.path).sorted()
    #expect(tables.count == 13 && tables.first == "answer_times.csv")
    let csv = try tables.map {
      try String(contentsOf: sheets.appending(path: $0), encoding: .utf8)
    }.joined()
    #expect(csv.contains("'=KUB") && csv.contains("\r\n"))
    for output in [json.output, text.output, html, csv] {
      #expect(output.contains("Jest za mały"))
      for secret in ["Kowalska", "Anna", "anna", "example.com", "501 234", "7777", "Smith"] {
        #expect(!output.contains(secret), "\(secret)")
      }
    }

    #expect(try report("--no-sentences").output.contains("za mały") == false)
    let story = try Program.run(["audit", "--state", state, "--link", "\(link)"])
    #expect(story.status == 0 && story.output.contains("talk to a human"))

    let week = try report("--json", "--from", "2026-11-16", "--to", "2026-11-17", "--by", "day")
    let part = try #require(
      try JSONSerialization.jsonObject(with: Data(week.output.utf8)) as? [String: Any])
    #expect((part["summary"] as? [String: Any])?["messages"] as? Int == 2)
    #expect(
      (part["over_time"] as? [[String: Any]])?.map { $0["from"] as? String }
        == ["2026-11-16", "2026-11-17"])
    #expect(part["to"] as? String == "2026-11-18T00:00:00+01:00")
    #expect(try report("--from", "2027-01-01").output == "no messages in this period\n")
  }

  @Test func `what cannot be done is said, with its exit code`() throws {
    #expect(try Program.run(["report"]).status == 64)
    #expect(try report().status == 74)
    try fill()
    #expect(try report("--by", "year").status == 64)
    #expect(try report("--from", "2026-11-31").status == 64)
    #expect(try report("--from", "2026-11-20", "--to", "2026-11-19").status == 64)
    let unwritable = try report("--html", "/nonexistent/r.html")
    #expect(unwritable.status == 74 && unwritable.notes.contains("cannot be written"))
    #expect(try report("--csv", "/dev/null/x").status == 74)
  }
}
