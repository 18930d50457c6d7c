import Foundation
import Testing

/// A page of the documentation: what it shows, and where it leads.
///
/// Read by lines, because fenced blocks, headings and links are all that is asked of a page, and no
/// reader of Markdown is among the packages.
struct DocumentationPage: CustomTestStringConvertible, Sendable {
  /// A fenced block.
  struct Block: Sendable {
    /// The words behind the opening fence: a language, and what else is said of the block.
    let words: [String]
    /// The line of the page that its content begins with, from 1.
    let line: Int
    var lines: [String] = []

    var language: String { words.first ?? "" }
    var text: String { lines.joined(separator: "\n") + "\n" }

    /// The value of `NAME=VALUE` behind the opening fence.
    func setting(_ name: String) -> String? {
      words.first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }
  }

  /// A place that the page names: the target of a link, or a file of the project in code letters.
  struct Mention: Sendable {
    let target: String
    let line: Int
  }

  /// The path below the root.
  let path: String
  private(set) var blocks: [Block] = []
  private(set) var links: [Mention] = []
  private(set) var files: [Mention] = []
  /// What a link may lead to on this page, behind `#`.
  private(set) var anchors: Set<String> = []

  var testDescription: String { path }
  var url: URL { Program.root.appending(path: path) }

  init(_ path: String, _ text: String) {
    self.path = path
    var fence: (mark: Substring, indentation: Int)?
    for (number, line) in zip(1..., text.split(separator: "\n", omittingEmptySubsequences: false)) {
      let content = line.drop { $0 == " " }
      if let (mark, indentation) = fence {
        let closing = content.prefix { $0 == mark.first }
        if closing.count >= mark.count, content.dropFirst(closing.count).allSatisfy(\.isWhitespace)
        {
          fence = nil
        } else {
          let spaces = min(indentation, line.count - content.count)
          blocks[blocks.count - 1].lines.append(String(line.dropFirst(spaces)))
        }
      } else if let opening = content.prefixMatch(of: /(`{3,}|~{3,})([^`]*)/) {
        fence = (opening.1, line.count - content.count)
        let words = opening.2.split(separator: " ").map(String.init)
        blocks.append(Block(words: words, line: number + 1))
      } else {
        read(line, number)
      }
    }
  }

  private mutating func read(_ line: Substring, _ number: Int) {
    if let heading = line.prefixMatch(of: /#{1,6} +(.*)/) {
      let anchor = Self.anchor(of: heading.1)
      let others = (1...).lazy.map { "\(anchor)-\($0)" }
      let free = anchors.contains(anchor) ? others.first { !anchors.contains($0) } : anchor
      anchors.insert(free ?? anchor)
    }
    let prose = line.replacing(/`[^`]*`/, with: "`")
    for link in prose.matches(of: /\]\(([^)\s]+)[^)]*\)/) {
      links.append(Mention(target: String(link.1), line: number))
    }
    let folders =
      /`((?:Sources|Tests|Benchmarks|Schemas|Scripts|Examples|Fuzz|docs)\/[\w.\/+-]+\.\w+)`/
    for file in line.matches(of: folders) where !file.1.contains(/[A-Z]{4}/) {
      files.append(Mention(target: String(file.1), line: number))
    }
  }

  /// The anchor of a heading, as GitHub makes it.
  private static func anchor(of heading: Substring) -> String {
    let kept = heading.lowercased().filter {
      $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_"
    }
    return kept.trimmingCharacters(in: .whitespaces).replacing(" ", with: "-")
  }

  /// The pages at the root and below `docs/`.
  static let all: [DocumentationPage] = {
    let files = FileManager.default
    let root = (try? files.contentsOfDirectory(atPath: Program.root.path)) ?? []
    let below = files.enumerator(atPath: Program.root.appending(path: "docs").path)
    let docs = (below?.compactMap { $0 as? String } ?? []).map { "docs/\($0)" }
    return (root + docs).filter { $0.hasSuffix(".md") }.sorted().compactMap { path in
      (try? String(contentsOf: Program.root.appending(path: path), encoding: .utf8))
        .map { DocumentationPage(path, $0) }
    }
  }()
}
