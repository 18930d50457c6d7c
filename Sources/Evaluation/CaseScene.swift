internal import Diagnostics
package import Odzew

/// What there is for cases to name: a misspelt name would be played as somebody unknown, and its answer
/// accepted as golden.
public struct CaseScene: Sendable {
  private let orders: Set<OrderNumber>
  private let channels: Set<Channel>

  /// Gathers what cases may name.
  /// - Parameters:
  ///   - orders: the sample orders.
  ///   - settings: the bot's, which name the channels.
  package init(orders: Set<OrderNumber>, settings: Settings) {
    self.orders = orders
    channels = settings.knownChannels
  }

  /// Reports an order that is no sample.
  func check(order written: Located<String>, in file: YAMLMapping) {
    guard let number = OrderNumber(written.value), !orders.contains(number) else { return }
    report("order", written, orders.map(\.description), in: file)
  }

  /// Reports a channel that the bot does not have.
  func check(channel written: Located<String>, in file: YAMLMapping) {
    guard let channel = Channel(written.value), !channels.contains(channel) else { return }
    report("channel", written, channels.map(\.description), in: file)
  }

  private func report(
    _ kind: String, _ written: Located<String>, _ known: [String], in file: YAMLMapping
  ) {
    file.report(
      "unknown-\(kind)", at: written.location,
      "there is no \(kind) '\(written.value)' to be played with",
      remedy: nearest(to: written.value, among: known.sorted()).map { "did you mean '\($0)'?" }
        ?? "known: \(known.sorted().joined(separator: ", "))")
  }
}
