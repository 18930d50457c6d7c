import Diagnostics
import Foundation
import Language
import Liquid
import Replies
import Testing

/// `docs/reference/filters.md`: every filter, and what each example gives.
@Suite struct FilterPageTests {
  private let page: MarkdownPage

  init() throws { page = try MarkdownPage("docs/reference/filters.md") }

  /// The data that stand under a heading.
  private func data(under heading: String) throws -> [String: Value] {
    let block = try #require(page.blocks.first { $0.heading == heading && $0.language == "json" })
    return try JSONDecoder().decode([String: Value].self, from: Data(block.text.utf8))
  }

  /// What a template gives, with plain spaces for those at which no line breaks.
  private func text(
    _ template: String, _ data: [String: Value], _ filters: FilterTable
  ) throws -> String {
    let now = try #require(try? Date("2026-11-20T09:00:00Z", strategy: .iso8601))
    return try Template(SourceText(file: "filters.md", text: template), filters: filters)
      .render(data, undefined: .lenient, now: now)
      .replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
  }

  /// The filters of replies in a locale of the shipped bot.
  private func filters(in locale: String) throws -> FilterTable {
    let file = MarkdownPage.root.appending(path: "Templates/\(locale)/days.yaml")
    let source = SourceText(file: "days.yaml", text: try String(contentsOf: file, encoding: .utf8))
    return .localized(
      by: LocalCustoms(
        try #require(LocaleTag(locale)), zone: try #require(TimeZone(identifier: "Europe/Warsaw")),
        days: YAMLReader(source).root.flatMap(RelativeDays.init)))
  }

  @Test func `every standard filter has an example that gives what it says`() throws {
    let rows = page.rows(under: "Standard filters")
    #expect(rows.flatMap { $0.codes(0) }.sorted() == FilterTable.standard.names)
    let data = try data(under: "Standard filters")
    for row in rows {
      let (name, example) = (row.codes(0)[0], try #require(row.codes(1).first))
      #expect(example.contains("| \(name)"), "the example of '\(name)' does not use it")
      #expect(try text(example, data, .standard) == row.codes(2).first, "\(example)")
    }
  }

  @Test func `the filters of replies write what is said of each locale`() throws {
    let rows = page.rows(under: "Filters of replies")
    let data = try data(under: "Filters of replies")
    let locales = ["pl", "en", "de", "cs", "sk", "hu", "ro"]
    let tables = try locales.map(filters)
    for row in rows where row.cells.count == locales.count + 1 {
      for (place, locale) in locales.enumerated() {
        let example = row.codes(0)[0]
        #expect(
          try text(example, data, tables[place]) == row.cells[place + 1], "\(locale): \(example)")
      }
    }
    for row in rows where row.cells.count == 4 {
      let place = try #require(locales.firstIndex(of: row.codes(0)[0]))
      let numbers = ["1", "2", "5", "22"].map { "{{ \($0) }} {{ \($0) | \(row.codes(2)[0]) }}" }
      #expect(
        try text(numbers.joined(separator: ", "), data, tables[place]) == row.cells[3],
        "\(row.codes(0)[0])")
    }
    let described = Set(rows.filter { $0.cells.count == 3 }.flatMap { $0.codes(0) })
    let standard = Set(FilterTable.standard.names)
    #expect(described.subtracting(["date"]) == Set(tables[0].names).subtracting(standard))
  }
}
