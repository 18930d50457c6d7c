internal import Odzew

/// What must be true of a response.
struct CaseExpectation: Sendable {
  let action: Response.Action?
  let intents: [String]
  let template: String?
  let contains: [String]
  let lacks: [String]
  let locale: String?
  /// Why a person is fetched, or why nothing is said.
  let reason: String?
  let queue: String?
}

extension CaseExpectation {
  init(_ entry: YAMLMapping) {
    action = entry.optionalChoice("action")
    intents = entry.strings("intents").map(\.value)
    template = entry.optionalString("template")?.value
    contains = entry.strings("contains").map(\.value)
    lacks = entry.strings("lacks").map(\.value)
    locale = entry.optionalString("locale")?.value
    reason = entry.optionalString("reason")?.value
    queue = entry.optionalString("queue")?.value
    entry.finish()
  }

  /// What is not as expected.
  func failures(of response: Response) -> [String] {
    var failures: [String] = []
    if let action, response.action != action {
      failures.append("the action is '\(response.action.rawValue)', not '\(action.rawValue)'")
    }
    let read = response.intents.map(\.intent.description)
    if !intents.isEmpty, read != intents {
      failures.append("the intents are \(read), not \(intents)")
    }
    if let template, response.reply?.template != template {
      failures.append("the template is '\(response.reply?.template ?? "–")', not '\(template)'")
    }
    func compare(_ what: String, _ found: String?, _ expected: String?) {
      if let expected, found != expected {
        failures.append("the \(what) is '\(found ?? "–")', not '\(expected)'")
      }
    }
    compare("language", response.locale?.description, locale)
    compare("queue", response.handOff?.escalation.queue, queue)
    compare("reason", response.handOff?.escalation.reason.rawValue ?? response.reason, reason)
    let text = response.reply?.text.text ?? ""
    failures += contains.filter { !text.contains($0) }.map { "the reply lacks '\($0)'" }
    failures += lacks.filter(text.contains).map { "the reply contains '\($0)'" }
    return failures
  }
}
