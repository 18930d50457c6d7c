import Foundation
import Liquid

/// Documents a second that become values, next to Foundation's decoder: a ratio, taken in turn.
@main
enum DecodingBenchmark {
  static func main() throws {
    let orders = try Data(contentsOf: URL(filePath: "Samples/orders.json"))
    guard case .list(let items) = try Value(json: orders) else { return }
    let documents = items.map(\.json)
    let bytes = documents.reduce(0) { $0 + $1.count }
    let decoder = JSONDecoder()
    var ratios: [Double] = []
    for _ in 0..<7 {
      let own = try seconds { for document in documents { _ = try Value(json: document) } }
      let theirs = try seconds {
        for document in documents { _ = try decoder.decode(Value.self, from: document) }
      }
      ratios.append(theirs / own)
    }
    let median = ratios.sorted()[ratios.count / 2]
    print("\(documents.count) orders, \(bytes / documents.count) bytes on average")
    print("Value(json:) reads \(String(format: "%.1f", median)) x the documents of JSONDecoder")
  }

  /// How long something takes, done twenty times.
  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let time = try clock.measure { for _ in 0..<20 { try body() } }
    return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
  }
}
