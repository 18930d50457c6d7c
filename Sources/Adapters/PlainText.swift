internal import Foundation

/// The text of a message that came as HTML.
///
/// Mail and helpdesks send small, often broken pieces of it; a browser's parser would be more than a
/// sentence needs, so that tags are cut out here by hand.
enum PlainText {
  private static let breaks: Set<String> = [
    "br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "ul", "ol", "table",
  ]
  private static let silent: Set<String> = ["style", "script", "head", "title"]
  private static let entities: [String: Character] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "ndash": "–", "mdash": "—", "hellip": "…", "euro": "€", "rsquo": "’", "lsquo": "‘",
    "rdquo": "”", "ldquo": "“", "bdquo": "„", "oacute": "ó", "aacute": "á", "eacute": "é",
    "iacute": "í", "uacute": "ú", "auml": "ä", "ouml": "ö", "uuml": "ü", "szlig": "ß",
    "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "acirc": "â", "icirc": "î",
  ]

  /// The words of a piece of HTML, a line for each of its blocks.
  /// - Parameter html: the HTML.
  /// - Returns: the text.
  static func of(html: String) -> String {
    var text = ""
    var rest = html[...]
    var hidden: String?
    while let mark = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
      if hidden == nil { text += rest[..<mark] }
      rest = rest[mark...]
      if rest.first == "&" {
        let (character, length) = entity(rest)
        if hidden == nil { text.append(character) }
        rest = rest.dropFirst(length)
        continue
      }
      let isComment = rest.hasPrefix("<!--")
      guard
        let end = isComment
          ? rest.firstRange(of: "-->")?.upperBound
          : rest.firstIndex(of: ">").map({ rest.index(after: $0) }), isComment || isTag(rest)
      else {
        // "3 < 5" is no tag.
        if hidden == nil { text.append("<") }
        rest = rest.dropFirst()
        continue
      }
      let isClosing = rest.dropFirst().first == "/"
      let name = rest.dropFirst(isClosing ? 2 : 1).prefix { $0.isLetter || $0.isNumber }
        .lowercased()
      rest = rest[end...]
      if let open = hidden {
        if isClosing, name == open { hidden = nil }
      } else if silent.contains(name), !isClosing {
        hidden = name
      } else if breaks.contains(name), !text.isEmpty, !text.hasSuffix("\n") || name == "br" {
        text.append("\n")
      }
    }
    if hidden == nil { text += rest }
    return text.replacingOccurrences(of: "\r\n", with: "\n")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func isTag(_ rest: Substring) -> Bool {
    guard let next = rest.dropFirst().first else { return false }
    return next == "/" || next == "!" || next.isLetter
  }

  /// The character that an entity stands for, and how long it is; an ampersand where it is none.
  private static func entity(_ rest: Substring) -> (Character, Int) {
    guard let end = rest.prefix(12).firstIndex(of: ";") else { return ("&", 1) }
    let name = rest[rest.index(after: rest.startIndex)..<end]
    let length = rest.distance(from: rest.startIndex, to: end) + 1
    if let known = entities[String(name)] { return (known, length) }
    guard name.first == "#" else { return ("&", 1) }
    let digits = name.dropFirst()
    let code =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let scalar = code.flatMap(Unicode.Scalar.init) else { return ("&", 1) }
    return (Character(scalar), length)
  }
}
