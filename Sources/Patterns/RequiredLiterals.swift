/// What a text must contain for an expression to match at all: one string of each of some choices.
///
/// Found in the expression itself, by the method of R. Cox, "Regular Expression Matching with a
/// Trigram Index" (2012). Whatever the reader of expressions does not know for certain gives nothing,
/// and the expression is tried everywhere.
package struct RequiredLiterals: Sendable {
  /// The choices one after another: how many numbers follow for each; and in each its strings: how many trigrams
  /// a string has, and their places in a `TrigramSet`.
  fileprivate let choices: [UInt16]

  /// Finds what an expression needs; nil where nothing is needed, or nothing certain is known.
  /// - Parameter expression: a PCRE2 expression that tells upper case from lower.
  package init?(of expression: String) {
    var reader = ExpressionReader(Array(expression.utf8))
    guard let needed = reader.needed() else { return nil }
    choices = needed.flatMap { choice in
      let strings = choice.flatMap { string in
        // The beginning of a long string is enough.
        let places = string.indices.dropLast(2).prefix(Self.mostTrigrams).map { place in
          TrigramSet.place(of: string[place], string[place + 1], string[place + 2])
        }
        return [UInt16(places.count)] + places
      }
      return [UInt16(strings.count)] + strings
    }
  }

  private static let mostTrigrams = 64

  /// Whether a text may have a string of each choice: never false where it has.
  package func mayStand(in trigrams: TrigramSet) -> Bool {
    choices.eachChoice(in: choices.indices, stands: trigrams)
  }
}

/// What each of many expressions needs, one after another: asking for one touches nothing else.
package struct LiteralTable: Sendable {
  /// Where the choices of each expression begin, and where the last ones end.
  private let starts: [Int32]
  private let choices: [UInt16]

  /// Puts together what expressions need.
  /// - Parameter all: what each needs; nil where that is nothing, or is not known.
  package init(_ all: [RequiredLiterals?]) {
    starts = all.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1?.choices.count ?? 0)) }
    choices = all.flatMap { $0?.choices ?? [] }
  }

  /// Reads a table back.
  package init(_ archive: inout TableArchive.Reader) throws(TableArchive.Damaged) {
    starts = try archive.array()
    choices = try archive.array()
    guard starts.first == 0, starts.last.map(Int.init) == choices.count,
      zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw TableArchive.Damaged() }
  }

  /// Writes the table.
  package func write(to archive: inout TableArchive) {
    archive.add(starts)
    archive.add(choices)
  }

  /// How many expressions there are.
  package var count: Int { starts.count - 1 }

  /// Whether an expression may match a text: never false where it does.
  package func mayMatch(_ expression: Int, _ trigrams: TrigramSet) -> Bool {
    choices.eachChoice(
      in: Int(starts[expression])..<Int(starts[expression + 1]), stands: trigrams)
  }
}

extension [UInt16] {
  /// Whether a string of each choice in a stretch stands in a text, as far as trigrams tell.
  fileprivate func eachChoice(in stretch: Range<Int>, stands trigrams: TrigramSet) -> Bool {
    var start = stretch.lowerBound
    while start < stretch.upperBound {
      let end = start + 1 + Int(self[start])
      guard anyString(in: start + 1..<end, stands: trigrams) else { return false }
      start = end
    }
    return true
  }

  /// Whether one of the strings in a stretch does.
  private func anyString(in stretch: Range<Int>, stands trigrams: TrigramSet) -> Bool {
    var start = stretch.lowerBound
    while start < stretch.upperBound {
      let end = start + 1 + Int(self[start])
      var place = start + 1
      while place < end, trigrams.contains(self[place]) { place += 1 }
      if place == end { return true }
      start = end
    }
    return false
  }
}

/// Which three bytes follow each other somewhere in a text, one bit for each hash of them.
package struct TrigramSet: Sendable {
  private var bits = [UInt64](repeating: 0, count: 1024)

  /// Gathers the trigrams of a text.
  /// - Complexity: O(n) in the text's length.
  package init(_ text: Span<UInt8>) {
    guard text.count > 2 else { return }
    for place in 0..<text.count - 2 {
      let bit = Self.place(of: text[place], text[place + 1], text[place + 2])
      bits[Int(bit >> 6)] |= 1 << UInt64(bit & 63)
    }
  }

  func contains(_ place: UInt16) -> Bool { bits[Int(place >> 6)] & (1 << UInt64(place & 63)) != 0 }

  static func place(of first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt16 {
    let whole = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16
    return UInt16(truncatingIfNeeded: (whole &* 0x9E37_79B1) >> 16)
  }
}

/// Reads as much of an expression as it takes to know what every match contains.
private struct ExpressionReader {
  /// What is known of a part of an expression.
  private enum Part {
    /// It matches this and nothing else.
    case exactly([UInt8])
    /// Whatever it matches contains a string of each of these choices.
    case allOf([[[UInt8]]])

    /// Nothing is known.
    static var anything: Part { .allOf([]) }
  }

  /// What the reader does not know: the expression is given up.
  private struct Unknown: Error {}

  /// Shorter strings are in every text, and have no trigram.
  private static let shortest = 3
  /// More strings exclude too little.
  private static let most = 96
  /// What two choices do not exclude, a third seldom does.
  private static let mostChoices = 3

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  mutating func needed() -> [[[UInt8]]]? {
    guard let part = try? alternatives(), place == bytes.count else { return nil }
    let choices = choices(of: part)
    return choices.isEmpty ? nil : choices
  }

  /// The choices of a part that are worth looking for, those that exclude most first.
  private func choices(of part: Part) -> [[[UInt8]]] {
    switch part {
    case .exactly(let string): string.count < Self.shortest ? [] : [[string]]
    case .allOf(let choices): choices
    }
  }

  private mutating func alternatives() throws(Unknown) -> Part {
    var parts = [try sequence()]
    while next == UInt8(ascii: "|") {
      place += 1
      parts.append(try sequence())
    }
    if parts.count == 1 { return parts[0] }
    var all: [[UInt8]] = []
    for part in parts {
      guard let strings = choices(of: part).first else { return .anything }
      all += strings
    }
    return all.count <= Self.most ? .allOf([all]) : .anything
  }

  private mutating func sequence() throws(Unknown) -> Part {
    var run: [UInt8] = []
    var isExact = true
    var offered: [[[UInt8]]] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      let part = try atom()
      let quantity = try quantifier()
      if quantity == .once, case .exactly(let string) = part {
        run += string
        continue
      }
      isExact = false
      offered += choices(of: .exactly(run))
      run = []
      if quantity != .optional { offered += choices(of: part) }
    }
    if isExact { return .exactly(run) }
    offered += choices(of: .exactly(run))
    func worth(_ strings: [[UInt8]]) -> (Int, Int) {
      (strings.map(\.count).min() ?? 0, -strings.count)
    }
    return .allOf(Array(offered.sorted { worth($0) > worth($1) }.prefix(Self.mostChoices)))
  }

  private enum Quantity { case once, repeated, optional }

  private mutating func quantifier() throws(Unknown) -> Quantity {
    var quantity = Quantity.once
    switch next {
    case UInt8(ascii: "?"), UInt8(ascii: "*"): quantity = .optional
    case UInt8(ascii: "+"): quantity = .repeated
    case UInt8(ascii: "{"):
      guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "}")) else { throw Unknown() }
      let inside = bytes[place + 1..<end]
      guard let first = inside.first, inside.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ",") })
      else { throw Unknown() }
      quantity =
        first == UInt8(ascii: "0") || first == UInt8(ascii: ",") ? .optional : .repeated
      place = end
    default: return .once
    }
    place += 1
    // Lazy or possessive.
    if next == UInt8(ascii: "?") || next == UInt8(ascii: "+") { place += 1 }
    return quantity
  }

  private mutating func atom() throws(Unknown) -> Part {
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return try set()
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"): return .anything
    case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "{"):
      throw Unknown()
    case 0x80...:
      // A quantifier stands behind the whole character.
      var character = [byte]
      while let following = next, following & 0xC0 == 0x80 {
        character.append(following)
        place += 1
      }
      return .exactly(character)
    default: return .exactly([byte])
    }
  }

  private mutating func escape() throws(Unknown) -> Part {
    guard let byte = next else { throw Unknown() }
    place += 1
    switch byte {
    case UInt8(ascii: "p"), UInt8(ascii: "P"), UInt8(ascii: "x"):
      guard next == UInt8(ascii: "{") else { throw Unknown() }
      try skip(through: UInt8(ascii: "}"))
      return .anything
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      guard "bBwWdDsSAzZGRhHvVKnrtN".utf8.contains(byte) else { throw Unknown() }
      return .anything
    case UInt8(ascii: "0")...UInt8(ascii: "9"): throw Unknown()
    case 0x80...: throw Unknown()
    default: return .exactly([byte])
    }
  }

  private mutating func skip(through end: UInt8) throws(Unknown) {
    guard let last = bytes[place...].firstIndex(of: end) else { throw Unknown() }
    place = last + 1
  }

  /// A set of characters: `[a-z]`, `[^]]`, `[[:alpha:]]`.
  private mutating func set() throws(Unknown) -> Part {
    if next == UInt8(ascii: "^") { place += 1 }
    if next == UInt8(ascii: "]") { place += 1 }
    while let byte = next, byte != UInt8(ascii: "]") {
      if byte == UInt8(ascii: "[") { throw Unknown() }
      place += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard next != nil else { throw Unknown() }
    place += 1
    return .anything
  }

  private mutating func group() throws(Unknown) -> Part {
    guard next == UInt8(ascii: "?") || next == UInt8(ascii: "*") else {
      return try content(counts: true)
    }
    if next == UInt8(ascii: "*") {
      // What never lets a match end early.
      let name = bytes[place + 1..<(bytes[place...].firstIndex(of: UInt8(ascii: ")")) ?? place + 1)]
      guard
        ["SKIP", "F", "FAIL", "COMMIT", "PRUNE"].contains(String(decoding: name, as: UTF8.self))
      else { throw Unknown() }
      try skip(through: UInt8(ascii: ")"))
      return .anything
    }
    place += 1
    guard let kind = next else { throw Unknown() }
    place += 1
    switch kind {
    case UInt8(ascii: ":"), UInt8(ascii: ">"): return try content(counts: true)
    case UInt8(ascii: "="), UInt8(ascii: "!"): return try content(counts: false)
    case UInt8(ascii: "<"):
      guard next == UInt8(ascii: "=") || next == UInt8(ascii: "!") else { throw Unknown() }
      place += 1
      return try content(counts: false)
    case UInt8(ascii: "m"), UInt8(ascii: "s"):
      // Options that change what `^`, `$` and `.` match, and nothing else.
      switch next {
      case UInt8(ascii: ":"):
        place += 1
        return try content(counts: true)
      case UInt8(ascii: ")"):
        place += 1
        return .anything
      default: throw Unknown()
      }
    default: throw Unknown()
    }
  }

  /// The content of a group; one that only looks around matches nothing itself.
  private mutating func content(counts: Bool) throws(Unknown) -> Part {
    let part = try alternatives()
    guard next == UInt8(ascii: ")") else { throw Unknown() }
    place += 1
    return counts ? part : .anything
  }

  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
