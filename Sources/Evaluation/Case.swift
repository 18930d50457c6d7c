internal import Foundation
internal import Odzew

/// A regression case: an order, a clock, and what a buyer writes or a system asks for.
///
/// What must come of it stands beside it as a golden transcript, or in it as expectations:
/// `Cases/parcel_location/in_transit.pl.yaml` has its golden transcript in `in_transit.pl.txt`.
public struct Case: Sendable {
  /// The path without its ending, below `Cases/`: `parcel_location/in_transit.pl`.
  public let name: String
  /// Whether it says itself what must come of it.
  public var hasExpectations: Bool { steps.contains { $0.expectation != nil } }

  /// What happens, in order.
  let steps: [CaseStep]
  /// The buyer's identity at the sending system.
  let buyer: String?
  let orderNumber: OrderNumber?
  /// The order where the case brings its own.
  let order: Order?
  let channel: Channel
  let locale: LocaleTag?
  let now: Date

  /// Reads a case.
  /// - Parameters:
  ///   - file: the file's mapping; faults go to its reader.
  ///   - name: the path without its ending, below `Cases/`.
  ///   - clock: the clock of cases that do not set their own.
  ///   - scene: what it may name; anything where nil.
  init?(reading file: YAMLMapping, named name: String, clock: Date, scene: CaseScene?) {
    self.name = name
    let messages = file.strings("messages").map { CaseStep(.message($0.value)) }
    let notice: Notice? = file.optionalChoice("notice")
    var steps =
      messages + (notice.map { [CaseStep(.notice($0))] } ?? [])
      + file.mappings("steps").compactMap { CaseStep(reading: $0, scene: scene) }
    buyer = file.optionalString("buyer")?.value
    (orderNumber, order) = Self.order(file)
    let channel = file.optionalString("channel")
    self.channel = channel.flatMap { Channel($0.value) } ?? .chat
    let locale = file.optionalString("locale")
    self.locale = locale.flatMap { LocaleTag($0.value) }
    if let locale, self.locale.map({ $0.language.count > 3 }) ?? true {
      file.report(
        "unknown-locale", at: locale.location, "'\(locale.value)' is no language such as 'pl'")
    }
    if let channel { scene?.check(channel: channel, in: file) }
    if !file.isMapping("order"), let order = file.optionalString("order") {
      scene?.check(order: order, in: file)
    }
    let now = file.optionalString("now")
    self.now = now.flatMap { Timestamp.parse($0.value) } ?? clock
    if let now, Timestamp.parse(now.value) == nil {
      file.report(
        "invalid-time", at: now.location,
        "'\(now.value)' is not a time such as '2026-11-20T10:00:00+01:00'")
    }
    // What is expected of a case without steps is expected of its last response.
    if let expectation = file.optionalMapping("expect").map(CaseExpectation.init),
      let last = steps.indices.last
    {
      steps[last].expectation = expectation
    }
    self.steps = steps
    if steps.isEmpty, !file.has("notice"), !file.has("steps") {
      file.report(
        "missing-key", at: file.location,
        "the case has neither 'messages' nor 'steps' nor a 'notice'",
        remedy: "write what the buyer says")
    }
    file.finish()
  }

  /// The number of a sample order, or an order of the case's own.
  private static func order(_ file: YAMLMapping) -> (OrderNumber?, Order?) {
    guard file.isMapping("order") else {
      return (file.optionalString("order").flatMap { OrderNumber($0.value) }, nil)
    }
    guard let value = file.value("order"), let json = try? JSONEncoder().encode(JSON(value)) else {
      return (nil, nil)
    }
    do {
      let order = try JSONDecoder().decode(Order.self, from: json)
      return (order.number, order)
    } catch {
      file.report(
        "invalid-order", at: file.location, "'order' is no order: \(DecodingFault(error).message)")
      return (nil, nil)
    }
  }

  /// The name without its locale, and the locale: what stands side by side on a page.
  var titleAndLocale: (title: String, locale: String) {
    let parts = name.split(separator: ".")
    guard parts.count > 1, let last = parts.last else { return (name, "") }
    return (parts.dropLast().joined(separator: "."), String(last))
  }
}

/// A value of a YAML file as JSON.
private struct JSON: Encodable {
  let value: YAMLValue
  let isCount: Bool

  /// The fields of an order that are whole numbers.
  private static let counts: Set<String> = ["quantity", "guarantee_months", "in_stock"]

  init(_ value: YAMLValue, isCount: Bool = false) {
    self.value = value
    self.isCount = isCount
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .text(let text): try container.encode(text)
    case .number(let number):
      // What looks like a number to YAML may be a postcode or an order's number.
      if isCount, let whole = Int(number) {
        try container.encode(whole)
      } else {
        try container.encode(number)
      }
    case .flag(let flag): try container.encode(flag)
    case .list(let items): try container.encode(items.map { JSON($0) })
    case .mapping(let entries):
      try container.encode(
        Dictionary(
          uniqueKeysWithValues: entries.map { name, value in
            (name, JSON(value, isCount: Self.counts.contains(name)))
          }))
    }
  }
}
