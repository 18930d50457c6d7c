import Diagnostics
import Testing
import Understanding

@Suite struct RuleFileTests {
  @Test func `faults of rules are findings with their place`() {
    let error = #expect(throws: InvalidFiles.self) {
      try Rules.classifier([
        Rules.intent(
          "a",
          """
          yields_to: [bb]
          points: {parcels: 0.5, parcel +: 1, parcel + not: 1}
          locales: {pl: {label: a, patterns: [{match: '(', with: parcel, points: 0.5}], keywords: {"*": 0.5}}}
          """)
      ])
    }
    #expect(
      Set(error?.diagnostics.map(\.code) ?? []) == [
        "unknown-intent", "unknown-concept", "invalid-rule", "invalid-pattern", "invalid-keyword",
      ])
    let unknown = error?.diagnostics.first { $0.code == "unknown-concept" }
    #expect(unknown?.remedy == "did you mean 'parcel'?")
    #expect(unknown?.location.line == 4)
  }

  @Test func `a wrong name is the only fault of a file that is right otherwise`() {
    let reader = YAMLReader(
      SourceText(
        file: "Intents/b.yaml", text: "intent: a\nmeaning: x\nlocales: {pl: {label: a}}"))
    _ = reader.root.flatMap { Intent(reading: $0, named: "b") }
    reader.root?.finish()
    #expect(reader.diagnostics.map(\.code) == ["wrong-name"])
  }

  @Test func `a pattern says where it runs`() {
    let reader = YAMLReader(
      SourceText(
        file: "Intents/a.yaml",
        text: "intent: a\nmeaning: x\nlocales: {pl: {label: a, patterns: [{match: x, points: 1}]}}")
    )
    _ = reader.root.flatMap { Intent(reading: $0, named: "a") }
    #expect(reader.diagnostics.map(\.code) == ["ungated-pattern"])
  }
}
