internal import Foundation

/// Lines of an input of any length, each of which is bounded and checked.
struct LineReader {
  /// One line, without its end.
  enum Line: Equatable, Sendable {
    /// A line of valid UTF-8.
    case text(Data)
    /// A line beyond the bound; its bytes are not kept.
    case tooLong
    /// A line that is not UTF-8.
    case invalidUTF8
  }

  private let limit: Int
  private let interruptions: Interruptions?
  private let descriptor: Int32
  /// Keeps the descriptor open.
  private let file: FileHandle
  private var buffer: [UInt8] = []
  /// Where in the buffer the next line begins, and where the search for its end goes on.
  private var start = 0
  private var searched = 0
  private var isSkipping = false
  private var isAtEnd = false

  /// Reads lines of a file.
  /// - Parameters:
  ///   - limit: the most bytes that a line may have.
  ///   - file: the file.
  ///   - interruptions: what may come while a line is awaited, and may end the reading.
  init(
    limit: Int, file: FileHandle = .standardInput, interruptions: Interruptions? = nil
  ) {
    self.interruptions = interruptions
    descriptor = file.fileDescriptor
    self.file = file
    self.limit = limit
  }

  /// The next line, waiting for it where it has not come yet.
  /// - Parameter idle: called before waiting.
  /// - Returns: the line, or nil at the end.
  /// - Throws: what `idle` throws, and the exit code of an input that cannot be read.
  mutating func next(beforeWaiting idle: () throws -> Void) throws -> Line? {
    while true {
      while searched < buffer.count {
        if buffer[searched] == UInt8(ascii: "\n") {
          defer {
            start = searched + 1
            searched = start
          }
          return line(upTo: searched)
        }
        searched += 1
      }
      if isAtEnd {
        guard start < buffer.count || isSkipping else { return nil }
        defer { start = buffer.count }
        return line(upTo: buffer.count)
      }
      if buffer.count - start > limit {
        // Its end is awaited, its bytes are not.
        isSkipping = true
        start = buffer.count
      }
      buffer.removeSubrange(..<start)
      (start, searched) = (0, buffer.count)
      try idle()
      if let interruptions {
        while !interruptions.wait(for: descriptor), !interruptions.isAskedToStop { try idle() }
        // What has not been read to its end is the sender's still.
        if interruptions.isAskedToStop { return nil }
      }
      let more = try chunk()
      if more.isEmpty { isAtEnd = true }
      buffer += more
    }
  }

  /// What has come by now, waiting for the first byte; empty at the end.
  ///
  /// The system call itself, because Foundation's handle either waits until a whole buffer is
  /// full, or ends the program when reading fails.
  private func chunk() throws -> ArraySlice<UInt8> {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe bytes.withUnsafeMutableBytes { room in
        unsafe read(descriptor, room.baseAddress, room.count)
      }
      if count >= 0 { return bytes[..<count] }
      if errno != EINTR {
        Terminal.error("the input cannot be read: \(unsafe String(cString: strerror(errno)))")
        throw ExitStatus.inputOutput.exit
      }
    }
  }

  /// The line that ends before a place of the buffer.
  private mutating func line(upTo end: Int) -> Line {
    if isSkipping || end - start > limit {
      isSkipping = false
      return .tooLong
    }
    let line = buffer[start..<end]
    return String(validating: line, as: UTF8.self) == nil ? .invalidUTF8 : .text(Data(line))
  }
}
