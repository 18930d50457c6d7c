/// A number below a thousand that is put together from words: *twenty eight*, *dreiundvierzig*,
/// *kétszáznegyvenöt*.
struct SpokenNumber: Sendable {
  private(set) var value: Int
  /// The worth of its last word: after a hundred may come tens, after tens a unit.
  private var last: Int

  init(_ value: Int) {
    self.value = value
    last = value
  }

  /// The number with one more word; nil where that word begins another number.
  func followed(by word: Int) -> SpokenNumber? {
    var whole = self
    if word == 100, (2...9).contains(value) {
      whole.value *= 100
    } else if last >= 20, word > 0, word < last, last >= 100 || word < 10, word < 100 {
      whole.value += word
    } else {
      return nil
    }
    whole.last = word
    return whole
  }

  /// Whether a word joins two parts of a number: *one hundred and five*, *douăzeci și opt*.
  static func isJoiner(_ word: ArraySlice<UInt8>) -> Bool {
    word.count <= 3 && joiners.contains { word.elementsEqual($0.utf8) }
  }

  private static let joiners = ["and", "und", "si", "a", "es"]
}
