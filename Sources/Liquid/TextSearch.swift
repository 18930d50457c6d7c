/// Searching by bytes: what stands in a text is found as it is written, also half of a line end.
extension String {
  /// The ranges of bytes at which a text stands, none overlapping.
  ///
  /// Knuth, Morris and Pratt: a template must not be able to make the search slow.
  func places(of wanted: String) -> [Range<Int>] {
    let pattern = Array(wanted.utf8)
    if pattern.isEmpty { return [] }
    var fallback = [0]
    for place in pattern.indices.dropFirst() {
      var length = fallback[place - 1]
      while length > 0, pattern[length] != pattern[place] { length = fallback[length - 1] }
      fallback.append(pattern[length] == pattern[place] ? length + 1 : 0)
    }
    var places: [Range<Int>] = []
    var matched = 0
    for (place, byte) in utf8.enumerated() {
      while matched > 0, pattern[matched] != byte { matched = fallback[matched - 1] }
      if pattern[matched] == byte { matched += 1 }
      if matched == pattern.count {
        places.append(place + 1 - matched..<place + 1)
        matched = 0
      }
    }
    return places
  }

  /// The text with some ranges of bytes replaced.
  func replacing(_ places: [Range<Int>], with replacement: String) -> String {
    let bytes = Array(utf8)
    var result: [UInt8] = []
    var end = 0
    for place in places {
      result += bytes[end..<place.lowerBound]
      result += replacement.utf8
      end = place.upperBound
    }
    result += bytes[end...]
    return String(decoding: result, as: UTF8.self)
  }

  /// The parts between the places at which a separator stands, also empty ones.
  func parts(separatedBy separator: String) -> [String] {
    let bytes = Array(utf8)
    var parts: [String] = []
    var start = 0
    for place in places(of: separator) {
      parts.append(String(decoding: bytes[start..<place.lowerBound], as: UTF8.self))
      start = place.upperBound
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts
  }

  /// The words between spaces.
  var words: [String] {
    utf8.split(whereSeparator: isSpace).map { String(Substring($0)) }
  }

  /// The text without spaces and line ends at its ends.
  func trimming(start: Bool, end: Bool) -> String {
    var bytes = Array(utf8)[...]
    if start { bytes = bytes.drop(while: isSpace) }
    if end { while let last = bytes.last, isSpace(last) { bytes.removeLast() } }
    return String(decoding: bytes, as: UTF8.self)
  }
}

func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

func isName(_ byte: UInt8) -> Bool {
  isDigit(byte) || (65...90).contains(byte & 0xDF) || byte == UInt8(ascii: "_")
    || byte == UInt8(ascii: "-")
}
