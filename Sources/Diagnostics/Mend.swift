/// A change of a file that needs no thought: what stands at a place becomes something else, and the
/// rest stays byte for byte.
public struct Mend: Hashable, Sendable, CustomStringConvertible {
  /// Where it is made.
  public let location: SourceLocation
  /// What is done.
  public let what: String
  /// The bytes that go, as offsets in the file.
  public let range: Range<Int>
  /// What stands there instead.
  public let replacement: String

  /// Makes a mend.
  /// - Parameters:
  ///   - location: where it is made.
  ///   - what: what is done, as a clause: `trailing blanks removed`.
  ///   - range: the bytes that go, as offsets in the file.
  ///   - replacement: what stands there instead.
  public init(
    at location: SourceLocation, _ what: String, range: Range<Int>, replacement: String = ""
  ) {
    self.location = location
    self.what = what
    self.range = range
    self.replacement = replacement
  }

  /// `file:line:column: mended: what`.
  public var description: String { "\(location): mended: \(what)" }
}

extension SourceText {
  /// The file after some mends.
  /// - Parameter mends: mends of this very text; one that meets another before it is left out.
  /// - Returns: the file with the new text.
  func mended(by mends: [Mend]) -> SourceText {
    let old = Array(text.utf8)
    var new: [UInt8] = []
    var place = 0
    for mend in mends.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where mend.range.lowerBound >= place && mend.range.upperBound <= old.count {
      new += old[place..<mend.range.lowerBound]
      new += mend.replacement.utf8
      place = mend.range.upperBound
    }
    return SourceText(file: file, text: String(decoding: new + old[place...], as: UTF8.self))
  }

  /// The offset of a place as readers of YAML count: lines by line feeds, columns by code points.
  func utf8Offset(line: Int, column: Int) -> Int? {
    var rest = text.unicodeScalars[...]
    for _ in 1..<max(line, 1) {
      guard let end = rest.firstIndex(of: "\n") else { return nil }
      rest = rest[rest.index(after: end)...]
    }
    return rest.index(rest.startIndex, offsetBy: column - 1, limitedBy: rest.endIndex).map {
      text.utf8.distance(from: text.startIndex, to: $0)
    }
  }
}
