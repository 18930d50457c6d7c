public import Diagnostics
public import Foundation
public import Odzew

/// A conversation while it is held, kept so that it can become a case.
public struct CaseRecording: Sendable {
  private struct Step: Sendable {
    let kind: CaseStep.Kind
    let moment: Date
    let transcript: String
  }

  private let channel: Channel
  private let locale: LocaleTag?
  private var steps: [Step] = []

  /// Begins a recording.
  /// - Parameters:
  ///   - channel: where the conversation takes place.
  ///   - locale: the language that the sending system knows.
  public init(on channel: Channel, in locale: LocaleTag?) {
    self.channel = channel
    self.locale = locale
  }

  /// Whether nothing has happened yet.
  public var isEmpty: Bool { steps.isEmpty }

  /// What happened, as the golden transcript of the case has it.
  public var transcript: String { steps.map(\.transcript).joined(separator: "\n") }

  /// Adds what happened; what a case has no step for is left out.
  /// - Parameters:
  ///   - kind: what it was.
  ///   - moment: when.
  ///   - response: what was done about it.
  public mutating func add(_ kind: Request.Kind, at moment: Date, _ response: Response) {
    let step: CaseStep.Kind
    switch kind {
    case .message(let message): step = .message(message.text)
    case .notice(let notice, _): step = .notice(notice)
    case .agent(let event): step = .agent(event)
    case .draft, .consent, .order: return
    }
    steps.append(
      Step(
        kind: step, moment: moment, transcript: CaseRunner.transcript(of: step, response)))
  }

  /// The file of the case.
  /// - Parameters:
  ///   - order: a sample order's number, or an order of the case's own; nil for a stranger.
  ///   - zone: the zone in which its clock is written.
  /// - Returns: YAML that `Case` reads.
  public func yaml(about order: YAMLText?, in zone: TimeZone) -> String {
    var entries: [(key: String, value: YAMLText)] = []
    if let order { entries.append(("order", order)) }
    if channel != .chat { entries.append(("channel", .word(channel.description))) }
    if let locale { entries.append(("locale", .word(locale.description))) }
    let start = steps.first?.moment ?? Date(timeIntervalSince1970: 0)
    entries.append(("now", .word(Timestamp.format(start, in: zone))))
    var clock = start
    let written = steps.map { step in
      let (delay, seconds) = Self.delay(step.moment.timeIntervalSince(clock))
      // What was rounded is not lost, but comes with the next step.
      clock += seconds
      return (step.kind, delay)
    }
    let messages = written.compactMap { kind, delay -> YAMLText? in
      if case .message(let text) = kind, delay == nil { .text(text) } else { nil }
    }
    // The short form, where nothing but messages was.
    entries.append(
      messages.count == steps.count
        ? ("messages", .list(messages))
        : ("steps", .list(written.map { Self.entry(of: $0, after: $1) })))
    return YAMLText.mapping(entries).yaml
  }

  private static func entry(of kind: CaseStep.Kind, after delay: String?) -> YAMLText {
    var entries: [(key: String, value: YAMLText)] =
      switch kind {
      case .message(let text): [("buyer", .text(text))]
      case .notice(let notice): [("notice", .word(notice.rawValue))]
      case .agent(.takeover): [("agent", .word("takeover"))]
      case .agent(.release): [("agent", .word("release"))]
      case .agent(.sent(let text)): [("agent", .word("sent")), ("text", .text(text))]
      }
    if let delay { entries.append(("after", .word(delay))) }
    let isShort = !entries.contains { _, value in
      if case .text(let text) = value { text.contains("\n") } else { false }
    }
    return .mapping(entries, isOnOneLine: isShort)
  }

  /// A time between steps as cases write it, exact where ten thousand of a unit are enough.
  private static func delay(_ seconds: TimeInterval) -> (text: String?, seconds: TimeInterval) {
    guard seconds >= 1 else { return (nil, 0) }
    let units = [("d", 86_400.0), ("h", 3600), ("m", 60), ("s", 1)]
    func count(_ unit: (String, Double)) -> Double { (seconds / unit.1).rounded() }
    let usable = units.filter { count($0) <= 10_000 }
    guard let unit = usable.first(where: { count($0) * $0.1 == seconds }) ?? usable.last else {
      return (nil, 0)
    }
    return ("\(Int(count(unit)))\(unit.0)", count(unit) * unit.1)
  }
}
