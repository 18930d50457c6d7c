import Foundation
import Patterns
import Testing

@Suite struct TableArchiveTests {
  private struct Edge: BitwiseCopyable, Equatable {
    let target: Int32
    let byte: UInt8
  }

  private func archive() -> TableArchive {
    var archive = TableArchive()
    archive.add([1, -2, .max] as [Int])
    archive.add([Edge(target: 7, byte: 1)])
    archive.add([UInt8]())
    archive.add([[1, 2], [], [3]] as [[UInt8]])
    archive.seal()
    return archive
  }

  @Test func `tables come back as they were`() throws {
    var reader = try TableArchive.Reader(archive().bytes)
    #expect(try reader.array(of: Int.self) == [1, -2, .max])
    #expect(try reader.array(of: Edge.self) == [Edge(target: 7, byte: 1)])
    #expect(try reader.array(of: UInt8.self) == [])
    #expect(try reader.lists() == [[1, 2], [], [3]])
    #expect(throws: TableArchive.Damaged.self) { try reader.array(of: Int.self) }
  }

  @Test func `no bit may change, and none may be missing`() {
    let bytes = archive().bytes
    for place in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[place] ^= 1 << bit
        #expect(throws: TableArchive.Damaged.self) { try TableArchive.Reader(damaged) }
      }
      #expect(throws: TableArchive.Damaged.self) {
        try TableArchive.Reader(bytes.prefix(place))
      }
    }
  }

  @Test func `what expressions need is the same when it has been kept`() throws {
    let expressions = ["paczka|przesylka", "[a-z]+", "(?:ab|cd)efg+", "."]
    let made = expressions.map { RequiredLiterals(of: $0) }
    var archive = TableArchive()
    LiteralTable(made).write(to: &archive)
    archive.seal()
    var reader = try TableArchive.Reader(archive.bytes)
    let kept = try LiteralTable(&reader)
    #expect(kept.count == expressions.count)
    for text in ["gdzie paczka", "przesylka", "abefg", "nic"] {
      let trigrams = TrigramSet(Array(text.utf8).span)
      for (place, needed) in made.enumerated() {
        #expect(
          kept.mayMatch(place, trigrams) == needed?.mayStand(in: trigrams) ?? true,
          "'\(expressions[place])' in '\(text)'")
      }
    }
  }

  @Test func `a table of keywords finds the same when it has been kept`() throws {
    var builder = KeywordTableBuilder()
    let keywords = ["paczk*", "gdzie .. paczka", "*nummer", "nie ma", "a", "abrakadabra"]
    for (number, keyword) in keywords.enumerated() {
      try builder.insert(Array(keyword.utf8), value: number)
    }
    var archive = TableArchive()
    builder.table.write(to: &archive)
    archive.seal()
    var reader = try TableArchive.Reader(archive.bytes)
    let kept = try KeywordTable(&reader)
    let text = Array("gdzie jest moja paczka a paketnummer nie ma abrakadabra".utf8)
    func found(by table: KeywordTable) -> [String] {
      var found: [String] = []
      table.forEachMatch(in: text.span) { found.append("\($1)@\($0)") }
      return found
    }
    #expect(found(by: kept) == found(by: builder.table))
    #expect(found(by: kept).count == 6)
  }
}
