import Foundation

/// The built program, run as a user runs it.
struct Program {
  struct Outcome {
    let output: String
    let notes: String
    let status: Int32

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Runs the program with some input and waits for its end.
  static func run(
    _ arguments: [String], input: Data = Data(), standardInput place: URL? = nil
  ) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "odzew-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: a program that writes much while it reads much would wait for ever.
    func file(_ name: String, _ content: Data) throws -> URL {
      let place = folder.appending(path: name)
      try content.write(to: place)
      return place
    }
    let (standardInput, output, notes) = (
      try file("in", input), try file("out", Data()), try file("err", Data())
    )
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
      .deletingLastPathComponent().appending(path: "odzew")
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: place ?? standardInput)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: notes)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      notes: String(decoding: try Data(contentsOf: notes), as: UTF8.self),
      status: process.terminationStatus)
  }

  static func run(_ arguments: [String], input: String) throws -> Outcome {
    try run(arguments, input: Data(input.utf8))
  }
}
