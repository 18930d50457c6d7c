internal import Adapters
internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import Liquid

/// The adapters that a command is given, and which of them fits a document.
enum AdapterOptions {
  /// The word for "find out which".
  static let automatic = "auto"

  /// Loads the adapters of a bot folder, or says everything that is wrong with them.
  static func load(_ folder: URL) throws -> AdapterFolder {
    do throws(InvalidFiles) {
      return try AdapterFolder(folder)
    } catch {
      Terminal.error(error.description)
      throw ExitStatus.badData.exit
    }
  }

  /// An adapter by its name.
  static func adapter(named name: String, in folder: AdapterFolder) throws -> Adapter {
    if let adapter = folder.adapters[name] { return adapter }
    let known = folder.adapters.keys.sorted()
    throw ValidationError(
      "there is no adapter '\(name)'; "
        + (nearest(to: name, among: known).map { "did you mean '\($0)'?" }
          ?? "there are: \(known.joined(separator: ", "))"))
  }

  /// An adapter by its name; nil for the one that fits each document.
  static func adapter(_ name: String, in folder: AdapterFolder) throws -> Adapter? {
    name == automatic ? nil : try adapter(named: name, in: folder)
  }

  /// The documents of a file, each with its adapter: one JSON document, or one a line.
  static func documents(
    _ bytes: Data, _ file: String, _ name: String?, _ folder: AdapterFolder
  ) throws -> [(Adapter, Value)] {
    let documents: [Value]
    if let whole = try? Value(json: bytes) {
      documents = [whole]
    } else {
      documents = try bytes.split(separator: UInt8(ascii: "\n")).enumerated().map { number, line in
        do throws(JSONFault) {
          return try Value(json: line)
        } catch {
          Terminal.error("\(file):\(number + 1): this is not JSON: \(error)")
          throw ExitStatus.badData.exit
        }
      }
    }
    let named = try name.flatMap { try adapter($0, in: folder) }
    return try documents.map { document in
      guard let adapter = named ?? folder.adapter(recognising: document) else {
        Terminal.error("\(file): no one adapter recognises this document; name it with '--from'")
        throw ExitStatus.badData.exit
      }
      return (adapter, document)
    }
  }
}
