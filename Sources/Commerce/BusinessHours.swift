public import Foundation

/// When people work: the hours of each day of the week, by the clock on the seller's wall.
public struct BusinessHours: Sendable, Hashable, CustomStringConvertible {
  /// As it was written: `Mon-Fri 9-17`.
  public let description: String
  /// Minutes after midnight, by the day of the week from 1 for Monday (ISO 8601).
  private let minutes: [Int: Range<Int>]

  /// Reads `Mon-Fri 9-17`, or `Mon-Thu 8:30-16:30, Sat 10-13`: each day once at most.
  /// - Parameter text: the days and hours; nil for anything else.
  public init?(_ text: String) {
    var minutes: [Int: Range<Int>] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: " ")
      guard words.count == 2, let days = Self.ends(of: words[0], Self.weekday),
        let hours = Self.ends(of: words[1], Self.minute), hours.first < hours.last,
        days.first <= days.last
      else { return nil }
      for day in days.first...days.last {
        guard minutes.updateValue(hours.first..<hours.last, forKey: day) == nil else { return nil }
      }
    }
    description = text.trimmingCharacters(in: .whitespaces)
    self.minutes = minutes
  }

  /// When a day's work begins and ends.
  /// - Parameters:
  ///   - day: the day.
  ///   - zone: where the wall is.
  /// - Returns: nil for a day of the week without hours.
  public func hours(of day: CalendarDay, in zone: TimeZone) -> Range<Date>? {
    minutes[day.weekday].map { open in
      func moment(_ minute: Int) -> Date {
        day.start(in: zone, hour: minute / 60).addingTimeInterval(Double(minute % 60) * 60)
      }
      return moment(open.lowerBound)..<moment(open.upperBound)
    }
  }

  /// `Mon-Fri` and `9-17` have two ends, `Sat` has one that is both.
  private static func ends(
    of text: Substring, _ read: (Substring) -> Int?
  ) -> (first: Int, last: Int)? {
    let ends = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }.map(read)
    guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1] else { return nil }
    return (first, last)
  }

  private static func weekday(_ text: Substring) -> Int? {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].firstIndex {
      $0 == text.lowercased() || $0.prefix(3) == text.lowercased()
    }.map { $0 + 1 }
  }

  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ (1...2).contains($0.count) }),
      let hour = Int(parts[0]), let minute = parts.count == 2 ? Int(parts[1]) : 0,
      (0...59).contains(minute), (0...1440).contains(hour * 60 + minute)
    else { return nil }
    return hour * 60 + minute
  }
}
