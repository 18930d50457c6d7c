package import Foundation

/// Tables as bytes, as they lie in memory: written once, and read where they lie.
///
/// The bytes are for the program that wrote them, on the same machine: whoever keeps them must key
/// them by the program's version and by what the tables were made from.
package struct TableArchive: Sendable {
  /// The bytes: every table behind its length, the whole behind a check sum.
  package private(set) var bytes: Data

  fileprivate static let headerSize = 8
  /// Where tables begin: at multiples of this, as no element needs more.
  fileprivate static let alignment = 8

  /// Begins an empty archive.
  package init() { bytes = Data(count: Self.headerSize) }

  /// Adds a table.
  package mutating func add<Element: BitwiseCopyable>(_ table: [Element]) {
    unsafe table.withUnsafeBytes { unsafe add($0, table.count) }
  }

  /// Adds a table.
  package mutating func add<Element>(_ table: Table<Element>) {
    unsafe table.withUnsafeBytes { unsafe add($0, table.count) }
  }

  private mutating func add(_ content: UnsafeRawBufferPointer, _ count: Int) {
    var count = UInt64(count)
    unsafe withUnsafeBytes(of: &count) { unsafe bytes.append(contentsOf: $0) }
    unsafe bytes.append(contentsOf: content)
    let rest = bytes.count % Self.alignment
    if rest > 0 { bytes.append(Data(count: Self.alignment - rest)) }
  }

  /// Adds lists of bytes.
  package mutating func add(_ lists: [[UInt8]]) {
    add(lists.map { Int32($0.count) })
    add(lists.flatMap { $0 })
  }

  /// Finishes the archive.
  package mutating func seal() {
    var sum = CheckSum.ofLarge(bytes.dropFirst(Self.headerSize))
    unsafe withUnsafeBytes(of: &sum) { sum in
      for place in 0..<Self.headerSize { unsafe bytes[place] = sum[place] }
    }
  }

  /// Why bytes are no archive, or not the one that is wanted.
  package struct Damaged: Error {
    /// Makes the error.
    package init() {}
  }

  /// Reads tables back, in the order in which they were added.
  package struct Reader: Sendable {
    private let memory: TableMemory
    private var place = TableArchive.headerSize

    /// Begins to read.
    /// - Parameter bytes: an archive. Tables may lie in it as long as anybody reads them.
    /// - Throws: `Damaged` where a bit of it has changed.
    package init(_ bytes: Data) throws(Damaged) {
      guard bytes.count >= TableArchive.headerSize else { throw Damaged() }
      let kept = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: UInt64.self) }
      guard kept == CheckSum.ofLarge(bytes.dropFirst(TableArchive.headerSize)) else {
        throw Damaged()
      }
      memory = TableMemory(bytes)
    }

    /// The next table, where it lies.
    /// - Throws: `Damaged` where there is none of that size.
    package mutating func table<Element>(
      of type: Element.Type = Element.self
    ) throws(Damaged) -> Table<Element> {
      unsafe Table(memory, try content(of: type))
    }

    /// A copy of the next table.
    /// - Throws: `Damaged` where there is none of that size.
    package mutating func array<Element: BitwiseCopyable>(
      of type: Element.Type = Element.self
    ) throws(Damaged) -> [Element] {
      let content = unsafe try content(of: type)
      let count = content.count / MemoryLayout<Element>.stride
      return unsafe [Element](unsafeUninitializedCapacity: count) { room, initialized in
        unsafe UnsafeMutableRawBufferPointer(room).copyMemory(from: content)
        initialized = count
      }
    }

    /// Where the next table lies.
    private mutating func content<Element: BitwiseCopyable>(
      of type: Element.Type
    ) throws(Damaged) -> UnsafeRawBufferPointer {
      let bytes = unsafe memory.bytes
      guard place + 8 <= bytes.count else { throw Damaged() }
      let count = unsafe bytes.load(fromByteOffset: place, as: UInt64.self)
      place += 8
      let (size, overflows) = Int(truncatingIfNeeded: count)
        .multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
      guard !overflows, size >= 0, size <= bytes.count - place else { throw Damaged() }
      let content = unsafe UnsafeRawBufferPointer(rebasing: bytes[place..<place + size])
      place = (place + size + TableArchive.alignment - 1) & ~(TableArchive.alignment - 1)
      return unsafe content
    }

    /// The next lists of bytes.
    package mutating func lists() throws(Damaged) -> [[UInt8]] {
      let counts = try array(of: Int32.self)
      let content = try array(of: UInt8.self)
      var lists: [[UInt8]] = []
      lists.reserveCapacity(counts.count)
      var start = 0
      for count in counts {
        guard count >= 0, start + Int(count) <= content.count else { throw Damaged() }
        lists.append(Array(content[start..<start + Int(count)]))
        start += Int(count)
      }
      return lists
    }
  }
}
