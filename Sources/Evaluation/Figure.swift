/// How figures are shown.
package enum Figure {
  /// "96.2 % (25/26)", or a dash where there is nothing.
  package static func percent(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "–" : percent(Double(part) / Double(whole)) + " (\(part)/\(whole))"
  }

  /// "96.2 %".
  package static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// Whole percents without the sign.
  package static func whole(_ share: Double) -> String { "\(Int((share * 100).rounded()))" }

  /// "0.98".
  package static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
  }

  /// "+2.10", "−0.35".
  package static func points(_ value: Double) -> String {
    (value < 0 ? "−" : "+") + decimal(abs(value))
  }

  /// A text at the right of a column.
  package static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
