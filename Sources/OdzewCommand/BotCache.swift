internal import Diagnostics
internal import Foundation
internal import Odzew
internal import Store

/// What takes long to make of a bot folder, kept in the user's cache folder between runs.
///
/// A file is named after everything that it was made from: the folder's files and this very program.
/// It is written beside its place and moved there, so that nobody reads half of one and several
/// programs may write at once; what is damaged is made anew. Nothing depends on it but time.
struct BotCache {
  private let place: URL
  private let key: String

  /// How many files are kept: some bots, each after some changes.
  private static let mostFiles = 8

  /// Finds the place for a bot folder's tables; nil where the user has no cache folder.
  /// - Parameter contents: the folder.
  init?(of contents: FolderContents) {
    guard
      let caches = FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask).first,
      let program = Self.program
    else { return nil }
    place = caches.appending(path: "odzew")
    key = AuditEntry.digest(of: Data((program + contents.sum).utf8))
  }

  /// What tells this build of the program from every other: its beginning, where the linker writes a
  /// digest of all that it put together (`.note.gnu.build-id`), and its size.
  ///
  /// Reading it whole would take longer than the rest of the start.
  private static var program: String? {
    guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath(),
      let size = try? program.resourceValues(forKeys: [.fileSizeKey]).fileSize,
      let beginning = try? FileHandle(forReadingFrom: program).read(upToCount: 65_536)
    else { return nil }
    return AuditEntry.digest(of: beginning) + "\(size)"
  }

  private var file: URL { place.appending(path: "\(key.prefix(32)).tables") }

  /// Reads and compiles a bot folder, with what is kept of it.
  /// - Parameters:
  ///   - folder: the bot folder.
  ///   - isUsed: whether anything is read from the cache or kept in it.
  /// - Returns: the bot.
  /// - Throws: `InvalidFiles` with everything that is wrong, in all files.
  static func load(_ folder: URL, isUsed: Bool = true) throws(InvalidFiles) -> Bot {
    defer { giveBackFreedMemory() }
    guard isUsed else { return try Bot.load(from: folder) }
    if let bot = kept(folder) { return bot }
    let contents = FolderContents(folder)
    let (bot, tables) = try Bot.made(of: contents)
    BotCache(of: contents)?.keep(tables)
    // What was just kept takes a third of the memory of what it was made with.
    return kept(folder) ?? bot
  }

  /// A bot whose tables are kept; nil where they are not, or where the folder has findings.
  /// - Parameter folder: the bot folder.
  /// - Returns: the bot.
  static func kept(_ folder: URL) -> Bot? {
    let contents = FolderContents(folder, keeping: Bot.isWantedBesideTables)
    guard let cache = BotCache(of: contents), let kept = MappedFile(cache.file) else { return nil }
    let bot = Bot.restored(contents, kept.bytes)
    kept.giveBack()
    return bot
  }

  /// Loading takes much memory for a moment, which the C library would keep for later.
  ///
  /// Only glibc can be asked, by a function that its Swift module lacks (malloc_trim(3)).
  private static func giveBackFreedMemory() {
    #if canImport(Glibc)
      guard let trim = unsafe dlsym(nil, "malloc_trim") else { return }
      let function = unsafe unsafeBitCast(trim, to: (@convention(c) (Int) -> CInt).self)
      _ = function(0)
    #endif
  }

  /// Where it cannot be kept, the next run takes as long as this one.
  private func keep(_ tables: Data) {
    let files = FileManager.default
    try? files.createDirectory(
      at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? tables.write(to: file, options: .atomic)
    let kept =
      (try? files.contentsOfDirectory(
        at: place, includingPropertiesForKeys: [.contentModificationDateKey])) ?? []
    let byAge = kept.filter { $0.pathExtension == "tables" }.sorted { age($0) < age($1) }
    for old in byAge.dropFirst(Self.mostFiles) { try? files.removeItem(at: old) }
  }

  /// Seconds since a file was written.
  private func age(_ file: URL) -> TimeInterval {
    let date = try? file.resourceValues(forKeys: [.contentModificationDateKey])
    return -(date?.contentModificationDate ?? .distantPast).timeIntervalSinceNow
  }
}
