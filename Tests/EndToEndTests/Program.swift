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

  static let executable = URL(filePath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "odzew")

  /// With the program as `ODZEW`.
  private static var environment: [String: String] {
    ProcessInfo.processInfo.environment.merging(["ODZEW": executable.path]) { $1 }
  }

  /// Runs a line of the shell, in which the program is `"$ODZEW"`.
  static func shell(_ line: String) throws -> Outcome {
    try run(["-c", line], program: URL(filePath: "/bin/sh"))
  }

  /// Runs the program with some input and waits for its end.
  static func run(
    _ arguments: [String], input: Data = Data(), standardInput place: URL? = nil,
    program: URL = executable
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
    process.executableURL = program
    process.arguments = arguments
    process.environment = environment
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
