import Diagnostics
import Replies
import Testing

/// A template that can be proved, and the ways of spoiling it: each is refused at load, with the
/// place and the remedy.
@Suite struct ProofTests {
  static let sound = """
    {{ order.number }}{% if order.shipment.tracking_number %}
    {{ order.shipment.tracking_number }}{% else %} – {% endif %}
    {% if order.total %}{{ order.total | money }}{% endif %}
    {% render 'due', due: escalation.due %} {{ order.days_late }}
    {{ order.days_late | plural: one: 'dzień', few: 'dni', many: 'dni', other: 'dnia' }}
    {% for item in order.items %}{{ item.name | default: 'produkt' }}{% endfor %}
    """

  struct Mutation: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let finding: String
    var testDescription: String { new }

    init(_ old: String, _ new: String, _ finding: String) {
      self.old = old
      self.new = new
      self.finding = finding
    }
  }

  private func load(_ text: String, due: String = "{{ due | time }}") throws {
    _ = try SmallCatalog(
      ["a": text, "_due": due], in: "pl", certain: ["order.days_late", "escalation.due"])
  }

  @Test func `the sound one is taken`() throws { try load(Self.sound) }

  @Test func `a text longer than a channel takes is refused, unless the channel has its own`() {
    let long = String(repeating: "słowo ", count: 60)
    let error = #expect(throws: InvalidFiles.self) { try load(Self.sound + long) }
    #expect(
      error?.description == "a:1:1: error: the text has at least 302 characters, and chat takes "
        + "300; shorten it, or write a shorter a@chat.liquid")
    #expect(throws: Never.self) {
      try SmallCatalog(
        ["a": long, "a@chat": "krótko", "b": "{% if order %}\(long){% endif %}"], in: "pl")
    }
  }

  @Test(arguments: [
    Mutation(
      "{{ order.total | money }}", "{{ escalation.due | date: 'shrot' }}",
      "a:3:41: error: the filter 'date' does not know 'shrot'; did you mean 'short'?"),
    Mutation(
      "{{ order.number }}", "{{ order.nubmer }}",
      "a:1:4: error: there is no variable 'order.nubmer'; did you mean 'order.number'?"),
    Mutation(
      "{{ order.number }}", "{{ ordre.number }}",
      "a:1:4: error: there is no variable 'ordre'; did you mean 'order'?"),
    Mutation(
      "{% if order.shipment.tracking_number %}", "{% if order.shipment %}",
      "a:2:4: error: 'order.shipment.tracking_number' may be absent here; put it under '{% if order.shipment.tracking_number %}', or give it a '| default: …'"
    ),
    Mutation(
      "{% if order.shipment.tracking_number %}", "{% unless order.shipment.tracking_number %}",
      "a:1:19: error: 'unless' is never closed; write '{% endunless %}' after it"),
    Mutation(
      "{% else %} – {% endif %}", "{% else %}{{ order.shipment.carrier }}{% endif %}",
      "a:2:50: error: 'order.shipment.carrier' may be absent here; put it under '{% if order.shipment.carrier %}', or give it a '| default: …'"
    ),
    Mutation(
      "{% if order.total %}{{ order.total | money }}{% endif %}", "{{ order.total | money }}",
      "a:3:4: error: 'order.total' may be absent here; put it under '{% if order.total %}', or give it a '| default: …'"
    ),
    Mutation(
      "{{ order.total | money }}", "{{ order.total }}",
      "a:3:24: error: 'order.total' is an amount of money, which nobody can read; write '| money' behind it"
    ),
    Mutation(
      "{{ order.total | money }}", "{{ order.total | date }}",
      "a:3:38: error: 'order.total' is an amount of money, and 'date' takes a day or a time; write '| money' behind it"
    ),
    Mutation(
      "{{ order.total | money }}", "{{ order.total | mony }}",
      "a:3:38: error: there is no filter 'mony'; did you mean 'money'?"),
    Mutation(
      "if order.total %}", "if order.total or order.ship_by %}",
      "a:3:41: error: 'order.total' may be absent here; put it under '{% if order.total %}', or give it a '| default: …'"
    ),
    Mutation(
      "if order.total %}", "if order.total != 'x' %}",
      "a:3:31: error: 'order.total' may be absent here; put it under '{% if order.total %}', or give it a '| default: …'"
    ),
    Mutation(
      "few: 'dni', ", "",
      "a:5:22: error: the filter 'plural' lacks 'few'; write few: '…' too"),
    Mutation(
      "few: 'dni'", "few: 'dni', two: 'dni', some: 'dni'",
      "a:5:22: error: the filter 'plural' has no argument 'some'"),
    Mutation(
      "{{ order.days_late | plural", "{{ order.number | plural",
      "a:5:19: error: 'order.number' is a text, and 'plural' takes a number"),
    Mutation(
      "'due', due: escalation.due", "'deu', due: escalation.due",
      "a:4:1: error: there is no template 'deu' in Templates/pl; did you mean 'due'?"),
    Mutation(
      "'due', due: escalation.due", "'due', until: escalation.due",
      "_due:1:4: error: there is no variable 'due'"),
    Mutation(
      "due: escalation.due", "due: order.ship_by",
      "_due:1:4: error: 'due' may be absent here; put it under '{% if due %}', or give it a '| default: …'"
    ),
    Mutation(
      "item.name | default: 'produkt'", "item.name",
      "a:6:33: error: 'item.name' may be absent here; put it under '{% if item.name %}', or give it a '| default: …'"
    ),
    Mutation(
      "for item in order.items", "for item in order.number",
      "a:6:16: error: 'order.number' is a text and cannot be walked over"),
    Mutation(
      "{{ order.number }}", "{{ order.items }}",
      "a:1:4: error: 'order.items' is a list, which nobody can read; write '| list' behind it, or walk over it with '{% for … %}'"
    ),
    Mutation(
      "{{ order.number }}", "{{ facts.open }}",
      "a:1:4: error: 'facts.open' is a yes or no, which nobody can read; test it with '{% if … %}'"),
    Mutation(
      "{{ order.number }}", "{% if order.total > order.number %}x{% endif %}",
      "a:1:7: error: an amount of money and a text cannot be ordered"),
    Mutation(
      "{{ order.number }}",
      "{% if order.total %}{% assign t = order.ship_by %}{% endif %}{{ t | date }}",
      "a:1:65: error: 't' may be absent here; put it under '{% if t %}', or give it a '| default: …'"
    ),
    Mutation(
      "{{ order.number }}", "{% assign gap = '' %}{{ gap }}",
      "a:1:25: error: 'gap' may be absent here; put it under '{% if gap %}', or give it a '| default: …'"
    ),
    Mutation(
      "{{ order.number }}", "{% assign gap = order.total | default: '' %}{{ gap }}",
      "a:1:48: error: 'gap' may be absent here"),
    Mutation(
      "{{ order.number }}",
      "{% assign gap = '-' %}{% for item in order.items %}{{ gap }}{% assign gap = '' %}{% endfor %}",
      "a:1:55: error: 'gap' may be absent here"),
    Mutation(
      "{{ order.number }}",
      "{% capture gap %}{% if order.total %}x{% endif %}{% endcapture %}{{ gap }}",
      "a:1:69: error: 'gap' may be absent here"),
    Mutation(
      "{{ order.number }}", "{% nosuch %}", "a:1:1: error: there is no tag 'nosuch'"),
  ])
  func `a spoilt template is refused with its place and the remedy`(_ mutation: Mutation) throws {
    let text = Self.sound.replacing(mutation.old, with: mutation.new)
    try #require(text != Self.sound)
    let error = #expect(throws: InvalidFiles.self) { try load(text) }
    let found = error?.diagnostics.map(\.description) ?? []
    #expect(
      found.contains { $0.hasPrefix(mutation.finding) }, "\(found.joined(separator: "\n"))")
  }

  @Test(arguments: [
    "{% if order.shipment.carrier != blank %}{{ order.shipment.carrier }}{% endif %}",
    "{% unless order.total == nil %}{{ order.total | money }}{% endunless %}",
    "{% if order.total == nil %}–{% else %}{{ order.total | money }}{% endif %}",
    "{% if order.ship_by and order.total %}{{ order.total | money }}{% endif %}",
    "{% if order.shipment.carrier == 'DPD' %}{{ order.shipment.carrier }}{% endif %}",
    "{% case order.item.exception %}{% when 'perishable' %}{{ order.item.exception }}{% endcase %}",
    "{% assign s = order.shipment %}{% if s.carrier %}{{ order.shipment.carrier }}{% endif %}",
    "{% for s in order.shipments %}{% if s.carrier %}{{ s.carrier }}{% endif %}{% endfor %}",
    "{% if order.days_late > 2 %}{{ order.days_late }}{% endif %}",
    "{% if order.total %}{% assign t = 'x' %}{% else %}{% assign t = 'y' %}{% endif %}{{ t }}",
    "{% capture t %}{{ order.number }}{% endcapture %}{{ t | upcase }}",
    "{{ order.items.size }} {{ order.shipment.carrier | default: 'kurier' }}",
  ])
  func `what a condition tests is certain under it`(_ text: String) throws {
    _ = try SmallCatalog(["a": text], in: "pl", certain: ["order"])
  }

  @Test func `a template that nothing uses is refused`() {
    let error = #expect(throws: InvalidFiles.self) {
      try SmallCatalog(["a": "x", "b": "y", "_c": "z"], in: "pl", unused: ["b"])
    }
    #expect(
      error?.diagnostics.map(\.description) == [
        "_c:1:1: error: nothing uses the template '_c'; name it in an intent's answers, or delete it",
        "b:1:1: error: nothing uses the template 'b'; name it in an intent's answers, or delete it",
      ])
  }
}
