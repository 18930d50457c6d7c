import Foundation
import Testing

@Suite struct InitTests {
  private static let now = "2026-11-20T10:00:00+01:00"

  /// Something to do in an empty folder that is gone afterwards.
  private func inEmptyFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "odzew-init-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test(arguments: [
    ["--name", "Kubki Ani", "--locale", "pl", "--marketplace", "allegro"],
    [
      "--name", "Mary's Mugs", "--locale", "en", "--locale", "de", "--marketplace",
      "amazon,kaufland",
      "--hours", "Mon-Thu 8:30-16:30, Sat 10-13", "--email", "mary@mugs.example",
    ],
    [
      "--yes", "--locale", "pl,en,de,cs,sk,hu,ro", "--marketplace",
      "allegro,amazon,kaufland,emag,shop",
    ],
    // A clock an hour ahead of the sample shop's, and no marketplace at all.
    ["--yes", "--locale", "ro", "--marketplace", "shop"],
  ])
  func `a new folder passes lint and test at once`(flags: [String]) throws {
    try inEmptyFolder { parent in
      let folder = parent.appending(path: "myshop")
      let made = try Program.run(["init", folder.path, "--now", Self.now] + flags)
      #expect(made.status == 0, "\(made.notes)")
      #expect(made.output.contains("odzew chat --bot \(folder.path)"))
      // Nothing beside it: the draft was moved.
      #expect(try names(in: parent) == ["myshop"])
      let lint = try Program.run(["lint", "--bot", folder.path])
      #expect(lint.status == 0 && lint.output.isEmpty, "\(lint.output)")
      let test = try Program.run(
        ["test", "--bot", folder.path, "--matrix", "--coverage", "100"])
      #expect(test.status == 0, "\(test.output.suffix(2000))")
      // The other shop's name is nowhere.
      let texts = FileManager.default.subpaths(atPath: folder.path) ?? []
      for path in texts where path.hasSuffix(".txt") || path.hasSuffix(".yaml") {
        guard path.hasPrefix("Cases/") || path == "odzew.yaml" else { continue }
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        #expect(!text.contains("Zielony Kubek"), "\(path)")
      }
    }
  }

  @Test func `a folder that is not empty stays as it is, and an empty one is filled in place`()
    throws
  {
    try inEmptyFolder { folder in
      let note = folder.appending(path: "note.txt")
      try Data("mine".utf8).write(to: note)
      let refused = try Program.run(["init", folder.path, "--yes"])
      #expect(refused.status == 64)
      #expect(
        refused.notes
          == "odzew: the folder '\(folder.path)' holds 1 file already; name an empty folder, or one that does not exist yet\n"
      )
      #expect(try names(in: folder) == ["note.txt"])
      try FileManager.default.removeItem(at: note)
      let made = try Program.shell(
        "cd '\(folder.path)' && \"$ODZEW\" init . --yes --now \(Self.now) && ls odzew.yaml")
      #expect(made.status == 0 && made.lines.last == "odzew.yaml", "\(made.notes)")
    }
  }

  @Test func `a wrong answer is named before anything is written`() throws {
    try inEmptyFolder { folder in
      let shop = folder.appending(path: "shop").path
      func complaint(_ flags: [String]) throws -> String {
        let outcome = try Program.run(["init", shop] + flags)
        #expect(outcome.status == 64)
        return outcome.notes
      }
      #expect(
        try complaint(["--yes", "--locale", "pll"])
          == "odzew: --locale: 'pll' is no language of this bot; did you mean 'pl'?\n")
      #expect(
        try complaint([]).contains("the shop's name is missing, and there is no terminal to ask on")
      )
      #expect(try names(in: folder).isEmpty)
      // What the policies of a marketplace refuse in every signature.
      let link = try Program.run(["init", shop, "--name", "mugs-and-more.com", "--locale", "en"])
      #expect(link.status == 65 && link.notes.contains("nothing was written"), "\(link.notes)")
      #expect(try names(in: folder).isEmpty)
    }
  }
}
