public import Diagnostics

/// What a seller makes of a rule in `odzew.yaml`: another action, or none.
public struct RuleSetting: Sendable {
  let rule: Located<String>
  /// The action instead of the rule's own; nil where the rule is switched off.
  let action: PolicyFinding.Action?
  /// Why the seller may do less than the rule says.
  public let reason: String?

  /// Reads `policies:` of the settings.
  /// - Parameter list: a mapping from rules to `{action, off, reason}`; faults go to its reader.
  /// - Returns: the settings in the order of the file.
  public static func read(_ list: YAMLMapping) -> [RuleSetting] {
    list.entries.compactMap { rule in
      guard let entry = list.mapping(rule.value) else { return nil }
      defer { entry.finish() }
      let action: PolicyFinding.Action? = entry.optionalChoice("action")
      let isOff = entry.flag("off")
      if action == nil, !isOff {
        entry.report(
          "missing-key", at: rule.location, "nothing is said about the rule '\(rule.value)'",
          remedy: "write 'action: warn', or 'off: true'")
      }
      return RuleSetting(
        rule: rule, action: isOff ? nil : action, reason: entry.optionalString("reason")?.value)
    }
  }
}

extension PolicyPack.Rule {
  /// The rule as the seller wants it; nil where it is switched off.
  func applying(_ setting: RuleSetting?, _ faults: inout [Diagnostic]) -> PolicyPack.Rule? {
    guard let setting else { return self }
    let isLooser = setting.action.map { $0 < action } ?? true
    if isLooser, setting.reason?.isEmpty != false {
      faults.append(
        Diagnostic(
          code: "unreasoned-loosening", at: setting.rule.location,
          "the rule '\(id)' is loosened without a reason",
          remedy: "write 'reason:' with why this shop may do so"))
    }
    guard let action = setting.action else { return nil }
    var rule = self
    rule.action = action
    return rule
  }
}
