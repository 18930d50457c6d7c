public import Foundation
internal import Odzew

extension ServiceReport {
  /// Everything that the report has to say, in the order in which it is read.
  public var tables: [ReportTable] {
    [
      summary, overTimeTable, table("intents", "What buyers wanted", "intent", intents),
      table("channels", "Where they wrote", "channel", channels),
      table("languages", "In which language", "language", languages),
      clockTable, matterTable, escalationTable, ruleTable, reasonTable, causeTable,
      reasonsOverTime, quoteTable,
    ]
  }

  /// One JSON object: the tables by their names, each a list of rows; `summary` is an object.
  public var json: Data {
    var object: [String: Any] = [:]
    for table in tables { object[table.name] = table.objects }
    object["summary"] = Dictionary(
      summary.rows.map { row in (Self.key(row), Self.value(row)) },
      uniquingKeysWith: { first, _ in first })
    func written(_ moment: Date?) -> Any {
      moment.map { Timestamp.format($0, in: period.zone) as Any } ?? NSNull()
    }
    object["from"] = written(period.start)
    object["to"] = written(period.end)
    object["first_message"] = written(span?.lowerBound)
    object["last_message"] = written(span?.upperBound)
    object["now"] = written(now)
    object["by"] = period.unit.rawValue
    let options: JSONSerialization.WritingOptions = [
      .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
    ]
    // Texts, whole numbers and finite shares: nothing that cannot be written.
    return (try? JSONSerialization.data(withJSONObject: object, options: options)) ?? Data()
  }

  private static func key(_ row: [ReportTable.Cell]) -> String {
    if case .text(let figure) = row[0] { figure.replacing(" ", with: "_") } else { "" }
  }

  private static func value(_ row: [ReportTable.Cell]) -> Any {
    switch row[1] {
    case .count(let count): count
    case .share(let share): share.map { ReportTable.rounded($0) as Any } ?? NSNull()
    case .text, .minutes, .moment: NSNull()
    }
  }

  /// The figures of a whole period.
  var summary: ReportTable {
    let needing = total.needingAnswer
    func share(_ part: Int, _ whole: Int) -> ReportTable.Cell {
      .share(AnswerTimes.share(part, of: whole))
    }
    return make(
      "summary", "In short", ["figure", "value"],
      [
        ("messages", .count(total.messages)), ("needing an answer", .count(needing)),
        ("answered", .count(total.answered)), ("answered share", .share(total.shareAnswered)),
        ("asked back", .count(total.askedBack)),
        ("asked back share", share(total.askedBack, needing)),
        ("to a person", .count(total.toPerson)),
        ("to a person share", share(total.toPerson, needing)),
        ("errors", .count(total.failed)), ("no answer needed", .count(total.quiet)),
        ("conversations", .count(conversations)),
        ("conversations without a person", .count(conversationsWithoutPerson)),
        ("conversations without a person share", share(conversationsWithoutPerson, conversations)),
        ("answers of people", .count(answersOfPeople)), ("drafts checked", .count(drafts)),
        ("notices", .count(notices)), ("complaints", .count(complaints)),
        ("complaints without a reason", .count(unexplained)), ("erasures", .count(erasures)),
        ("texts no longer kept", .count(withoutText)),
      ].map { [.text($0.0), $0.1] })
  }

  private func make(
    _ name: String, _ title: String, note: String = "", _ columns: [String],
    _ rows: [[ReportTable.Cell]]
  ) -> ReportTable {
    ReportTable(name, title, note: note, columns, in: period.zone, rows)
  }

  private static let handlingColumns = [
    "messages", "answered", "asked_back", "to_a_person", "errors", "no_answer_needed",
    "answered_share",
  ]

  private static func cells(_ handling: Handling) -> [ReportTable.Cell] {
    [
      .count(handling.messages), .count(handling.answered), .count(handling.askedBack),
      .count(handling.toPerson), .count(handling.failed), .count(handling.quiet),
      .share(handling.shareAnswered),
    ]
  }

  private func table(
    _ name: String, _ title: String, _ column: String,
    _ groups: [(name: String, handling: Handling)]
  ) -> ReportTable {
    make(
      name, title, [column] + Self.handlingColumns,
      groups.map { [.text($0.name)] + Self.cells($0.handling) })
  }

  private var overTimeTable: ReportTable {
    make(
      "over_time", "Over time, by \(period.unit.rawValue)", ["from"] + Self.handlingColumns,
      overTime.map { [.text($0.piece.description)] + Self.cells($0.handling) })
  }

  private var clockTable: ReportTable {
    make(
      "answer_times", "Time to an answer",
      note: """
        By the clocks of deadlines.yaml. 'all' counts the responder's replies and questions, which leave at once; 'people' \
        alone what a person answered. 'open' and 'overdue' still wait.
        """,
      [
        "clock", "who", "answers", "median", "percentile_90", "percentile_95", "within_2_hours",
        "within_24_hours", "within_clock", "open", "overdue", "handed_back",
      ],
      clocks.flatMap { name, clock in
        [("all", clock.all), ("people", clock.people)].map { who, times in
          [
            .text(name), .text(who), .count(times.count), .minutes(times.minutes(atShare: 0.5)),
            .minutes(times.minutes(atShare: 0.9)), .minutes(times.minutes(atShare: 0.95)),
            .share(times.share(within: 120)), .share(times.share(within: 1440)),
            .share(times.shareInTime), .count(clock.open), .count(clock.overdue),
            .count(clock.handedBack),
          ]
        }
      })
  }

  private var matterTable: ReportTable {
    make(
      "waiting", "What waits, and what was late",
      note: "'odzew audit --link N' tells the story of the conversation.",
      [
        "state", "due_at", "link", "channel", "clock", "clock_ends", "reason", "queue", "priority",
        "since", "answered_at",
      ],
      matters.map {
        [
          .text($0.state.rawValue), .moment($0.dueAt), .count($0.link), .text($0.channel),
          .text($0.clock), .moment($0.bound), .text($0.reason), .text($0.queue),
          .text($0.priority.rawValue), .moment($0.since), .moment($0.answeredAt),
        ]
      })
  }

  private var escalationTable: ReportTable {
    make(
      "escalations", "Why people were fetched", ["reason", "queue", "priority", "messages"],
      escalations.map { escalated, count in
        [
          .text(escalated.reason), .text(escalated.queue), .text(escalated.priority), .count(count),
        ]
      })
  }

  private var ruleTable: ReportTable {
    make(
      "policy", "What rules of policy did", ["rule", "texts", "passed", "changed", "blocked"],
      rules.map { rule, count in
        [
          .text(rule), .count(count.passed + count.changed + count.blocked), .count(count.passed),
          .count(count.changed), .count(count.blocked),
        ]
      })
  }

  private var reasonTable: ReportTable {
    make(
      "reasons", "What returns and complaints say",
      note: """
        \(complaints) complaints, one for each conversation and product; \(unexplained) give no reason. One complaint may \
        give several.
        """,
      ["reason", "complaints", "share"],
      reasons.map {
        [.text($0.reason), .count($0.count), .share(AnswerTimes.share($0.count, of: complaints))]
      })
  }

  private var causeTable: ReportTable {
    make(
      "reasons_by_product", "Which goods", ["product", "sku", "reason", "complaints"],
      causes.map { cause, count in
        [
          .text(cause.product.name), .text(cause.product.sku), .text(cause.reason), .count(count),
        ]
      })
  }

  private var reasonsOverTime: ReportTable {
    let pieces = period.pieces(covering: Set(reasons.flatMap(\.pieces.keys)))
    return make(
      "reasons_over_time", "Reasons over time, by \(period.unit.rawValue)",
      ["from", "reason", "complaints"],
      pieces.flatMap { piece in
        reasons.compactMap { reason in
          reason.pieces[piece].map {
            [.text(piece.description), .text(reason.reason), .count($0)]
          }
        }
      })
  }

  private var quoteTable: ReportTable {
    make(
      "sentences", "In the buyers' own words",
      note: "What tells who wrote a sentence is taken out: […].",
      ["reason", "product", "language", "link", "sentence"],
      quotes.map {
        [
          .text($0.cause.reason), .text($0.cause.product.name), .text($0.locale), .count($0.link),
          .text($0.text),
        ]
      })
  }
}
