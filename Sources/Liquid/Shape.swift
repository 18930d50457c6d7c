/// What stands behind a name: what a template is proved against before it has any values.
public indirect enum Shape: Sendable, Hashable {
  /// Text.
  case text
  /// A number.
  case number
  /// true or false
  case flag
  /// A day, which only a filter makes readable.
  case day
  /// A point in time, likewise.
  case moment
  /// An amount of money, likewise.
  case amount
  /// A list.
  case list(Shape)
  /// Values by name.
  case object([String: Member])
  /// Something that nothing is known about.
  case anything

  /// A value by name.
  public struct Member: Sendable, Hashable {
    /// What it is.
    public let shape: Shape
    /// Whether it is there whenever what it belongs to is.
    public let isCertain: Bool

    /// Describes a member.
    /// - Parameters:
    ///   - shape: what it is.
    ///   - isCertain: whether it is there whenever what it belongs to is.
    public init(_ shape: Shape, isCertain: Bool) {
      self.shape = shape
      self.isCertain = isCertain
    }

    /// One that is there whenever what it belongs to is.
    /// - Parameter shape: what it is.
    /// - Returns: the member.
    public static func certain(_ shape: Shape) -> Member { Member(shape, isCertain: true) }

    /// One that may be absent.
    /// - Parameter shape: what it is.
    /// - Returns: the member.
    public static func optional(_ shape: Shape) -> Member { Member(shape, isCertain: false) }
  }

  /// Shapes without what is inside them: what filters choose by.
  public enum Kind: Sendable, Hashable {
    /// `Shape.text`
    case text
    /// `Shape.number`
    case number
    /// `Shape.flag`
    case flag
    /// `Shape.day`
    case day
    /// `Shape.moment`
    case moment
    /// `Shape.amount`
    case amount
    /// `Shape.list`
    case list
    /// `Shape.object`
    case object
  }

  /// The kind, if anything is known.
  var kind: Kind? {
    switch self {
    case .text: .text
    case .number: .number
    case .flag: .flag
    case .day: .day
    case .moment: .moment
    case .amount: .amount
    case .list: .list
    case .object: .object
    case .anything: nil
    }
  }
}

extension Shape.Kind {
  /// The kind as a finding names it.
  var name: String {
    switch self {
    case .text: "a text"
    case .number: "a number"
    case .flag: "a yes or no"
    case .day: "a day"
    case .moment: "a time"
    case .amount: "an amount of money"
    case .list: "a list"
    case .object: "an object"
    }
  }

  /// What makes it readable, where it cannot be printed as it is.
  var remedy: String? {
    switch self {
    case .text, .number: nil
    case .flag: "test it with '{% if … %}'"
    case .day, .moment: "write '| date', '| relative_date', '| weekday' or '| time' behind it"
    case .amount: "write '| money' behind it"
    case .list: "write '| list' behind it, or walk over it with '{% for … %}'"
    case .object: "name one of its values"
    }
  }
}
