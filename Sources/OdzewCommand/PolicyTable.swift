internal import Evaluation
internal import Foundation
internal import Odzew

/// How well texts were judged, as a table.
struct PolicyTable {
  private let accuracy: PolicyAccuracy

  init(_ accuracy: PolicyAccuracy) { self.accuracy = accuracy }

  /// The table.
  /// - Parameter failures: whether each text that was judged wrong is shown.
  /// - Returns: lines of text.
  func text(failures: Bool) -> String {
    let locales = Set(accuracy.results.map(\.locale)).sorted()
    var parts = locales.map { locale in
      summary(of: PolicyAccuracy(accuracy.results.filter { $0.locale == locale }), called: locale)
    }
    if locales.count > 1 { parts.append(summary(of: accuracy, called: "all")) }
    parts.append(rules(locales))
    if failures { parts.append(wrong) }
    return parts.joined(separator: "\n\n")
  }

  private func summary(of part: PolicyAccuracy, called name: String) -> String {
    """
    \(name): \(part.results.count) texts
      violations caught   \(Figure.percent(part.caught, of: part.violations.count))
      by the right rule   \(Figure.percent(part.named, of: part.caught))
      false alarms        \(Figure.percent(part.falseAlarms, of: part.compliant.count))
    """
  }

  /// Each rule with the texts that break it, of how many it fired, and how often it did on others.
  private func rules(_ locales: [String]) -> String {
    let ids = Set(accuracy.results.flatMap { $0.text.rules + $0.fired }).sorted()
    let rows = ids.map { id in
      let breaking = accuracy.results.filter { $0.text.rules.contains(id) }
      let others = accuracy.results.count { !$0.text.rules.contains(id) && $0.fired.contains(id) }
      let missed = locales.compactMap { locale in
        let count = breaking.count { $0.locale == locale && !$0.fired.contains(id) }
        return count > 0 ? "\(locale) \(count)" : nil
      }
      return id.padding(toLength: 24, withPad: " ", startingAt: 0)
        + Figure.right("\(breaking.count { $0.fired.contains(id) })/\(breaking.count)", 8)
        + Figure.right("\(others)", 8) + "   " + missed.joined(separator: ", ")
    }
    return (["rule                      caught  besides   missed in"] + rows)
      .joined(separator: "\n")
  }

  private var wrong: String {
    let rows = accuracy.results.filter {
      $0.isViolation ? !$0.isNamed : $0.isCaught
    }.map { result in
      let kind = result.isViolation ? (result.isCaught ? "misnamed" : "missed") : "alarm"
      return "  \(kind)  \(result.locale) \(result.text.request.channel)  "
        + "[\(result.text.rules.joined(separator: ", "))] ← [\(result.fired.joined(separator: ", "))]  "
        + result.text.text.debugDescription
    }
    return (["judged wrong"] + rows).joined(separator: "\n")
  }
}
