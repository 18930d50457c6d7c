/// How the lines begin by which a message stops being the writer's own, in one language; folded.
public struct QuotationMarks: Sendable, Hashable {
  /// Ends of the line before an earlier mail: "wrote", "napisał".
  public var introductions: [[UInt8]] = []
  /// Words that head the lines on top of an earlier mail: "from", "von".
  public var headers: [[UInt8]] = []
  /// Beginnings of lines that a device or a mail program adds: "sent from my".
  public var footers: [[UInt8]] = []

  /// Makes empty marks.
  public init() {}

  /// Adds the marks of another language.
  /// - Parameter other: its marks.
  public mutating func add(_ other: QuotationMarks) {
    introductions += other.introductions
    headers += other.headers
    footers += other.footers
  }
}

/// Finds what of a message is not its writer's: quoted mail, what mail programs add.
///
/// Mail has no mark-up for this, only habits: `>` before quoted lines (RFC 3676, section 4.5), `-- `
/// before a signature (section 4.3), a line that ends in "wrote:" or a block of header lines before
/// an earlier mail. Where everything would be set aside, nothing is.
public enum Quotation {
  /// The lines to set aside.
  /// - Parameters:
  ///   - text: the message.
  ///   - marks: the habits of the languages that occur.
  /// - Returns: ranges of the text's UTF-8, in order, whole lines.
  /// - Complexity: O(n) in the text's length, times the marks for each line.
  public static func aside(in text: String, by marks: QuotationMarks) -> [Range<Int>] {
    // Most messages are one line.
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) else {
      return []
    }
    let lines = lines(of: text)
    var aside: [Range<Int>] = []
    var own = 0
    for (index, line) in lines.enumerated() {
      let content = line.text.drop { $0 == " " || $0 == "\t" }
      if content.isEmpty { continue }
      if content.hasPrefix(">") {
        aside.append(line.range)
        continue
      }
      let folded = Folding.fold(String(content)).bytes
      if marks.footers.contains(where: { starts(folded, with: $0) }) {
        aside.append(line.range)
        continue
      }
      if endsTheMessage(content, folded, at: index, lines, marks) {
        aside.append(line.range.lowerBound..<text.utf8.count)
        break
      }
      own += 1
    }
    return own == 0 ? [] : aside
  }

  private typealias Line = (text: Substring, range: Range<Int>)

  private static func lines(of text: String) -> [Line] {
    var lines: [Line] = []
    var offset = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let width = line.utf8.count
      lines.append((line, offset..<offset + width))
      let end = line.endIndex
      offset += width + (end < text.endIndex ? text[end].utf8.count : 0)
    }
    return lines
  }

  /// Whether a signature or an earlier mail begins with a line.
  private static func endsTheMessage(
    _ content: Substring, _ folded: [UInt8], at index: Int, _ lines: [Line],
    _ marks: QuotationMarks
  ) -> Bool {
    // The first line is the writer's, whatever it looks like.
    if index == 0 { return false }
    if content == "--" || content == "-- " { return true }
    if content.count(where: { $0 == "-" || $0 == "_" }) >= 8 { return true }
    if content.last == ":", marks.introductions.contains(where: { ends(folded, with: $0) }) {
      return true
    }
    // "From: …" and "Sent: …" below each other.
    func isHeader(_ line: Substring) -> Bool {
      guard let colon = line.firstIndex(of: ":") else { return false }
      let word = Folding.fold(String(line[..<colon])).bytes
      return marks.headers.contains(word)
    }
    return isHeader(content) && index + 1 < lines.count && isHeader(lines[index + 1].text)
  }

  private static func starts(_ bytes: [UInt8], with mark: [UInt8]) -> Bool {
    !mark.isEmpty && bytes.starts(with: mark)
  }

  private static func ends(_ bytes: [UInt8], with mark: [UInt8]) -> Bool {
    !mark.isEmpty && bytes.count >= mark.count && bytes.suffix(mark.count).elementsEqual(mark)
  }
}
