/// A file's text together with the means to say where in it something stands.
public struct SourceText: Sendable, Hashable {
  /// The path as a person should see it, relative to the bot folder.
  public let file: String
  /// The whole text.
  public let text: String

  /// Makes a source text.
  /// - Parameters:
  ///   - file: the path shown in findings.
  ///   - text: the content of that file.
  public init(file: String, text: String) {
    self.file = file
    self.text = text
  }

  /// The line and column of a byte, both counted from 1; columns count characters, as editors do.
  ///
  /// Walks the text once: meant for reporting, not for hot paths.
  /// - Parameter utf8Offset: a byte offset, clamped to the text.
  /// - Returns: the place of that byte.
  public func location(utf8Offset: Int) -> SourceLocation {
    let bytes = text.utf8
    let end = bytes.index(bytes.startIndex, offsetBy: utf8Offset, limitedBy: bytes.endIndex)
    let before = text[..<(end ?? bytes.endIndex)]
    let line = before.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    let lineStart = before.utf8.lastIndex(of: UInt8(ascii: "\n")).map(before.utf8.index(after:))
    let column = before[(lineStart ?? before.startIndex)...].count + 1
    return SourceLocation(file: file, line: line, column: column)
  }
}

/// A place in a file: what editors and terminals understand as `file:line:column`.
public struct SourceLocation: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The path, relative to the bot folder.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column in characters, from 1.
  public let column: Int

  /// Makes a place.
  /// - Parameters:
  ///   - file: the path.
  ///   - line: the line, from 1.
  ///   - column: the column, from 1.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `file:line:column`.
  public var description: String { "\(file):\(line):\(column)" }

  /// Orders places by file, then by line, then by column.
  public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}
