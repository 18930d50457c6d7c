/// What a template sees, and what it remembers while it is rendered.
struct Scope {
  /// What was given from outside.
  private let outside: [String: Value]
  /// What `assign` and `capture` gave.
  var assigned: [String: Value] = [:]
  /// What loops and `include` give for as long as they last, the innermost last.
  var frames: [[String: Value]] = []
  /// The `forloop`s that are open, the innermost last.
  var loops: [Value] = []
  /// Where loops ended, by their titles, for `offset: continue`.
  var ends: [String: Int] = [:]
  /// What `ifchanged` printed last.
  var lastChanged = ""
  private var counters: [String: Int] = [:]
  private var turns: [Value: Int] = [:]

  init(outside: [String: Value]) { self.outside = outside }

  subscript(name: String) -> Value {
    for frame in frames.reversed() {
      if let value = frame[name] { return value }
    }
    return assigned[name] ?? counters[name].map(Value.integer) ?? outside[name] ?? .nothing
  }

  /// Counts up and gives the number before, or down and gives the number after.
  mutating func count(_ name: String, up isIncrement: Bool) -> Int {
    let before = counters[name] ?? 0
    counters[name] = isIncrement ? before + 1 : before - 1
    return isIncrement ? before : before - 1
  }

  /// Which of some values a cycle gives now; none where it has become shorter than it was.
  mutating func turn(of group: Value, among count: Int) -> Int? {
    let turn = turns[group] ?? 0
    turns[group] = turn + 1 < count ? turn + 1 : 0
    return turn < count ? turn : nil
  }
}
