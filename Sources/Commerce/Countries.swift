public import Foundation

/// The countries that buyers live in: their language, their time, and their public holidays, which
/// are computed for any year from rules, because laws change.
public struct Countries: Sendable, Hashable {
  /// A day of every year, with the years in which it is one.
  public struct Anniversary: Sendable, Hashable {
    let month: Int
    let day: Int
    let years: ClosedRange<Int>
    let exceptions: Set<Int>

    /// Reads `12-24`, `12-24 from 2025`, `05-08 until 2030`, `05-08 except 2026 2028`.
    /// - Parameter text: month and day, and the years.
    public init?(_ text: String) {
      let words = text.split(separator: " ").map(String.init)
      guard let date = words.first, let leap = CalendarDay("2024-\(date)") else { return nil }
      (_, month, day) = leap.components
      let numbers = words.dropFirst(2).map { Int($0) }
      let known = numbers.compactMap { $0 }
      guard known.count == numbers.count, known.allSatisfy((1...9999).contains) else { return nil }
      switch words.count > 1 ? words[1] : "" {
      case "": (years, exceptions) = (1...9999, [])
      case "from": (years, exceptions) = ((known.first ?? 1)...9999, [])
      case "until": (years, exceptions) = (1...(known.first ?? 9999), [])
      case "except": (years, exceptions) = (1...9999, Set(known))
      default: return nil
      }
    }

    func day(in year: Int) -> CalendarDay? {
      years.contains(year) && !exceptions.contains(year)
        ? CalendarDay(year: year, month: month, day: day) : nil
    }
  }

  /// A Monday of a month: `first 05`, `last 08`.
  public struct Monday: Sendable, Hashable {
    let month: Int
    let isLast: Bool

    /// Reads `first 05` or `last 08`.
    public init?(_ text: String) {
      let words = text.split(separator: " ")
      guard words.count == 2, ["first", "last"].contains(words[0]), let month = Int(words[1]),
        (1...12).contains(month)
      else { return nil }
      self.month = month
      isLast = words[0] == "last"
    }

    func day(in year: Int) -> CalendarDay? {
      guard isLast else {
        return CalendarDay(year: year, month: month, day: 1).map { $0 + (8 - $0.weekday) % 7 }
      }
      let next = month == 12 ? (year + 1, 1) : (year, month + 1)
      return CalendarDay(year: next.0, month: next.1, day: 1).map {
        let last = $0 + -1
        return last + (1 - last.weekday)
      }
    }
  }

  /// One country.
  public struct Country: Sendable, Hashable {
    /// The language that its buyers write in (ISO 639-1).
    public var language: String?
    /// Where its days begin.
    public var zone: TimeZone?
    /// Days of every year.
    public var fixed: [Anniversary] = []
    /// Days counted from Easter Sunday.
    public var fromEaster: [Int] = []
    /// Whether Easter is the Orthodox one.
    public var isOrthodox = false
    /// Mondays.
    public var mondays: [Monday] = []
    /// Whether a fixed day on a weekend is made up for on the next working day.
    public var hasSubstitutes = false
    /// Single days off.
    public var off: Set<CalendarDay> = []
    /// Saturdays that are worked in their place.
    public var worked: Set<CalendarDay> = []

    /// Makes a country without holidays.
    public init() {}

    func holidays(in year: Int) -> Set<CalendarDay> {
      let easter = isOrthodox ? Easter.orthodox(year) : Easter.western(year)
      var days = Set(fromEaster.compactMap { offset in easter.map { $0 + offset } })
      days.formUnion(mondays.compactMap { $0.day(in: year) })
      for day in fixed.compactMap({ $0.day(in: year) }).sorted() {
        days.insert(day)
        guard hasSubstitutes, day.weekday > 5 else { continue }
        var substitute = day + 1
        while substitute.weekday > 5 || days.contains(substitute)
          || fixed.contains(where: { $0.day(in: year) == substitute })
        {
          substitute = substitute + 1
        }
        days.insert(substitute)
      }
      return days
    }
  }

  /// The countries by their code (ISO 3166-1 alpha-2).
  public let countries: [String: Country]

  /// Makes a table.
  /// - Parameter countries: the countries by their code.
  public init(_ countries: [String: Country] = [:]) { self.countries = countries }

  /// The country of a language or region: that of the region where it is named, else the first
  /// whose language it is.
  /// - Parameters:
  ///   - language: ISO 639-1.
  ///   - region: ISO 3166-1.
  /// - Returns: its code.
  public func country(language: String, region: String?) -> String? {
    if let region, countries[region] != nil { return region }
    // Germany before Austria: by the number of people.
    let order = ["DE"] + countries.keys.sorted()
    return order.first { countries[$0]?.language == language }
  }

  /// Whether a day is a public holiday.
  /// - Parameters:
  ///   - day: the day.
  ///   - country: the country's code.
  /// - Returns: false for a country that is not known.
  /// - Complexity: O(number of the country's rules).
  public func isHoliday(_ day: CalendarDay, in country: String) -> Bool {
    guard let rules = countries[country] else { return false }
    return rules.off.contains(day) || rules.holidays(in: day.components.year).contains(day)
  }

  /// Whether people work on a day.
  /// - Parameters:
  ///   - day: the day.
  ///   - country: the country's code.
  /// - Returns: false on Saturdays, Sundays and public holidays, but for days worked instead.
  public func isWorkingDay(_ day: CalendarDay, in country: String) -> Bool {
    if countries[country]?.worked.contains(day) == true { return true }
    return day.weekday <= 5 && !isHoliday(day, in: country)
  }

  /// The first working day from a day on.
  /// - Parameters:
  ///   - day: the first day that may be it.
  ///   - country: the country's code.
  /// - Returns: the day itself, if people work on it.
  func workingDay(from day: CalendarDay, in country: String) -> CalendarDay {
    var day = day
    // Never more than a week or two of days off in a row; the bound guards against odd lists.
    for _ in 0..<31 where !isWorkingDay(day, in: country) { day = day + 1 }
    return day
  }
}

/// The date of Easter Sunday.
enum Easter {
  /// Of the western churches: the Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
  static func western(_ year: Int) -> CalendarDay? {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let n = h + l - 7 * m + 114
    return CalendarDay(year: year, month: n / 31, day: n % 31 + 1)
  }

  /// Of the Orthodox churches: the Julian computus, in the Gregorian calendar (the same chapter).
  static func orthodox(_ year: Int) -> CalendarDay? {
    let d = (19 * (year % 19) + 15) % 30
    let n = d + (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7 + 114
    let behind = year / 100 - year / 400 - 2
    return CalendarDay(year: year, month: n / 31, day: n % 31 + 1).map { $0 + behind }
  }
}
