/// The texts of a list in a file, each made when it is asked for.
package struct YAMLTexts: Sequence, Sendable {
  private let list: (document: YAMLDocument, nodes: Range<Int>, file: String)?

  /// No texts.
  package init() { list = nil }

  /// The texts of some neighbours.
  /// - Parameters:
  ///   - nodes: their numbers, with those of all that is in them.
  ///   - document: the file's content.
  ///   - file: its name.
  init(_ nodes: Range<Int>, of document: YAMLDocument, in file: String) {
    list = (document, nodes, file)
  }

  package func makeIterator() -> some IteratorProtocol<Located<String>> {
    var next = list?.nodes.lowerBound ?? 0
    return AnyIterator {
      guard let (document, nodes, file) = list else { return nil }
      while next < nodes.upperBound {
        defer { next = document.node(behind: next) }
        guard let text = document.text(of: next) else { continue }
        let place = document.place(of: next)
        return Located(
          text, at: SourceLocation(file: file, line: place.line, column: place.column))
      }
      return nil
    }
  }

  /// Whether there are none.
  package var isEmpty: Bool { !contains { _ in true } }
}
