/// A fault of syntax, and where.
struct SyntaxFault: Error {
  let offset: Int
  let message: String
  var remedy: String?
}

/// Reads what stands inside `{{ … }}` and `{% … %}`: marks, words and texts.
struct MarkupReader {
  let bytes: [UInt8]
  let end: Int
  /// The byte that is read next.
  var place: Int
  /// How many brackets are open.
  var depth = 0

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
    skipSpaces()
  }

  var isAtEnd: Bool { place >= end }

  func fault(_ message: String, remedy: String? = nil) -> SyntaxFault {
    SyntaxFault(
      offset: place, message: message,
      remedy: remedy
        ?? (["„", "”", "“", "’", "‘", "«", "»"].contains(where: sees)
          ? "write ' or \" in place of typographic quotes" : nil))
  }

  mutating func skipSpaces() {
    while place < end, isSpace(bytes[place]) { place += 1 }
  }

  /// Whether a mark stands here.
  func sees(_ mark: String) -> Bool { bytes[place..<end].starts(with: mark.utf8) }

  /// Takes a mark if it stands here.
  mutating func take(_ mark: String) -> Bool {
    guard sees(mark) else { return false }
    place += mark.utf8.count
    skipSpaces()
    return true
  }

  mutating func expect(_ mark: String) throws(SyntaxFault) {
    if !take(mark) { throw fault("expected '\(mark)' here") }
  }

  /// Takes a word if it stands here, whole.
  mutating func takeWord(_ word: String) -> Bool {
    var ahead = self
    guard ahead.name() == word else { return false }
    self = ahead
    return true
  }

  /// Takes a name if one stands here, as it may be read: it does not begin with a digit or a hyphen,
  /// and may end in a question mark.
  mutating func name() -> String? {
    guard place < end, !isDigit(bytes[place]), bytes[place] != UInt8(ascii: "-") else { return nil }
    guard var stop = nameEnd else { return nil }
    if stop < end, bytes[stop] == UInt8(ascii: "?") { stop += 1 }
    return text(upTo: stop)
  }

  mutating func expectName(_ what: String) throws(SyntaxFault) -> String {
    guard let name = name() else { throw fault("expected \(what) here") }
    return name
  }

  /// Takes a name that a value is given to.
  mutating func expectTarget() throws(SyntaxFault) -> String {
    guard place < end, bytes[place] != UInt8(ascii: "-"), let stop = nameEnd else {
      throw fault("expected the name of a variable here")
    }
    return text(upTo: stop)
  }

  mutating func expectEnd() throws(SyntaxFault) {
    if isAtEnd { return }
    let rest = String(decoding: bytes[place..<end], as: UTF8.self)
    throw fault("did not expect '\(rest)' here")
  }

  /// Takes a text in quotes if one stands here.
  mutating func quoted() throws(SyntaxFault) -> String? {
    guard place < end, bytes[place] == UInt8(ascii: "'") || bytes[place] == UInt8(ascii: "\"")
    else { return nil }
    guard let close = bytes[(place + 1)..<end].firstIndex(of: bytes[place]) else {
      throw fault("this text is never closed")
    }
    let quoted = String(decoding: bytes[(place + 1)..<close], as: UTF8.self)
    place = close + 1
    skipSpaces()
    return quoted
  }

  /// Takes a number if one stands here.
  mutating func number() -> Value? {
    var stop = place
    if stop < end, bytes[stop] == UInt8(ascii: "-") { stop += 1 }
    let digits = stop
    while stop < end, isDigit(bytes[stop]) { stop += 1 }
    guard stop > digits else { return nil }
    if stop + 1 < end, bytes[stop] == UInt8(ascii: "."), isDigit(bytes[stop + 1]) {
      stop += 1
      while stop < end, isDigit(bytes[stop]) { stop += 1 }
    }
    guard let number = Number(String(decoding: bytes[place..<stop], as: UTF8.self)) else {
      return nil
    }
    place = stop
    skipSpaces()
    return number.value
  }

  /// Where the name ends that stands here, if one does.
  private var nameEnd: Int? {
    var stop = place
    while stop < end, isName(bytes[stop]) { stop += 1 }
    return stop > place ? stop : nil
  }

  private mutating func text(upTo stop: Int) -> String {
    let text = String(decoding: bytes[place..<stop], as: UTF8.self)
    place = stop
    skipSpaces()
    return text
  }
}
