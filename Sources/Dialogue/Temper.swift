public import Understanding

/// How angry a message is, as far as its form and its words show.
public enum Temper {
  /// Sums up the signs of anger.
  /// - Parameters:
  ///   - text: the message.
  ///   - reading: what it says.
  /// - Returns: 0 for a calm message, one for each sign: capitals, repeated exclamation marks, insults.
  public static func anger(of text: String, _ reading: Reading) -> Int {
    var letters = 0
    var capitals = 0
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        let isCapital = (0x41...0x5A).contains(scalar.value)
        if isCapital { capitals += 1 }
        if isCapital || (0x61...0x7A).contains(scalar.value) { letters += 1 }
      } else if scalar.properties.isAlphabetic {
        letters += 1
        if scalar.properties.isUppercase { capitals += 1 }
      }
    }
    let isShouted = letters >= 12 && capitals * 3 > letters * 2
    let isExclaimed = zip(text.utf8, text.utf8.dropFirst()).contains { first, second in
      second == UInt8(ascii: "!") && (first == second || first == UInt8(ascii: "?"))
        || first == UInt8(ascii: "?") && second == first
    }
    func says(_ concept: String) -> Bool {
      reading.concepts.contains { !$0.isDenied && $0.concept == concept }
    }
    return [isShouted, isExclaimed, says("insult"), says("profanity")].count { $0 }
  }
}
