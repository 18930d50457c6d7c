import Foundation
import Odzew
import Testing

@Suite struct BotFolderTests {
  /// A copy of the shipped bot with one file changed, and what loading it says.
  private func findings(changing file: String, _ change: (String) -> String?) throws -> [String] {
    try findings { folder in
      let place = folder.appending(path: file)
      let text = try String(contentsOf: place, encoding: .utf8)
      if let changed = change(text) {
        try Data(changed.utf8).write(to: place)
      } else {
        try FileManager.default.removeItem(at: place)
      }
    }
  }

  /// The same with a file under another name.
  private func findings(renaming file: String, to other: String) throws -> [String] {
    try findings { folder in
      try FileManager.default.moveItem(
        at: folder.appending(path: file), to: folder.appending(path: other))
    }
  }

  private func findings(after change: (URL) throws -> Void) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "odzew-test-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let parts = [
      "odzew.yaml", "carriers.yaml", "countries.yaml", "deadlines.yaml", "automatic.yaml",
      "Concepts", "Hints", "Intents", "Templates",
      "Policies",
    ]
    for part in parts {
      try FileManager.default.copyItem(
        at: ShippedBot.root.appending(path: part), to: folder.appending(path: part))
    }
    try change(folder)
    do throws(InvalidFiles) {
      _ = try Bot.load(from: folder)
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }

  @Test func `folders to which links lead are read like the folder's own`() throws {
    let file = "Templates/pl/order_paid.liquid"
    func link(_ part: String, in folder: URL) throws {
      let place = folder.appending(path: part)
      let elsewhere = folder.appending(path: "elsewhere-\(place.lastPathComponent)")
      try FileManager.default.moveItem(at: place, to: elsewhere)
      try FileManager.default.createSymbolicLink(at: place, withDestinationURL: elsewhere)
    }
    let found = try findings { folder in
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      try Data(text.replacing("order.number", with: "order.numbr").utf8)
        .write(to: folder.appending(path: file))
      try link("Templates/pl", in: folder)
      try link("Templates", in: folder)
      try link("Policies", in: folder)
    }
    #expect(found.count == 1)
    #expect(
      found.first?.hasPrefix("\(file):1:93: error: there is no variable 'order.numbr'") == true)
  }

  @Test func `a misspelt variable is refused at load`() throws {
    let file = "Templates/pl/order_paid.liquid"
    let found = try findings(changing: file) {
      $0.replacingOccurrences(of: "order.number", with: "order.numbr")
    }
    #expect(
      found == [
        "Templates/pl/order_paid.liquid:1:93: error: there is no variable 'order.numbr'; "
          + "did you mean 'order.number'?"
      ])
  }

  @Test func `of a fact that the shop has not written it is told where to write it`() throws {
    let found = try findings(changing: "Templates/pl/order_paid.liquid") {
      $0 + "{{ facts.engraving_price }} {{ 5 | plural: one: „znak”, other: 'x' }}"
    }
    #expect(found.contains { $0.hasSuffix("write ' or \" in place of typographic quotes") })
    let other = try findings(changing: "Templates/pl/order_paid.liquid") {
      $0 + "{{ facts.engraving_price }}"
    }
    #expect(
      other.contains {
        $0.hasSuffix(
          "no variable 'facts.engraving_price'; write it under 'facts:' of odzew.yaml")
      })
  }

  @Test func `a template that a locale lacks is refused at load`() throws {
    let found = try findings(changing: "Templates/en/order_paid.liquid") { _ in nil }
    #expect(found.contains { $0.contains("there is no template 'order_paid' in Templates/en") })
  }

  @Test func `a standing reply that policy blocks is refused at load`() throws {
    let found = try findings(changing: "Templates/en/standing.liquid") { _ in
      "Write to us at info@shop.example."
    }
    #expect(found.contains { $0.contains("does not pass the policies of channel 'allegro'") })
  }

  @Test func `an unknown state, queue and key are refused with a remedy`() throws {
    let found = try findings(changing: "Intents/invoice.yaml") {
      $0.replacingOccurrences(of: "[invoiced]", with: "[invoced]")
        .replacingOccurrences(of: "queue: payments", with: "queue: payment")
        + "\nprioriti: 3\n"
    }
    #expect(found.count == 4)
    #expect(found.contains { $0.contains("the rows after 'invoice_issued' are never reached") })
    #expect(
      found.contains { $0.contains("'invoced' is no state of an order; did you mean 'invoiced'?") })
    #expect(
      found.contains {
        $0.contains("'payment' is no queue of odzew.yaml; did you mean 'payments'?")
      })
    #expect(found.contains { $0.contains("unknown key 'prioriti'") })
  }

  @Test func `what the settings fail to say is not held against files that count on it`() throws {
    let found = try findings(changing: "odzew.yaml") {
      $0.replacingOccurrences(of: "\nqueues:", with: "\nqueus:")
    }
    #expect(found.map { $0.prefix { $0 != ":" } } == ["odzew.yaml", "odzew.yaml"])
    #expect(found.contains { $0.hasSuffix("unknown key 'queus'; did you mean 'queues'?") })
  }

  @Test func `what a faulty pack fails to say is not held against the others`() throws {
    let found = try findings(changing: "Policies/weighing.yaml") {
      $0.replacing("lawful: 5", with: "lawful: 50")
    }
    #expect(
      found == ["Policies/weighing.yaml:7:20: error: 'lawful' must be a number from -20 to 20"])
  }

  @Test func `a file whose name ends otherwise is told, and not left out in silence`() throws {
    let found = try findings(renaming: "Intents/thanks.yaml", to: "Intents/thanks.yml")
    #expect(
      found.contains(
        "Intents/thanks.yml:1:1: error: the file is not read; let its name end in '.yaml'"))
  }

  @Test func `a folder that is no bot says so`() {
    let error = #expect(throws: InvalidFiles.self) {
      try Bot.load(from: URL(filePath: "/nonexistent"))
    }
    #expect(
      error?.diagnostics.contains {
        $0.description
          == "odzew.yaml:1:1: error: there is no folder '/nonexistent'; is this the right bot folder?"
      } == true)
  }
}
