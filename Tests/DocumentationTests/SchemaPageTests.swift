import Commerce
import Diagnostics
import Testing

/// `docs/reference/yaml.md` and `protocol.md` against the schemas, which their own tests hold
/// against the program.
@Suite struct SchemaPageTests {
  /// The files of a bot folder, by the headings of the page.
  static let files = [
    ("odzew.yaml", "odzew"), ("Intents/NAME.yaml", "intent"),
    ("Concepts/LOCALE.yaml", "concepts"), ("Hints/LOCALE.yaml", "hints"),
    ("Policies/NAME.yaml", "policy"),
    ("Adapters/NAME.yaml", "adapter"), ("automatic.yaml", "automatic"),
    ("carriers.yaml", "carriers"), ("countries.yaml", "countries"),
    ("deadlines.yaml", "deadlines"), ("Templates/LOCALE/days.yaml", "days"),
    ("Cases/NAME.LOCALE.yaml", "case"), ("reasons.yaml", "reasons"),
  ]

  @Test(arguments: files)
  func `every key of every file is described`(heading: String, schema: String) throws {
    let page = try MarkdownPage("docs/reference/yaml.md")
    // An order is the same in a case and in the pipe, and described there.
    let properties = try SchemaPaths(schema).properties.filter {
      schema != "case" || !$0.key.hasPrefix("order.")
    }
    #expect(properties.faults(in: page.rows(under: heading)) == [])
  }

  @Test(arguments: files)
  func `the examples have only keys that exist`(heading: String, schema: String) throws {
    let page = try MarkdownPage("docs/reference/yaml.md")
    let properties = try SchemaPaths(schema).properties
    func check(_ value: YAMLValue, _ path: String) {
      switch value {
      case .mapping(let entries):
        let isOpen = !properties.keys.contains { $0.hasPrefix(path + ".") } && !path.isEmpty
        for (key, inner) in entries where !isOpen {
          let names = [key, "NAME"].map { path.isEmpty ? $0 : path + "." + $0 }
          let known = names.first { properties[$0] != nil }
          #expect(known != nil, "\(heading): there is no key \(names[0])")
          check(inner, known ?? names[0])
        }
      case .list(let items): for item in items { check(item, path) }
      case .text, .number, .flag: break
      }
    }
    for block in page.blocks where block.heading == heading {
      let reader = YAMLReader(SourceText(file: heading, text: block.text))
      let file = try #require(reader.root, "\(heading): \(reader.diagnostics)")
      for key in file.entries {
        if let value = file.value(key.value) { check(.mapping([key.value: value]), "") }
      }
    }
    #expect(page.blocks.contains { $0.heading == heading })
  }

  @Test func `every field of the pipe is described`() throws {
    let page = try MarkdownPage("docs/reference/protocol.md")
    let (request, response) = (try SchemaPaths("request"), try SchemaPaths("response"))
    let fields = request.properties.filter { !$0.key.hasPrefix("order.") }
    #expect(fields.faults(in: page.rows(under: "A request")) == [])
    #expect(request.below("order").faults(in: page.rows(under: "An order")) == [])
    #expect(response.properties.faults(in: page.rows(under: "A response")) == [])
    func names(_ heading: String) -> Set<String> {
      Set(page.rows(under: heading).flatMap { $0.codes(0) })
    }
    #expect(names("What comes back") == request.properties["type"]?.words)
    #expect(names("What to do") == response.properties["action"]?.words)
  }

  @Test func `every state of an order is described`() throws {
    let page = try MarkdownPage("docs/reference/yaml.md")
    let states = page.rows(under: "States of the order").flatMap { Set($0.codes(0)) }
    #expect(states.sorted() == OrderState.allCases.map(\.rawValue).sorted())
  }
}
