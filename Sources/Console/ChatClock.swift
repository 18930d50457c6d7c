internal import Commerce
public import Foundation

/// The clock of a chat: it stands still at a fixed moment, or runs with the wall's, and is moved by
/// hand, forwards only.
public struct ChatClock: Sendable {
  private let start: Date?
  private let zone: TimeZone
  private var shift: TimeInterval = 0

  /// Sets a clock.
  /// - Parameters:
  ///   - start: where it stands; with the wall's where nil.
  ///   - zone: the zone of times that are written without one.
  public init(at start: Date?, in zone: TimeZone) {
    self.start = start
    self.zone = zone
  }

  /// Why a clock is not moved.
  public enum Fault: Error, Sendable, Hashable {
    case unreadable, backwards
  }

  /// What it shows.
  /// - Parameter wall: what the wall's clock shows.
  /// - Returns: the moment, in whole seconds.
  public func now(at wall: Date) -> Date {
    Date(
      timeIntervalSince1970: ((start ?? wall).timeIntervalSince1970 + shift).rounded(.down))
  }

  /// What it shows, as people read it: `Fri 2026-11-20 10:00`.
  /// - Parameter wall: what the wall's clock shows.
  /// - Returns: day of the week, date and time, in the clock's zone.
  public func text(at wall: Date) -> String {
    let now = now(at: wall)
    let day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let written = Timestamp.format(now, in: zone)
    let weekday = CalendarDay(of: now, in: zone).weekday
    return "\(day[weekday - 1]) \(written.prefix(10)) \(written.dropFirst(11).prefix(5))"
  }

  /// Puts it back to where it began.
  public mutating func reset() { shift = 0 }

  /// Moves it.
  /// - Parameters:
  ///   - text: `+3d`, `+2h`, `+90m`, `+30s`, `+1w`, or a time: `2026-11-24T09:00`, `09:00`, `2026-11-24`,
  ///     or with a zone of its own.
  ///   - wall: what the wall's clock shows.
  /// - Throws: `Fault` for anything else, and for a time that is past.
  public mutating func move(_ text: String, at wall: Date) throws(Fault) {
    let now = now(at: wall)
    guard let target = Self.seconds(text).map(now.addingTimeInterval) ?? moment(text, after: now)
    else { throw .unreadable }
    guard target >= now else { throw .backwards }
    shift += target.timeIntervalSince(now)
  }

  /// A hundred years; no deadline is further off.
  private static let furthest = 36_525 * 86_400.0

  private static func seconds(_ text: String) -> TimeInterval? {
    let factors = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    guard text.hasPrefix("+"), let factor = text.last.flatMap({ factors[String($0)] }),
      let number = Int(text.dropFirst().dropLast()), number >= 0,
      Double(number) * factor <= furthest
    else { return nil }
    return Double(number) * factor
  }

  private func moment(_ text: String, after now: Date) -> Date? {
    if let exact = Timestamp.parse(text) { return exact }
    // What is not written is as now: the day, or the time of day.
    let shown = Timestamp.format(now, in: zone)
    let written = [
      text, text + ":00", text + shown.dropFirst(10).prefix(9), shown.prefix(11) + text + ":00",
    ]
    guard let local = written.lazy.compactMap({ Timestamp.parse($0 + "Z") }).first else {
      return nil
    }
    let near = local.addingTimeInterval(-Double(zone.secondsFromGMT(for: local)))
    return local.addingTimeInterval(-Double(zone.secondsFromGMT(for: near)))
  }
}
