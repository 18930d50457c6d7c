/// The difference of two texts, line by line.
public struct LineDifference: Sendable {
  /// One line and where it stands.
  public enum Line: Sendable, Hashable {
    /// In both.
    case same(String)
    /// Only in the old text.
    case removed(String)
    /// Only in the new text.
    case added(String)
  }

  /// The lines, in reading order.
  public let lines: [Line]

  /// Compares two texts.
  /// - Parameters:
  ///   - old: what was.
  ///   - new: what is.
  public init(from old: String, to new: String) {
    let old = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let new = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if removed.contains(i) {
        lines.append(.removed(old[i]))
        i += 1
      } else if added.contains(j) {
        lines.append(.added(new[j]))
        j += 1
      } else {
        lines.append(.same(new[j]))
        i += 1
        j += 1
      }
    }
    self.lines = lines
  }
}
