import Liquid
import Testing

@Suite struct LimitsTests {
  private static let tight = Limits(steps: 1_000, depth: 8, outputBytes: 1_000)

  @Test(arguments: [
    Row(
      "{% for i in (1..2000) %}{% endfor %}", "t:1:1: the template exceeds the limit of 1000 steps"),
    Row(
      "{% for i in (1..100) %}{% for j in (1..100) %}{% endfor %}{% endfor %}",
      "t:1:24: the template exceeds the limit of 1000 steps"),
    Row(
      "{% for i in (1..9223372036854775807) %}{{ i }}{% endfor %}",
      "t:1:1: the template exceeds the limit of 1000 steps"),
    Row(
      "{{ (1..9223372036854775807) | join }}",
      "t:1:31: the template exceeds the limit of 1000 bytes"),
    Row(
      "{% for i in (1..400) %}abc{% endfor %}",
      "t:1:24: the template exceeds the limit of 1000 bytes"),
    Row(
      "{% assign a = 'ab' %}{% for i in (1..90) %}{% assign a = a | append: a %}{% endfor %}",
      "t:1:62: the template exceeds the limit of 1000 bytes"),
    Row(
      "{% assign a = 'a,b' | split: ',' %}{% for i in (1..90) %}"
        + "{% assign a = a | concat: a %}{% endfor %}",
      "t:1:76: the template exceeds the limit of 1000 bytes"),
    Row(
      "{% assign a = 'a' %}{% for i in (1..9) %}{% assign a = a | append: a %}{% endfor %}"
        + "{{ a | replace: 'a', a }}",
      "t:1:87: the filter 'replace' makes a text of more than 1000 bytes"),
    Row(
      "{% render 'p' %}", partials: ["p": "{% render 'p' %}"],
      "p:1:1: the template exceeds the limit of 8 tags and templates in one another"),
    Row(
      "{% include 'p' %}", partials: ["p": "{% if true %}{% include 'p' %}{% endif %}"],
      "p:1:14: the template exceeds the limit of 8 tags and templates in one another"),
    Row("{% render 'q' %}", "t:1:1: there is no template 'q'"),
    Row("{% if 'a' > 1 %}{% endif %}", "t:1:7: a text and a number cannot be ordered"),
    Row(
      "{% for i in (1..3) limit: 'x' %}{{ i }}{% endfor %}",
      "t:1:1: 'limit' must be a whole number"),
    Row("{{ 1 | divided_by: 0 }}", "t:1:4: the filter 'divided_by' cannot divide by zero"),
  ])
  func `no template runs on`(row: Row) {
    #expect(row.outcome(.lenient, Self.tight) == row.expected)
  }

  @Test func `the greatest permitted depth is rendered`() {
    let row = Row(
      String(repeating: "{% if true %}", count: 99) + "x"
        + String(repeating: "{% endif %}", count: 99), "x")
    #expect(row.outcome(.strict) == row.expected)
  }

  @Test(arguments: [
    Row(
      "{% for i in (1..2) %}{% render 'p' for (1..2) as x %}{% endfor %}",
      partials: ["p": "{% for j in (1..2) %}{{ 1 | divided_by: 0 }}{% endfor %}"],
      "p:1:25: the filter 'divided_by' cannot divide by zero"),
    Row(
      "{% tablerow i in (1..2) %}{% include 'p' %}{% endtablerow %}",
      partials: ["p": "{% render 'q' %}"], "p:1:1: there is no template 'q'"),
  ])
  func `an error inside loops and templates comes out whole`(row: Row) {
    #expect(row.outcome(.lenient) == row.expected)
  }
}
