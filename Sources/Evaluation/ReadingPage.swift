public import Odzew

/// Why a message was read as it was, as a page: its words marked by what they speak for, how sure
/// each intent is, and what would be answered.
public struct ReadingPage: Sendable {
  private let rationale: Rationale
  private let response: Response
  private let stated: LocaleTag?
  private let intents: [Finding]

  /// How many intents are shown with all their reasons; each has its own line below the words.
  private static let marked = 4
  /// How many intents are shown with how sure they are.
  private static let weighed = 8
  /// A share below this is none.
  private static let least = 0.005

  /// Lays out a page.
  /// - Parameters:
  ///   - rationale: the reading and its reasons.
  ///   - response: what a stranger in a chat would be answered.
  ///   - stated: the language of the message, where somebody said it.
  public init(_ rationale: Rationale, response: Response, stated: LocaleTag?) {
    self.rationale = rationale
    self.response = response
    self.stated = stated
    let likely = rationale.ranked.filter { $0.confidence >= Self.least }
    intents = Array((likely.isEmpty ? rationale.ranked : likely).prefix(Self.weighed))
  }

  private var marked: ArraySlice<Finding> { intents.prefix(Self.marked) }
  private var reading: Reading { rationale.reading }

  /// The page: one file without scripts or anything from elsewhere.
  public var html: String {
    Page(
      title: "Why this message is read so", style: Self.style,
      body: """
        <p class="outcome">The bot <b>\(rationale.outcome.xml)</b>.</p>
        \(message)
        <h2>How sure it is</h2>
        \(bars)
        \(tipping)
        <h2>What a stranger would be answered</h2>
        \(answer)
        <h2>Language</h2>
        \(language)
        <h2>What was found in the words</h2>
        \(finds)
        <h2>Every reason</h2>
        <p class="soft">A point more makes an intent 2.7 times as likely against any other.</p>
        \(marked.enumerated().map { reasons(of: $1, number: $0 + 1) }.joined(separator: "\n"))
        """
    ).html
  }

  // Each intent has a line of its own below the words, told by its place, its dashes and its
  // colour; its thickness is the points. Backgrounds draw them, because an element has but one
  // underline.
  private static let style = """
    .outcome { font-size: 1.1rem }
    .message { background: var(--sheet); border-radius: .5rem; padding: .8rem 1rem .4rem;
      white-space: pre-wrap; overflow-wrap: anywhere; font-size: 1.15rem;
      line-height: calc(2.4rem + var(--lanes) * 7px) }
    .m { padding-bottom: calc(var(--lanes, 4) * 7px); background-repeat: no-repeat;
      background-image: linear-gradient(var(--series-1) 0 0),
        repeating-linear-gradient(90deg, var(--series-2) 0 8px, #0000 8px 12px),
        repeating-linear-gradient(90deg, var(--series-3) 0 3px, #0000 3px 6px),
        repeating-linear-gradient(90deg, var(--series-4) 0 9px, #0000 9px 12px, var(--series-4) 12px 14px,
        #0000 14px 17px);
      background-position: 0 calc(100% - (var(--lanes, 4) - 1) * 7px),
        0 calc(100% - (var(--lanes, 4) - 2) * 7px), 0 calc(100% - (var(--lanes, 4) - 3) * 7px),
        0 calc(100% - (var(--lanes, 4) - 4) * 7px);
      background-size: 100% var(--p1, 0), 100% var(--p2, 0), 100% var(--p3, 0), 100% var(--p4, 0) }
    .denied { text-decoration: line-through 2px var(--bad) }
    rt { font-size: .75rem; color: var(--warn); line-height: 1.2 }
    .legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; margin: .6rem 0;
      padding: 0; font-size: .9rem }
    .legend svg { vertical-align: middle }
    .sure { width: 100%; border-spacing: 0 } .sure td, .sure th { vertical-align: middle }
    .sure td:nth-child(2) { width: 100% } .sure th { white-space: nowrap; font-weight: 400 } .sure tr:first-child th { font-weight: 600 }
    .track { position: relative; height: 1.1rem; background: var(--sheet); min-width: 6rem }
    .track i { position: absolute; inset: 0 auto 0 0; width: calc(var(--share) * 100%); min-width: 1px;
      background: var(--series) }
    .track b { position: absolute; top: -.25rem; bottom: -.25rem; left: calc(var(--at) * 100%); width: 2px;
      background: var(--ink) }
    .reply { background: var(--sheet); border-radius: .5rem; padding: .6rem .9rem; white-space: pre-wrap;
      overflow-wrap: anywhere; max-width: 40rem }
    .reasons td { overflow-wrap: anywhere; min-width: 4.5rem } .reasons td.number { min-width: 0 } .against { color: var(--bad) }
    h3 svg { vertical-align: middle; margin-right: .3rem }
    @media (max-width: 40rem) { .sure, .sure tbody { display: block } .sure thead { display: none }
      .sure tr { display: grid; grid-template-columns: 1fr auto auto; border-top: 1px solid var(--line) }
      .sure td, .sure th { border: 0 } .sure td:nth-child(2) { grid-row: 2; grid-column: 1 / -1 }
      th, td { padding: .3rem .35rem } }
    """

  private static let dashes = ["", "8 4", "3 3", "9 3 2 3"]

  /// The line of an intent, for legends: as below the words.
  private static func swatch(_ number: Int) -> String {
    guard number <= marked else { return "" }
    return """
      <svg width="34" height="8" viewBox="0 0 34 8" aria-hidden="true"><path d="M0 4H34" stroke="var(--series-\(number))" \
      stroke-width="4" stroke-dasharray="\(dashes[number - 1])"/></svg>
      """
  }

  private var message: String {
    let cut = MarkedMessage(reading, of: rationale.message, marking: Array(marked))
    var text = ""
    var rubyEnd: Int?
    for segment in cut.segments {
      if let mending = segment.mending, rubyEnd == nil {
        text += "<ruby>"
        rubyEnd = mending.range.upperBound
      }
      text += Self.marked(segment, rationale.words(segment.range), as: marked)
      if let end = rubyEnd, end <= segment.range.upperBound {
        let meant = reading.mended.first { $0.range.upperBound == end }?.meant ?? ""
        text += "<rp> (</rp><rt>\(meant.xml)</rt><rp>) </rp></ruby>"
        rubyEnd = nil
      }
    }
    if rubyEnd != nil { text += "</ruby>" }
    let language = reading.locale?.description.languageAttribute ?? ""
    let legend = marked.enumerated().map {
      "<li>\(Self.swatch($0 + 1)) \($1.intent.description.xml)</li>"
    }
    let denied =
      reading.concepts.contains(where: \.isDenied)
      ? "<li><span class=\"denied\">struck</span> denied</li>" : ""
    let mended =
      reading.mended.isEmpty ? "" : "<li>small print above: what a typo was taken for</li>"
    return """
      <p class="message" dir="auto"\(language) style="--lanes:\(marked.count)">\(text)</p>
      \(cut.hidden > 0 ? "<p class=\"soft\">\(cut.hidden) bytes more are not shown.</p>" : "")
      <ul class="legend">\(legend.joined())\(denied)\(mended)<li class="soft">the thicker, the more points</li></ul>
      """
  }

  private static func marked(
    _ segment: MarkedMessage.Segment, _ words: String, as intents: ArraySlice<Finding>
  ) -> String {
    let lines = segment.points.enumerated().filter { $0.element > 0 }
    if lines.isEmpty, !segment.isDenied { return words.xml }
    let style = lines.map { number, points in
      "--p\(number + 1):\(points < 1 ? 2 : points < 2 ? 3 : points < 4 ? 4 : 6)px"
    }
    let told = zip(intents, segment.points).filter { $1 > 0 }.map {
      "\($0.intent) \(Figure.points($1))"
    }
    return """
      <span class="\(lines.isEmpty ? "" : "m")\(segment.isDenied ? " denied" : "")"\
      \(style.isEmpty ? "" : " style=\"\(style.joined(separator: ";"))\"") \
      title="\((told + (segment.isDenied ? ["denied"] : [])).joined(separator: ", ").xml)">\(words.xml)</span>
      """
  }

  private var bars: String {
    let thresholds = rationale.bot.settings.thresholds
    if intents.isEmpty { return "<p>Nothing speaks for any intent.</p>" }
    let rows = intents.enumerated().map { place, finding in
      let series = place < Self.marked ? "var(--series-\(place + 1))" : "var(--series-8)"
      // What is off-topic is answered by nobody, and has no threshold.
      let mark =
        finding.isOutOfScope
        ? "" : "<b style=\"--at:\(Figure.decimal(thresholds.least(for: finding)))\"></b>"
      return """
        <tr><th scope="row">\(finding.intent.description.xml)\(finding.risk > 0 ? " <small class=\"soft\">risk \(finding.risk)</small>" : "")</th>\
        <td><div class="track" style="--series:\(series)"><i style="--share:\(Figure.decimal(finding.confidence))"></i>\(mark)</div></td>\
        <td class="number">\(Figure.decimal(finding.confidence))</td><td class="number">\(Figure.points(finding.points))</td></tr>
        """
    }
    return """
      <table class="sure"><thead><tr><th scope="col">intent</th><th scope="col">how sure</th>\
      <th scope="col" class="number">share</th><th scope="col" class="number">points</th></tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table>
      <p class="soft">The upright line is where an answer begins. From \(Figure.decimal(thresholds.answer)) on an \
      intent is answered, risky ones from \(Figure.decimal(thresholds.risk)), if it is \
      \(Figure.decimal(thresholds.margin)) ahead of the next; from \(Figure.decimal(thresholds.clarify)) on the buyer is \
      asked. \(runnerUp)</p>
      """
  }

  private var runnerUp: String {
    // What is answered beside the first is no rival of it.
    let answered: Set<IntentID> =
      switch reading.outcome(by: rationale.bot.settings.thresholds) {
      case .answerable(let answerables): Set(answerables.map(\.intent))
      default: []
      }
    let (own, others) = (
      intents.filter { answered.contains($0.intent) },
      intents.filter { !answered.contains($0.intent) }
    )
    guard let last = own.last ?? intents.first,
      let rival = others.first(where: { $0.intent != last.intent })
    else { return "Nothing else comes near." }
    let lead = last.confidence - rival.confidence
    return
      "The runner-up is \(rival.intent), \(Figure.decimal(abs(lead))) \(lead < 0 ? "ahead" : "behind")."
  }

  private var tipping: String {
    guard let (intent, points) = rationale.shortfall else { return "" }
    let near = rationale.nearest(to: intent).map {
      "<li>\(Figure.points($0.points)) if it also said <code>\($0.lacking.xml)</code> "
        + "<small class=\"soft\">\($0.rule.xml)</small></li>"
    }
    return """
      <p><b>\(intent)</b> lacks \(Figure.points(points)) points to be answered.</p>
      \(near.isEmpty ? "" : "<ul>\(near.joined(separator: "\n"))</ul>")
      """
  }

  private var answer: String {
    let handOff = response.handOff.map {
      " A person takes over: \($0.escalation.queue), \($0.escalation.priority.rawValue)."
    }
    let template = response.reply?.template.map { " · \($0)" }
    return """
      <p class="soft">In a chat, without an order: \(response.action.rawValue)\((template ?? "").xmlName).\((handOff ?? "").xml)</p>
      <p class="reply" dir="auto"\(response.locale?.description.languageAttribute ?? "")>\
      \((response.reply?.text.text ?? response.reason ?? "").xml)</p>
      """
  }

  private var language: String {
    let scores = rationale.languages.prefix(4).map { "\($0.locale) \(Figure.decimal($0.score))" }
    let read = reading.locale?.description ?? "none"
    let why =
      if let stated {
        "said to be \(stated)"
      } else {
        switch rationale.verdict {
        case .certain: "told by its words and letters"
        case .unknown: "nothing in it tells the language, so the bot’s own is taken"
        case .foreign: "hardly a word of it is of the bot’s languages, so the bot’s own is taken"
        }
      }
    return """
      <p>Read as <b>\(read.xml)</b>: \(why.xml).\(scores.isEmpty ? "" : " What speaks for each: \(scores.joined(separator: ", ").xml).")</p>
      """
  }

  private var finds: String {
    let typos = reading.mended.map {
      (quoted($0.range), "typo", "read as <b>\($0.meant.xml)</b>")
    }
    let entities = reading.entities.map {
      (quoted($0.range), $0.kind.rawValue.replacing("_", with: " "), "<code>\($0.value.xml)</code>")
    }
    let concepts = rationale.conceptsByWords.prefix(Self.mostConcepts).map {
      (quoted($0.range), "concept", $0.concepts.joined(separator: ", ").xmlName)
    }
    let rows = (typos + entities + concepts).map {
      "<tr><td>\($0.0)</td><td class=\"soft\">\($0.1)</td><td>\($0.2)</td></tr>"
    }
    if rows.isEmpty { return "<p>Nothing that the bot knows.</p>" }
    return """
      <table class="reasons"><thead><tr><th scope="col">words</th><th scope="col">are</th><th scope="col">which</th></tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table>
      """
  }

  private static let mostConcepts = 300

  private func reasons(of finding: Finding, number: Int) -> String {
    var rows = rationale.rules(for: finding).map { evidence in
      let kind =
        evidence.kind == .concepts ? "" : "<span class=\"soft\">\(evidence.kind.rawValue)</span> "
      return """
        <tr><td class="number\(evidence.points < 0 ? " against" : "")">\(Figure.points(evidence.points))</td>\
        <td>\(kind)\(evidence.rule.xmlName)</td><td>\(quoted(evidence.range))</td></tr>
        """
    }
    if let hints = rationale.hints(for: finding) {
      rows.append(
        """
        <tr><td class="number\(hints.points < 0 ? " against" : "")">\(Figure.points(hints.points))</td>\
        <td><span class="soft">hints</span> \(hints.told.xml)</td><td></td></tr>
        """)
    }
    let start = finding.bias == 0 ? "" : ", \(Figure.points(finding.bias)) to start with"
    return """
      <h3>\(Self.swatch(number)) \(finding.intent.description.xml) <small class="soft">\(Figure.points(finding.points)) points\(start)</small></h3>
      <table class="reasons"><thead><tr><th scope="col" class="number">points</th><th scope="col">rule</th><th scope="col">words</th></tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table>
      """
  }

  /// More of the buyer's words than this are cut, in bytes.
  private static let longestQuote = 160

  private func quoted(_ range: Range<Int>) -> String {
    let words = rationale.words(range)
    let cut =
      words.utf8.count > Self.longestQuote ? words.prefix(Self.longestQuote / 2) + " …" : words
    return "<bdi>\(cut.xml)</bdi>"
  }
}
