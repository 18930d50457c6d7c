/// A message as it is read: the buyer's text, its folded form, the clauses, and the way back.
public struct Utterance: Sendable, Hashable {
  /// The message as the buyer wrote it.
  public let text: String
  /// The language it is written in, where that is known.
  public let locale: LocaleTag?
  /// The text as rules read it.
  package let folded: FoldedText
  /// Sentences, as ranges of the folded bytes, in order, none empty.
  ///
  /// Cut at `. ! ? ;` and line ends.
  package let clauses: [Range<Int>]

  /// Folds a message and cuts it into sentences.
  /// - Parameters:
  ///   - text: the message.
  ///   - locale: its language, where known.
  /// - Complexity: O(n) in the text's length.
  public init(_ text: String, locale: LocaleTag? = nil) {
    self.text = text
    self.locale = locale
    folded = Folding.fold(text)
    var clauses: [Range<Int>] = []
    var start = 0
    for end in folded.breaks + [folded.bytes.count] where end > start {
      clauses.append(start..<end)
      // The break stands before the space between two sentences.
      start = min(end + 1, folded.bytes.count)
    }
    self.clauses = clauses
  }

  private init(_ utterance: Utterance, in locale: LocaleTag?) {
    text = utterance.text
    folded = utterance.folded
    clauses = utterance.clauses
    self.locale = locale
  }

  /// The same message, once its language is known.
  /// - Parameter locale: its language.
  /// - Returns: the message in that language.
  package func read(in locale: LocaleTag?) -> Utterance { Utterance(self, in: locale) }

  /// The buyer's own bytes behind some folded ones.
  /// - Parameter folded: a range of the folded bytes.
  /// - Returns: offsets into the UTF-8 of `text`, on character borders.
  package func originalRange(of folded: Range<Int>) -> Range<Int> {
    self.folded.originalRange(of: folded)
  }
}
