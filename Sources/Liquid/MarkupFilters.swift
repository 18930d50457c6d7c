/// Filters for texts that become part of HTML.
extension FilterTable {
  mutating func addMarkupFilters() {
    addText("escape") { $0.escaped { _ in false } }
    addText("escape_once") { $0.escaped { $0.isEntity } }
    addText("newline_to_br") { $0.eachLineEnd(becomes: "<br />\n") }
    addText("strip_newlines") { $0.eachLineEnd(becomes: "") }
    addText("strip_html") { text in
      text.without("<script", "</script>").without("<!--", "-->").without("<style", "</style>")
        .without("<", ">")
    }
  }
}

extension String {
  /// The text with the signs of HTML written as entities, but where an ampersand may stay.
  fileprivate func escaped(keeping isKept: (ArraySlice<UInt8>) -> Bool) -> String {
    let bytes = Array(utf8)
    var result: [UInt8] = []
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "&"): result += isKept(bytes[place...]) ? "&".utf8 : "&amp;".utf8
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      case UInt8(ascii: "\""): result += "&quot;".utf8
      case UInt8(ascii: "'"): result += "&#39;".utf8
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The text with every line end replaced, be it written with a carriage return or without.
  fileprivate func eachLineEnd(becomes replacement: String) -> String {
    parts(separatedBy: "\r\n").joined(separator: "\n").parts(separatedBy: "\n")
      .joined(separator: replacement)
  }

  /// The text without what stands between two marks, and without the marks.
  fileprivate func without(_ opening: String, _ closing: String) -> String {
    let (starts, ends) = (places(of: opening), places(of: closing))
    var places: [Range<Int>] = []
    var next = ends.startIndex
    for start in starts where start.lowerBound >= places.last?.upperBound ?? 0 {
      while next < ends.endIndex, ends[next].lowerBound < start.upperBound { next += 1 }
      guard next < ends.endIndex else { break }
      places.append(start.lowerBound..<ends[next].upperBound)
    }
    return replacing(places, with: "")
  }
}

extension ArraySlice<UInt8> {
  /// Whether an entity such as `&amp;` or `&#39;` begins here.
  fileprivate var isEntity: Bool {
    let isNumeric = dropFirst().first == UInt8(ascii: "#")
    // No entity of HTML is longer than 31 letters.
    let body = dropFirst(isNumeric ? 2 : 1).prefix(32)
    guard let end = body.firstIndex(of: UInt8(ascii: ";")), end > body.startIndex else {
      return false
    }
    return body[..<end].allSatisfy { isNumeric ? isDigit($0) : (97...122).contains($0 | 0x20) }
  }
}
