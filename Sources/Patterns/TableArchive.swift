package import Foundation

/// Tables as bytes, as they lie in memory: written once, read back without computing them.
///
/// The bytes are for the program that wrote them, on the same machine: whoever keeps them must key
/// them by the program's version and by what the tables were made from.
package struct TableArchive: Sendable {
  /// The bytes: every table behind its length, the whole behind a check sum.
  package private(set) var bytes: Data

  private static let headerSize = 8

  /// Begins an empty archive.
  package init() { bytes = Data(count: Self.headerSize) }

  /// Adds a table.
  package mutating func add<Element: BitwiseCopyable>(_ table: [Element]) {
    var count = UInt64(table.count)
    unsafe withUnsafeBytes(of: &count) { unsafe bytes.append(contentsOf: $0) }
    unsafe table.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds lists of bytes.
  package mutating func add(_ lists: [[UInt8]]) {
    add(lists.map { Int32($0.count) })
    add(lists.flatMap { $0 })
  }

  /// Finishes the archive.
  package mutating func seal() {
    var sum = Self.checkSum(of: bytes)
    unsafe withUnsafeBytes(of: &sum) { sum in
      for place in 0..<Self.headerSize { unsafe bytes[place] = sum[place] }
    }
  }

  /// Every bit of the content counts, at a byte a clock or faster.
  ///
  /// It is against accidents; FNV-1a over words of eight bytes, with the rest by bytes.
  fileprivate static func checkSum(of bytes: Data) -> UInt64 {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    unsafe bytes.withUnsafeBytes { bytes in
      var place = headerSize
      while place + 8 <= bytes.count {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        sum = (sum ^ word) &* 0x100_0000_01b3
        sum ^= sum >> 32
        place += 8
      }
      while place < bytes.count {
        sum = unsafe (sum ^ UInt64(bytes[place])) &* 0x100_0000_01b3
        place += 1
      }
    }
    return sum
  }

  /// Why bytes are no archive, or not the one that is wanted.
  package struct Damaged: Error {
    /// Makes the error.
    package init() {}
  }

  /// Reads tables back, in the order in which they were added.
  package struct Reader {
    private let bytes: Data
    private var place = TableArchive.headerSize

    /// Begins to read.
    /// - Parameter bytes: an archive.
    /// - Throws: `Damaged` where a bit of it has changed.
    package init(_ bytes: Data) throws(Damaged) {
      guard bytes.count >= TableArchive.headerSize else { throw Damaged() }
      let kept = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: UInt64.self) }
      guard kept == TableArchive.checkSum(of: bytes) else { throw Damaged() }
      self.bytes = bytes
    }

    /// The next table.
    /// - Throws: `Damaged` where there is none of that size.
    package mutating func table<Element: BitwiseCopyable>(
      of type: Element.Type = Element.self
    ) throws(Damaged) -> [Element] {
      guard place + 8 <= bytes.count else { throw Damaged() }
      let start = place
      let count = unsafe bytes.withUnsafeBytes {
        unsafe $0.loadUnaligned(fromByteOffset: start, as: UInt64.self)
      }
      place += 8
      let (size, overflows) = Int(truncatingIfNeeded: count)
        .multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
      guard !overflows, size >= 0, size <= bytes.count - place else { throw Damaged() }
      let content = place
      place += size
      return unsafe [Element](unsafeUninitializedCapacity: Int(count)) { room, initialized in
        unsafe bytes.withUnsafeBytes { bytes in
          unsafe UnsafeMutableRawBufferPointer(room).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[content..<content + size]))
        }
        initialized = Int(count)
      }
    }

    /// The next lists of bytes.
    package mutating func lists() throws(Damaged) -> [[UInt8]] {
      let counts = try table(of: Int32.self)
      let content = try table(of: UInt8.self)
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
