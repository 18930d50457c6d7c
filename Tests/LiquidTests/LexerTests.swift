import Liquid
import Testing

@Suite struct LexerTests {
  @Test(arguments: [
    Row("a {{- 'b' -}} c", "abc"),
    Row("a \r\n\t{%- if true -%} \n b \n {%- endif %} c", "ab c"),
    Row("a {%- # note -%} b", "ab"),
    Row("a {%- comment -%} {{ x }} {%- endcomment -%} b", "ab"),
    Row("a {{-}}", "t:1:6: error: expected a value here"),
    Row("! {%- raw -%} {{ x }} {%- endraw -%} !", "!{{ x }}!"),
    Row("{% raw %}{{ a }}{% if %}{% endraw %}", "{{ a }}{% if %}"),
    Row("{% if true %}  {% assign a = 1 %}\n{% endif %}.", "."),
    Row("{% for i in (1..3) %}  {% endfor %}.", "."),
    Row("{% if true %} {{ '' }} {% endif %}.", "  ."),
    Row("{% liquid\n  assign a = 1\n  if a == 1\n    echo 'one'\n  endif\n%}.", "one."),
    Row("{%\n  # one\n  # two\n%}.", "."),
    Row("{% comment %}{% comment %}{% endcomment %}{% if %}{% endcomment %}.", "."),
    Row("{% doc %}{{ x {% if %}{% enddoc %}.", "."),
    Row("} %} }} {", "} %} }} {"),
    Row("", ""),
  ])
  func `text, tags and spaces are told apart`(row: Row) {
    #expect(row.outcome(.lenient) == row.expected)
  }
}
