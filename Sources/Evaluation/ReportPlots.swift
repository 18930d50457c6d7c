internal import Foundation

/// How tall columns and how long bars are, and where lines are drawn behind them.
struct PlotScale {
  /// The value at the far end: 1, 2 or 5 and noughts.
  let most: Int
  /// The values at which a line is drawn.
  let ticks: [Int]

  init(upTo value: Int) {
    let wanted = max(1, value)
    var step = 1
    while step * 5 < wanted {
      // 1, 2, 5, 10, 20, 50, …
      step = String(step).hasPrefix("2") ? step / 2 * 5 : step * 2
    }
    most = (wanted + step - 1) / step * step
    ticks = Array(stride(from: 0, through: most, by: step))
  }

  func length(_ value: Int, in room: Double) -> Double { Double(value) / Double(most) * room }
}

/// A length in a drawing, to the tenth.
private func d(_ value: Double) -> String { String((value * 10).rounded() / 10) }

private func drawing(_ width: Int, _ height: Double, _ title: String, _ parts: [String]) -> String {
  """
  <svg viewBox="0 0 \(width) \(d(height))" role="img" aria-label="\(title.xml)">
  \(parts.joined(separator: "\n"))
  </svg>
  """
}

/// Columns over time, one part on the other.
struct StackedColumns {
  /// What the parts are, from below, each with its colour.
  let series: [(name: String, colour: String)]
  let columns: [(label: String, values: [Int])]

  var svg: String {
    let (width, left, height, foot) = (720, 44.0, 220.0, 24.0)
    let scale = PlotScale(upTo: columns.map { $0.values.reduce(0, +) }.max() ?? 0)
    let room = Double(width) - left - 8
    // Few columns must not become walls.
    let step = min(90, room / Double(max(1, columns.count)))
    var parts = scale.ticks.map { tick in
      let y = 8 + height - scale.length(tick, in: height)
      return """
        <line class="axis" x1="\(d(left))" x2="\(d(left + room))" y1="\(d(y))" y2="\(d(y))"/>\
        <text class="soft" x="\(d(left - 6))" y="\(d(y + 4))" text-anchor="end">\(tick)</text>
        """
    }
    // A label takes 74 of the drawing's units.
    let every = max(1, Int((74 / step).rounded(.up)))
    for (index, column) in columns.enumerated() {
      let x = left + Double(index) * step + step * 0.12
      var y = 8 + height
      for (part, value) in zip(series, column.values) where value > 0 {
        let tall = scale.length(value, in: height)
        y -= tall
        parts.append(
          """
          <rect x="\(d(x))" y="\(d(y))" width="\(d(step * 0.76))" height="\(d(tall))" fill="var(\(part.colour))">\
          <title>\(column.label.xml): \(value) \(part.name.xml)</title></rect>
          """)
      }
      if index.isMultiple(of: every) {
        parts.append(
          """
          <text class="soft" x="\(d(x + step * 0.38))" y="\(d(8 + height + foot - 6))" \
          text-anchor="\(index == 0 && step < 74 ? "start" : "middle")">\(column.label.xml)</text>
          """)
      }
    }
    return drawing(width, 8 + height + foot, "Columns over time", parts)
  }
}

/// Bars from left to right, the longest first: each a drawing of its own, so that their words keep their
/// size on a narrow screen.
struct HorizontalBars {
  let rows: [(label: String, value: Int, note: String)]
  var colour = "--series-1"

  var html: String {
    let most = max(1, rows.map(\.value).max() ?? 0)
    let bars = rows.map { row in
      """
      <li><span>\(row.label.xml)</span><svg width="100%" height="16" aria-hidden="true"><rect \
      width="\(d(Double(row.value) / Double(most) * 100))%" height="16" rx="2" fill="var(\(colour))"/></svg>\
      <span>\(row.value)\(row.note.isEmpty ? "" : " <small>\(row.note.xml)</small>")</span></li>
      """
    }
    return "<ul class=\"bars\">\n\(bars.joined(separator: "\n"))\n</ul>"
  }
}

/// For each share of answers how long they took at the most, against 2 and 24 hours.
///
/// Time goes by powers: minutes and days must both be seen.
struct PercentileLines {
  let series: [(name: String, colour: String, times: AnswerTimes)]

  private static let ticks = [
    (1, "1 min"), (10, "10 min"), (60, "1 h"), (120, "2 h"), (480, "8 h"), (1440, "24 h"),
    (2880, "2 d"), (10_080, "1 week"), (43_200, "30 d"),
  ]

  var svg: String {
    let (width, left, height, top) = (720, 56.0, 240.0, 8.0)
    let room = Double(width) - left - 16
    let longest = max(2880, series.compactMap { $0.times.minutes(atShare: 1) }.max() ?? 0)
    func y(_ minutes: Int) -> Double {
      top + height - log(Double(max(1, minutes))) / log(Double(longest)) * height
    }
    func x(_ percent: Int) -> Double { left + Double(percent) / 100 * room }
    var parts = Self.ticks.filter { $0.0 <= longest }.map { minutes, label in
      let isBound = minutes == 120 || minutes == 1440
      return """
        <line class="\(isBound ? "bound" : "axis")" x1="\(d(left))" x2="\(d(left + room))" y1="\(d(y(minutes)))" y2="\(d(y(minutes)))"/>\
        <text class="soft" x="\(d(left - 6))" y="\(d(y(minutes) + 4))" text-anchor="end">\(label)</text>
        """
    }
    parts += [0, 25, 50, 75, 90, 95, 100].map { percent in
      """
      <text class="soft" x="\(d(x(percent)))" y="\(d(top + height + 18))" text-anchor="middle">\(percent)\(percent == 100 ? " %" : "")</text>
      """
    }
    for (name, colour, times) in series {
      let points = (0...100).map { percent in
        "\(d(x(percent))),\(d(y(times.minutes(atShare: Double(percent) / 100) ?? 0)))"
      }
      parts.append(
        """
        <polyline points="\(points.joined(separator: " "))" fill="none" stroke="var(\(colour))" stroke-width="2.5" \
        stroke-linejoin="round"><title>\(name.xml)</title></polyline>
        """)
    }
    return drawing(width, top + height + 26, "How long answers took", parts)
  }
}
