/// A reliability diagram: how sure readings were against how many were right, with a table that
/// says the same.
///
/// A bin on the diagonal keeps its promise; below it the bot is surer than it may be.
struct CalibrationPlot {
  let calibration: Calibration

  static let style = """
    .calibration { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start }
    .calibration svg { width: 100%; max-width: 26rem; flex: 1 1 18rem }
    .calibration .grid { stroke: var(--line) } .calibration .promise { stroke: var(--soft);
      stroke-dasharray: 5 4 } .calibration .reach { stroke: var(--series-1); stroke-width: 2 }
    .calibration circle { fill: var(--series-1) } .calibration rect { fill: var(--cool-2) }
    .calibration text.label { fill: var(--soft) }
    """

  // The plot's area in the units of its view, which are pixels on a phone.
  private let left = 44.0
  private let top = 12.0
  private let side = 296.0
  private let barHeight = 44.0

  private func x(_ share: Double) -> Double { left + share * side }
  private func y(_ share: Double) -> Double { top + (1 - share) * side }

  var html: String {
    let filled = calibration.bins.indices.filter { calibration.bins[$0].count > 0 }
    let error = calibration.expectedError.map { Figure.percent($0) } ?? "–"
    return """
      <div class="calibration">
      <svg viewBox="0 0 352 424" role="img" aria-labelledby="calibration-title calibration-what">
      <title id="calibration-title">How sure, and how often right</title>
      <desc id="calibration-what">A dot for each tenth of confidence: to the right how sure readings \
      were, upwards how many of them were right, with the range that so few readings leave open. \
      Below, how many readings there are. The table beside it holds the same figures; the expected \
      calibration error is \(error).</desc>
      \(grid)
      \(filled.map(dot).joined(separator: "\n"))
      \(bars(filled))
      </svg>
      <div class="scroll"><table><thead><tr><th scope="col">said to be sure</th>\
      <th scope="col" class="number">mean</th><th scope="col" class="number">were right</th>\
      <th scope="col" class="number">readings</th></tr></thead><tbody>
      \(filled.map(row).joined(separator: "\n"))
      </tbody></table></div>
      </div>
      """
  }

  private var grid: String {
    let marks = stride(from: 0.0, through: 1, by: 0.2).map { share in
      """
      <path class="grid" d="M\(n(left)) \(n(y(share)))H\(n(left + side))M\(n(x(share))) \(n(top))V\(n(top + side))"/>\
      <text class="label" x="\(n(left - 6))" y="\(n(y(share) + 4))" text-anchor="end">\(Figure.whole(share))</text>\
      <text class="label" x="\(n(x(share)))" y="\(n(top + side + 16))" text-anchor="middle">\(Figure.whole(share))</text>
      """
    }
    return marks.joined(separator: "\n") + """

      <path class="promise" d="M\(n(x(0))) \(n(y(0)))L\(n(x(1))) \(n(y(1)))"/>
      <text class="label" x="\(n(left + 6))" y="\(n(top + 14))">right, in %</text>
      <text class="label" x="\(n(left + side))" y="\(n(top + side + 32))" text-anchor="end">sure, in %</text>
      """
  }

  private func dot(_ index: Int) -> String {
    let bin = calibration.bins[index]
    guard let sure = bin.confidence, let right = bin.shareRight, let reach = bin.plausibleShare
    else { return "" }
    return """
      <g><title>sure \(Figure.percent(sure)), right \(Figure.percent(bin.right, of: bin.count))</title>\
      <path class="reach" d="M\(n(x(sure))) \(n(y(reach.lowerBound)))V\(n(y(reach.upperBound)))"/>\
      <circle cx="\(n(x(sure)))" cy="\(n(y(right)))" r="5"/></g>
      """
  }

  /// How many readings each bin has, drawn below it.
  private func bars(_ filled: [Int]) -> String {
    let most = Double(filled.map { calibration.bins[$0].count }.max() ?? 1)
    let width = side / Double(calibration.bins.count)
    let caption = """
      <text class="label" x="\(n(left + side))" y="418" text-anchor="end">how many readings</text>
      """
    let floor = top + side + 36 + 14 + barHeight
    return caption
      + filled.map { index in
        let count = calibration.bins[index].count
        let height = max(1, Double(count) / most * barHeight)
        let start = left + Double(index) * width
        return """
          <rect x="\(n(start + 1))" y="\(n(floor - height))" width="\(n(width - 2))" height="\(n(height))"/>\
          <text x="\(n(start + width / 2))" y="\(n(floor - height - 3))" text-anchor="middle">\(count)</text>
          """
      }.joined(separator: "\n")
  }

  private func row(_ index: Int) -> String {
    let bin = calibration.bins[index]
    let count = Double(calibration.bins.count)
    return """
      <tr><th scope="row">\(Figure.whole(Double(index) / count))–\
      \(Figure.whole(Double(index + 1) / count)) %</th>\
      <td class="number">\(bin.confidence.map { Figure.percent($0) } ?? "–")</td>\
      <td class="number">\(bin.shareRight.map { Figure.percent($0) } ?? "–")</td>\
      <td class="number">\(bin.count)</td></tr>
      """
  }

  /// A coordinate with one decimal.
  private func n(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
