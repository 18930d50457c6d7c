internal import Odzew

extension Suggestions {
  /// Points as they stand in an intent's file.
  static func shown(_ points: Double) -> String { "\(Int(points))" }
}

extension Suggestions.Group {
  /// The file of the intent that is near, below the bot folder; nil where there is nothing to paste.
  public var file: String? {
    keywords.isEmpty ? nil : nearest.map { "Intents/\($0.intent).yaml" }
  }

  /// What is to be pasted there, with the keys under which it stands.
  public var yaml: String {
    let points = keywords.map { keyword in
      (key: keyword.text, value: YAMLText.word(Suggestions.shown(keyword.points)))
    }
    return YAMLText.mapping([
      ("locales", .mapping([(locale.description, .mapping([("keywords", .mapping(points))]))]))
    ]).yaml
  }
}
