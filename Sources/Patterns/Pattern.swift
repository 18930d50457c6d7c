internal import CPCRE2
internal import Synchronization

/// Where a pattern matched, in bytes of the text.
package struct PatternMatch: Hashable, Sendable {
  /// The whole match.
  package let range: Range<Int>
  /// The first capturing group, if the pattern has one and it took part.
  package let group: Range<Int>?

  /// Describes a match.
  /// - Parameters:
  ///   - range: the whole match.
  ///   - group: the first capturing group.
  package init(range: Range<Int>, group: Range<Int>?) {
    self.range = range
    self.group = group
  }
}

/// What came of looking for a pattern.
package enum MatchOutcome: Hashable, Sendable {
  /// It is there.
  case match(PatternMatch)
  /// It is certainly not there.
  case noMatch
  /// The search was given up: nobody knows. Never to be taken for "no match".
  case limitReached
}

/// A compiled PCRE2 expression: immutable, compiled to machine code where the processor allows,
/// shared by threads.
///
/// Compiled code is read-only once made (pcre2api(3), "Multithreading"); everything that a match
/// writes to is in `MatchScratch`, and machine code is made of a copy, which other threads see when it is
/// finished. That is what makes this `@unchecked Sendable` true.
///
/// Machine code takes longer to make than some dozen matches without it, and most expressions of a bot
/// are tried a few times in one run, or never: it is made for those that are tried often, and for long
/// texts. Where a match without it is given up, it is tried with it, so that what comes of a search does not
/// hang on how often the expression was tried before.
@safe
package final class Pattern: @unchecked Sendable {
  /// The expression as written.
  package let source: String
  /// What a text must have for it to match; nil where that is not known.
  private let required: RequiredLiterals?
  private let options: UInt32
  /// The compiled expression; nil before it is wanted.
  private let code = unsafe Atomic<OpaquePointer?>(nil)
  /// A copy of `code` with machine code; nil before it is worth making.
  private let fastCode = unsafe Atomic<OpaquePointer?>(nil)
  private let finishing = Mutex(())
  private let tries = Atomic(0)

  /// From how many matches on machine code is worth making.
  private static let fewTries = 12
  /// How long a text may be, in bytes, to be searched without machine code: too short for a search that
  /// only one of the two would give up.
  private static let shortText = 1_500

  /// Compiles an expression in UTF mode.
  /// - Parameters:
  ///   - source: a PCRE2 expression, see pcre2pattern(3).
  ///   - ignoresCase: whether letters match in either case, by Unicode's simple folding.
  /// - Throws: `PatternError` with the byte at which the expression is wrong.
  package convenience init(_ source: String, ignoresCase: Bool = false) throws(PatternError) {
    try self.init(
      source, ignoresCase: ignoresCase, needing: ignoresCase ? nil : RequiredLiterals(of: source))
  }

  /// Compiles an expression, as above.
  /// - Parameters:
  ///   - source: as above.
  ///   - ignoresCase: as above.
  ///   - required: what a text must have for it to match; nil where somebody else asks for that.
  ///   - isProved: whether it has been compiled before, so that it need not be until it is wanted.
  /// - Throws: as above.
  package init(
    _ source: String, ignoresCase: Bool = false, needing required: RequiredLiterals?,
    isProved: Bool = false
  ) throws(PatternError) {
    self.source = source
    self.required = required
    var options = UInt32(PCRE2_UTF) | UInt32(PCRE2_NEVER_BACKSLASH_C)
    if ignoresCase { options |= UInt32(PCRE2_CASELESS) | UInt32(PCRE2_UCP) }
    self.options = options
    if !isProved {
      unsafe code.store(try Self.compiled(source, options), ordering: .releasing)
    }
  }

  private static func compiled(
    _ source: String, _ options: UInt32
  ) throws(PatternError) -> OpaquePointer {
    var errorNumber: CInt = 0
    var errorOffset = 0
    let bytes = Array(source.utf8)
    let compiled = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(
        buffer.baseAddress, buffer.count, options, &errorNumber, &errorOffset, nil)
    }
    guard let compiled = unsafe compiled else {
      throw PatternError(message: explanation(of: errorNumber), offset: errorOffset)
    }
    return unsafe compiled
  }

  /// The code without machine code; nil where what was proved cannot be compiled for want of memory.
  private var plainCode: OpaquePointer? {
    if let known = unsafe code.load(ordering: .acquiring) { return unsafe known }
    finishing.withLock { _ in
      guard unsafe code.load(ordering: .relaxed) == nil else { return }
      unsafe code.store(try? Self.compiled(source, options), ordering: .releasing)
    }
    return unsafe code.load(ordering: .acquiring)
  }

  /// Makes machine code of a copy, once.
  ///
  /// Where there is no memory, or no JIT, the interpreter does the same, slower.
  private func finish() {
    finishing.withLock { _ in
      guard unsafe fastCode.load(ordering: .relaxed) == nil else { return }
      let plain = unsafe code.load(ordering: .relaxed)
      let copy = unsafe pcre2_code_copy_8(plain) ?? plain
      if unsafe copy != plain { unsafe _ = pcre2_jit_compile_8(copy, UInt32(PCRE2_JIT_COMPLETE)) }
      unsafe fastCode.store(copy, ordering: .releasing)
    }
  }

  deinit {
    let plain = unsafe code.load(ordering: .relaxed)
    if let copy = unsafe fastCode.load(ordering: .relaxed), unsafe copy != plain {
      unsafe pcre2_code_free_8(copy)
    }
    unsafe pcre2_code_free_8(plain)
  }

  /// Whether the expression may match a text: a cheap answer that is never wrongly false.
  /// - Parameter trigrams: what follows each other in the text.
  /// - Returns: false only where it cannot match.
  package func mayMatch(_ trigrams: TrigramSet) -> Bool {
    required?.mayStand(in: trigrams) ?? true
  }

  /// Looks for the expression.
  /// - Parameters:
  ///   - text: UTF-8, checked by PCRE2 when not known to be valid.
  ///   - start: the byte to begin at; looking behind it is allowed.
  ///   - scratch: room for the match.
  /// - Returns: the first match, that there is none, or that the search was given up. Text that is
  ///   not UTF-8 is given up too.
  package func firstMatch(
    in text: Span<UInt8>, from start: Int = 0, using scratch: borrowing MatchScratch
  ) -> MatchOutcome {
    if let fast = unsafe fastCode.load(ordering: .acquiring) {
      return unsafe firstMatch(of: fast, in: text, from: start, using: scratch)
    }
    guard let code = unsafe plainCode else { return .limitReached }
    let tried = tries.wrappingAdd(1, ordering: .relaxed).newValue
    if tried < Self.fewTries, text.count <= Self.shortText {
      let outcome = unsafe firstMatch(of: code, in: text, from: start, using: scratch)
      if outcome != .limitReached { return outcome }
    }
    finish()
    let fast = unsafe fastCode.load(ordering: .acquiring)
    return unsafe firstMatch(of: fast ?? code, in: text, from: start, using: scratch)
  }

  private func firstMatch(
    of code: OpaquePointer, in text: Span<UInt8>, from start: Int,
    using scratch: borrowing MatchScratch
  ) -> MatchOutcome {
    guard start <= text.count, let pairs = unsafe scratch.room.pairs else { return .limitReached }
    let context = unsafe scratch.room.context
    let result = unsafe text.withUnsafeBufferPointer { buffer in
      // PCRE2 wants an address even for an empty text.
      unsafe withUnsafePointer(to: 0 as UInt8) { empty in
        unsafe pcre2_match_8(
          code, buffer.baseAddress ?? empty, buffer.count, start, 0, pairs, context)
      }
    }
    if result == PCRE2_ERROR_NOMATCH { return .noMatch }
    // Zero: matched, with more captures than there is room for.
    guard result >= 0, let offsets = unsafe pcre2_get_ovector_pointer_8(pairs) else {
      return .limitReached
    }
    let range = unsafe offsets[0]..<max(offsets[0], offsets[1])
    // A group that took no part has PCRE2_UNSET, the highest size_t, which Swift imports as -1.
    let hasGroup = unsafe result != 1 && offsets[2] >= 0
    return .match(
      PatternMatch(range: range, group: hasGroup ? unsafe offsets[2]..<offsets[3] : nil))
  }

  /// Every match from left to right, without overlaps.
  /// - Parameters:
  ///   - text: UTF-8.
  ///   - scratch: room for the matches.
  /// - Returns: the matches, or nil when a search was given up.
  package func matches(
    in text: Span<UInt8>, using scratch: borrowing MatchScratch
  ) -> [PatternMatch]? {
    var found: [PatternMatch] = []
    var start = 0
    while start <= text.count {
      switch firstMatch(in: text, from: start, using: scratch) {
      case .noMatch: return found
      case .limitReached: return nil
      case .match(let match):
        found.append(match)
        start = match.range.upperBound
        if match.range.isEmpty {
          // An empty match would be found again for ever: go on with the next character.
          repeat { start += 1 } while start < text.count && text[start] & 0xC0 == 0x80
        }
      }
    }
    return found
  }

  private static func explanation(of errorNumber: CInt) -> String {
    // PCRE2's longest message is below 120 bytes.
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
      unsafe pcre2_get_error_message_8(errorNumber, buffer.baseAddress, buffer.count)
    }
    return String(decoding: buffer.prefix(Int(max(0, length))), as: UTF8.self)
  }
}
