import Foundation
import Testing

/// Links between the pages of the project.
@Suite struct LinkTests {
  @Test func `no link leads nowhere`() throws {
    let root = MarkdownPage.root
    let docs = try FileManager.default.subpathsOfDirectory(
      atPath: root.appending(path: "docs").path)
    let pages =
      docs.filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }.sorted()
      + ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"]
    for page in pages {
      let text = try MarkdownPage(page).text
      for link in text.matches(of: /\]\(([^)\s]+)\)/).map({ String($0.1) })
      where !link.contains("://") && !link.hasPrefix("mailto:") {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let folder = root.appending(path: page).deletingLastPathComponent()
        let target =
          parts[0].isEmpty
          ? root.appending(path: page) : folder.appending(path: String(parts[0])).standardized
        guard FileManager.default.fileExists(atPath: target.path) else {
          Issue.record("\(page): '\(link)' leads nowhere")
          continue
        }
        guard parts.count == 2, target.pathExtension == "md" else { continue }
        let path = String(target.path.dropFirst(root.standardized.path.count + 1))
        let anchors = try MarkdownPage(path).headings.map(Self.anchor)
        #expect(anchors.contains(String(parts[1])), "\(page): '\(link)' names no heading")
      }
    }
  }

  /// The name by which a heading is linked: small, without signs, with dashes for spaces.
  private static func anchor(_ heading: String) -> String {
    heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
      .replacing(" ", with: "-")
  }
}
