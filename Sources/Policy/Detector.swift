/// Something that a rule can look for by name, because no pattern alone could prove it.
enum Detector: String, CaseIterable, Sendable {
  case email
  case phone
  /// A link or host that may not stand in the message.
  case externalLink = "external_link"
  /// An allowed host without encryption.
  case insecureLink = "insecure_link"
  /// A shortener, or a host that passes itself off as another.
  case deceptiveLink = "deceptive_link"
  /// A bank account that proves itself.
  case bankAccount = "bank_account"
  /// A payment card that proves itself.
  case card
  case emoji
  /// HTML tags and entities.
  case html
  /// More than two line ends in a row.
  case lineBreaks = "line_breaks"
  /// A text beyond the channel's limit, in UTF-16 units: what platforms count, never fewer than the
  /// characters a person sees.
  case length
  /// A text in another language than the conversation's.
  case wrongLanguage = "wrong_language"
  /// A sentence in capitals.
  case shouting

  /// Whether the numbers of the order in question are none of what it looks for.
  var sparesReferences: Bool { self == .phone || self == .card }

  /// Whether it looks for what may be disguised, and not at the text as it is written.
  var readsForms: Bool {
    switch self {
    case .email, .phone, .externalLink, .insecureLink, .deceptiveLink, .bankAccount, .card: true
    case .emoji, .html, .lineBreaks, .length, .wrongLanguage, .shouting: false
    }
  }
}
