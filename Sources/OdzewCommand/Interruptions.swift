internal import Dispatch
internal import Foundation
internal import Synchronization

/// What reaches a running program from outside its input: signals, and work that has finished.
///
/// Whoever waits for input waits for these, too: each writes into a pipe that is polled beside the
/// input. The sources of signals are made once and only kept, which is what makes this
/// `@unchecked Sendable` true.
final class Interruptions: @unchecked Sendable {
  private let stop = Atomic(false)
  private let reload = Atomic(false)
  private let ends: (read: Int32, write: Int32)
  private var sources: [any DispatchSourceSignal] = []

  /// Listens for SIGTERM, SIGINT and SIGHUP from now on.
  init() {
    var ends: [Int32] = [-1, -1]
    _ = unsafe pipe(&ends)
    // Above the standard files, one of which may be closed: nobody may read this pipe as the input.
    ends = ends.map { end in
      let moved = fcntl(end, F_DUPFD, 10)
      close(end)
      _ = fcntl(moved, F_SETFL, O_NONBLOCK)
      return moved
    }
    self.ends = (ends[0], ends[1])
    for number in [SIGTERM, SIGINT, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in
        if number == SIGHUP {
          self?.askToReload()
        } else {
          let isSecond = self?.stop.exchange(true, ordering: .sequentiallyConsistent) ?? false
          // Whoever asks twice does not want to wait for a reader who does not read.
          // What has been kept is kept; as a shell tells of a signal, so does the exit code.
          if isSecond { _exit(128 + number) }
          self?.wake()
        }
      }
      source.resume()
      sources.append(source)
    }
  }

  deinit {
    close(ends.read)
    close(ends.write)
  }

  /// Whether the program is to end.
  var isAskedToStop: Bool { stop.load(ordering: .sequentiallyConsistent) }

  /// Whether the bot folder is to be read again; asked once.
  func takeReload() -> Bool { reload.exchange(false, ordering: .sequentiallyConsistent) }

  /// Asks for the bot folder to be read again.
  func askToReload() {
    reload.store(true, ordering: .sequentiallyConsistent)
    wake()
  }

  /// Ends a wait, now or the next one.
  func wake() {
    // A full pipe wakes as well.
    _ = unsafe write(ends.write, [0], 1)
  }

  /// Waits until a file can be read, or something else has come.
  /// - Returns: whether the file can be read.
  func wait(for descriptor: Int32) -> Bool {
    var files = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0),
    ]
    _ = unsafe poll(&files, nfds_t(files.count), -1)
    if files[1].revents != 0 {
      var bytes = [UInt8](repeating: 0, count: 64)
      while unsafe read(ends.read, &bytes, bytes.count) > 0 {}
    }
    return files[0].revents != 0
  }
}
