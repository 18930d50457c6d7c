internal import Odzew

/// Cases as a page that a team lead reads: each reply as the buyer sees it, the locales side by
/// side, with what has changed since the golden transcript.
public struct CasePage: Sendable {
  private struct Entry {
    let outcome: CaseRunner.Outcome
    let difference: WordDifference?
  }

  private var rows: [(title: String, entries: [String: Entry])] = []
  private var locales: [String] = []

  /// Lays out a page.
  /// - Parameters:
  ///   - outcomes: what came of the cases.
  ///   - differences: by the names of cases, what has changed.
  public init(_ outcomes: [CaseRunner.Outcome], differences: [String: WordDifference]) {
    for outcome in outcomes {
      let (title, locale) = outcome.sample.titleAndLocale
      if !locales.contains(locale) { locales.append(locale) }
      let entry = Entry(outcome: outcome, difference: differences[outcome.sample.name])
      if let place = rows.firstIndex(where: { $0.title == title }) {
        rows[place].entries[locale] = entry
      } else {
        rows.append((title, [locale: entry]))
      }
    }
    locales.sort()
  }

  /// The page: one file without scripts or anything from elsewhere.
  public var html: String {
    let head = locales.map { "<th>\($0.xml)</th>" }.joined()
    let body = rows.map { row in
      let cells = locales.map { locale in row.entries[locale].map(cell) ?? "<td></td>" }
      return "<tr id=\"\(row.title.xml)\"><th>\(row.title.xml)</th>\(cells.joined())</tr>"
    }
    let changed = rows.reduce(0) { $0 + $1.entries.values.count { $0.difference != nil } }
    return Page(
      title: "Replies",
      style: """
        main { max-width: none } table { table-layout: fixed; min-width: 100% }
        th, td { width: 24em } tbody th { width: 12em }
        thead th { position: sticky; top: 0; background: var(--page) }
        td p { white-space: pre-wrap } .buyer { color: var(--soft) }
        .reply { background: var(--sheet); border-radius: .5em; padding: .5em .7em }
        .done { color: var(--soft); font-size: 13px } .changed { outline: 2px solid var(--warn) }
        """,
      body: """
        <p>\(rows.count) situations, \(locales.count) languages, \(changed) changed.</p>
        <table><thead><tr><th></th>\(head)</tr></thead><tbody>
        \(body.joined(separator: "\n"))
        </tbody></table>
        """
    ).html
  }

  private func cell(_ entry: Entry) -> String {
    if let difference = entry.difference {
      let text = difference.parts.map { part in
        switch part {
        case .same(let text): text.xml
        case .removed(let text): "<del>\(text.xml)</del>"
        case .added(let text): "<ins>\(text.xml)</ins>"
        }
      }
      return "<td class=\"changed\"><p>\(text.joined())</p></td>"
    }
    let turns = zip(entry.outcome.sample.steps, entry.outcome.responses).map { step, response in
      let heard =
        switch step.kind {
        case .message(let text): text
        case .notice(let notice): "(\(notice.rawValue))"
        case .agent(.takeover): "(a person takes over)"
        case .agent(.release): "(a person hands back)"
        case .agent(.sent(let text)): "(a person) \(text)"
        }
      let escalation = response.handOff.map { " → \($0.escalation.queue.xml)" } ?? ""
      return """
        <p class="buyer">\(heard.xml)</p>
        <p class="reply">\((response.reply?.text.text ?? response.reason ?? "").xml)</p>
        <p class="done">\(response.action.rawValue)\(escalation)</p>
        """
    }
    return "<td>\(turns.joined())</td>"
  }
}
