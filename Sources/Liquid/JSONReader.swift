public import Foundation

/// Why a text is not JSON, and where.
public struct JSONFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The byte at which it goes wrong, from 0.
  public let offset: Int
  /// What is wrong.
  public let message: String

  /// `byte 17: …`.
  public var description: String { "byte \(offset + 1): \(message)" }
}

extension Value {
  /// Reads JSON (RFC 8259): one value and nothing else, numbers exactly.
  ///
  /// Own code, because Foundation's decoder takes many times as long for a value of any shape, which
  /// it has to try as each type in turn, and overlooks commas before closing brackets. The benchmark is
  /// `Benchmarks/Decoding`; the tests hold it against Foundation on documents made at random.
  /// - Parameter json: UTF-8, without a byte order mark.
  /// - Throws: `JSONFault`, also for brackets more than 256 deep and for halves of surrogate pairs.
  public init(json: Data) throws(JSONFault) {
    var reader = JSONReader(Array(json))
    self = try reader.document()
  }
}

/// Reads one document.
private struct JSONReader {
  /// Brackets in one another; deeper documents are made to harm.
  private static let deepest = 256

  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONFault) -> Value {
    guard (try? UTF8Span(validating: bytes.span)) != nil else {
      throw JSONFault(offset: 0, message: "this is not UTF-8")
    }
    let value = try value()
    guard place == bytes.count else { throw fault("nothing may follow the value") }
    return value
  }

  private func fault(_ message: String) -> JSONFault {
    JSONFault(offset: place, message: message)
  }

  /// The byte that is next; zero at the end, which stands nowhere in JSON.
  private var next: UInt8 { place < bytes.count ? bytes[place] : 0 }

  private mutating func skipSpaces() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default: return
      }
    }
  }

  /// Reads a value and the spaces around it.
  private mutating func value() throws(JSONFault) -> Value {
    skipSpaces()
    let value: Value
    switch next {
    case UInt8(ascii: "{"): value = try object()
    case UInt8(ascii: "["): value = try list()
    case UInt8(ascii: "\""): value = .string(try text())
    case UInt8(ascii: "t"): value = try word("true", .bool(true))
    case UInt8(ascii: "f"): value = try word("false", .bool(false))
    case UInt8(ascii: "n"): value = try word("null", .nothing)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = try number()
    default: throw fault("a value is expected here")
    }
    skipSpaces()
    return value
  }

  private mutating func word(_ word: StaticString, _ value: Value) throws(JSONFault) -> Value {
    let end = place + word.utf8CodeUnitCount
    guard end <= bytes.count, bytes[place..<end].elementsEqual("\(word)".utf8) else {
      throw fault("a value is expected here")
    }
    place = end
    return value
  }

  private mutating func enter() throws(JSONFault) {
    depth += 1
    if depth > Self.deepest { throw fault("brackets stand more than \(Self.deepest) deep") }
    place += 1
    skipSpaces()
  }

  private mutating func object() throws(JSONFault) -> Value {
    try enter()
    var fields: [String: Value] = [:]
    if next != UInt8(ascii: "}") {
      while true {
        guard next == UInt8(ascii: "\"") else { throw fault("a name in quotes is expected here") }
        let name = try text()
        skipSpaces()
        guard next == UInt8(ascii: ":") else { throw fault("':' is expected here") }
        place += 1
        fields[name] = try value()
        if next == UInt8(ascii: "}") { break }
        guard next == UInt8(ascii: ",") else { throw fault("',' or '}' is expected here") }
        place += 1
        skipSpaces()
      }
    }
    place += 1
    depth -= 1
    return .object(fields)
  }

  private mutating func list() throws(JSONFault) -> Value {
    try enter()
    var items: [Value] = []
    if next != UInt8(ascii: "]") {
      while true {
        items.append(try value())
        if next == UInt8(ascii: "]") { break }
        guard next == UInt8(ascii: ",") else { throw fault("',' or ']' is expected here") }
        place += 1
      }
    }
    place += 1
    depth -= 1
    return .list(items)
  }

  private mutating func number() throws(JSONFault) -> Value {
    let start = place
    func digits() -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) }
    if next == UInt8(ascii: "-") { place += 1 }
    guard digits() else { throw fault("a digit is expected here") }
    if next == UInt8(ascii: "0") { place += 1 } else { while digits() { place += 1 } }
    if digits() { throw fault("a number does not begin with 0") }
    var isWhole = true
    if next == UInt8(ascii: ".") {
      isWhole = false
      place += 1
      guard digits() else { throw fault("a digit is expected here") }
      while digits() { place += 1 }
    }
    if next | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      place += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
      guard digits() else { throw fault("a digit is expected here") }
      while digits() { place += 1 }
    }
    let written = String(decoding: bytes[start..<place], as: UTF8.self)
    if isWhole, let number = Int(written) { return .integer(number) }
    guard let number = Decimal(string: written), number.isFinite else {
      place = start
      throw fault("this number is too large")
    }
    return .decimal(number)
  }

  /// Reads a text from its opening quote to behind its closing one.
  private mutating func text() throws(JSONFault) -> String {
    place += 1
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "\""),
      bytes[place] != UInt8(ascii: "\\"), bytes[place] >= 0x20
    {
      place += 1
    }
    if next == UInt8(ascii: "\"") {
      defer { place += 1 }
      return String(decoding: bytes[start..<place], as: UTF8.self)
    }
    var text = Array(bytes[start..<place])
    while true {
      guard place < bytes.count else { throw fault("this text is never closed") }
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case ..<0x20: throw fault("a control character must be written as an escape")
      default:
        text.append(byte)
        place += 1
      }
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
    place += 1
    let byte = next
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), next == UInt8(ascii: "\\") {
        place += 1
        guard next == UInt8(ascii: "u") else { throw fault("half of a surrogate pair") }
        place += 1
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw fault("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("half of a surrogate pair") }
      text += UTF8.encode(scalar).map(Array.init) ?? []
    default:
      place -= 1
      throw fault("no such escape")
    }
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8 =
        switch next {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): next - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): next - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): next - UInt8(ascii: "A") + 10
        default: throw fault("four hexadecimal digits are expected here")
        }
      code = code << 4 | UInt32(digit)
      place += 1
    }
    return code
  }
}
