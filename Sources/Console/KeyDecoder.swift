/// Reads keys from the bytes that a terminal sends, in whichever pieces they come.
public struct KeyDecoder: Sendable {
  /// Bytes that are no whole key yet.
  private var bytes: [UInt8] = []
  private var isPasting = false
  private var pasted: [UInt8] = []

  /// Makes a decoder.
  public init() {}

  // As readline and the shells have them.
  private static let controls: [UInt8: Key] = [
    0x01: .home, 0x02: .left, 0x03: .interrupt, 0x04: .endOfInput, 0x05: .end, 0x06: .right,
    0x08: .backspace, 0x09: .tab, 0x0A: .enter, 0x0B: .killToEnd, 0x0C: .clearScreen,
    0x0D: .enter, 0x0E: .down, 0x10: .up, 0x15: .killToStart, 0x17: .killWordLeft, 0x19: .yank,
    0x1A: .suspend, 0x7F: .backspace,
  ]

  /// What follows the escape byte (xterm's control sequences, and those of the Linux console, rxvt
  /// and tmux where they differ).
  private static let sequences: [String: Key] = [
    "[A": .up, "[B": .down, "[C": .right, "[D": .left, "[H": .home, "[F": .end,
    "OA": .up, "OB": .down, "OC": .right, "OD": .left, "OH": .home, "OF": .end,
    "[1~": .home, "[7~": .home, "[4~": .end, "[8~": .end, "[3~": .delete,
    "[1;5C": .wordRight, "[1;3C": .wordRight, "[1;5D": .wordLeft, "[1;3D": .wordLeft,
    "[3;5~": .killWordRight, "[3;3~": .killWordRight,
    "b": .wordLeft, "f": .wordRight, "d": .killWordRight, "\u{7F}": .killWordLeft,
    "\u{8}": .killWordLeft,
    // A line end within the message.
    "\r": .text("\n"),
  ]

  private static let escape: UInt8 = 0x1B
  private static let pasteBegins = "[200~"
  private static let pasteEnds = Array("\u{1B}[201~".utf8)
  /// No sequence that a terminal sends is longer; what is, is none.
  private static let longestSequence = 32

  /// Takes bytes in.
  /// - Parameter more: what has come.
  /// - Returns: the keys that are complete by now; an unknown sequence is none.
  public mutating func keys(from more: some Sequence<UInt8>) -> [Key] {
    bytes += more
    var keys: [Key] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      if isPasting {
        guard let length = paste(from: rest) else { break }
        rest = rest.dropFirst(length)
        if !isPasting { keys.append(.paste(Self.clean(pasted))) }
      } else {
        guard let (key, length) = next(in: rest) else { break }
        rest = rest.dropFirst(length)
        if let key { keys.append(key) }
      }
    }
    bytes = Array(rest)
    return keys
  }

  /// The next key and its length in bytes; nil where more bytes must come first.
  private mutating func next(in rest: ArraySlice<UInt8>) -> (Key?, Int)? {
    guard let first = rest.first else { return nil }
    if first == Self.escape { return sequence(in: rest) }
    if first < 0x20 || first == 0x7F { return (Self.controls[first], 1) }
    var run = rest.prefix { $0 >= 0x20 && $0 != 0x7F }
    if run.endIndex == rest.endIndex { run = run.dropLast(Self.incompleteTail(run)) }
    return run.isEmpty ? nil : (.text(String(decoding: run, as: UTF8.self)), run.count)
  }

  private mutating func sequence(in rest: ArraySlice<UInt8>) -> (Key?, Int)? {
    let body = rest.dropFirst()
    guard let second = body.first else { return nil }
    var length = 1
    switch second {
    case Self.escape: return (nil, 1)
    case UInt8(ascii: "["):
      guard let end = body.dropFirst().firstIndex(where: { (0x40...0x7E).contains($0) }) else {
        return body.count > Self.longestSequence ? (nil, rest.count) : nil
      }
      length = end - body.startIndex + 1
    case UInt8(ascii: "O"):
      guard body.count > 1 else { return nil }
      length = 2
    default: break
    }
    let text = String(decoding: body.prefix(length), as: UTF8.self)
    if text == Self.pasteBegins { (isPasting, pasted) = (true, []) }
    return (Self.sequences[text], length + 1)
  }

  /// How many bytes of a paste were taken; nil where none can be told from its end.
  private mutating func paste(from rest: ArraySlice<UInt8>) -> Int? {
    let mark = Self.pasteEnds
    if let end = rest.indices.first(where: { rest[$0...].starts(with: mark) }) {
      pasted += rest[..<end]
      isPasting = false
      return end - rest.startIndex + mark.count
    }
    // The last bytes may be the beginning of the mark.
    let safe = rest.count - (mark.count - 1)
    guard safe > 0 else { return nil }
    pasted += rest.prefix(safe)
    return safe
  }

  /// A pasted text with line ends of one kind, none of them last, and nothing that steers a terminal.
  private static func clean(_ bytes: [UInt8]) -> String {
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0 == "\r\n" || $0 == "\n" || $0 == "\r" }
      .map { line in
        String(
          String.UnicodeScalarView(
            line.unicodeScalars.compactMap { scalar in
              if scalar == "\t" { return " " }
              return scalar.properties.generalCategory == .control ? nil : scalar
            }))
      }
    let last = lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    return lines[..<last].joined(separator: "\n")
  }

  /// How many bytes at the end are the beginning of a character of UTF-8.
  private static func incompleteTail(_ run: ArraySlice<UInt8>) -> Int {
    for (distance, byte) in run.reversed().prefix(4).enumerated() where byte & 0xC0 != 0x80 {
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > distance + 1 ? distance + 1 : 0
    }
    return 0
  }
}
