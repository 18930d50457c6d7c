import Diagnostics
import Liquid
import Testing

@Suite struct OutsideReadsTests {
  @Test(arguments: [
    Row("{{ order.number | append: seller.name }}", "order.number@1:4 seller.name@1:27"),
    Row(
      "{{ order['item'].name }}{{ l[0].name }}{{ l[i].x }}",
      "order.item.name@1:4 l@1:28 i@1:45 l@1:43"),
    Row("{% assign a = b %}{{ a }}", "b@1:15"),
    Row("{% capture a %}{{ b }}{% endcapture %}{{ a }}", "b@1:19"),
    Row("{% for a in b %}{{ a.x }}{{ forloop.index }}{% endfor %}{{ a }}", "b@1:13 a@1:60"),
    Row(
      "{% if a == b %}{% endif %}{% case c %}{% when d %}{% endcase %}",
      "a@1:7 b@1:12 c@1:35 d@1:47"),
    Row("{% render 'p', x: a %}{% render 'q' for b as y %}", "a@1:19 b@1:41"),
    Row("{% if a %}{% assign x = 1 %}{% endif %}{{ x }}", "a@1:7 x@1:43"),
    Row("{% if a %}{% assign x = 1 %}{% else %}{% assign x = 2 %}{% endif %}{{ x }}", "a@1:7"),
    Row("{% comment %}{{ a }}{% endcomment %}{% raw %}{{ b }}{% endraw %}", ""),
  ])
  func `what is read from outside is known`(row: Row) throws {
    let template = try Template(SourceText(file: "t", text: row.template))
    let uses = template.variables.map { "\($0.path)@\($0.location.line):\($0.location.column)" }
    #expect(uses.joined(separator: " ") == row.expected)
  }

  @Test func `the templates that are rendered are known`() throws {
    let text = "{% render 'p' %}\n{% if a %}{% include 'q' %}{% endif %}{% include r %}"
    let template = try Template(SourceText(file: "t", text: text))
    #expect(template.file == "t")
    #expect(template.partials.map(\.value) == ["p", "q"])
    #expect(template.partials.map(\.location.description) == ["t:1:1", "t:2:11"])
  }
}
