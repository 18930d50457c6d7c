internal import Diagnostics
internal import Dispatch
internal import Foundation
internal import Odzew
internal import Store
internal import Synchronization

/// Reads a bot folder again while messages are answered with the old one.
///
/// A folder with findings is refused as a whole: they are told, and the bot stays as it is.
final class Reloading: Sendable {
  private let folder: URL
  private let interruptions: Interruptions
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "odzew.reloading")

  private struct State {
    var isLoading = false
    var loaded: (bot: Bot, version: String)?
  }

  /// How often the folder is looked at, in seconds.
  private static let interval = 2

  /// Prepares to read a folder again.
  /// - Parameters:
  ///   - folder: the bot folder.
  ///   - watches: whether a change of its files asks for it, besides a signal.
  ///   - interruptions: where it is asked for, and what is woken when it is done.
  init(of folder: URL, watches: Bool, _ interruptions: Interruptions) {
    self.folder = folder
    self.interruptions = interruptions
    if watches { watch(since: Self.version(of: folder)) }
  }

  /// Begins to read where that is asked for, and hands over what has been read.
  /// - Returns: the new bot and its version, once.
  func finished() -> (bot: Bot, version: String)? {
    // What is asked for while a folder is being read is asked for still when that has ended.
    if start() {
      if interruptions.takeReload() {
        queue.async { [self] in load() }
      } else {
        state.withLock { $0.isLoading = false }
      }
    }
    return state.withLock { state in
      defer { state.loaded = nil }
      return state.loaded
    }
  }

  private func start() -> Bool {
    state.withLock { state in
      defer { state.isLoading = true }
      return !state.isLoading
    }
  }

  private func load() {
    do throws(InvalidFiles) {
      let version = Self.version(of: folder)
      let bot = try BotCache.load(folder)
      Terminal.note("odzew: the bot folder has been read again")
      state.withLock { $0.loaded = (bot, version) }
    } catch {
      for diagnostic in error.diagnostics { Terminal.note(diagnostic.description) }
      Terminal.error(
        "the bot folder was changed and cannot be used: \(count(error.diagnostics.count, "finding")); "
          + "the bot stays as it was")
    }
    state.withLock { $0.isLoading = false }
    interruptions.wake()
  }

  private static func version(of folder: URL) -> String { FolderVersion(folder).digest }

  /// Looks at the folder from time to time.
  private func watch(since version: String) {
    queue.asyncAfter(deadline: .now() + .seconds(Self.interval)) { [weak self] in
      guard let self else { return }
      let current = Self.version(of: folder)
      if current != version { interruptions.askToReload() }
      watch(since: current)
    }
  }
}
