import Foundation

/// A page of the documentation: its tables and its blocks, with the headings that they stand under.
struct MarkdownPage {
  /// The project.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  struct Row {
    let heading: String
    let cells: [String]

    /// What stands in a cell as code.
    func codes(_ cell: Int) -> [String] { Self.codes(in: cells[cell]).map(\.code) }

    /// What stands in a text as code, and whether it is bold.
    static func codes(in text: String) -> [(code: String, isBold: Bool)] {
      text.matches(of: /(\*\*)?`([^`]+)`/).map { (String($0.2), $0.1 != nil) }
    }
  }

  struct Block {
    let heading: String
    let language: String
    var text = ""
  }

  let text: String
  private(set) var headings: [String] = []
  /// The rows of all tables, without their heads.
  private(set) var rows: [Row] = []
  private(set) var blocks: [Block] = []

  /// Reads a page by its path in the project.
  init(_ path: String) throws {
    text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    var block: Block?
    var isHead = true
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        if let ended = block { blocks.append(ended) }
        block =
          block == nil
          ? Block(heading: headings.last ?? "", language: String(line.dropFirst(3))) : nil
      } else if block != nil {
        block?.text += line + "\n"
      } else if line.hasPrefix("#") {
        headings.append(String(line.drop { "# ".contains($0) }).replacing("`", with: ""))
      } else if line.hasPrefix("|---") {
        isHead = false
      } else if line.hasPrefix("|") {
        if !isHead { rows.append(Row(heading: headings.last ?? "", cells: Self.cells(of: line))) }
      } else {
        isHead = true
      }
    }
  }

  func rows(under heading: String) -> [Row] { rows.filter { $0.heading == heading } }

  /// The cells of a row; `\|` is a bar in one of them.
  private static func cells(of line: String) -> [String] {
    line.replacing("\\|", with: "\u{0}").split(separator: "|", omittingEmptySubsequences: false)
      .dropFirst().dropLast()
      .map { $0.replacing("\u{0}", with: "|").trimmingCharacters(in: .whitespaces) }
  }
}
