internal import Commerce
internal import Diagnostics
internal import Patterns
internal import Understanding

/// The carriers of `carriers.yaml`: what buyers read about them, and how their numbers look.
struct CarrierFile {
  private(set) var carriers: [String: Carrier] = [:]
  private(set) var numberForms: [NumberForm] = []

  init(reading file: YAMLMapping) {
    guard let list = file.mapping("carriers") else { return }
    for id in list.entries {
      guard let entry = list.optionalMapping(id.value) else { continue }
      let link = entry.optionalString("link")
      if let link, !link.value.hasPrefix("https://") || !link.value.contains("%s") {
        entry.report(
          "invalid-link", at: link.location,
          "'\(link.value)' must be an https address with '%s' where the number stands")
      }
      if let name = entry.string("name")?.value {
        carriers[id.value] = Carrier(id: id.value, name: name, link: link?.value)
      }
      for form in entry.mappings("numbers") {
        let pattern = form.string("form")
        let check: CheckDigit? = form.optionalChoice("check")
        form.finish()
        guard let pattern else { continue }
        do throws(PatternError) {
          numberForms.append(try NumberForm(.trackingNumber, pattern.value, check: check))
        } catch {
          entry.report(
            "invalid-pattern", at: pattern.location,
            "'\(pattern.value)' is not a pattern: \(error)")
        }
      }
      entry.finish()
    }
    file.finish()
  }
}
