import Evaluation
import Foundation
import Odzew
import Testing

/// Monday, 16 November 2026, noon UTC, and minutes from there.
private func at(_ minutes: Double) -> Date {
  Date(timeIntervalSince1970: 1_794_830_400 + minutes * 60)
}

@Suite struct ServiceReportTests {
  /// A link about a buyer's message whose clock ends after a day.
  private func message(
    _ action: Response.Action, at minutes: Double = 0, in conversation: UInt64 = 1,
    _ change: (inout ServiceEntry) -> Void = { _ in }
  ) -> ServiceEntry {
    var entry = ServiceEntry(
      link: Int(minutes) + 1, at: at(minutes), conversation: conversation, kind: .message,
      action: action)
    entry.intents = ["invoice"]
    entry.channel = "email"
    entry.locale = "en"
    entry.clock = ServiceEntry.Clock("a-day", dueAt: at(minutes + 1440))
    if action == .escalate {
      entry.handOff = ServiceEntry.HandOff(
        reason: "anger", queue: "service", priority: .high, dueAt: at(minutes + 1440))
    }
    change(&entry)
    return entry
  }

  private func person(
    _ kind: ServiceEntry.Kind = .personWrote, at minutes: Double, in conversation: UInt64 = 1
  ) -> ServiceEntry {
    ServiceEntry(
      link: 1000, at: at(minutes), conversation: conversation, kind: kind, action: .stored)
  }

  private func report(
    _ entries: [ServiceEntry], now minutes: Double = 0, from start: Date? = nil,
    to end: Date? = nil,
    by unit: ReportPeriod.Unit = .week
  ) -> ServiceReport {
    var tally = ServiceTally(
      over: ReportPeriod(from: start, to: end, by: unit, in: .gmt), at: at(minutes))
    for entry in entries { tally.add(entry) }
    return tally.report { sentence, _ in sentence.text }
  }

  @Test func `the share answered counts what somebody had to answer`() {
    let report = report([
      message(.reply), message(.reply, in: 2), message(.delay, in: 3) { $0.notBefore = at(30) },
      message(.clarify, in: 4), message(.escalate, in: 5), message(.error, in: 6),
      // A person has the conversation already.
      message(.suppress, in: 7),
      // Thanks, answered or not.
      message(.suppress, in: 8) { $0.needsAnswer = false },
      message(.reply, in: 9) { $0.needsAnswer = false },
      ServiceEntry(link: 9, at: at(0), conversation: 1, kind: .draft, action: .pass),
      ServiceEntry(link: 9, at: at(0), conversation: 1, kind: .notice, action: .reply),
      ServiceEntry(link: 9, at: at(0), conversation: 1, kind: .record, action: .stored),
    ])
    let total = report.total
    #expect(total.messages == 9 && total.needingAnswer == 7)
    #expect(total.answered == 3 && total.askedBack == 1 && total.toPerson == 2)
    #expect(total.quiet == 2 && total.failed == 1)
    #expect(total.shareAnswered == 3.0 / 7)
    // Of nine, those that were escalated, suppressed beside a person, or failed.
    #expect(report.conversations == 9 && report.conversationsWithoutPerson == 6)
    #expect(report.drafts == 1 && report.notices == 1)
    #expect(report.intents.map(\.name) == ["invoice"])
    #expect(report.channels.first?.handling == total && report.languages.first?.handling == total)
  }

  @Test func `a trail without links is a report without rows`() {
    let report = report([])
    #expect(report.span == nil && report.total.shareAnswered == nil)
    #expect(report.tables.allSatisfy { $0.name == "summary" || $0.rows.isEmpty })
    #expect(ReportPage(report).html.contains("No messages in this period."))
    #expect(String(decoding: report.json, as: UTF8.self).contains(#""first_message" : null"#))
  }

  @Test func `one reply is a whole report`() {
    let report = report([message(.reply)])
    #expect(report.total.shareAnswered == 1 && report.conversationsWithoutPerson == 1)
    #expect(report.overTime.map(\.piece.description) == ["2026-11-16"])
    let times = report.clocks[0].times
    #expect(times.all.minutes(atShare: 0.5) == 0 && times.all.shareInTime == 1)
    #expect(times.people.count == 0 && times.people.minutes(atShare: 0.5) == nil)
  }

  @Test func `percentiles are the nearest rank, to the minute above`() {
    var times = AnswerTimes()
    for tenth in 1...10 { times.add(seconds: Double(tenth) * 600 - 30, isInTime: tenth <= 7) }
    #expect(times.minutes(atShare: 0.5) == 50)
    #expect(times.minutes(atShare: 0.9) == 90 && times.minutes(atShare: 0.95) == 100)
    #expect(times.minutes(atShare: 0) == 10 && times.minutes(atShare: 1) == 100)
    #expect(times.share(within: 60) == 0.6 && times.shareInTime == 0.7)
    var exact = AnswerTimes()
    exact.add(seconds: 86_400, isInTime: true)
    exact.add(seconds: 86_401, isInTime: false)
    #expect(exact.share(within: 1440) == 0.5)
  }

  @Test func `a person's answer ends what waits, from the first message of the matter on`() {
    let report = report(
      [
        message(.escalate, at: 0),
        // A nudge, due sooner and more urgent, is the same matter.
        message(.escalate, at: 60) {
          $0.handOff?.dueAt = at(120)
          $0.handOff?.priority = .urgent
        },
        person(at: 90),
        message(.escalate, at: 0, in: 2), person(at: 1500, in: 2),
        message(.escalate, at: 0, in: 3), person(.handedBack, at: 10, in: 3),
        message(.escalate, at: 0, in: 4), message(.suppress, at: 100, in: 5),
        // Nothing waits there.
        person(at: 10, in: 6),
      ], now: 1450)
    let clock = report.clocks[0].times
    #expect(clock.people.byMinutes == [90: 1, 1500: 1] && clock.people.inTime == 1)
    #expect(clock.all == clock.people)
    #expect(clock.handedBack == 1 && clock.open == 1 && clock.overdue == 1)
    #expect(report.matters.map(\.state) == [.open, .overdue, .late])
    #expect(report.matters.map(\.reason) == ["person_has_it", "anger", "anger"])
    #expect(report.matters.last?.answeredAt == at(1500))
    #expect(report.escalations.map(\.count) == [4, 1])
    #expect(report.answersOfPeople == 3)
  }

  @Test func `the promise decides what is late, the clock what was in time`() {
    let late = report([
      message(.escalate) { $0.handOff?.dueAt = at(240) }, person(at: 300),
    ])
    #expect(late.matters.map(\.state) == [.late])
    #expect(late.clocks[0].times.people.shareInTime == 1)
  }

  @Test func `a clock that goes backwards takes no time, and loses nothing`() {
    let report = report([message(.escalate, at: 100), person(at: 40)])
    #expect(report.clocks[0].times.people.byMinutes == [0: 1])
    #expect(report.matters.isEmpty && report.span == at(40)...at(100))
  }

  @Test func `what lies outside the period counts only to end what waits`() {
    let entries = [
      message(.reply, at: -1, in: 1), message(.escalate, at: 0, in: 2),
      message(.reply, at: 60, in: 3), person(at: 120, in: 2),
    ]
    let report = report(entries, from: at(0), to: at(60))
    #expect(report.total.messages == 1 && report.answersOfPeople == 0)
    #expect(report.clocks[0].times.people.byMinutes == [120: 1])
  }

  @Test func `pieces without messages are pieces, but a wrong year does not make thousands`() {
    let day = 1440.0
    let weeks = report([message(.reply), message(.reply, at: 15 * day)])
    #expect(
      weeks.overTime.map(\.piece.description) == ["2026-11-16", "2026-11-23", "2026-11-30"])
    #expect(weeks.overTime.map(\.handling.messages) == [1, 0, 1])
    let months = report([message(.reply), message(.reply, at: 60 * day)], by: .month)
    #expect(
      months.overTime.map(\.piece.description) == ["2026-11-01", "2026-12-01", "2027-01-01"])
    let odd = report([message(.reply), message(.reply, at: -10_000 * day)], by: .day)
    #expect(odd.overTime.count == 2)
  }

  @Test func `rules are counted once a text, by what became of it`() {
    func checked(_ verdict: String, _ rules: [String]) -> ServiceEntry {
      message(.reply) { ($0.verdict, $0.rules) = (verdict, rules) }
    }
    let rules = report([
      checked("changed", ["phone", "phone"]), checked("blocked", ["phone", "email"]),
      checked("pass", ["email"]), checked("pass", []),
    ]).rules
    #expect(rules.map(\.rule) == ["email", "phone"])
    let phone = rules[1].count
    #expect(phone.passed == 0 && phone.changed == 1 && phone.blocked == 1)
  }

  @Test func `a reason counts once a conversation and product, wherever it was told first`() {
    let mug = ServiceEntry.Product(sku: "KUB-300", name: "Mug")
    func complaint(
      _ reasons: [String], about product: ServiceEntry.Product = mug, in conversation: UInt64,
      at minutes: Double = 0
    ) -> ServiceEntry {
      message(.reply, at: minutes, in: conversation) { entry in
        entry.complaint = ServiceEntry.Complaint(
          product,
          Dictionary(
            uniqueKeysWithValues: reasons.map {
              ($0, BuyerSentence("\($0) \(conversation)", locale: "en", link: Int(minutes)))
            }))
      }
    }
    let report = report([
      complaint([], in: 1), complaint(["too_small"], in: 1, at: 10),
      complaint(["too_small", "defective"], in: 1, at: 20),
      complaint(["too_small"], about: .unknown, in: 1),
      complaint(["too_small"], in: 2, at: 10_080), complaint([], in: 3),
    ])
    #expect(report.complaints == 4 && report.unexplained == 1)
    #expect(report.reasons.map(\.reason) == ["too_small", "defective"])
    #expect(report.reasons.map(\.count) == [3, 1])
    #expect(report.reasons[0].pieces.values.sorted() == [1, 2])
    #expect(report.causes.map(\.count) == [2, 1, 1])
    #expect(report.causes.map(\.cause.product.name) == ["Mug", "Mug", "not known"])
    #expect(
      report.quotes.map(\.text) == ["too_small 1", "too_small 2", "too_small 1", "defective 1"])
  }

  @Test func `of many sentences the latest three stand for a reason, each once`() {
    let report = report(
      (0..<10).map { index in
        message(.reply, in: UInt64(index)) {
          $0.complaint = ServiceEntry.Complaint(
            .unknown, ["late": BuyerSentence("sentence \(index / 2)", locale: "en")])
        }
      })
    #expect(report.quotes.map(\.text) == ["sentence 2", "sentence 3", "sentence 4"])
  }

  @Test func `a spreadsheet gets plain numbers, quoted texts and no formulas`() {
    let report = report([
      message(.reply) {
        $0.intents = ["=SUM(A1)"]
        $0.channel = "a,\"b\""
        $0.locale = " +1"
      }
    ])
    func csv(_ name: String) -> String? { report.tables.first { $0.name == name }?.csv }
    let head =
      "messages,answered,asked_back,to_a_person,errors,no_answer_needed,answered_share\r\n"
    #expect(csv("intents") == "intent,\(head)'=SUM(A1),1,1,0,0,0,0,1.0\r\n")
    #expect(csv("channels") == "channel,\(head)\"a,\"\"b\"\"\",1,1,0,0,0,0,1.0\r\n")
    #expect(csv("languages") == "language,\(head)' +1,1,1,0,0,0,0,1.0\r\n")
  }

  @Test func `times and shares are told as people tell them`() throws {
    let table = try #require(report([message(.reply)]).tables.first)
    let shown: [(ReportTable.Cell, String)] = [
      (.minutes(45), "45 min"), (.minutes(120), "2 h"), (.minutes(1530), "25 h 30 min"),
      (.minutes(3120), "2 d 4 h"), (.minutes(nil), "–"), (.share(0.8649), "86.5 %"),
      (.share(1), "100.0 %"), (.share(nil), "–"), (.moment(at(0)), "2026-11-16 12:00"),
    ]
    for (cell, text) in shown { #expect(table.shown(cell) == text) }
  }

  @Test func `a page escapes what comes from outside, and asks for nothing from elsewhere`() {
    let bad = "<script>alert(1)</script>"
    let html = ReportPage(
      report([
        message(.escalate) {
          $0.intents = [bad]
          $0.channel = bad
          $0.locale = "\"" + bad
          $0.handOff?.reason = bad
          $0.complaint = ServiceEntry.Complaint(
            .init(sku: bad, name: bad), [bad: BuyerSentence(bad, locale: "\"><i>")])
        },
        person(at: 3000),
      ])
    ).html
    #expect(!html.contains("<script") && html.contains("&lt;script&gt;"))
    #expect(!html.contains("\"><i>"))
    #expect(!html.contains("://") && !html.contains("url(") && !html.contains("nan"))
  }
}

@Suite struct SentenceRedactionTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let bot = Result { try Bot.load(from: root) }

  @Test(
    arguments: [
      ("pl", "Buty za małe, proszę dzwonić 501 234 567", "Buty za małe, proszę dzwonić […]"),
      ("pl", "Za mała, piszcie na jan.kot@example.com", "Za mała, piszcie na […]"),
      ("pl", "Kubek pękł, zamówienie ZAM-2026-1001", "Kubek pękł, zamówienie […]"),
      ("pl", "Za ciasne pozdrawiam anna kowalska", "Za ciasne"),
      ("pl", "Siostra Beata mówi że za małe", "Siostra […] mówi że za małe"),
      ("pl", "Kurtka od Państwa jest za mała na XL", "Kurtka od Państwa jest za mała na XL"),
      ("pl", "za mały rozmiar, ul. Długa 5 Poznań", "za mały rozmiar,"),
      ("de", "Die Schuhe für Herrn Müller sind zu klein", "Die Schuhe für […] sind zu klein"),
      ("de", "Der Becher ist zu klein für Tee", "Der Becher ist zu klein für Tee"),
      ("en", "Too small for Annie Smith Kowalska", "Too small for […]"),
      ("en", "it costs 24.99 and is 300 ml too small", "it costs 24.99 and is 300 ml too small"),
      ("en", "too small, pay 61 1090 1014 0000 0712 1981 2874", "too small, pay […]"),
      ("en", "too small see https://shop.example/x?y=1", "too small see […]"),
    ])
  func `what tells who wrote a sentence is taken out`(
    locale: String, text: String, shown: String
  ) throws {
    let redaction = SentenceRedaction(try Self.bot.get())
    let sentence = BuyerSentence(text, locale: locale, names: ["Anna Kowalska"])
    #expect(redaction.text(of: sentence, about: "Kubek ceramiczny 300 ml") == shown)
  }

  @Test func `names that are known go in any case and form, also at the beginning`() throws {
    let redaction = SentenceRedaction(try Self.bot.get())
    let sentence = BuyerSentence(
      "annie kowalskiej za małe", locale: "pl", names: ["Anna Kowalska"])
    #expect(redaction.text(of: sentence) == "[…] za małe")
  }

  @Test func `nothing is shown that a terminal would obey, nor what is nothing but gaps`() throws {
    let redaction = SentenceRedaction(try Self.bot.get())
    #expect(
      redaction.text(of: BuyerSentence("too\u{1B}[31m small\u{202E}\n now", locale: "en"))
        == "too [31m small now")
    #expect(redaction.text(of: BuyerSentence("501 234 567", locale: "pl")) == nil)
    #expect(redaction.text(of: BuyerSentence("", locale: "pl")) == nil)
    let long = redaction.text(
      of: BuyerSentence(String(repeating: "small ", count: 5000), locale: "en"))
    #expect(long?.count == 240)
  }
}
