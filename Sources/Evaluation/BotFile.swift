/// What a file of a bot folder is, which its place says.
public struct BotFile: Sendable, Hashable {
  /// The folders that hold files of a bot folder; the others lie beside them.
  public static let folders = [
    "Adapters", "Cases", "Concepts", "Hints", "Intents", "Policies", "Templates",
  ]
  /// The files that lie beside the folders.
  public static let single = [
    "automatic.yaml", "carriers.yaml", "countries.yaml", "deadlines.yaml", "odzew.yaml",
    "reasons.yaml",
  ]

  /// Its path in the bot folder.
  public let path: String
  /// The path of its schema in the bot folder; nil for templates.
  let schema: String?
  /// The keys of lists of sentences that are proved one by one, so that one twice proves no more.
  let provedLists: Set<String>

  /// Tells what a file is; nil for what the program does not read, or reads in another form.
  /// - Parameter path: the path in the bot folder.
  public init?(_ path: String) {
    let steps = path.split(separator: "/").map(String.init)
    guard let top = steps.first, let name = steps.last,
      !steps.contains(where: { $0.hasPrefix(".") })
    else { return nil }
    let kind: String? =
      switch (top, steps.count, name) {
      case (_, 1, _): Self.single.contains(name) ? String(name.dropLast(".yaml".count)) : nil
      case ("Templates", 3, "days.yaml"): "days"
      case ("Cases", _, _): "case"
      case (_, 2, _): Self.kinds[top]
      default: nil
      }
    let isTemplate = top == "Templates" && steps.count == 3 && name.hasSuffix(".liquid")
    guard isTemplate || kind != nil && name.hasSuffix(".yaml") else { return nil }
    self.path = path
    schema = kind.map { "Schemas/\($0).schema.json" }
    provedLists = kind.flatMap { Self.provedLists[$0] } ?? []
  }

  /// What a folder's files are.
  private static let kinds = [
    "Adapters": "adapter", "Concepts": "concepts", "Hints": "hints", "Intents": "intent",
    "Policies": "policy",
  ]
  private static let provedLists: [String: Set<String>] = [
    "intent": ["examples", "counter_examples"], "policy": ["violates", "complies"],
    "reasons": ["examples", "counter_examples"],
  ]
}
