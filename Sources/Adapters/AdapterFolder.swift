public import Diagnostics
public import Foundation
public import Liquid

/// The adapters of a bot folder.
public struct AdapterFolder: Sendable {
  /// The adapters by name.
  public let adapters: [String: Adapter]

  /// Reads `Adapters/` of a bot folder.
  /// - Parameters:
  ///   - folder: the folder with `odzew.yaml`.
  ///   - texts: what to read in place of what some files say, by their paths.
  /// - Throws: `InvalidFiles` with everything that is wrong, in all files.
  public init(_ folder: URL, with texts: [String: String] = [:]) throws(InvalidFiles) {
    let directory = folder.appending(path: "Adapters").path
    var found: [Diagnostic] = []
    var adapters: [String: Adapter] = [:]
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    for name in names.sorted() where name.hasSuffix(".yaml") && !name.hasPrefix(".") {
      let path = "Adapters/\(name)"
      let start = SourceLocation(file: path, line: 1, column: 1)
      let bytes = FileManager.default.contents(atPath: "\(directory)/\(name)")
      guard let text = texts[path] ?? bytes.flatMap({ String(validating: $0, as: UTF8.self) })
      else {
        found.append(Diagnostic(code: "unreadable-file", at: start, "the file is not UTF-8 text"))
        continue
      }
      do throws(InvalidFiles) {
        let adapter = try Adapter(SourceText(file: path, text: text))
        if name != adapter.name + ".yaml" {
          found.append(
            Diagnostic(
              code: "misnamed-adapter", at: start,
              "the adapter '\(adapter.name)' stands in '\(name)'",
              remedy: "name the file '\(adapter.name).yaml'"))
        }
        adapters[adapter.name] = adapter
      } catch {
        found += error.diagnostics
      }
    }
    if let error = InvalidFiles(found) { throw error }
    self.adapters = adapters
  }

  /// The one adapter that recognises a document.
  /// - Parameter document: the document.
  /// - Returns: the adapter; nil where none does, or more than one.
  public func adapter(recognising document: Value) -> Adapter? {
    let able = adapters.values.filter { $0.recognises(document) }
    return able.count == 1 ? able[0] : nil
  }
}
