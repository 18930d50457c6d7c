/// Lists of bytes, one behind another in one table.
package struct ByteLists: Sendable {
  /// Where each list begins, and where the last ends.
  private let starts: Table<Int32>
  private let bytes: Table<UInt8>

  /// Puts lists behind each other.
  package init(_ lists: [[UInt8]]) {
    starts = Table(lists.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1.count)) })
    bytes = Table(lists.flatMap { $0 })
  }

  /// Reads lists back.
  package init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    starts = try archive.table()
    bytes = try archive.table()
    guard let last = starts.last, Int(last) == bytes.count else { throw TableArchive.Damaged() }
  }

  /// Writes the lists.
  package func write(to archive: inout TableArchive) {
    archive.add(starts)
    archive.add(bytes)
  }

  /// One of the lists.
  package subscript(list: Int) -> [UInt8] {
    bytes.bytes(Int(starts[list])..<Int(starts[list + 1]))
  }
}
