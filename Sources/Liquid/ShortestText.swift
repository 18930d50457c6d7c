extension Template {
  /// How many characters a text made with the template has at least: its own words on its shortest
  /// way, values not counted.
  /// - Parameter partials: the templates that it renders, by name.
  /// - Returns: the count in UTF-16 units, as platforms count; a lower bound.
  public func shortestText(partials: (String) -> Template?) -> Int {
    nodes.shortestText(depth: 0, partials)
  }
}

extension [Node] {
  fileprivate func shortestText(depth: Int, _ partials: (String) -> Template?) -> Int {
    reduce(0) { $0 + $1.shortestText(depth: depth, partials) }
  }
}

extension Node {
  fileprivate func shortestText(depth: Int, _ partials: (String) -> Template?) -> Int {
    func shortest(_ bodies: [[Node]], isWhole: Bool) -> Int {
      let lengths = bodies.map { $0.shortestText(depth: depth, partials) }
      return isWhole ? lengths.min() ?? 0 : 0
    }
    switch content {
    // Spaces at the ends of a text are cut.
    case .text(let text):
      return text.split(whereSeparator: \.isWhitespace).reduce(0) {
        $0 + $1.utf16.count
      }
    case .branches(let branches):
      return shortest(branches.map(\.body), isWhole: branches.last?.condition == nil)
    case .choice(_, let arms):
      return shortest(arms.map(\.body), isWhole: arms.contains { $0.values == nil })
    case .partial(let partial):
      guard depth < 8, partial.subject?.isEach != true,
        case .literal(.string(let name)) = partial.name, let template = partials(name)
      else { return 0 }
      return template.nodes.shortestText(depth: depth + 1, partials)
    default: return 0
    }
  }
}
