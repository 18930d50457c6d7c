internal import Evaluation
internal import Odzew

/// What a run of cases showed.
struct CaseReport {
  private(set) var names: [String] = []
  /// What failed, by case.
  private(set) var failures: [String: [String]] = [:]
  private(set) var differences: [String: WordDifference] = [:]

  /// Compares a text with its golden one, and shows or accepts the difference.
  mutating func compare(
    _ text: String, with golden: String?, named name: String,
    accepting: () -> (() throws -> Void)?
  ) throws {
    names.append(name)
    if golden == text { return }
    if let accept = accepting() {
      try accept()
      return try Terminal.print("\(golden == nil ? "new" : "changed")  \(name)")
    }
    let difference = WordDifference(from: golden ?? "", to: text)
    differences[name] = difference
    failures[name, default: []].append("the reply differs")
    let title = Terminal.coloured(
      "\(name)\(golden == nil ? " (has no golden reply yet)" : "")", .bold)
    try Terminal.print("\(title)\n\(Self.text(of: difference))\n")
  }

  /// Adds what is not as expected; to the last case where no name is given.
  mutating func add(_ complaints: [String], to name: String?) throws {
    if let name { names.append(name) }
    guard !complaints.isEmpty, let name = name ?? names.last else { return }
    failures[name, default: []] += complaints
    try Terminal.print(Terminal.coloured(name, .bold))
    for complaint in complaints { try Terminal.print("  \(complaint)") }
  }

  /// A difference as a person reads it: in colours on a terminal, in brackets elsewhere.
  ///
  /// Long stretches without a change are left out.
  static func text(of difference: WordDifference) -> String {
    difference.parts.map { part in
      switch part {
      case .same(let text): shortened(text)
      case .removed(let text): Terminal.coloured("[-\(text)-]", .red)
      case .added(let text): Terminal.coloured("{+\(text)+}", .green)
      }
    }.joined()
  }

  private static func shortened(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 8 else { return text }
    return (lines.prefix(3) + ["  …"] + lines.suffix(4)).joined(separator: "\n")
  }

  /// The report in the form that CI systems read.
  var junit: String {
    let cases = names.map { name -> String in
      guard let complaints = failures[name] else { return "  <testcase name=\"\(name.xml)\"/>" }
      let changes = (differences[name]?.parts ?? []).compactMap { part -> String? in
        switch part {
        case .same: nil
        case .removed(let text): "- \(text)"
        case .added(let text): "+ \(text)"
        }
      }
      return """
          <testcase name="\(name.xml)">
            <failure message="\(complaints.joined(separator: "; ").xml)">\(changes.joined(separator: "\n").xml)</failure>
          </testcase>
        """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="odzew" tests="\(names.count)" failures="\(failures.count)">
      \(cases.joined(separator: "\n"))
      </testsuite>

      """
  }
}
