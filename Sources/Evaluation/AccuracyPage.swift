/// How well labelled messages are read, as a page that a team lead reads: the worst mistakes first,
/// then where intents are taken for each other, and the messages behind every figure.
public struct AccuracyPage: Sendable {
  private let accuracy: Accuracy
  private let matrix: ConfusionMatrix
  private let meanings: [String: String]

  /// Lays out a page.
  /// - Parameters:
  ///   - accuracy: what became of the messages.
  ///   - meanings: by intents, what is meant by them.
  public init(_ accuracy: Accuracy, meanings: [String: String] = [:]) {
    self.accuracy = accuracy
    self.meanings = meanings
    matrix = ConfusionMatrix(of: accuracy.results)
  }

  /// How many mistakes are told first.
  private static let worst = 10
  /// How many messages of a cell are shown; nobody reads more.
  private static let mostOfCell = 60
  /// How much of a message is shown, in characters.
  private static let longest = 400

  /// The page: one file without scripts or anything from elsewhere.
  public var html: String {
    Page(
      title: "How well messages are read",
      style: [
        MatrixPlot.style, CalibrationPlot.style,
        """
        .said { background: var(--sheet); border-radius: .3rem; padding: .05rem .35rem }
        .mistakes li { margin-bottom: .6rem } .messages { padding-left: 1.2rem }
        .messages li { margin-bottom: .3rem } .answered { color: var(--bad); font-weight: 600 }
        .intents td:first-child, .intents th:first-child { position: sticky; left: 0;
          background: var(--page) }
        .intents tbody th { font-weight: 600; overflow-wrap: normal } .low { background: var(--warm-1) }
        .intents td { white-space: nowrap }
        @media (max-width: 40rem) { .intents .bar { width: 2.5rem } .intents td, .intents th {
          padding: .35rem .4rem } }
        """,
      ].joined(separator: "\n"),
      body: accuracy.total == 0 ? "<p>There are no messages.</p>" : body
    ).html
  }

  private var body: String {
    """
    <nav aria-label="On this page"><ul><li><a href="#worst">worst mistakes</a></li>\
    <li><a href="#matrix">taken for each other</a></li><li><a href="#intents">intents</a></li>\
    <li><a href="#languages">languages</a></li><li><a href="#calibration">how sure</a></li>\
    <li><a href="#messages">every mistake</a></li></ul></nav>
    \(tiles)
    <h2 id="worst">The worst mistakes</h2>
    \(worst)
    <h2 id="matrix">What is taken for what</h2>
    \(MatrixPlot(matrix: matrix).html)
    <h2 id="intents">Each intent, weakest first</h2>
    \(intents)
    <h2 id="languages">Each language</h2>
    \(languages)
    <h2 id="calibration">What confidence is worth</h2>
    \(calibration)
    <h2 id="messages">Every message that was not read right</h2>
    \(messages)
    """
  }

  private var tiles: String {
    let (total, language) = (accuracy.total, accuracy.language)
    let entries = [
      ("read right", Self.share(accuracy.right, of: total)),
      ("would get a wrong answer", Self.share(accuracy.wronglyAnswered, of: total)),
      (
        "off-topic, yet answered",
        Self.share(accuracy.offTopic.answered, of: accuracy.offTopic.total)
      ),
      ("language told right", Self.share(language.right, of: language.total)),
      ("macro-F1", Self.percent(accuracy.macroF1)),
      ("calibration error", accuracy.calibration.expectedError.map(Self.percent) ?? "–"),
    ]
    let tiles = entries.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" }
    return "<dl class=\"tiles\">\(tiles.joined())</dl>"
  }

  /// "85.4 %", on one line.
  private static func percent(_ share: Double) -> String {
    Figure.percent(share).replacing(" ", with: "\u{A0}")
  }

  /// The same with what it was counted from, for tables.
  private static func percent(_ part: Int, of whole: Int) -> String {
    Figure.percent(part, of: whole)
  }

  /// "85.4 %", with what it was counted from in small print.
  private static func share(_ part: Int, of whole: Int) -> String {
    whole == 0
      ? "–" : Self.percent(Double(part) / Double(whole)) + " <small>\(part) of \(whole)</small>"
  }

  /// Wrong answers do most harm, and the surest of them most.
  private var worst: String {
    let mistakes = accuracy.results.filter(\.isWronglyAnswered)
      .sorted { $0.confidence > $1.confidence }
    if mistakes.isEmpty {
      return "<p>No message would get a wrong answer.</p>"
    }
    let items = mistakes.prefix(Self.worst).map { result in
      """
      <li>\(said(result)) would be answered as <b>\(result.strongest.xml)</b>, \
      \(Self.percent(result.confidence)) sure; \(expected(result)).</li>
      """
    }
    let rest = mistakes.count - items.count
    return """
      <p>Wrong answers, the surest first\(rest > 0 ? "; \(rest) more stand <a href=\"#messages\">below</a>" : "").</p>
      <ol class="mistakes">
      \(items.joined(separator: "\n"))
      </ol>
      """
  }

  private func said(_ result: Accuracy.Result) -> String {
    let text = result.text.prefix(Self.longest)
    let isCut = text.endIndex < result.text.endIndex
    return """
      <span class="said"><bdi\(result.locale.languageAttribute)>\
      \(String(text).xml)\(isCut ? " …" : "")</bdi></span> <small class="soft">\(result.locale.xml)</small>
      """
  }

  private func expected(_ result: Accuracy.Result) -> String {
    if result.isOutOfScope { return "it is about nothing that the bot does" }
    let labels = result.labels.map { label in
      "<b>\(label.xml)</b>" + (meanings[label].map { " (\($0.xml))" } ?? "")
    }
    return "it says \(labels.joined(separator: " and "))"
  }

  private var intents: String {
    let locales = accuracy.locales
    let parts = locales.count > 1 ? locales.map { accuracy.part($0).scores } : []
    let heads =
      parts.isEmpty ? [] : locales.map { "<th scope=\"col\" class=\"number\">\($0.xml)</th>" }
    let rows = accuracy.scores.sorted { ($0.value.f1, $0.key) < ($1.value.f1, $1.key) }.map {
      intent, score in
      let byLocale = parts.map { scores in
        guard let score = scores[intent] else { return "<td class=\"number\">–</td>" }
        return "<td class=\"number\(score.f1 < 0.6 ? " low" : "")\">\(Figure.whole(score.f1))</td>"
      }
      return """
        <tr><th scope="row"\(meanings[intent].map { " title=\"\($0.xml)\"" } ?? "")>\(intent.xmlName)</th>\
        \([score.precision, score.recall, score.f1].map(Self.bar).joined())\
        <td class="number">\(score.labelled)</td>\(byLocale.joined())</tr>
        """
    }
    return """
      <p class="soft">Precision: of what was read so, how much was meant. Recall: of what was meant, how much was \
      read. F1: both in one figure.\(parts.isEmpty ? "" : " The last columns are F1 by language, marked below 60 %.")</p>
      <div class="scroll intents" tabindex="0" role="region" aria-label="Each intent"><table><thead><tr><th scope="col">intent</th>\
      <th scope="col">precision</th><th scope="col">recall</th><th scope="col">F1</th>\
      <th scope="col" class="number">messages</th>\(heads.joined())</tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      """
  }

  private static func bar(_ share: Double) -> String {
    "<td><span class=\"bar\" style=\"--share:\(Figure.decimal(share))\"></span> \(Figure.whole(share)) %</td>"
  }

  private var languages: String {
    let rows = accuracy.locales.map { locale in
      let part = accuracy.part(locale)
      let figures = [
        Self.percent(part.right, of: part.total),
        Self.percent(part.wronglyAnswered, of: part.total),
        Self.percent(part.offTopic.answered, of: part.offTopic.total),
        Self.percent(part.language.right, of: part.language.total),
        Self.percent(part.macroF1),
        part.calibration.expectedError.map(Self.percent) ?? "–",
      ]
      return "<tr><th scope=\"row\">\(locale.xml)</th>"
        + figures.map { "<td class=\"number\">\($0)</td>" }.joined() + "</tr>"
    }
    let heads = [
      "read right", "wrong answers", "off-topic answered", "language right", "macro-F1",
      "calibration error",
    ].map { "<th scope=\"col\" class=\"number\">\($0)</th>" }
    return """
      <div class="scroll intents" tabindex="0" role="region" aria-label="Each language"><table>\
      <thead><tr><th scope="col">language</th>\(heads.joined())</tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>
      <p class="soft">The language is counted in messages of four words or more.</p>
      """
  }

  private var calibration: String {
    """
    <p>Of readings that say “90 % sure”, nine in ten should be right: the nearer the dots stand to the broken \
    line, the more can a threshold be trusted. Below the line the bot is surer than it may be. The lines \
    through the dots are what so few readings leave open, 19 times in 20.</p>
    \(CalibrationPlot(calibration: accuracy.calibration).html)
    """
  }

  private var messages: String {
    let groups = Dictionary(grouping: accuracy.results.filter { !$0.isRight }, by: \.cell)
    if groups.isEmpty { return "<p>All were read right.</p>" }
    let places = Dictionary(
      uniqueKeysWithValues: matrix.intents.enumerated().map { ($0.element, $0.offset) })
    func place(_ cell: ConfusionMatrix.Cell) -> (Int, Int) {
      (places[cell.label] ?? 0, places[cell.read] ?? 0)
    }
    let parts = groups.sorted { place($0.key) < place($1.key) }.map { cell, results in
      let items = results.sorted { $0.confidence > $1.confidence }.prefix(Self.mostOfCell).map {
        result in
        let also =
          result.labels.count > 1 ? ", meant \(result.labels.joined(separator: " and "))" : ""
        return """
          <li>\(said(result)) \(result.isWronglyAnswered ? "<span class=\"answered\">answered</span>" : "asked back"), \
          \(result.read.isEmpty ? "nothing understood" : "\(Figure.whole(result.confidence))\u{A0}% sure")\(also.xml)</li>
          """
      }
      let rest = results.count - items.count
      return """
        <h3 id="\(MatrixPlot.anchor(of: cell))">\(cell.label.xml) read as \(cell.read.xml): \(results.count)</h3>
        <ul class="messages">
        \(items.joined(separator: "\n"))\(rest > 0 ? "\n<li class=\"soft\">and \(rest) more</li>" : "")
        </ul>
        """
    }
    return parts.joined(separator: "\n")
  }
}
