internal import ArgumentParser

/// Orders in a state file.
struct Orders: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "orders",
    abstract: "Takes orders over from other systems, and shows those that are kept.",
    subcommands: [OrdersImport.self, OrdersShow.self, OrdersFind.self])
}
