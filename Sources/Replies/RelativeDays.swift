internal import Commerce
public import Diagnostics
internal import Foundation

/// How a locale names a day near today inside a sentence: "tomorrow", "on Friday", "on 20 November".
///
/// CLDR has no such forms with their prepositions ("w piątek", "we wtorek"), so they stand in
/// `Templates/LOCALE/days.yaml`, beside the templates that use them.
public struct RelativeDays: Sendable {
  private let words: [Int: String]
  private let weekdays: [String]
  private let other: String
  private let endings: [String]

  /// Reads `days.yaml`.
  /// - Parameter file: the file.
  public init?(reading file: YAMLMapping) {
    var words: [Int: String] = [:]
    if let near = file.mapping("near") {
      for key in near.entries {
        guard let days = Int(key.value), (-6...6).contains(days) else {
          near.report(
            "invalid-value", at: key.location, "'\(key.value)' is not a number of days from -6 to 6"
          )
          continue
        }
        words[days] = near.string(key.value)?.value
      }
    }
    self.words = words
    weekdays = file.strings("weekdays").map(\.value)
    other = file.string("other")?.value ?? ""
    endings = file.strings("endings").map(\.value)
    if weekdays.count != 7 {
      file.report(
        "invalid-value", at: file.location, "'weekdays' must name seven days, Monday first")
    }
    if !endings.isEmpty, endings.count != 31 {
      file.report("invalid-value", at: file.location, "'endings' must have one for each of 31 days")
    }
    file.finish()
    if weekdays.count != 7 || other.isEmpty || !(endings.isEmpty || endings.count == 31) {
      return nil
    }
  }

  /// Names a day.
  /// - Parameters:
  ///   - day: the day.
  ///   - today: the day on which the text is read.
  ///   - date: writes day and month in the locale's way.
  ///   - month: writes the month alone.
  /// - Returns: "tomorrow", "on Friday" within six days, and else the day and month.
  func name(
    of day: CalendarDay, from today: CalendarDay, date: () -> String, month: () -> String
  ) -> String {
    let distance = day - today
    if let word = words[distance] { return word }
    if (-6...6).contains(distance) { return weekdays[day.weekday - 1] }
    let number = day.components.day
    return other.replacing("{date}", with: date()).replacing("{month}", with: month())
      .replacing("{day}", with: String(number))
      .replacing("{ending}", with: endings.isEmpty ? "" : endings[number - 1])
  }
}
