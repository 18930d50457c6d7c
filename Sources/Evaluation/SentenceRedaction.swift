internal import Foundation
public import Odzew

/// Takes out of a buyer's sentence what tells who wrote it: addresses, numbers, names.
///
/// It rather takes too much: a word with a capital in the middle of a sentence goes, unless it belongs
/// to the goods or `reasons.yaml` knows it. A name in small letters that nobody knows stays.
public struct SentenceRedaction: Sendable {
  private let responder: Responder

  /// Uses what a bot knows of numbers and addresses.
  /// - Parameter bot: the bot.
  public init(_ bot: Bot) { responder = Responder(bot) }

  /// What stands for what was taken out.
  static let mark = "[…]"
  /// Bytes of a sentence that are looked at: enough for any that is worth showing.
  private static let longest = 1000
  /// Characters that are shown.
  static let mostShown = 240
  /// Digits in a row, with what stands between them in numbers, that may tell who it is; sizes and prices
  /// have fewer.
  private static let mostDigits = 4

  /// A sentence, fit to be shown.
  /// - Parameters:
  ///   - sentence: what the buyer wrote.
  ///   - product: the name of the goods, which tells nobody's.
  /// - Returns: one line; nil where too little is left, or where the search took too long.
  public func text(of sentence: BuyerSentence, about product: String = "") -> String? {
    publicWords(of: sentence, about: product).map(Self.shortened)
  }

  /// As many characters of a sentence as are shown.
  static func shortened(_ words: String) -> String {
    words.count > mostShown ? words.prefix(mostShown - 1) + "…" : words
  }

  /// The words of a sentence that tell nobody's name, however many they are.
  func publicWords(of sentence: BuyerSentence, about product: String = "") -> String? {
    let whole = String(decoding: sentence.text.utf8.prefix(Self.longest), as: UTF8.self)
    let reasons = responder.bot.reasons
    let part = whole.utf8.prefix(reasons.publicPart(of: whole, sentence.locale))
    // One line without what a terminal or a page would obey.
    let text = String(
      String.UnicodeScalarView(
        String(decoding: part, as: UTF8.self).unicodeScalars.compactMap {
          scalar -> Unicode.Scalar? in
          switch scalar.properties.generalCategory {
          case .control, .lineSeparator, .paragraphSeparator: " "
          case .format, .surrogate, .privateUse, .unassigned: nil
          default: scalar
          }
        }))
    let locale = LocaleTag(sentence.locale)
    guard let contacts = responder.bot.filter.contacts(in: text, locale) else { return nil }
    let entities = responder.read(text, locale: locale).entities.filter { entity in
      switch entity.kind {
      case .orderNumber, .trackingNumber, .email, .phone, .postcode, .lockerCode: true
      case .amount, .percentage, .date, .product: false
      }
    }.map(\.range)
    var isHidden = Array(repeating: false, count: text.utf8.count)
    for range in contacts + entities + numbers(in: text) + names(in: text, sentence, product) {
      for place in range.clamped(to: 0..<isHidden.count) { isHidden[place] = true }
    }
    return line(text, isHidden)
  }

  /// The name of goods without a way to reach somebody, which some sellers and attackers put there.
  /// - Parameter name: the name as the order has it.
  /// - Returns: the name; empty where the search took too long.
  public func name(ofGoods name: String) -> String {
    let name = String(decoding: name.utf8.prefix(Self.longest), as: UTF8.self)
    guard let contacts = responder.bot.filter.contacts(in: name, nil) else { return "" }
    var isHidden = Array(repeating: false, count: name.utf8.count)
    for place in contacts.joined() { isHidden[place] = true }
    return line(name, isHidden).map(Self.shortened) ?? ""
  }

  /// What is not hidden, in one line.
  private func line(_ text: String, _ isHidden: [Bool]) -> String? {
    var shown = ""
    var offset = 0
    for character in text {
      let width = character.utf8.count
      if isHidden[offset..<offset + width].contains(true) {
        if !shown.hasSuffix(Self.mark) { shown += Self.mark }
      } else {
        shown.append(character)
      }
      offset += width
    }
    // Two names with a space between are one gap.
    while shown.contains(Self.mark + " " + Self.mark) {
      shown = shown.replacing(Self.mark + " " + Self.mark, with: Self.mark)
    }
    let words = shown.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let left = words.replacing(Self.mark, with: "")
    guard left.contains(where: \.isLetter) else { return nil }
    return words
  }

  /// Runs of digits that are too long for a size, a price or a year.
  private func numbers(in text: String) -> [Range<Int>] {
    let bytes = Array(text.utf8)
    var found: [Range<Int>] = []
    var start = 0
    while let first = bytes[start...].firstIndex(where: isDigit) {
      var (end, digits, place) = (first, 0, first)
      while place < bytes.count, isDigit(bytes[place]) || " -/.".utf8.contains(bytes[place]) {
        if isDigit(bytes[place]) { (digits, end) = (digits + 1, place + 1) }
        place += 1
      }
      if digits > Self.mostDigits { found.append(first..<end) }
      start = max(end, first + 1)
    }
    return found
  }

  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// Words that are names, or may be.
  private func names(
    in text: String, _ sentence: BuyerSentence, _ product: String
  ) -> [Range<Int>] {
    let words = Self.words(of: text)
    let known = sentence.names.flatMap { Self.words(of: $0) }.map(\.folded)
      .filter { $0.count >= 3 }
    let goods = Set(Self.words(of: product).map(\.folded))
    // German writes every noun with a capital: only two in a row may be a name there.
    let isGerman = sentence.locale == "de"
    let mayBeName = words.enumerated().map { index, word in
      word.isCapitalised && index > 0 && !goods.contains(word.folded)
        && !responder.bot.reasons.isNoName(word.text, sentence.locale)
    }
    return words.indices.filter { index in
      if known.contains(where: { Self.isForm(words[index].folded, of: $0) }) { return true }
      guard mayBeName[index] else { return false }
      return !isGerman || mayBeName[index - 1]
        || index + 1 < words.count && mayBeName[index + 1]
    }.map { words[$0].range }
  }

  /// Whether a word may be a name in another case: Anna, Annie, Annę.
  private static func isForm(_ word: [UInt8], of name: [UInt8]) -> Bool {
    let stem = name.prefix(max(3, name.count - 2))
    return word.starts(with: stem) && word.count <= name.count + 4
  }

  private struct Word {
    let text: String
    let range: Range<Int>
    let folded: [UInt8]

    /// One capital, then small letters: neither a size nor an abbreviation.
    var isCapitalised: Bool {
      text.first?.isUppercase == true && text.dropFirst().contains(where: \.isLowercase)
    }
  }

  private static func words(of text: String) -> [Word] {
    text.split { !$0.isLetter && !$0.isNumber }.map { word in
      let start = text.utf8.distance(from: text.startIndex, to: word.startIndex)
      return Word(
        text: String(word), range: start..<start + word.utf8.count,
        folded: Folding.fold(String(word)).bytes)
    }
  }
}
