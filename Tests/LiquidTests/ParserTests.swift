import Diagnostics
import Liquid
import Testing

@Suite struct ParserTests {
  @Test(arguments: [
    Row("{% fi x %}", "t:1:1: error: there is no tag 'fi'; did you mean 'if'?"),
    Row("{% nosuchthing %}", "t:1:1: error: there is no tag 'nosuchthing'"),
    Row("{% %}", "t:1:1: error: expected the name of a tag here"),
    Row("{{ a | upcas }}", "t:1:8: error: there is no filter 'upcas'; did you mean 'upcase'?"),
    Row("{{ a | append }}", "t:1:8: error: the filter 'append' takes 1 arguments, not 0"),
    Row("{{ a | upcase: 1 }}", "t:1:8: error: the filter 'upcase' takes 0 arguments, not 1"),
    Row(
      "{{ a | slice: 1, 2, 3 }}",
      "t:1:8: error: the filter 'slice' takes 1 to 2 arguments, not 3"),
    Row(
      "{{ a | default: 1, alow_false: true }}",
      "t:1:8: error: the filter 'default' has no argument 'alow_false'; did you mean 'allow_false'?"
    ),
    Row("{% if a %}b", "t:1:1: error: 'if' is never closed; write '{% endif %}' after it"),
    Row("a {{ b", "t:1:3: error: '{{' is never closed; write '}}' after it"),
    Row("{% if a", "t:1:1: error: '{%' is never closed; write '%}' after it"),
    Row("{% raw %}a", "t:1:1: error: 'raw' is never closed; write '{% endraw %}' after it"),
    Row(
      "{% comment %}a",
      "t:1:1: error: 'comment' is never closed; write '{% endcomment %}' after it"),
    Row("{% endif %}", "t:1:1: error: 'endif' has no tag that it belongs to"),
    Row("{% else %}", "t:1:1: error: 'else' has no tag that it belongs to"),
    Row("{% if a = 1 %}{% endif %}", "t:1:9: error: '=' does not compare; write '=='"),
    Row("{% if a b %}{% endif %}", "t:1:9: error: did not expect 'b ' here"),
    Row("{{ a b }}", "t:1:6: error: did not expect 'b ' here"),
    Row("{{ 'a }}", "t:1:4: error: this text is never closed"),
    Row("{{ a. }}", "t:1:7: error: expected a name here"),
    Row("{{ a[1 }}", "t:1:8: error: expected ']' here"),
    Row("{{ | upcase }}", "t:1:4: error: expected a value here"),
    Row("{{ a | }}", "t:1:8: error: expected the name of a filter here"),
    Row("{% assign = 1 %}", "t:1:11: error: expected the name of a variable here"),
    Row("{% assign a 1 %}", "t:1:13: error: expected '=' here"),
    Row("{% for a of b %}{% endfor %}", "t:1:10: error: expected 'in' here"),
    Row(
      "{% for a in b step: 2 %}{% endfor %}",
      "t:1:15: error: expected 'limit:', 'offset:' or 'reversed' here"),
    Row(
      "{% tablerow a in b reversed %}{% endtablerow %}",
      "t:1:20: error: expected 'cols:', 'limit:' or 'offset:' here"),
    Row(
      "{% case a %}x{% when 1 %}{% endcase %}",
      "t:1:13: error: what stands between 'case' and 'when' is never printed; "
        + "move it before 'case' or behind 'when'"),
    Row("{% render a %}", "t:1:11: error: expected the name of a template in quotes here"),
    Row("{% render 'a', 1 %}", "t:1:16: error: expected an argument and a colon here"),
    Row(
      "{% # a\n b %}",
      "t:2:2: error: every line of this comment must begin with '#'; write '#' here"),
    Row("{% doc x %}{% enddoc %}", "t:1:1: error: 'doc' takes no arguments; write '{% doc %}'"),
    Row(
      "{% if a %}{% liquid endif %}",
      "t:1:21: error: 'endif' belongs to a 'if' of another tag; "
        + "begin and end a block in the same 'liquid' tag"),
  ])
  func `a fault is named with its place and remedy`(row: Row) {
    #expect(row.outcome(.lenient) == row.expected)
  }

  @Test func `every fault is reported, and none for what follows from another`() {
    let row = Row(
      "{% if a = 1 %}{{ b | upcas }}{% else %}{{ c..d }}{% endif %}\n{% fi %}",
      """
      t:1:9: error: '=' does not compare; write '=='
      t:1:22: error: there is no filter 'upcas'; did you mean 'upcase'?
      t:1:44: error: did not expect '..d ' here
      t:2:1: error: there is no tag 'fi'; did you mean 'if'?
      """)
    #expect(row.outcome(.lenient) == row.expected)
  }

  @Test func `nesting has an end`() {
    let tags = Row(
      String(repeating: "{% if a %}", count: 50_000),
      "t:1:991: error: tags stand more than 100 deep; "
        + "move the inner ones to a template of their own and 'render' it")
    #expect(tags.outcome(.lenient) == tags.expected)
    let brackets = Row(
      "{{ " + String(repeating: "[", count: 50_000) + " }}",
      "t:1:37: error: brackets stand more than 32 deep in one another here")
    #expect(brackets.outcome(.lenient) == brackets.expected)
    let joints = Row(
      "{% if a" + String(repeating: " or a", count: 50_000) + " %}{% else %}b{% endif %}", "b")
    #expect(joints.outcome(.lenient) == joints.expected)
  }
}
