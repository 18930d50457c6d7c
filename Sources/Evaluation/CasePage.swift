internal import Odzew

/// Cases as a page that a team lead reads: each reply as the buyer sees it, the locales side by
/// side, with what has changed since the golden transcript and what is not as expected.
public struct CasePage: Sendable {
  private struct Entry {
    let outcome: CaseRunner.Outcome
    let difference: WordDifference?
    let locale: String

    /// Whether there was nothing to compare it with.
    var isNew: Bool {
      difference?.parts.allSatisfy { part in
        if case .added = part { true } else { false }
      } ?? false
    }

    /// Where it stands in the page.
    var anchor: String { outcome.sample.name.anchor }
  }

  private var rows: [(title: String, entries: [String: Entry])] = []
  private var locales: [String] = []

  /// Lays out a page.
  /// - Parameters:
  ///   - outcomes: what came of the cases.
  ///   - differences: by the names of cases, what has changed.
  public init(_ outcomes: [CaseRunner.Outcome], differences: [String: WordDifference]) {
    var places: [String: Int] = [:]
    for outcome in outcomes {
      let (title, locale) = outcome.sample.titleAndLocale
      if !locales.contains(locale) { locales.append(locale) }
      let entry = Entry(
        outcome: outcome, difference: differences[outcome.sample.name], locale: locale)
      if let place = places[title] {
        rows[place].entries[locale] = entry
      } else {
        places[title] = rows.count
        rows.append((title, [locale: entry]))
      }
    }
    locales.sort()
  }

  private var entries: [Entry] {
    rows.flatMap { row in locales.compactMap { row.entries[$0] } }
  }

  /// The page: one file without scripts or anything from elsewhere.
  public var html: String {
    let head = locales.map { "<th scope=\"col\"\(mark($0))>\(Self.name($0).xml)</th>" }
    return Page(
      title: "Replies", style: style,
      body: """
        \(summary)
        \(choice)
        <div class="replies" tabindex="0" role="region" aria-label="Replies by language">
        <table><thead><tr><td></td>\(head.joined())</tr></thead><tbody>
        \(rows.map { html(of: $0) }.joined(separator: "\n"))
        </tbody></table></div>
        """
    ).html
  }

  // Languages can be hidden without a script: a box that is not ticked hides their column. A phone
  // has no room for columns: there the languages of a situation follow each other, each with its
  // name.
  private var style: String {
    """
    main { max-width: none } .lead { max-width: 60rem }
    .replies { overflow: auto; max-height: 96vh; border: 1px solid var(--line) }
    th, td { min-width: 21rem; max-width: 30rem; overflow-wrap: anywhere }
    tbody th { min-width: 11rem; max-width: 14rem; position: sticky; left: 0; background: var(--page) }
    thead td { min-width: 0; border: 0 }
    thead th, thead td { position: sticky; top: 0; background: var(--page); z-index: 1 }
    td p { white-space: pre-wrap; margin: 0 0 .4rem } .buyer { color: var(--soft) }
    .reply { background: var(--sheet); border-radius: .5rem; padding: .5rem .7rem; hyphens: auto }
    .done { color: var(--soft); font-size: .8rem } td.changed { box-shadow: inset 4px 0 var(--warn) }
    td.failed { box-shadow: inset 4px 0 var(--bad) } .flag { font-weight: 600; color: var(--warn) }
    .failed .flag { color: var(--bad) } .why { margin: 0 0 .5rem; padding-left: 1.2rem }
    fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 1rem; padding: .3rem .8rem .5rem;
      display: flex; flex-wrap: wrap; gap: .3rem 1.2rem } legend { color: var(--soft) }
    \(locales.indices.map { "body:has(#show-\($0):not(:checked)) .l\($0) { display: none }" }
      .joined(separator: "\n"))
    @media (max-width: 60rem) {
      .replies { overflow: visible; max-height: none; border: 0 }
      table, tbody, tr, tbody th, td { display: block; min-width: 0; max-width: none }
      thead, td.none { display: none }
      tbody th { position: sticky; top: 0; z-index: 1; padding: .6rem 0; border-top: 2px solid var(--soft) }
      td { border: 0; padding: .3rem 0 .3rem .8rem; scroll-margin-top: 3.5rem }
      td::before { content: attr(data-label); font-weight: 600; font-size: .85rem; color: var(--soft) }
    }
    """
  }

  /// The class of a language's column, by its place.
  private func mark(_ locale: String, and more: [String] = []) -> String {
    let place = locales.firstIndex(of: locale) ?? 0
    return " class=\"\((["l\(place)"] + more).joined(separator: " "))\""
  }

  /// A locale as it is shown; a case need not have one.
  private static func name(_ locale: String) -> String { locale.isEmpty ? "any language" : locale }

  private var summary: String {
    let changed = entries.filter { $0.difference != nil }
    let failed = entries.filter { !$0.outcome.failures.isEmpty }
    let verdict =
      changed.isEmpty && failed.isEmpty
      ? "Every reply is as it was accepted, and as expected."
      : "\(changed.count) changed since they were accepted, \(failed.count) not as expected."
    return """
      <div class="lead"><p>\(rows.count) situations, \(locales.count) languages, \(entries.count) cases. \(verdict)</p>
      \(list("Changed", changed) { $0.isNew ? ": new, nothing accepted yet" : "" })
      \(list("Not as expected", failed) { ": " + $0.outcome.failures.joined(separator: "; ").xml })
      </div>
      """
  }

  private func list(_ title: String, _ entries: [Entry], _ note: (Entry) -> String) -> String {
    if entries.isEmpty { return "" }
    let items = entries.map {
      "<li><a href=\"#\($0.anchor)\">\($0.outcome.sample.name.xml)</a>\(note($0))</li>"
    }
    return """
      <h2>\(title)</h2>
      <ul>
      \(items.joined(separator: "\n"))
      </ul>
      """
  }

  private var choice: String {
    if locales.count < 2 { return "" }
    let boxes = locales.enumerated().map { place, locale in
      "<label><input type=\"checkbox\" id=\"show-\(place)\" checked> \(Self.name(locale).xml)</label>"
    }
    return "<fieldset><legend>Languages shown</legend>\(boxes.joined(separator: "\n"))</fieldset>"
  }

  private func html(of row: (title: String, entries: [String: Entry])) -> String {
    let cells = locales.map { locale in
      row.entries[locale].map(cell) ?? "<td\(mark(locale, and: ["none"]))></td>"
    }
    return """
      <tr><th scope="row">\(row.title.xmlName)</th>
      \(cells.joined(separator: "\n"))</tr>
      """
  }

  private func cell(_ entry: Entry) -> String {
    let failures = entry.outcome.failures
    let states =
      (entry.difference == nil ? [] : ["changed"]) + (failures.isEmpty ? [] : ["failed"])
    let why = failures.map { "<li>\($0.xml)</li>" }
    let complaint =
      failures.isEmpty
      ? "" : "<p class=\"flag\">not as expected</p><ul class=\"why\">\(why.joined())</ul>"
    return """
      <td id="\(entry.anchor)"\(mark(entry.locale, and: states)) data-label="\(Self.name(entry.locale).xml)">\
      \(complaint)\(entry.difference.map(changes) ?? turns(of: entry))</td>
      """
  }

  private func changes(_ difference: WordDifference) -> String {
    let text = difference.parts.map { part in
      switch part {
      case .same(let text): text.xml
      case .removed(let text): "<del>\(text.xml)</del>"
      case .added(let text): "<ins>\(text.xml)</ins>"
      }
    }
    return "<p class=\"flag\">changed</p><p>\(text.joined())</p>"
  }

  private func turns(of entry: Entry) -> String {
    let language = entry.locale.languageAttribute
    return zip(entry.outcome.sample.steps, entry.outcome.responses).map { step, response in
      let heard =
        switch step.kind {
        case .message(let text): text
        case .notice(let notice): "(\(notice.rawValue))"
        case .agent(.takeover): "(a person takes over)"
        case .agent(.release): "(a person hands back)"
        case .agent(.sent(let text)): "(a person) \(text)"
        }
      let escalation = response.handOff.map { " → \($0.escalation.queue.xml)" } ?? ""
      let reply = response.reply.map { reply in
        let language = response.locale?.description.languageAttribute ?? ""
        return "<p class=\"reply\" dir=\"auto\"\(language)>\(reply.text.text.xml)</p>"
      }
      return """
        <p class="buyer" dir="auto"\(language)>\(heard.xml)</p>
        \(reply ?? "<p class=\"soft\">\((response.reason ?? "nothing is said").xml)</p>")
        <p class="done">\(response.action.rawValue)\(escalation)</p>
        """
    }.joined()
  }
}
