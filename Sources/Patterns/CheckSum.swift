internal import Dispatch
package import Foundation
internal import Synchronization

/// A number by which two contents are told apart, made at some bytes a clock.
///
/// It is against accidents, and not against people: FNV-1a over words of eight bytes, four of them side by side,
/// which is what a processor can do at once.
package enum CheckSum {
  /// The sum of many bytes, of which every bit counts: that of both halves, which are gone through side by side.
  package static func ofLarge(_ bytes: Data) -> UInt64 {
    let middle = bytes.startIndex + bytes.count / 2
    let halves = Mutex<[Int: UInt64]>([:])
    DispatchQueue.concurrentPerform(iterations: 2) { half in
      let sum = of(half == 0 ? bytes[..<middle] : bytes[middle...])
      halves.withLock { $0[half] = sum }
    }
    let sums = halves.withLock { halves in (0..<2).map { halves[$0] ?? 0 } }
    return unsafe sums.withUnsafeBytes { unsafe of(Data($0)) }
  }

  /// The sum of some bytes, of which every bit counts.
  package static func of(_ bytes: Data) -> UInt64 {
    unsafe bytes.withUnsafeBytes { bytes in
      func mix(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        let sum = (sum ^ word) &* 0x100_0000_01b3
        return sum ^ sum >> 32
      }
      let seed: UInt64 = 0xcbf2_9ce4_8422_2325
      var (first, second, third, fourth) = (seed, seed, seed, seed)
      var place = 0
      while place + 32 <= bytes.count {
        unsafe first = mix(first, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        unsafe second = mix(
          second, bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self))
        unsafe third = mix(
          third, bytes.loadUnaligned(fromByteOffset: place + 16, as: UInt64.self))
        unsafe fourth = mix(
          fourth, bytes.loadUnaligned(fromByteOffset: place + 24, as: UInt64.self))
        place += 32
      }
      var last = mix(mix(mix(first, second), third), fourth)
      while place < bytes.count {
        unsafe last = mix(last, UInt64(bytes[place]))
        place += 1
      }
      return mix(last, UInt64(bytes.count))
    }
  }
}
