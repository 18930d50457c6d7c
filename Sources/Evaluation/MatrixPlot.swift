/// A confusion matrix as a heat map: a table, so that it can be read aloud and every count is a
/// link to the messages behind it.
struct MatrixPlot {
  let matrix: ConfusionMatrix

  /// More than these are no picture any more; what is left out was mistaken least.
  static let mostIntents = 90

  static let style = """
    .matrix { max-height: 92vh; width: fit-content; max-width: 100%; overflow: auto; border: 1px solid var(--line) }
    .matrix table { border-collapse: separate; border-spacing: 1px; font-size: .8rem; line-height: 1 }
    .matrix th, .matrix td { border: 0; padding: 0 }
    .matrix td { min-width: 1.55rem; height: 1.55rem; text-align: center; vertical-align: middle;
      background: var(--sheet) }
    .matrix tbody th { position: sticky; left: 0; background: var(--page); padding: 0 .5rem;
      text-align: right; vertical-align: middle; font-weight: 400; white-space: nowrap;
      max-width: 16rem; overflow: hidden; text-overflow: ellipsis }
    .matrix thead th { position: sticky; top: 0; z-index: 1; background: var(--page);
      vertical-align: bottom; font-weight: 400; color: var(--ink) }
    .matrix thead th span { writing-mode: vertical-rl; transform: rotate(180deg); padding: .4rem .35rem;
      max-height: 14rem; overflow: hidden }
    .matrix thead th:first-child { left: 0; z-index: 2; text-align: right; padding: .5rem; white-space: nowrap;
      color: var(--soft); line-height: 1.4 }
    .matrix a { display: block; line-height: 1.55rem; color: inherit }
    .cool-1 { background: var(--cool-1) !important } .cool-2 { background: var(--cool-2) !important }
    .cool-3 { background: var(--cool-3) !important } .cool-4 { background: var(--cool-4) !important }
    .warm-1 { background: var(--warm-1) !important } .warm-2 { background: var(--warm-2) !important }
    .warm-3 { background: var(--warm-3) !important } .warm-4 { background: var(--warm-4) !important }
    .cool-4, .warm-4 { color: var(--page) } .key span { display: inline-block; padding: .1rem .45rem;
      margin: 0 .1rem }
    @media (max-width: 40rem) { .matrix tbody th { white-space: normal } }
    """

  /// The place of the messages behind a cell.
  static func anchor(of cell: ConfusionMatrix.Cell) -> String {
    "as-\(cell.label.anchor)~to~\(cell.read.anchor)"
  }

  var html: String {
    let intents =
      matrix.intents.suffix(1) == [Accuracy.nothing]
      ? matrix.intents.dropLast().prefix(Self.mostIntents) + [Accuracy.nothing]
      : matrix.intents.prefix(Self.mostIntents)
    let heads = intents.map { "<th scope=\"col\"><span>\($0.xml)</span></th>" }
    let rows = intents.map { label in
      let cells = intents.map { cell(.init(label: label, read: $0)) }
      return "<tr><th scope=\"row\">\(label.xmlName)</th>\(cells.joined())</tr>"
    }
    let left = matrix.intents.count - intents.count
    return """
      <p class="key"><span class="cool-1">under 50 %</span><span class="cool-2">50</span>\
      <span class="cool-3">75</span><span class="cool-4">90 % and more</span> read as meant; \
      <span class="warm-1">under 5 %</span><span class="warm-2">5</span><span class="warm-3">10</span>\
      <span class="warm-4">20 % and more</span> of an intent’s messages read as another. \
      A number is how many messages; choose it to read them.</p>
      <div class="scroll matrix" tabindex="0" role="region" aria-label="Confusion matrix"><table>
      <thead><tr><th>read as →<br>meant ↓</th>\(heads.joined())</tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div>\(left > 0 ? "\n<p>\(left) intents that were mistaken least are left out.</p>" : "")
      """
  }

  private func cell(_ cell: ConfusionMatrix.Cell) -> String {
    let isRight = cell.label == cell.read
    guard let count = matrix.counts[cell] else {
      return isRight ? "<td class=\"cool-1\">0</td>" : "<td></td>"
    }
    let share = matrix.share(cell)
    if isRight {
      return "<td class=\"cool-\(Self.step(share, [0.5, 0.75, 0.9]))\">\(count)</td>"
    }
    return """
      <td class="warm-\(Self.step(share, [0.05, 0.1, 0.2]))"><a href="#\(Self.anchor(of: cell))" \
      title="\(cell.label.xml) read as \(cell.read.xml): \(count) of \(matrix.totals[cell.label] ?? 0)">\(count)</a></td>
      """
  }

  private static func step(_ share: Double, _ edges: [Double]) -> Int {
    1 + edges.count { share >= $0 }
  }
}
