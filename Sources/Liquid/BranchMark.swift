public import Diagnostics

/// One way that a template can go: a branch of a condition, an arm of a choice, or the body of a
/// loop.
///
/// A condition without `else` has the way past it too: a text with and a text without its words are
/// different texts.
public struct BranchMark: Sendable, Hashable {
  /// The template's file.
  public let file: String
  /// The byte of the source at which the tag begins.
  let at: Int
  /// Which of the tag's ways, from 0; the way past all of them comes last.
  public let way: Int
}

extension Template {
  /// Every way that the template can go, in reading order.
  public var branches: [BranchMark] { marks(in: nodes) }

  /// Where the tag of a way stands.
  /// - Parameter mark: one of the template's own.
  /// - Returns: the place.
  public func location(of mark: BranchMark) -> SourceLocation {
    source.location(utf8Offset: mark.at)
  }

  private func marks(in nodes: [Node]) -> [BranchMark] {
    nodes.flatMap { node -> [BranchMark] in
      func ways(_ bodies: [[Node]], _ isTotal: Bool) -> [BranchMark] {
        let count = bodies.count + (isTotal ? 0 : 1)
        return (0..<count).map { BranchMark(file: file, at: node.at, way: $0) }
          + bodies.flatMap(marks)
      }
      switch node.content {
      case .branches(let branches):
        return ways(branches.map(\.body), branches.contains { $0.condition == nil })
      case .choice(_, let arms):
        return ways(arms.map(\.body), arms.contains { $0.values == nil })
      case .loop(let loop):
        return ways([loop.body] + (loop.otherwise.isEmpty ? [] : [loop.otherwise]), true)
      case .table(let loop): return ways([loop.body], true)
      case .capture(_, let body), .changed(let body): return marks(in: body)
      case .text, .output, .stop, .skip, .assign, .partial, .cycle, .counter: return []
      }
    }
  }
}
