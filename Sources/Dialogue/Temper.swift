public import Understanding

/// How angry a message is, as far as its form and its words show.
public enum Temper {
  /// Sums up the signs of anger.
  /// - Parameters:
  ///   - text: the message.
  ///   - reading: what it says.
  /// - Returns: 0 for a calm message, one for each sign: capitals, repeated exclamation marks, insults.
  public static func anger(of text: String, _ reading: Reading) -> Int {
    let letters = text.filter(\.isLetter)
    let isShouted =
      letters.count >= 12 && letters.count(where: \.isUppercase) * 3 > letters.count * 2
    let isExclaimed = text.contains("!!") || text.contains("?!") || text.contains("??")
    let said = Set(reading.concepts.filter { !$0.isDenied }.map(\.concept))
    return [isShouted, isExclaimed, said.contains("insult"), said.contains("profanity")]
      .count { $0 }
  }
}
