internal import Diagnostics
internal import Foundation
internal import Commerce
internal import Dialogue
internal import Language
internal import Liquid
internal import Odzew
internal import Policy
internal import Understanding

/// A place at which strangers' bytes come in, and what must hold there whatever the bytes are.
///
/// What does not hold stops the program, which is how a fuzzer learns of it.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// A line of the pipe: exactly one response, which is JSON.
  case request
  /// A template: findings, or a text within the limits.
  case template
  /// A file of `Concepts/` or `Intents/`: findings, or rules.
  case rules
  /// A file of `Policies/`: findings, or rules.
  case policy
  /// A message: folding twice is folding once, and every folded byte knows where it came from.
  case folding
  /// A text that is to leave: a ruling, and what it lets pass passes again.
  case review

  /// Runs the target.
  /// - Parameter bytes: anything.
  public func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if Self.hangsYams(text), self == .rules || self == .policy { return }
    switch self {
    case .request: respond(to: Data(bytes))
    case .template: render(text)
    case .rules:
      let reader = YAMLReader(SourceText(file: "Intents/fuzz.yaml", text: text))
      if let root = reader.root {
        _ = Intent(reading: root, named: "fuzz")
        _ = Lexicon(reading: root, named: "en")
      }
    case .policy: _ = try? PolicyPack(SourceText(file: "Policies/fuzz.yaml", text: text))
    case .folding: fold(text)
    case .review: review(text)
    }
  }

  /// Whether Yams may take for ever over a file.
  ///
  /// It compares keys that stand twice and hold other keys or lists in
  /// time that doubles with each level. Nobody but the author of a bot can write such a file, and nothing finds out
  /// before Yams does.
  private static func hangsYams(_ text: String) -> Bool {
    ["? ", "?\t", "?\n", "?\r", "]:", "] :", "}:", "} :"].contains { text.contains($0) }
  }

  private func respond(to line: Data) {
    var conversation = Conversation()
    for _ in 0..<2 {
      let response: Response
      do throws(InvalidRequest) {
        response = Responder(Shipped.bot).respond(
          to: try Request(json: line), in: &conversation, orders: NoOrders(),
          at: Shipped.moment)
      } catch {
        response = Response(error, line: 1)
      }
      guard let json = try? Value(json: response.json()), case .object(let fields) = json,
        fields["action"] != nil
      else { preconditionFailure("the response is no JSON object") }
    }
  }

  private func render(_ text: String) {
    guard let template = try? Template(SourceText(file: "fuzz.liquid", text: text)) else { return }
    let values: [String: Value] = [
      "order": .object([
        "number": .string("ZAM-1"), "items": .list([.object(["name": .string("Kubek")])]),
        "total": .decimal(12.5),
      ]), "n": .integer(3), "list": .list([.integer(1), .string("b"), .nothing]),
    ]
    for undefined in [Undefined.lenient, .strict] {
      let limits = Limits.standard
      if let text = try? template.render(values, undefined: undefined, now: Shipped.moment) {
        precondition(text.utf8.count <= limits.outputBytes, "the text is beyond its limit")
      }
    }
  }

  private func fold(_ text: String) {
    let folded = Folding.fold(text)
    let again = Folding.fold(String(decoding: folded.bytes, as: UTF8.self))
    precondition(again.bytes == folded.bytes, "folding a folded text changes it")
    let size = text.utf8.count
    for place in folded.bytes.indices {
      let origin = folded.originalRange(of: place..<place + 1)
      precondition(origin.lowerBound >= 0 && origin.upperBound <= size, "an origin is outside")
    }
    let utterance = Utterance(text, locale: LocaleTag("pl"))
    let reading = Shipped.bot.classifier.read(utterance)
    for entity in reading.entities {
      precondition(entity.range.upperBound <= size, "an entity is outside")
    }
  }

  private func review(_ text: String) {
    // Texts that are equal to Unicode and differ in their bytes come one after the other.
    for text in [
      text, text.decomposedStringWithCanonicalMapping, text.precomposedStringWithCanonicalMapping,
    ] {
      let occasion = Occasion(
        channel: .chat, isPlatformMessage: true, locale: LocaleTag("en"), lengthLimit: 2000,
        moment: Shipped.moment)
      let ruling = Shipped.bot.filter.review(text, for: occasion)
      for finding in ruling.findings {
        precondition(finding.range.upperBound <= text.utf8.count, "a finding is outside")
      }
      guard let passed = ruling.text else { continue }
      // Another filter, which remembers other texts.
      let again = Shipped.other.filter.review(passed.text, for: occasion)
      precondition(
        again.text?.text.utf8.elementsEqual(passed.text.utf8) == true,
        "what passed does not pass again")
    }
  }
}

/// The bot of the checkout.
private enum Shipped {
  static let moment = Date(timeIntervalSince1970: 1_795_000_000)

  private static let made = load(nil)
  static let bot = made.bot
  static let other = load(made.tables).bot

  private static func load(_ tables: Data?) -> (bot: Bot, tables: Data?) {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    guard let bot = try? Bot.load(from: root, tables: tables) else {
      preconditionFailure("the bot folder of the checkout cannot be used")
    }
    return bot
  }
}

private struct NoOrders: OrderBook {
  func order(numbered number: OrderNumber) -> Order? { nil }
  func orders(of buyer: String) -> [Order] { [] }
  func failedProofs(of number: OrderNumber) -> Int { 0 }
}
