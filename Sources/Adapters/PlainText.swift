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
  /// - Complexity: O(n), also for tags and comments that are never closed.
  static func of(html: String) -> String {
    let bytes = Array(html.utf8)
    var text: [UInt8] = []
    var hidden: String?
    var place = 0
    // Where one mark is not found, it stands nowhere behind either.
    var (hasTagEnd, hasCommentEnd) = (true, true)
    while place < bytes.count {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "&"):
        let (character, length) = entity(bytes[place...])
        if hidden == nil { text += String(character).utf8 }
        place += length
        continue
      case UInt8(ascii: "<") where isComment(bytes[place...]) && hasCommentEnd:
        if let end = commentEnd(bytes, from: place + 4) {
          place = end
          continue
        }
        hasCommentEnd = false
      case UInt8(ascii: "<") where isTag(bytes[place...]) && hasTagEnd:
        if let end = bytes[place...].firstIndex(of: UInt8(ascii: ">")) {
          let isClosing = bytes[place + 1] == UInt8(ascii: "/")
          let letters = bytes[(place + (isClosing ? 2 : 1))..<end].prefix(while: isLetterOrDigit)
          let name = String(decoding: letters, as: UTF8.self).lowercased()
          if let open = hidden {
            if isClosing, name == open { hidden = nil }
          } else if silent.contains(name), !isClosing {
            hidden = name
          } else if breaks.contains(name), !text.isEmpty,
            text.last != UInt8(ascii: "\n") || name == "br"
          {
            text.append(UInt8(ascii: "\n"))
          }
          place = end + 1
          continue
        }
        hasTagEnd = false
      default: break
      }
      // "3 < 5" is no tag.
      if hidden == nil, byte != UInt8(ascii: "\r") { text.append(byte) }
      place += 1
    }
    return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func isComment(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.starts(with: "<!--".utf8)
  }

  private static func commentEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    while place + 2 < bytes.count {
      if bytes[place...].starts(with: "-->".utf8) { return place + 3 }
      place += 1
    }
    return nil
  }

  private static func isTag(_ rest: ArraySlice<UInt8>) -> Bool {
    guard let next = rest.dropFirst().first else { return false }
    return next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || isLetterOrDigit(next)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// The character that an entity stands for, and how many bytes it has; an ampersand where it is none.
  private static func entity(_ rest: ArraySlice<UInt8>) -> (Character, Int) {
    guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return ("&", 1) }
    let name = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
    let length = end - rest.startIndex + 1
    if let known = entities[name] { return (known, length) }
    guard name.first == "#" else { return ("&", 1) }
    let digits = name.dropFirst()
    let code =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let scalar = code.flatMap(Unicode.Scalar.init) else { return ("&", 1) }
    return (Character(scalar), length)
  }
}
