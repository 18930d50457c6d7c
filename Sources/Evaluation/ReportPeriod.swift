public import Foundation
internal import Odzew

/// What a report covers, and the pieces it is cut into.
public struct ReportPeriod: Sendable, Hashable {
  /// How long a piece is.
  public enum Unit: String, Sendable, CaseIterable {
    case day, week, month
  }

  /// The first moment that counts; nil for the beginning.
  public let start: Date?
  /// The first moment that no longer counts; nil for the end.
  public let end: Date?
  /// How long a piece is.
  public let unit: Unit
  /// Where days begin.
  public let zone: TimeZone

  /// Describes a period.
  /// - Parameters:
  ///   - start: the first moment that counts.
  ///   - end: the first moment that no longer counts.
  ///   - unit: how long a piece is.
  ///   - zone: where days begin.
  public init(from start: Date? = nil, to end: Date? = nil, by unit: Unit, in zone: TimeZone) {
    self.start = start
    self.end = end
    self.unit = unit
    self.zone = zone
  }

  /// Whether a moment counts.
  func contains(_ moment: Date) -> Bool {
    moment >= start ?? .distantPast && moment < end ?? .distantFuture
  }

  /// The first day of the piece that a moment falls into; weeks begin on Monday (ISO 8601).
  func piece(of moment: Date) -> CalendarDay {
    let day = CalendarDay(of: moment, in: zone)
    switch unit {
    case .day: return day
    case .week: return day + (1 - day.weekday)
    case .month: return day + (1 - day.components.day)
    }
  }

  /// All pieces from the first to the last, those without anything among them.
  ///
  /// A single message with a wrong year must not make thousands: then only those with something count.
  func pieces(covering known: some Collection<CalendarDay>) -> [CalendarDay] {
    guard let first = known.min(), let last = known.max() else { return [] }
    var pieces = [first]
    while let latest = pieces.last, latest < last {
      guard pieces.count < Self.mostPieces else { return known.sorted() }
      // The longest piece is shorter than 32 days, and the next one begins within it.
      let step = unit == .day ? 1 : unit == .week ? 7 : 32
      pieces.append(piece(of: (latest + step).noon(in: zone)))
    }
    return pieces
  }

  private static let mostPieces = 400
}
