import Diagnostics
import Evaluation
import Foundation
import Testing

@Suite struct FolderMendingTests {
  /// Mends files of which readers know the keys `examples` and, below it, `sentence`.
  private func mend(_ texts: [String: String], schemas: Set<String> = []) -> FolderMending {
    FolderMending(
      texts.map { SourceText(file: $0, text: $1) }, schemas: schemas
    ) { changed in
      texts.merging(changed) { $1 }.flatMap { file, text in
        let reader = YAMLReader(SourceText(file: file, text: text))
        _ = reader.root?.optionalString("label")
        if let list = reader.root?.optionalMapping("examples") {
          _ = list.optionalNumber("sentence", in: 0...1)
          _ = list.optionalNumber("locale", in: 0...1)
          list.finish()
        }
        reader.root?.finish()
        return reader.diagnostics
      }
    }
  }

  @Test func `what is below a misspelt key is mended as well, and places are those of before`() {
    let mending = mend(
      ["Intents/a.yaml": "label: a \nexampels:\n  sentense: 1\n"],
      schemas: ["Schemas/intent.schema.json"])
    #expect(
      mending.texts == [
        "Intents/a.yaml":
          "# yaml-language-server: $schema=../Schemas/intent.schema.json\nlabel: a\nexamples:\n  sentence: 1\n"
      ])
    #expect(
      mending.files.flatMap(\.mends).map(\.description) == [
        "Intents/a.yaml:1:9: mended: trailing blanks removed",
        "Intents/a.yaml:2:1: mended: key 'exampels' renamed to 'examples'",
        "Intents/a.yaml:3:3: mended: key 'sentense' renamed to 'sentence'",
        "Intents/a.yaml:1:1: mended: line added that names the schema '../Schemas/intent.schema.json'",
      ])
  }

  @Test
  func `a key that makes more errors than it mends keeps its name, and other files do not mind`() {
    let mending = mend([
      "Intents/a.yaml": "label: a \nexampels: {sentence: x, locale: y}\n",
      "Intents/b.yaml": "lable: b\n",
    ])
    #expect(
      mending.texts == [
        "Intents/a.yaml": "label: a\nexampels: {sentence: x, locale: y}\n",
        "Intents/b.yaml": "label: b\n",
      ])
  }

  @Test func `a schema that the folder lacks is not named`() {
    #expect(mend(["Intents/a.yaml": "label: a\n"]).files.isEmpty)
  }

  @Test(arguments: ["Intents/.a.yaml", "Samples/a.yaml", "a.yaml", "Intents/a/b.yaml", "README.md"])
  func `what is no file of a bot folder stays as it is`(path: String) {
    #expect(mend([path: "label: a  "]).files.isEmpty)
  }

  @Test func `sentences that are proved are dropped the second time, words are not`() {
    let mending = mend([
      "Intents/a.yaml": "counter_examples: [a, a]\nmessages: [b, b]\n",
      "Policies/a.yaml": "violates: {pl: [a, a]}\n", "Concepts/pl.yaml": "examples: [a, a]\n",
    ])
    #expect(
      mending.texts == [
        "Intents/a.yaml": "counter_examples: [a]\nmessages: [b, b]\n",
        "Policies/a.yaml": "violates: {pl: [a]}\n",
      ])
  }

  @Test func `nothing in the shipped bot folder is to be mended`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let files = FileManager.default
    let paths =
      BotFile.single
      + (BotFile.folders + ["Schemas"]).flatMap { folder in
        (files.subpaths(atPath: root.appending(path: folder).path) ?? []).map { "\(folder)/\($0)" }
      }
    let sources = try paths.filter { BotFile($0) != nil }.map { path in
      SourceText(
        file: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }
    // Every YAML file has the line of its schema already: the table of schemas is right.
    #expect(sources.count > 1000)
    let mending = FolderMending(sources, schemas: Set(paths)) { _ in [] }
    #expect(mending.files.flatMap(\.mends).map(\.description) == [])
  }
}
