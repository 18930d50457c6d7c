import Diagnostics
import Liquid
import Testing

private func template(_ source: String) throws -> Template {
  try Template(SourceText(file: "t.liquid", text: source))
}

private let values: [String: Value] = [
  "name": .string("Anna"), "count": .integer(2), "blankText": .string(""), "no": .bool(false),
  "list": .list([.integer(1), .integer(2), .integer(3)]),
  "order": .object([
    "number": .string("ZAM-1"), "items": .list([.object(["name": .string("kubek")])]),
  ]),
]

@Suite struct RenderingTests {
  @Test(arguments: [
    ("Hi {{ name }}!", "Hi Anna!"),
    ("{{ name | upcase | append: '!' }}", "ANNA!"),
    ("{{ missing | default: 'x' }}{{ order.number }}{{ order.items[0].name }}", "xZAM-1kubek"),
    ("{{ list | join: ', ' }} {{ list.size }} {{ list.first }}", "1, 2, 3 3 1"),
    (
      "{{ count | plus: 3 | times: 2 }} {{ 7 | divided_by: 2 }} {{ 7 | divided_by: 2.0 }}",
      "10 3 3.5"
    ),
    ("{% if count > 1 and name == 'Anna' %}a{% elsif no %}b{% else %}c{% endif %}", "a"),
    ("{% if missing %}a{% elsif no %}b{% else %}c{% endif %}", "c"),
    ("{% unless no %}a{% else %}b{% endunless %}", "a"),
    ("{% if name contains 'nn' %}a{% endif %}{% if list contains 2 %}b{% endif %}", "ab"),
    ("{% if blankText == empty %}a{% endif %}{% if missing == nil %}b{% endif %}", "ab"),
    ("{% case count %}{% when 1 %}a{% when 2, 3 %}b{% else %}c{% endcase %}", "b"),
    ("{% case name %}{% when 'B' or 'Anna' %}a{% else %}c{% endcase %}", "a"),
    ("{% for n in list %}{{ n }}{% unless forloop.last %},{% endunless %}{% endfor %}", "1,2,3"),
    ("{% for n in list limit: 1 offset: 1 %}{{ n }}{% endfor %}", "2"),
    ("{% for n in list reversed %}{{ forloop.index }}{{ n }} {% endfor %}", "13 22 31 "),
    (
      "{% for n in (1..5) %}{% if n == 2 %}{% continue %}{% elsif n == 4 %}{% break %}{% endif %}{{ n }}{% endfor %}",
      "13"
    ),
    (
      "{% assign nothing = '' | split: ',' %}{% for n in nothing %}a{% else %}none{% endfor %}",
      "none"
    ),
    (
      "{% assign x = count | plus: 1 %}{{ x }}{% capture y %}<{{ x }}>{% endcapture %}{{ y }}",
      "3<3>"
    ),
    ("a{% comment %}{{ broken | nofilter }}{% endcomment %}b{% # note %}", "ab"),
    ("{% raw %}{{ name }}{% endraw %}", "{{ name }}"),
    ("a  {%- if true -%}  b  {%- endif -%}  c {{- name -}} d", "abcAnnad"),
    ("{% echo name | downcase %}", "anna"),
  ])
  func `templates print what the language says`(source: String, expected: String) throws {
    #expect(try template(source).render(values, undefined: .strict) == expected)
  }

  @Test func `a rendered template sees only what it is given`() throws {
    let part = try template("[{{ who }}{{ name }}]")
    let text = try template("{% render 'part', who: name %}")
      .render(values, partials: { $0 == "part" ? part : nil }, undefined: .lenient)
    #expect(text == "[Anna]")
  }

  @Test func `values are data, never template text`() throws {
    let text = try template("{{ name }}")
      .render(["name": .string("{{ secret }}{% if %}")], undefined: .strict)
    #expect(text == "{{ secret }}{% if %}")
  }
}

@Suite struct StrictnessTests {
  @Test(arguments: [
    ("a\n  {{ missing }}", "t.liquid:2:6: 'missing' has no value"),
    ("{{ order.shipment.number }}", "t.liquid:1:4: 'order.shipment.number' has no value"),
    ("{{ blankText }}", "t.liquid:1:4: 'blankText' has no value"),
    ("{{ missing | upcase }}", "t.liquid:1:4: 'missing' has no value"),
    ("{% for x in missing %}{% endfor %}", "t.liquid:1:1: 'missing' has no value"),
    ("{{ name | plus: 1 }}", "t.liquid:1:4: the filter 'plus' needs numbers"),
    ("{% render 'nowhere' %}", "t.liquid:1:1: there is no template 'nowhere'"),
  ])
  func `a hole is an error with its place`(source: String, expected: String) throws {
    let template = try template(source)
    let error = #expect(throws: RenderError.self) {
      try template.render(values, undefined: .strict)
    }
    #expect(error?.description == expected)
  }

  @Test func `leniently a hole prints as nothing, as the reference has it`() throws {
    let text = try template(
      "a{{ missing.x }}{{ missing | upcase }}b{% for x in missing %}c{% endfor %}"
    )
    .render(values, undefined: .lenient)
    #expect(text == "ab")
  }

  @Test func `a template can neither hang nor swell`() throws {
    let part = try template("{% render 'part' %}")
    #expect(throws: RenderError.self) {
      try part.render([:], partials: { _ in part }, undefined: .lenient)
    }
    let loop = try template(
      "{% for a in (1..9000) %}{% for b in (1..9000) %}x{% endfor %}{% endfor %}")
    #expect(throws: RenderError.self) { try loop.render([:], undefined: .lenient) }
  }
}

@Suite struct ParsingTests {
  @Test(arguments: [
    ("{{ name", "t.liquid:1:1: error: '{{' is never closed; write '}}' after it"),
    ("{% if a %}b", "t.liquid:1:1: error: 'if' is never closed; write '{% endif %}' after it"),
    ("{% endif %}", "t.liquid:1:1: error: 'endif' has no tag that it belongs to"),
    ("a\n{% fro x in y %}", "t.liquid:2:1: error: there is no tag 'fro'; did you mean 'for'?"),
    ("{{ a | upcas }}", "t.liquid:1:8: error: there is no filter 'upcas'; did you mean 'upcase'?"),
    ("{{ a | append }}", "t.liquid:1:8: error: the filter 'append' takes 1 arguments, not 0"),
    ("{{ }}", "t.liquid:1:4: error: expected a value here"),
    ("{{ a b }}", "t.liquid:1:6: error: did not expect 'b ' here"),
    ("{% assign = 1 %}", "t.liquid:1:11: error: expected the name of a variable here"),
    ("{% for a of b %}{% endfor %}", "t.liquid:1:10: error: expected 'in' here"),
    ("{{ 'abc }}", "t.liquid:1:4: error: this text is never closed"),
  ])
  func `a fault says where and what to do`(source: String, expected: String) {
    let error = #expect(throws: InvalidFiles.self) { try template(source) }
    #expect(error?.diagnostics.first?.description == expected)
  }

  @Test func `every fault is reported, not the first alone`() {
    let error = #expect(throws: InvalidFiles.self) {
      try template("{{ a | x }}\n{{ b | y }}\n{% zzz %}")
    }
    #expect(error?.diagnostics.count == 3)
  }
}
