import Diagnostics
import Liquid
import Testing

@Suite struct FilterTests {
  @Test(arguments: [
    Row("{{ 'żółw' | upcase }}{{ 'ŻÓŁW' | downcase }}{{ 'żABA' | capitalize }}", "ŻÓŁWżółwŻaba"),
    Row("{{ ' a ' | strip }}|{{ ' a ' | lstrip }}|{{ ' a ' | rstrip }}", "a|a | a"),
    Row("{{ 'b' | prepend: 'a' | append: 3 }}", "ab3"),
    Row("{{ 'a-a-a' | replace: 'a', 'b' }}", "b-b-b"),
    Row("{{ 'a-a-a' | replace_first: 'a', 'b' }}", "b-a-a"),
    Row("{{ 'a-a-a' | replace_last: 'a', 'b' }}", "a-a-b"),
    Row(
      "{{ 'a-a-a' | remove: 'a' }}{{ 'aa' | remove_first: 'a' }}{{ 'ab' | remove_last: 'a' }}",
      "--ab"),
    Row("{{ 'ab' | replace: '', '.' }}", ".a.b."),
    Row("{{ x | replace: n, ' ' }}", ["x": .string("a\r\nb"), "n": .string("\n")], "a\r b"),
    Row("{{ 'aabaabaac' | replace: 'aabaac', 'X' }}", "aabX"),
    Row("{{ ',a,,b,,' | split: ',' | join: '|' }}", "|a||b"),
    Row("{{ ' a  b ' | split: ' ' | join: '|' }}", "a|b"),
    Row("{{ 'abcdef' | truncate: 5 }}{{ 'a b c' | truncatewords: 2, '…' }}", "ab...a b…"),
    Row("{{ 'abcdef' | slice: 1, 2 }}{{ 'abcdef' | slice: -2 }}", "bce"),
    Row(
      "{{ '<a href=\"x\">&amp;</a>' | escape }}",
      "&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;"),
    Row("{{ '&amp; & &#39; <' | escape_once }}", "&amp; &amp; &#39; &lt;"),
    Row(
      "{{ x | newline_to_br }}{{ x | strip_newlines }}", ["x": .string("a\r\nb\nc")],
      "a<br />\nb<br />\ncabc"),
    Row("{{ '<p>a<!-- b -->c</p><script>d</script>' | strip_html }}", "ac"),
    Row("{{ 'a b@c' | url_encode }}{{ 'a+b%40c' | url_decode }}", "a+b%40ca b@c"),
    Row("{{ 'ż?' | base64_encode }}{{ 'xbw/' | base64_decode }}", "xbw/ż?"),
  ])
  func `texts are changed`(row: Row) {
    #expect(row.outcome(.strict) == row.expected)
  }

  @Test(arguments: [
    Row("{{ l | sort | join }}|{{ l | reverse | join }}", "1 2 3|2 1 3"),
    Row("{{ l | first }}{{ l | last }}{{ l | size }}{{ l | sum }}", "3236"),
    Row("{{ w | sort | join }}|{{ w | sort_natural | join }}", "B a c|a B c"),
    Row("{{ o | map: 'n' | join }}|{{ o | where: 'k' | map: 'n' | join }}", "x y z|x z"),
    Row("{{ o | where: 'n', 'y' | size }}{{ o | reject: 'k' | size }}", "11"),
    Row("{{ o | find_index: 'n', 'z' }}{{ o | has: 'n', 'q' }}", "2false"),
    Row("{% assign f = o | find: 'n', 'y' %}{{ f.n }}", "y"),
    Row("{{ o | sort: 'k' | map: 'n' | join }}{{ o | sum: 'k' }}", "z x y3"),
    Row("{{ w | concat: l | join }}", "c a B 3 1 2"),
    Row("{{ '1,1,2' | split: ',' | uniq | join }}", "1 2"),
    Row("{{ (1..4) | slice: 1, 2 | join }}", "2 3"),
  ])
  func `lists are changed`(row: Row) {
    let lists: [String: Value] = [
      "l": .list([.integer(3), .integer(1), .integer(2)]),
      "w": .list([.string("c"), .string("a"), .string("B")]),
      "o": .list([
        .object(["n": .string("x"), "k": .integer(2)]), .object(["n": .string("y")]),
        .object(["n": .string("z"), "k": .integer(1)]),
      ]),
    ]
    #expect(Row(row.template, lists, row.expected).outcome(.lenient) == row.expected)
  }

  @Test(arguments: [
    Row("{{ 1 | plus: 2 }} {{ 1 | minus: 2 }} {{ 3 | times: 4 }}", "3 -1 12"),
    Row("{{ 0.1 | plus: 0.2 }} {{ '10.10' | times: 3 }}", "0.3 30.3"),
    Row("{{ 7 | divided_by: 2 }} {{ -7 | divided_by: 2 }} {{ 7 | divided_by: 2.0 }}", "3 -4 3.5"),
    Row("{{ 20 | divided_by: 7.0 }}", "2.857142857142857"),
    Row("{{ 7 | modulo: 3 }} {{ -7 | modulo: 3 }} {{ -7.5 | modulo: 2 }}", "1 2 0.5"),
    Row("{{ 1.2 | ceil }} {{ -1.2 | ceil }} {{ 1.2 | floor }} {{ -1.2 | floor }}", "2 -1 1 -2"),
    Row("{{ 2.5 | round }} {{ -2.5 | round }} {{ 2.345 | round: 2 }}", "3 -3 2.35"),
    Row("{{ -3 | abs }} {{ -3.5 | abs }}", "3 3.5"),
    Row("{{ 3 | at_least: 5 }} {{ 3 | at_most: 2.5 }}", "5 2.5"),
    Row("{{ 9223372036854775807 | plus: 1 }}", "9223372036854775808.0"),
    Row("{{ -9223372036854775808 | modulo: -1 }}", "0"),
  ])
  func `numbers are exact`(row: Row) {
    #expect(row.outcome(.strict) == row.expected)
  }

  @Test func `a table takes filters of one's own`() throws {
    var table = FilterTable.standard
    table.add("twice", named: ["with"]) { value, arguments throws(FilterError) in
      if value.text == "no" { throw FilterError("needs another text") }
      return .string(value.text + (arguments["with"]?.text ?? "") + value.text)
    }
    #expect(table.names.contains("twice"))
    func outcome(_ text: String) throws -> String {
      let template = try Template(SourceText(file: "t", text: text), filters: table)
      do throws(RenderError) {
        return try template.render([:], undefined: .strict)
      } catch {
        return error.description
      }
    }
    #expect(try outcome("{{ 'a' | twice: with: '-' }}") == "a-a")
    #expect(try outcome("{{ 'no' | twice }}") == "t:1:4: the filter 'twice' needs another text")
  }
}
