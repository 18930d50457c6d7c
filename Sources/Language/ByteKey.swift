/// Bytes by which something is remembered.
///
/// Two texts are the same only where their bytes are. Eight bytes are hashed at a time, where an array of
/// them hashes one after another, at ten times the cost.
public struct ByteKey: Hashable, Sendable {
  @usableFromInline let bytes: [UInt8]

  /// Makes a key.
  /// - Parameter bytes: the bytes.
  @inlinable
  public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// Feeds the bytes to a hasher, eight at a time.
  public func hash(into hasher: inout Hasher) {
    var word: UInt64 = 0
    var count = 0
    for byte in bytes {
      word = word << 8 | UInt64(byte)
      count &+= 1
      if count & 7 == 0 { hasher.combine(word) }
    }
    if count & 7 != 0 { hasher.combine(word) }
    hasher.combine(count)
  }
}
