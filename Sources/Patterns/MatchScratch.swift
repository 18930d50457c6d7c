internal import CPCRE2
internal import Synchronization

/// How much work one match may cost before it is given up.
///
/// Backtracking patterns can take exponential time on a hostile message; the limits turn that into
/// an outcome. PCRE2's own default for matches is ten million, some seconds of work.
package struct MatchLimits: Sendable, Hashable {
  /// How often PCRE2 may call its internal match function (`pcre2_set_match_limit`).
  package var matches: UInt32
  /// How many kibibytes of heap one match may take (`pcre2_set_heap_limit`).
  package var heapKibibytes: UInt32

  /// Makes limits.
  /// - Parameters:
  ///   - matches: calls of the internal match function.
  ///   - heapKibibytes: kibibytes of heap.
  package init(matches: UInt32, heapKibibytes: UInt32) {
    self.matches = matches
    self.heapKibibytes = heapKibibytes
  }

  /// Some milliseconds of work at the most: far above what a sane pattern needs for a message.
  package static let standard = MatchLimits(matches: 200_000, heapKibibytes: 8_192)
}

/// Room for one thread's matches, kept and reused, so that a match allocates nothing.
///
/// It also owns the stack of compiled (JIT) patterns: without one of their own they have only
/// 32 KiB (pcre2jit(3), "Controlling the JIT stack").
package struct MatchScratch: ~Copyable {
  /// Captures beyond this many are not reported; the whole match always is.
  static let capacity = 16

  let room: MatchRoom

  /// Takes room for matches under limits.
  /// - Parameter limits: what one match may cost.
  package init(limits: MatchLimits = .standard) {
    room =
      MatchRoom.spare.withLock { spare in
        spare.lastIndex { $0.limits == limits }.map { spare.remove(at: $0) }
      } ?? MatchRoom(limits)
  }

  deinit {
    let room = room
    // One that could not be taken whole is of no use to the next.
    guard unsafe room.pairs != nil, unsafe room.context != nil else { return }
    MatchRoom.spare.withLock { if $0.count < MatchRoom.mostSpare { $0.append(room) } }
  }
}

/// One thread's: two at once would write into each other's matches.
@available(*, unavailable)
extension MatchScratch: Sendable {}

/// What PCRE2 needs for one match at a time.
///
/// Taking it from the system maps memory, which costs more than the matches of a message; so that
/// what is given back is kept for the next. One owner at a time uses it, which is what makes this
/// `@unchecked Sendable` true.
@safe
final class MatchRoom: @unchecked Sendable {
  /// Room that nobody uses now.
  static let spare = Mutex<[MatchRoom]>([])
  /// More is not kept: there are seldom more threads.
  static let mostSpare = 64

  let limits: MatchLimits
  let pairs: OpaquePointer?
  let context: OpaquePointer?
  private let stack: OpaquePointer?

  init(_ limits: MatchLimits) {
    self.limits = limits
    unsafe pairs = pcre2_match_data_create_8(UInt32(MatchScratch.capacity), nil)
    unsafe context = pcre2_match_context_create_8(nil)
    unsafe stack = pcre2_jit_stack_create_8(32 * 1024, 512 * 1024, nil)
    if let context = unsafe context {
      unsafe pcre2_set_match_limit_8(context, limits.matches)
      unsafe pcre2_set_heap_limit_8(context, limits.heapKibibytes)
      if let stack = unsafe stack {
        unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
      }
    }
  }

  deinit {
    unsafe pcre2_match_data_free_8(pairs)
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_jit_stack_free_8(stack)
  }
}
