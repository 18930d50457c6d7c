internal import Foundation

/// Lines of an input of any length, each of which is bounded and checked.
struct LineReader {
  /// One line, without its end.
  enum Line: Equatable {
    /// A line of valid UTF-8.
    case text(Data)
    /// A line beyond the bound; its bytes are not kept.
    case tooLong
    /// A line that is not UTF-8.
    case invalidUTF8
  }

  private let limit: Int
  private let input: FileHandle
  private var buffer = Data()
  /// Where in the buffer the search for the next line's end goes on.
  private var searched = 0
  private var isSkipping = false
  private var isAtEnd = false

  /// Reads lines.
  /// - Parameters:
  ///   - input: where from.
  ///   - limit: the most bytes that a line may have.
  init(_ input: FileHandle, limit: Int) {
    self.input = input
    self.limit = limit
  }

  /// The next line, waiting for it where it has not come yet.
  /// - Parameter idle: called before waiting.
  /// - Returns: the line, or nil at the end.
  mutating func next(beforeWaiting idle: () throws -> Void) rethrows -> Line? {
    while true {
      if let end = buffer[(buffer.startIndex + searched)...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = take(upTo: end)
        buffer.removeFirst()
        if let line { return line }
        continue
      }
      searched = buffer.count
      if searched > limit {
        isSkipping = true
        buffer.removeAll(keepingCapacity: true)
        searched = 0
      }
      if isAtEnd {
        guard !buffer.isEmpty || isSkipping else { return nil }
        return take(upTo: buffer.endIndex)
      }
      try idle()
      let more = input.availableData
      if more.isEmpty { isAtEnd = true }
      buffer.append(more)
    }
  }

  /// The bytes before `end` as a line; the rest stays.
  private mutating func take(upTo end: Data.Index) -> Line? {
    let line = Data(buffer[..<end])
    buffer.removeSubrange(..<end)
    searched = 0
    if isSkipping || line.count > limit {
      isSkipping = false
      return .tooLong
    }
    return String(validating: line, as: UTF8.self) == nil ? .invalidUTF8 : .text(line)
  }
}
