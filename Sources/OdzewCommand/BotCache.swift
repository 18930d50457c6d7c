internal import Diagnostics
internal import Foundation
internal import Odzew
internal import Store

/// What takes long to make of bot folders, kept in the user's cache folder between runs.
///
/// Tables are named after everything that they were made from: the folder's files and this very program.
/// Beside them lies for each folder what was noted of its files, so that only those are read that have changed.
/// A file is written beside its place and moved there, so that nobody reads half of one and several
/// programs may write at once; what is damaged is made anew. Nothing depends on it but time.
struct BotCache {
  private let place: URL
  private let program: String

  /// How many files of a kind are kept: some bots, each after some changes.
  private static let mostFiles = 8

  /// Finds the place; nil where the user has no cache folder.
  private init?() {
    guard
      let caches = FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask).first,
      let program = Self.program
    else { return nil }
    place = caches.appending(path: "odzew")
    self.program = program
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

  private enum Kind: String {
    case tables
    case notes
  }

  /// Where a thing is kept.
  /// - Parameters:
  ///   - kind: what it is.
  ///   - content: everything that it depends on.
  /// - Returns: the place of its file.
  private func file(_ kind: Kind, of content: String) -> URL {
    let key = AuditEntry.digest(of: Data((program + content).utf8))
    return place.appending(path: "\(key.prefix(32)).\(kind.rawValue)")
  }

  /// Reads and compiles a bot folder, with what is kept of it.
  /// - Parameters:
  ///   - folder: the bot folder.
  ///   - isUsed: whether anything is read from the cache or kept in it.
  /// - Returns: the bot.
  /// - Throws: `InvalidFiles` with everything that is wrong, in all files.
  static func load(_ folder: URL, isUsed: Bool = true) throws(InvalidFiles) -> Bot {
    defer { giveBackFreedMemory() }
    guard isUsed, let cache = BotCache() else { return try Bot.load(from: folder) }
    if let bot = cache.bot(of: folder) { return bot }
    let contents = FolderContents(folder)
    let (bot, tables) = try Bot.made(of: contents)
    cache.keep(.tables, tables, of: contents.sum)
    // What was just kept takes a third of the memory of what it was made with.
    return cache.bot(of: folder) ?? bot
  }

  /// A bot whose tables are kept; nil where they are not, or where the folder has findings.
  /// - Parameter folder: the bot folder.
  /// - Returns: the bot.
  static func kept(_ folder: URL) -> Bot? { BotCache()?.bot(of: folder) }

  private func bot(of folder: URL) -> Bot? {
    let path = folder.standardizedFileURL.path
    let notes = try? Data(contentsOf: file(.notes, of: path))
    let known = FileNotes(notes ?? Data())
    // Where there are no tables, it may be that the notes are damaged.
    guard let bot = bot(of: folder, knowing: known) ?? bot(of: folder, knowing: FileNotes())
    else { return nil }
    if bot.notes != known { keep(.notes, bot.notes.bytes, of: path) }
    return bot.bot
  }

  private func bot(of folder: URL, knowing known: FileNotes) -> (bot: Bot, notes: FileNotes)? {
    let contents = FolderContents(folder, keeping: false, knowing: known)
    guard let kept = MappedFile(file(.tables, of: contents.sum)),
      let bot = Bot.restored(contents, kept.bytes)
    else { return nil }
    kept.giveBack()
    return (bot, contents.known)
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
  private func keep(_ kind: Kind, _ content: Data, of key: String) {
    let files = FileManager.default
    try? files.createDirectory(
      at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? content.write(to: file(kind, of: key), options: .atomic)
    let kept =
      (try? files.contentsOfDirectory(
        at: place, includingPropertiesForKeys: [.contentModificationDateKey])) ?? []
    let byAge = kept.filter { $0.pathExtension == kind.rawValue }.sorted { age($0) < age($1) }
    for old in byAge.dropFirst(Self.mostFiles) { try? files.removeItem(at: old) }
  }

  /// Seconds since a file was written.
  private func age(_ file: URL) -> TimeInterval {
    let date = try? file.resourceValues(forKeys: [.contentModificationDateKey])
    return -(date?.contentModificationDate ?? .distantPast).timeIntervalSinceNow
  }
}
