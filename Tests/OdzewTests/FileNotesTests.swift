import Foundation
import Odzew
import Testing

/// What is known of a bot folder's files without reading them.
@Suite struct FileNotesTests {
  private static let noted: @Sendable (Data) -> String = { "\($0.count) bytes" }

  @Test func `files that are as they were are not read again`() {
    let first = FolderContents(ShippedBot.root, noting: Self.noted, keeping: false)
    let known = FileNotes(first.known.bytes)
    #expect(known == first.known, "notes that were written down are the same when they are read")
    let later = FolderContents(
      ShippedBot.root, noting: { _ in "read again" }, keeping: false, knowing: known)
    #expect(later.sum == first.sum)
    let whole = FolderContents(ShippedBot.root, noting: { _ in "read again" }, knowing: known)
    #expect(whole.notes.allSatisfy { $0.note == "read again" }, "what is wanted is read")
  }

  @Test func `a file that may be written again within the same moment is read every time`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).bot")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("one".utf8).write(to: folder.appending(path: "odzew.yaml"))
    let first = FolderContents(folder, keeping: false)
    try Data("two".utf8).write(to: folder.appending(path: "odzew.yaml"))
    let later = FolderContents(folder, keeping: false, knowing: first.known)
    #expect(first.known == FileNotes())
    #expect(later.sum != first.sum)
  }

  @Test(arguments: ["", "\0", "odzew.yaml", "odzew.yaml\0mark\0", "a\0b\0c\0d", "\u{fe}\0\0\0\0"])
  func `what are no notes knows nothing of a file`(_ text: String) {
    let contents = FolderContents(
      ShippedBot.root, noting: { _ in "read" }, keeping: false,
      knowing: FileNotes(Data(text.utf8)))
    #expect(contents.notes.allSatisfy { $0.note == "read" })
  }
}
