/// The number under which a buyer and a seller know an order.
///
/// Numbers are compared without regard to case and spaces: buyers write
/// `zam-2026-1001` for `ZAM-2026-1001`.
public struct OrderNumber: Hashable, Sendable, CustomStringConvertible {
  /// The number as the shop writes it.
  public let description: String
  private let key: String

  /// Takes a number.
  /// - Parameter text: the number; nil for one that is empty or longer than 64 characters.
  public init?(_ text: String) {
    let trimmed = text.trimmed
    guard !trimmed.isEmpty, trimmed.count <= 64 else { return nil }
    description = trimmed
    key = trimmed.uppercased().filter { !$0.isWhitespace }
  }

  /// Whether two numbers name one order.
  public static func == (left: OrderNumber, right: OrderNumber) -> Bool { left.key == right.key }

  /// Feeds what equality looks at.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// Where a conversation takes place: `allegro`, `amazon`, `email`, `chat`, ….
public struct Channel: Hashable, Sendable, CustomStringConvertible {
  /// The channel's name, in lower case.
  public let description: String

  /// Takes a name.
  /// - Parameter name: a word of ASCII letters, digits, `-` and `_`; nil for anything else.
  public init?(_ name: String) {
    let lowered = name.lowercased()
    guard (1...32).contains(lowered.utf8.count),
      lowered.utf8.allSatisfy({
        (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95
      })
    else { return nil }
    description = lowered
  }

  private init(known: String) { description = known }

  /// Any channel that the seller has not named.
  package static let elsewhere = Channel(known: "elsewhere")

  /// A chat window, or the terminal.
  public static let chat = Channel(known: "chat")

  /// The seller's own shop, as a place of sale.
  public static let shop = Channel(known: "shop")

  /// Whether it is a way to reach anybody, and no marketplace's.
  package var isOpen: Bool { Self.open.contains(description) }

  private static let open: Set<String> = ["chat", "email", "whatsapp", "sms"]
}

extension String {
  /// The text without spaces at its ends.
  var trimmed: String {
    guard let first, let last, first.isWhitespace || last.isWhitespace else { return self }
    var rest = drop { $0.isWhitespace }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return String(rest)
  }
}
