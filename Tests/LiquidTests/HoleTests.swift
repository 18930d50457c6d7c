import Liquid
import Testing

@Suite struct HoleTests {
  @Test(arguments: [
    Row("{{ absent }}", "t:1:4: 'absent' has no value"),
    Row("Hello\n {{ order.buyer.name }}", order, "t:2:5: 'order.buyer.name' has no value"),
    Row("{{ order.items[5].name }}", order, "t:1:4: 'order.items[5].name' has no value"),
    Row("{{ order[key] }}", order, "t:1:4: 'order[key]' has no value"),
    Row("{{ nil }}", "t:1:4: 'nil' has no value"),
    Row("{{ order.note }}", order, "t:1:4: 'order.note' has no value"),
    Row("{{ order.number | remove: 'A-1' }}", order, "t:1:4: 'order.number | remove' has no value"),
    Row("{{ absent | upcase }}", "t:1:4: 'absent' has no value"),
    Row(
      "{{ order.items | find: 'x', 1 | upcase }}", order,
      "t:1:4: 'order.items | find' has no value"),
    Row("{{ 'a' | append: order.buyer }}", order, "t:1:10: 'order.buyer' has no value"),
    Row("{{ absent | default: other }}", "t:1:4: 'absent | default' has no value"),
    Row(
      "{% for i in order.parcels %}{% endfor %}x", order,
      "t:1:1: 'order.parcels' has no value"),
    Row(
      "{% for i in (1..order.count) %}{{ i }}{% endfor %}", order,
      "t:1:17: 'order.count' has no value"),
    Row(
      "{% for i in (1..3) limit: order.count %}{{ i }}{% endfor %}", order,
      "t:1:1: 'order.count' has no value"),
    Row("{% render 'p' for absent as x %}", partials: ["p": "x"], "t:1:1: 'absent' has no value"),
    Row(
      "{% render 'p' with absent as x %}", partials: ["p": "\n{{ x }}"],
      "p:2:4: 'x' has no value"),
    Row("{% assign x = absent %}{{ x }}", "t:1:27: 'x' has no value"),
    Row("{% assign x = absent | upcase %}", "t:1:15: 'absent' has no value"),
    Row("{% capture x %}{{ absent }}{% endcapture %}", "t:1:19: 'absent' has no value"),
    Row("{% cycle absent, 'a' %}", "t:1:1: 'absent' has no value"),
    Row("{{ order.total }}", order, "t:1:4: 'order.total' is an object and cannot be printed"),
    Row("{{ order.items }}", order, "t:1:4: 'order.items' is a list and cannot be printed"),
    Row(
      "{{ order.total | upcase }}", order,
      "t:1:4: the filter 'upcase' needs a text, not an object"),
    Row("{{ order.number | plus: 1 }}", order, "t:1:4: the filter 'plus' needs numbers"),
    Row(
      "{{ order.items | map: 'size' | join }}", order,
      "t:1:4: the filter 'join' needs a value for every element"),
  ])
  func `a hole is an error`(row: Row) {
    #expect(row.outcome(.strict) == row.expected)
  }

  @Test(arguments: [
    Row("{% if absent %}a{% else %}b{% endif %}", "b"),
    Row("{% if order.buyer.name == nil %}nobody{% endif %}", order, "nobody"),
    Row("{% unless absent contains 'x' %}c{% endunless %}", "c"),
    Row("{% if absent > 3 %}d{% else %}e{% endif %}", "e"),
    Row("{% case absent %}{% when 'x' %}f{% else %}g{% endcase %}", "g"),
    Row("{{ absent | default: 'there' }}", "there"),
    Row("{{ absent | default: '' }}.", "."),
    Row("{{ order.note | default: 'none' | upcase }}", order, "NONE"),
    Row("{{ '' }}.", "."),
    Row("{{ 'a' | remove: 'a' }}.", "."),
    Row("{% for i in l %}{{ i }}{% else %}none{% endfor %}", ["l": .list([])], "none"),
    Row("{% render 'p', x: absent %}", partials: ["p": "{% if x %}{{ x }}{% endif %}."], "."),
    Row("{{ order.items | where: 'quantity', 2 | map: 'name' | join: ', ' }}", order, "Mug"),
    Row("{{ order.paid }} {{ 0 }}", order, "false 0"),
  ])
  func `an absent value may be tested and replaced`(row: Row) {
    #expect(row.outcome(.strict) == row.expected)
  }

  @Test func `leniently the same holes print nothing`() {
    let row = Row(
      "{{ absent }}{{ order.note }}{{ absent | upcase }}{{ 'x' | plus: 1 }}", order, "1")
    #expect(row.outcome(.lenient) == row.expected)
  }
}
