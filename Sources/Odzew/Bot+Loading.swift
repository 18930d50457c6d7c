public import Diagnostics
public import Foundation
internal import Patterns

extension Bot {
  /// Reads and compiles a bot folder.
  /// - Parameters:
  ///   - folder: the folder with `odzew.yaml`.
  ///   - texts: what to read in place of what some files say, by their paths.
  /// - Returns: the bot.
  /// - Throws: `InvalidFiles` with everything that is wrong, in all files.
  public static func load(
    from folder: URL, with texts: [String: String] = [:]
  ) throws(InvalidFiles) -> Bot {
    try BotFolder.load(FolderContents(folder), with: texts) { $0.bot() }
  }

  /// What is wrong with each file of a bot folder by itself, without compiling anything.
  /// - Parameters:
  ///   - folder: the folder with `odzew.yaml`.
  ///   - texts: what to read in place of what some files say, by their paths.
  /// - Returns: the findings, in no particular order.
  package static func faults(
    ofFilesIn folder: URL, with texts: [String: String]
  ) -> [Diagnostic] {
    var reader = BotFolder(FolderContents(folder), with: texts)
    let files = reader.files()
    _ = reader.templates(in: files.settings?.locales ?? [])
    return reader.found
  }

  /// Reads and compiles a bot folder, with what is kept of it.
  /// - Parameters:
  ///   - folder: the folder with `odzew.yaml`.
  ///   - tables: what this very program has made of the same files, which saves most of the work;
  ///     what is damaged is made anew.
  /// - Returns: the bot, and what is to be kept of it; nil where what was given is right.
  /// - Throws: `InvalidFiles` with everything that is wrong, in all files.
  public static func load(
    from folder: URL, tables: Data?
  ) throws(InvalidFiles) -> (bot: Bot, tables: Data?) {
    let contents = FolderContents(folder)
    if let tables, let bot = restored(contents, tables) { return (bot, nil) }
    return try made(of: contents)
  }

  /// Puts a bot together from what is kept of its folder.
  /// - Parameters:
  ///   - contents: the folder; what stands in its files need not have been kept.
  ///   - tables: what this very program has made of the same files.
  /// - Returns: the bot; nil where what is kept is damaged.
  package static func restored(_ contents: FolderContents, _ tables: Data) -> Bot? {
    // What is kept says that the folder was right: where it cannot be used, the kept is wrong.
    guard let archive = try? TableArchive.Reader(tables) else { return nil }
    return try? BotFolder.load(contents) { reader in
      reader.tables = archive
      reader.takeFiles()
      guard let bot = reader.bot(), reader.tables != nil else { return nil }
      return bot
    }
  }

  /// Compiles what was read of a bot folder.
  /// - Parameter contents: all of a bot folder.
  /// - Returns: the bot, and what is to be kept of it.
  /// - Throws: `InvalidFiles` with everything that is wrong, in all files.
  package static func made(
    of contents: FolderContents
  ) throws(InvalidFiles) -> (bot: Bot, tables: Data) {
    try BotFolder.load(contents) { reader in
      guard let bot = reader.bot() else { return nil }
      return (bot, reader.keep(bot))
    }
  }
}

extension PolicyDesk {
  /// Reads the settings, policy packs and hints of a bot folder, and nothing else of it.
  /// - Parameter folder: the folder with `odzew.yaml`.
  /// - Returns: the desk.
  /// - Throws: `InvalidFiles` with everything that is wrong in these files.
  public static func load(from folder: URL) throws(InvalidFiles) -> PolicyDesk {
    try BotFolder.load(FolderContents(folder, [.hints, .policies])) { $0.policyDesk() }
  }
}

extension Settings {
  /// Reads the settings of a bot folder, its countries and deadlines, and nothing else of it.
  /// - Parameter folder: the folder with `odzew.yaml`.
  /// - Returns: the settings.
  /// - Throws: `InvalidFiles` with everything that is wrong in these files.
  package static func load(from folder: URL) throws(InvalidFiles) -> Settings {
    try BotFolder.load(FolderContents(folder, [])) { reader in
      reader.settings().flatMap { settings in reader.isSound ? settings : nil }
    }
  }
}
