internal import Foundation

/// A table that is made once and then only read: in memory of its own, or where it lies in an archive, which
/// may be a mapped file.
///
/// An array would have to be copied out of the archive, whole, for a message that needs a few pages of it.
///
/// Public, and not of the package alone, because the compiler makes no special code in another module of what
/// is of the package, which costs twenty times as much.
@safe
public struct Table<Element: BitwiseCopyable & Sendable>: @unchecked Sendable,
  RandomAccessCollection
{
  @usableFromInline let elements: UnsafeBufferPointer<Element>
  /// What the elements lie in.
  private let memory: TableMemory

  /// Makes a table of its own.
  package init(_ elements: [Element] = []) {
    let memory = unsafe elements.withUnsafeBytes { unsafe TableMemory(copying: $0) }
    unsafe self.init(memory, memory.bytes)
  }

  /// Takes a table for what it is.
  /// - Parameters:
  ///   - memory: what it lies in.
  ///   - bytes: a part of it, aligned for the elements.
  @unsafe init(_ memory: TableMemory, _ bytes: UnsafeRawBufferPointer) {
    unsafe elements = bytes.bindMemory(to: Element.self)
    self.memory = memory
  }

  // Other modules read tables entry by entry, and want no call for each.

  /// Zero.
  @inlinable public var startIndex: Int { 0 }
  /// The number behind the last entry.
  @inlinable public var endIndex: Int { unsafe elements.count }
  /// How many entries there are.
  @inlinable public var count: Int { unsafe elements.count }
  /// Whether there are none.
  @inlinable public var isEmpty: Bool { count == 0 }

  /// An entry.
  /// - Complexity: O(1).
  @inlinable public subscript(place: Int) -> Element {
    // The pointer checks nothing where code is optimised.
    precondition(place >= 0 && place < endIndex)
    return unsafe elements[place]
  }

  @unsafe func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    unsafe body(UnsafeRawBufferPointer(elements))
  }
}

extension Table where Element == UInt8 {
  /// Some of the bytes.
  package func bytes(_ range: Range<Int>) -> [UInt8] {
    unsafe Array(UnsafeBufferPointer(rebasing: elements[checked(range)]))
  }

  /// Some of the bytes as text.
  package func text(_ range: Range<Int>) -> String {
    unsafe String(
      decoding: UnsafeBufferPointer(rebasing: elements[checked(range)]), as: UTF8.self)
  }

  private func checked(_ range: Range<Int>) -> Range<Int> {
    precondition(range.lowerBound >= 0 && range.upperBound <= endIndex)
    return range
  }
}

/// Bytes in which tables lie: they stay where they are and as they are.
@safe final class TableMemory: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  /// What holds the bytes; nil where this does.
  private let source: Data?

  private static let alignment = 16

  /// Keeps bytes, and copies them only where no table could begin there.
  init(_ source: Data) {
    // Data of this size has a place of its own, at which it stays as long as somebody holds it and nobody
    // changes it.
    let content = unsafe source.withUnsafeBytes { unsafe $0 }
    let isInPlace = UInt(bitPattern: content.baseAddress) % UInt(Self.alignment) == 0
    if isInPlace, source.count > 64 {
      unsafe bytes = content
      self.source = source
    } else {
      unsafe bytes = source.withUnsafeBytes { unsafe Self.copy(of: $0) }
      self.source = nil
    }
  }

  init(copying content: UnsafeRawBufferPointer) {
    unsafe bytes = Self.copy(of: content)
    source = nil
  }

  private static func copy(of content: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: content.count, alignment: alignment)
    unsafe room.copyMemory(from: content)
    return UnsafeRawBufferPointer(room)
  }

  deinit {
    if source == nil { unsafe bytes.deallocate() }
  }
}
