import Foundation
import FuzzTargets
import Testing

/// A short run over seeds and what is made of them: the long one is `make fuzz`.
@Suite struct FuzzTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The same numbers in every run (splitmix64).
  private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static func files(_ folder: String, _ ending: String) throws -> [[UInt8]] {
    let place = root.appending(path: folder)
    return try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
      .filter { $0.hasSuffix(ending) }
      .map { Array(try Data(contentsOf: place.appending(path: $0))) }
  }

  private static func lines(_ file: String) throws -> [[UInt8]] {
    try Data(contentsOf: root.appending(path: file)).split(separator: 10).map { Array($0) }
  }

  static func seeds(_ target: FuzzTarget) throws -> [[UInt8]] {
    switch target {
    case .request:
      return try lines("Tests/Fixtures/messages/development.pl.jsonl").prefix(20).enumerated().map {
        Array(
          #"{"id":"\#($0)","channel":"chat","buyer":{"id":"b"},"order":{"number":"1","status":"shipped"},"#
            .utf8)
          + $1.dropFirst()
      }
    case .template: return try files("Templates/pl", ".liquid").prefix(40).map { $0 }
    case .rules: return try files("Intents", ".yaml").prefix(4).map { Array($0.prefix(3000)) }
    case .policy: return try files("Policies", ".yaml").suffix(4).map { Array($0.prefix(3000)) }
    case .folding, .review:
      return try ["pl", "en", "hu"].flatMap {
        try lines("Tests/Fixtures/messages/development.\($0).jsonl").prefix(10)
      }
    }
  }

  @Test(arguments: FuzzTarget.allCases)
  func `nothing that comes in breaks what must hold`(target: FuzzTarget) throws {
    var chance = Chance(state: 5)
    let seeds = try Self.seeds(target)
    #expect(!seeds.isEmpty)
    let tokens = [
      "\u{0}", "{{", "}}", "{%", "%}", "\\u0000", "\u{202E}", "️👩‍👩‍👧", "ß", "İ", "&#x41;", "\r\n",
      "\"", "9999999999",
      "- ", ": ", "/(?:a|b)+c/", "[", "{", "ﷺ", "\u{0301}\u{0301}", "https://", "@", "...",
    ].map { Array($0.utf8) }
    for seed in seeds {
      target.run(seed)
      for _ in 0..<12 {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &chance) {
          let place = Int.random(in: 0...bytes.count, using: &chance)
          switch Int.random(in: 0..<5, using: &chance) {
          case 0 where place < bytes.count:
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
          case 1: bytes.insert(contentsOf: tokens.randomElement(using: &chance) ?? [], at: place)
          case 2: bytes.removeSubrange(place..<min(bytes.count, place + 7))
          case 3: bytes += bytes[place..<min(bytes.count, place + 40)]
          default:
            bytes.insert(
              contentsOf: seeds.randomElement(using: &chance)?.prefix(60) ?? [], at: place)
          }
        }
        target.run(bytes)
      }
    }
  }

  /// What a fuzzer has found stays mended.
  @Test(arguments: FuzzTarget.allCases)
  func `what was found once holds`(target: FuzzTarget) throws {
    for found in try Self.files("Fuzz/Found", ".\(target.rawValue)") { target.run(found) }
  }
}
