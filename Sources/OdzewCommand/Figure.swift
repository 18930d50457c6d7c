/// How figures are shown.
enum Figure {
  /// "96.2 % (25/26)", or a dash where there is nothing.
  static func percent(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "–" : percent(Double(part) / Double(whole)) + " (\(part)/\(whole))"
  }

  /// "96.2 %".
  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// Whole percents without the sign.
  static func whole(_ share: Double) -> String { "\(Int((share * 100).rounded()))" }

  /// A text at the right of a column.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// "+2.10", "−0.35".
  static func points(_ value: Double) -> String {
    let hundredths = Int((abs(value) * 100).rounded())
    return (value < 0 ? "−" : "+") + "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "")
      + "\(hundredths % 100)"
  }
}
