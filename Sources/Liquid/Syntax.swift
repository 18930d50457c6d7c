/// A piece of a template.
struct Node: Sendable {
  /// The byte of the source at which it begins.
  let at: Int
  let content: Content
  /// Whether it can print nothing but spaces: a block of such pieces prints nothing at all.
  let isBlank: Bool

  indirect enum Content: Sendable {
    /// Text that stands for itself.
    case text(String)
    /// `{{ … }}` and `echo`
    case output(FilteredExpression)
    /// `if` and `unless`: the first branch whose condition holds.
    case branches([Branch])
    /// `case`
    case choice(Expression, [Arm])
    /// `for`
    case loop(Loop)
    /// `tablerow`
    case table(Loop)
    /// `break`
    case stop
    /// `continue`
    case skip
    /// `assign`
    case assign(String, FilteredExpression)
    /// `capture`
    case capture(String, [Node])
    /// `render` and `include`
    case partial(Partial)
    /// `cycle`
    case cycle(Cycle)
    /// `increment` and `decrement`
    case counter(String, isIncrement: Bool)
    /// `ifchanged`
    case changed([Node])
  }
}

/// A branch of `if` or `unless`.
struct Branch: Sendable {
  /// What it asks; nil for `else`.
  let condition: Condition?
  let body: [Node]
}

/// A `when` or `else` of `case`.
struct Arm: Sendable {
  /// What `when` names; nil for `else`.
  let values: [Expression]?
  let body: [Node]
}

/// A `for name in values …` or `tablerow name in values …`.
struct Loop: Sendable {
  /// Where a loop begins.
  enum Offset: Sendable {
    case at(Expression)
    /// Where the last loop with the same name over the same list ended.
    case resumed
  }

  let name: String
  let values: Expression
  let limit: Expression?
  let offset: Offset?
  let isReversed: Bool
  /// `cols` of `tablerow`.
  let columns: Expression?
  let body: [Node]
  let otherwise: [Node]

  /// How `forloop.name` and `offset: continue` know the loop.
  var title: String { "\(name)-\(values)" }
}

/// A `render 'name', argument: value` or `render 'name' for values as item`.
struct Partial: Sendable {
  /// A value that the template is rendered with once, or once for each of a list.
  struct Subject: Sendable {
    let values: Expression
    /// The variable's name; nil for the template's own.
    let alias: String?
    let isEach: Bool
  }

  let name: Expression
  let arguments: [(name: String, value: Expression)]
  let subject: Subject?
  /// Whether it sees and changes the variables around it, as `include` does.
  let sharesScope: Bool
}

/// A `cycle group: values`.
struct Cycle: Sendable {
  let group: Expression?
  let values: [Expression]

  /// How cycles without a group know each other.
  var title: String { values.map(\.description).joined(separator: ",") }
}
