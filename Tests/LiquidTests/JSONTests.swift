import Foundation
import Liquid
import Testing

@Suite struct JSONTests {
  private func read(_ json: String) -> Value? { try? Value(json: Data(json.utf8)) }

  @Test(arguments: [
    "", " ", "{", "[", "]", "[1,]", #"{"a":1,}"#, "{,}", "[1 2]", #"{"a" 1}"#, #"{a:1}"#, "01", "-",
    "1.",
    ".5", "1e", "+1", "NaN", "nul", "truex", #""a"#, #""\x""#, #""\u12""#, #""\ud800""#,
    #""\ud800\u0041""#,
    #""\udc00""#, "\"a\nb\"", "1 2", "[1]]", "\u{FEFF}1", "'a'", "/* */1", "1e99999",
  ])
  func `what RFC 8259 does not have is refused`(_ json: String) {
    #expect(read(json) == nil)
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    #expect((try? Value(json: Data([0x22, 0xFF, 0x22]))) == nil)
    #expect((try? Value(json: Data([0x22, 0xED, 0xA0, 0x80, 0x22]))) == nil)
  }

  @Test func `deep documents are refused, and not at the cost of the stack`() {
    let deep = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    #expect(read(deep) != nil)
    #expect(read("[" + deep + "]") == nil)
    #expect(read(String(repeating: "[", count: 1_000_000)) == nil)
  }

  @Test func `a fault names its byte`() {
    do throws(JSONFault) {
      _ = try Value(json: Data(#"{"a": ?}"#.utf8))
      Issue.record("no fault")
    } catch {
      #expect(error.description == "byte 7: a value is expected here")
    }
  }

  @Test(arguments: [
    ("0", Value.integer(0)), ("-7", .integer(-7)), ("1.50", .decimal(Decimal(15) / 10)),
    ("9223372036854775807", .integer(.max)),
    ("9223372036854775808", .decimal(Decimal(string: "9223372036854775808") ?? 0)),
    ("1e2", .decimal(100)), (#""\u00e9\ud83d\ude00\/\t""#, .string("é😀/\t")),
    (#"{"a":1,"a":2}"#, .object(["a": .integer(2)])),
    (" [ true , null , { } ] ", .list([.bool(true), .nothing, .object([:])])),
  ])
  func `values are read exactly`(_ json: String, _ value: Value) {
    #expect(read(json) == value)
  }

  @Test func `documents made at random are read as Foundation reads them`() throws {
    var random = SplitMix(state: 2026)
    for _ in 0..<20_000 {
      let value = random.value(depth: 4)
      let bytes = value.json
      #expect(try Value(json: bytes) == value)
      let theirs = try JSONDecoder().decode(Value.self, from: bytes)
      #expect(theirs == value, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func `a broken document is refused wherever Foundation refuses it`() throws {
    var random = SplitMix(state: 7)
    for _ in 0..<20_000 {
      var bytes = Array(random.value(depth: 3).json)
      bytes[random.number(below: bytes.count)] =
        Array(#"{}[]",:\0-e.tnA "#.utf8).randomElement(
          using: &random) ?? 0
      let data = Data(bytes)
      // Foundation takes more than the standard has, so that the other way round proves nothing.
      if (try? JSONDecoder().decode(Value.self, from: data)) == nil {
        #expect((try? Value(json: data)) == nil, "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  @Test func `a type is made of a value as of its JSON`() throws {
    struct Made: Decodable, Equatable {
      let text: String
      let count: Int
      let sum: Decimal?
      let flags: [Bool]
      let rest: [String: [Int]]
    }
    let json = #"{"text":"a","count":3.0,"sum":1.25,"flags":[true,false],"rest":{"x":[1,2]}}"#
    let value = try Value(json: Data(json.utf8))
    #expect(
      try value.decoded(as: Made.self)
        == JSONDecoder().decode(Made.self, from: Data(json.utf8)))
    for broken in [
      #"{"text":1,"count":3,"flags":[],"rest":{}}"#, #"{"count":3,"flags":[],"rest":{}}"#,
      #"{"text":"a","count":3.5,"flags":[],"rest":{}}"#,
      #"{"text":"a","count":3,"flags":[1],"rest":{}}"#,
      #"{"text":null,"count":3,"flags":[],"rest":{}}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try Value(json: Data(broken.utf8)).decoded(as: Made.self)
      }
    }
  }
}

/// A generator with a seed (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func value(depth: Int) -> Value {
    switch number(below: depth > 0 ? 8 : 6) {
    case 0: return .nothing
    case 1: return .bool(number(below: 2) == 0)
    case 2: return .integer(Int.random(in: .min ... .max, using: &self))
    case 3: return .integer(number(below: 1000))
    // Never whole: JSON does not tell 2.0 from 2.
    case 4: return .decimal(Decimal(number(below: 1_000_000) * 2 + 1) / 10 + Decimal(1) / 100)
    case 5: return .string(text())
    case 6: return .list((0..<number(below: 5)).map { _ in value(depth: depth - 1) })
    default:
      return .object(
        Dictionary(
          (0..<number(below: 5)).map { _ in (text(), value(depth: depth - 1)) },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  private mutating func text() -> String {
    let signs: [Character] = [
      "a", "ź", "\"", "\\", "\n", "\u{1}", "😀", "/", "ő", " ", "{", "\u{7F}",
    ]
    return String((0..<number(below: 8)).map { _ in signs[number(below: signs.count)] })
  }
}
