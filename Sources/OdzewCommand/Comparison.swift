internal import Evaluation

/// What has changed between two runs over the same messages.
struct Comparison {
  private let before: Accuracy
  private let after: Accuracy

  init(of after: Accuracy, with before: Accuracy) {
    self.before = before
    self.after = after
  }

  var text: String {
    let earlier = Dictionary(
      before.results.map { ($0.locale + $0.text, $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = after.results.compactMap { result in
      earlier[result.locale + result.text].map { (old: $0, new: result) }
    }
    let mended = pairs.filter { !$0.old.isRight && $0.new.isRight }
    let broken = pairs.filter { $0.old.isRight && !$0.new.isRight }
    let old = Accuracy(pairs.map(\.old))
    let new = Accuracy(pairs.map(\.new))
    return """
      \(pairs.count) of \(after.total) messages are in both runs
        strongest right  \(Figure.percent(old.right, of: old.total)) → \(Figure.percent(new.right, of: new.total))
        wrong answers    \(Figure.percent(old.wronglyAnswered, of: old.total)) → \(Figure.percent(new.wronglyAnswered, of: new.total))
        macro-F1         \(Figure.percent(old.macroF1)) → \(Figure.percent(new.macroF1))
      now right: \(mended.count)
      \(mended.map(row).joined(separator: "\n"))
      no longer right: \(broken.count)
      \(broken.map(row).joined(separator: "\n"))
      """
  }

  private func row(_ pair: (old: Accuracy.Result, new: Accuracy.Result)) -> String {
    "  \(pair.new.locale)  \(pair.old.strongest) → \(pair.new.strongest)"
      + "  (\(pair.new.labels.joined(separator: ", ")))  \(pair.new.text.debugDescription)"
  }
}
