/// How long answers took, to the minute.
///
/// Minutes are counted, not answers kept: a year of them takes no more room than a day.
public struct AnswerTimes: Sendable, Hashable {
  /// How many answers took how many minutes.
  public private(set) var byMinutes: [Int: Int] = [:]
  /// How many came before the clock's end.
  public private(set) var inTime = 0
  /// How many there are.
  public private(set) var count = 0

  /// Takes none.
  public init() {}

  /// Counts an answer.
  /// - Parameters:
  ///   - seconds: how long it took; a clock that went backwards counts as none.
  ///   - isInTime: whether it came before the clock's end.
  public mutating func add(seconds: Double, isInTime: Bool) {
    // Upwards, so that a minute over the hour is over the hour; 100 years bound odd clocks.
    byMinutes[Int((min(max(0, seconds), 3.2e9) / 60).rounded(.up)), default: 0] += 1
    inTime += isInTime ? 1 : 0
    count += 1
  }

  /// The minutes that a share of the answers took at the most (the nearest rank).
  /// - Parameter share: from 0 to 1.
  /// - Returns: the minutes of the answer at that rank; nil where there are none.
  public func minutes(atShare share: Double) -> Int? {
    let rank = max(1, Int((share * Double(count)).rounded(.up)))
    var seen = 0
    return byMinutes.sorted { $0.key < $1.key }.first { minutes in
      seen += minutes.value
      return seen >= rank
    }?.key
  }

  /// The share of the answers that took no longer.
  /// - Parameter minutes: how long.
  /// - Returns: from 0 to 1; nil where there are none.
  public func share(within minutes: Int) -> Double? {
    Self.share(byMinutes.reduce(0) { $0 + ($1.key <= minutes ? $1.value : 0) }, of: count)
  }

  /// The share of the answers that came before the clock's end; nil where there are none.
  public var shareInTime: Double? { Self.share(inTime, of: count) }

  static func share(_ part: Int, of whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
