internal import Language

/// One to three words of a message that might be a keyword.
struct KeywordPhrase: Sendable, Hashable {
  /// The words, folded, with single spaces.
  let folded: [UInt8]
  /// The words as the buyer wrote them, in small letters.
  let written: String
  /// How many words it has.
  let length: Int

  private static let mostWords = 3
  /// A single word that is shorter has too many meanings.
  private static let shortestAlone = 4

  /// The phrases of a message.
  /// - Parameters:
  ///   - text: its words that tell nobody's name; no phrase reaches over what was taken out.
  ///   - smallWords: words that are no keyword by themselves.
  /// - Returns: each phrase once.
  static func all(in text: String, smallWords: Set<[UInt8]>) -> Set<KeywordPhrase> {
    var found: Set<KeywordPhrase> = []
    for part in text.split(separator: SentenceRedaction.mark) {
      let utterance = Utterance(String(part))
      for clause in utterance.clauses {
        let words = words(of: utterance, in: clause)
        for length in 1...mostWords where length <= words.count {
          for start in 0...words.count - length {
            let phrase = Array(words[start..<start + length])
            if let keyword = KeywordPhrase(phrase, smallWords) { found.insert(keyword) }
          }
        }
      }
    }
    return found
  }

  /// Words, each as it is folded and as it was written.
  private static func words(
    of utterance: Utterance, in clause: Range<Int>
  ) -> [(folded: [UInt8], written: String)] {
    let bytes = Array(utterance.text.utf8)
    return utterance.folded.bytes[clause].split(separator: UInt8(ascii: " ")).map { word in
      let original = utterance.originalRange(of: word.startIndex..<word.endIndex)
      return (
        Array(word), String(decoding: bytes[original], as: UTF8.self).lowercased()
      )
    }
  }

  private init?(
    _ words: [(folded: [UInt8], written: String)], _ smallWords: Set<[UInt8]>
  ) {
    let isOfLetters = words.allSatisfy { word in
      String(decoding: word.folded, as: UTF8.self).allSatisfy(\.isLetter)
    }
    let telling = words.filter { !smallWords.contains($0.folded) }
    // What ends in a small word is not at its end yet.
    guard isOfLetters, let last = words.last, !smallWords.contains(last.folded),
      telling.contains(where: { $0.folded.count >= 3 }),
      words.count > 1 || last.folded.count >= Self.shortestAlone
    else { return nil }
    folded = Array(words.map(\.folded).joined(separator: [UInt8(ascii: " ")]))
    length = words.count
    let written = words.map(\.written).joined(separator: " ")
    let isPlain = written.allSatisfy { $0.isLetter || $0 == " " }
    self.written =
      isPlain && Folding.keyword(written) == folded
      ? written : String(decoding: folded, as: UTF8.self)
  }
}
