import Diagnostics
import Foundation
import Language
import Liquid
import Replies
import Testing
import Yams

/// The documentation says what is so.
///
/// Its commands print what stands below them, its files can be read, its links lead somewhere.
/// `CONTRIBUTING.md` tells how a page writes an example.
@Suite struct WalkthroughTests {
  @Test(arguments: DocumentationPage.all.filter(\.isTried))
  func `a reader who does what the page says sees what it shows`(_ page: DocumentationPage) throws {
    try Walkthrough(page).go()
  }

  @Test(arguments: DocumentationPage.all)
  func `what a page shows of a file can be read`(_ page: DocumentationPage) {
    for block in page.blocks where !block.words.contains("fragment") {
      do {
        switch block.language {
        case "json": _ = try JSONSerialization.jsonObject(with: Data(block.text.utf8))
        case "yaml": _ = try compose_all(yaml: block.text).map { $0 }
        case "liquid":
          _ = try Template(SourceText(file: page.path, text: block.text), filters: Self.filters)
        default: break
        }
      } catch {
        page.report("this is no \(block.language): \(error)", at: block.line)
      }
    }
  }

  private static let filters =
    LocaleTag("en").map { .localized(by: LocalCustoms($0, zone: .gmt)) } ?? FilterTable.standard

  @Test(arguments: DocumentationPage.all)
  func `every link leads somewhere`(_ page: DocumentationPage) throws {
    let folder = page.url.deletingLastPathComponent()
    for link in page.links where !link.target.contains(/^[a-z]+:/) {
      let parts = link.target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let path = parts[0].removingPercentEncoding ?? String(parts[0])
      let place = path.isEmpty ? page.url : folder.appending(path: path).standardizedFileURL
      guard FileManager.default.fileExists(atPath: place.path) else {
        page.report("'\(link.target)' leads to no file", at: link.line)
        continue
      }
      guard parts.count == 2 else { continue }
      let target = DocumentationPage.all.first { $0.url.standardizedFileURL == place }
      if target?.anchors.contains(String(parts[1])) != true {
        page.report("'\(link.target)' leads to no heading", at: link.line)
      }
    }
    for file in page.files
    where !FileManager.default.fileExists(atPath: Program.root.appending(path: file.target).path) {
      page.report("there is no '\(file.target)'", at: file.line)
    }
  }

  @Test func `the pages are found`() {
    let paths = DocumentationPage.all.map(\.path)
    #expect(paths.contains("README.md") && paths.contains("docs/how-to/add-an-intent.md"))
  }

  /// Without this the walks through the pages could not fail.
  @Test(
    arguments: [
      (["a", "b"], "a\nb\n", nil),
      (["a", "b"], "a\n", 1),
      (["a"], "a\nb\n", 1),
      (["a…c"], "abc\n", nil),
      (["a…c"], "abcd\n", 0),
      (["a…a"], "a\n", 0),
      (["a…b…c"], "acb\n", 0),
      (["…", "c"], "a\nb\nc\n", nil),
      (["…", "c"], "a\nb\n", 1),
      (["a", "…", "b", "c", "…"], "a\nb\nb\nc\n", nil),
      (["a", "…", "b", "c"], "a\nb\nx\nc\n", 3),
      (["…"], "", nil),
    ] as [([String], String, Int?)])
  func `a page and a terminal are compared line by line`(
    expected: [String], printed: String, row: Int?
  ) {
    #expect(ExpectedOutput(expected).difference(from: printed)?.row == row)
  }
}

extension DocumentationPage {
  /// Whether there is anything to do on the page.
  fileprivate var isTried: Bool { blocks.contains { $0.language == "console" } }
}
