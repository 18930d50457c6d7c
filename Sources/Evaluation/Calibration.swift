/// What confidence is worth: how sure readings were, and how many of them were right.
public struct Calibration: Sendable {
  /// Readings that were about as sure as each other.
  public struct Bin: Sendable, Hashable {
    /// How many there are.
    public private(set) var count = 0
    /// How many of them were right.
    public private(set) var right = 0
    private var sum = 0.0

    /// How sure they were on average, from 0 to 1; nil where there are none.
    public var confidence: Double? { count == 0 ? nil : sum / Double(count) }
    /// How many in one were right; nil where there are none.
    public var shareRight: Double? { count == 0 ? nil : Double(right) / Double(count) }

    /// Between which shares the true one lies 19 times in 20; a few readings say little.
    ///
    /// E. B. Wilson's score interval (1927).
    public var plausibleShare: ClosedRange<Double>? {
      guard let share = shareRight else { return nil }
      let (count, z) = (Double(count), 1.959964)
      let middle = share + z * z / (2 * count)
      let reach = z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
      let scale = 1 + z * z / count
      return max(0, (middle - reach) / scale)...min(1, (middle + reach) / scale)
    }

    fileprivate mutating func add(_ confidence: Double, isRight: Bool) {
      count += 1
      right += isRight ? 1 : 0
      sum += confidence
    }
  }

  /// Equally wide bins from 0 to 1; a reading at an edge is in the bin above it, and 1 in the last.
  public let bins: [Bin]

  /// Sorts readings into bins.
  /// - Parameters:
  ///   - readings: how sure each was, from 0 to 1, and whether it was right.
  ///   - bins: how many bins, at least one.
  public init(of readings: some Sequence<(confidence: Double, isRight: Bool)>, bins: Int = 10) {
    var filled = Array(repeating: Bin(), count: max(1, bins))
    for reading in readings {
      let confidence = reading.confidence > 0 ? min(reading.confidence, 1) : 0
      let place = min(Int(confidence * Double(filled.count)), filled.count - 1)
      filled[place].add(confidence, isRight: reading.isRight)
    }
    self.bins = filled
  }

  /// How far from right confidence is on average, from 0 to 1; nil without readings.
  ///
  /// The expected calibration error (M. Naeini, G. Cooper, M. Hauskrecht, 2015): each bin's gap
  /// counts as often as the bin has readings.
  public var expectedError: Double? {
    let total = bins.reduce(0) { $0 + $1.count }
    guard total > 0 else { return nil }
    return bins.reduce(0) { sum, bin in
      guard let confidence = bin.confidence, let share = bin.shareRight else { return sum }
      return sum + abs(confidence - share) * Double(bin.count) / Double(total)
    }
  }
}
