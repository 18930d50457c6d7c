import Diagnostics
import Foundation
import Liquid

/// Renders a second: the pages beside this file, each parsed once.
///
/// With a folder as argument, the texts are written there, so that another engine's can be held
/// against them.
@main
struct RenderingBenchmark {
  static func main() throws {
    let pages = URL(filePath: "Benchmarks/Rendering/pages")
    let data = try Data(contentsOf: pages.appending(path: "data.json"))
    let variables = try JSONDecoder().decode([String: Value].self, from: data)
    let files = try FileManager.default.contentsOfDirectory(atPath: pages.path).sorted()
    for file in files where file.hasSuffix(".liquid") {
      let text = try String(contentsOf: pages.appending(path: file), encoding: .utf8)
      let template = try Template(SourceText(file: file, text: text))
      let rate = try rate { try template.render(variables, undefined: .lenient).utf8.count }
      print("\(file.dropLast(7)) \(Int(rate))")
      if let folder = CommandLine.arguments.dropFirst().first {
        let rendered = try template.render(variables, undefined: .lenient)
        try Data(rendered.utf8).write(to: URL(filePath: folder).appending(path: file))
      }
    }
  }

  /// The best of several rounds, so that other work on the machine counts least.
  private static func rate(_ render: () throws -> Int) rethrows -> Double {
    var best = 0.0
    for _ in 0..<5 {
      let start = ContinuousClock.now
      var count = 0
      var elapsed = Duration.zero
      while elapsed < .milliseconds(200) {
        for _ in 0..<10 where try render() > 0 { count += 1 }
        elapsed = ContinuousClock.now - start
      }
      let (seconds, attoseconds) = elapsed.components
      best = max(best, Double(count) / (Double(seconds) + Double(attoseconds) / 1e18))
    }
    return best
  }
}
