internal import Diagnostics
internal import Liquid

/// How one field of ours comes from a document of another system.
indirect enum Field: Sendable {
  /// The first alternative that gives something.
  case value([Alternative])
  /// Fields by name.
  case object([(name: String, field: Field)])
  /// One element for each turn of a loop.
  case list(Loop, of: Field)

  /// A way to a value.
  struct Alternative: Sendable {
    let condition: Formula?
    let value: Formula
  }
}

/// Loops in one another, each of which names its element; none is one turn.
struct Loop: Sendable {
  struct Step: Sendable {
    let name: String
    let list: Formula
  }

  var steps: [Step] = []
  /// Which turns count.
  var condition: Formula?
}
