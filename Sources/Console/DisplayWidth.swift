extension Character {
  /// How many columns of a terminal it takes: 0, 1 or 2.
  ///
  /// Own code, because the C library's `wcwidth` depends on the environment's locale and knows no
  /// clusters: an emoji of five code points is one picture.
  public var columns: Int {
    let scalars = unicodeScalars
    // A variation selector asks for the picture.
    if scalars.contains("\u{FE0F}") { return 2 }
    return scalars.map(Self.columns).max() ?? 0
  }

  /// The character as it can be shown in one line: a line end or control character by its picture.
  public var shown: Character {
    guard let scalar = unicodeScalars.first, scalar.properties.generalCategory == .control else {
      return self
    }
    if isNewline { return "↵" }
    return Unicode.Scalar(0x2400 + (scalar.value < 0x20 ? scalar.value : 0x21))
      .map { Character($0) } ?? "\u{FFFD}"
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    return scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) }
      ? 2 : 1
  }

  /// Scripts whose signs are two columns wide (Unicode Standard Annex #11, W and F).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD,
  ]
}

extension StringProtocol {
  /// How many columns of a terminal it takes.
  public var columns: Int { reduce(0) { $0 + $1.columns } }
}
