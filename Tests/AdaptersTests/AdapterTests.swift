import Adapters
import Diagnostics
import Foundation
import Liquid
import Odzew
import Testing

/// What an adapter file can say, shown with a system of nobody's.
@Suite struct AdapterTests {
  private static let head = "adapter: mine\ntitle: Mine\n"

  private func adapter(_ text: String) throws -> Adapter {
    try Adapter(SourceText(file: "Adapters/mine.yaml", text: Self.head + text))
  }

  private func document(_ json: String) throws -> Value {
    try Value(json: Data(json.utf8))
  }

  private func faults(_ text: String) -> [String] {
    do {
      _ = try adapter(text)
      return []
    } catch {
      return (error as? InvalidFiles)?.diagnostics.map(\.description) ?? []
    }
  }

  /// What a document becomes: the request as JSON, `skipped: WHO`, or what is wrong.
  private func read(_ json: String, by text: String) throws -> [String] {
    try adapter(text).inbound(from: document(json)).map { inbound in
      switch inbound {
      case .request(let envelope): String(decoding: envelope.json, as: UTF8.self)
      case .skipped(let author, _): "skipped: \(author)"
      case .fault(let fault): fault.message
      }
    }
  }

  @Test func `loops in loops give one request for each message, with what stands around it`() throws
  {
    let made = try read(
      #"{"pages":[{"who":7,"posts":[{"n":1,"t":"a"},{"n":2,"t":"b"}]},{"who":8,"posts":[]}]}"#,
      by: """
        messages:
          - each: [{page: pages}, {post: page.posts}]
            request: {id: post.n, text: post.t, buyer: {id: page.who}}
            always: {channel: chat}
        """)
    #expect(
      made == [
        #"{"buyer":{"id":"mine:7"},"channel":"chat","id":"1","text":"a"}"#,
        #"{"buyer":{"id":"mine:7"},"channel":"chat","id":"2","text":"b"}"#,
      ])
  }

  @Test func `what is missing or of the wrong kind is named as its sender knows it`() throws {
    let file = """
      tables:
        kinds: {in: buyer}
      messages:
        - each: [{post: box.posts}]
          author: 'post.kind | lookup: "kinds"'
          request: {id: post.n, text: post.t, sent_at: post.at}
      """
    #expect(
      try read(#"{"box":{"posts":[{"n":1,"kind":"in"}]}}"#, by: file)
        == ["box.posts[0].t: is missing"])
    #expect(
      try read(#"{"box":{"posts":[{"t":"a","kind":"in"},{"n":2,"t":"a"}]}}"#, by: file).last
        == "box.posts[1].kind: is missing")
    #expect(try read(#"{"box":{"posts":7}}"#, by: file) == ["box.posts: must be a list"])
    #expect(
      try read(#"{"box":{"posts":[{"n":1,"t":"a","kind":"odd"}]}}"#, by: file)
        == [
          "box.posts[0].kind: the filter 'lookup' has no row 'odd' in the table 'kinds'"
        ])
    let made = try adapter(file).inbound(
      from: document(#"{"box":{"posts":[{"n":1,"t":"a","kind":"in","at":"yesterday"}]}}"#))
    guard case .request(let envelope)? = made.first else {
      Issue.record("no request")
      return
    }
    do throws(InvalidRequest) {
      _ = try Request(json: envelope.json)
      Issue.record("no fault")
    } catch {
      #expect(envelope.explained(error).message.hasPrefix("box.posts[0].at: "))
    }
  }

  @Test func `the seller's own words become an event, and a machine's are passed over`() throws {
    let made = try read(
      #"[{"n":1,"t":"a","by":"agent"},{"n":2,"t":"b","by":"bot"}]"#,
      by: """
        messages:
          - each: [{post: root}]
            author: post.by
            request: {id: post.n, text: post.t}
        """)
    #expect(made == [#"{"event":"sent","id":"1","text":"a","type":"agent"}"#, "skipped: bot"])
  }

  @Test func `alternatives are tried in order, and conditions guard them`() throws {
    let file = """
      messages:
        - request:
            id: id
            text:
              - {when: kind == "mail", value: html | plain_text}
              - text
              - "'none'"
      """
    let mail = #"{"id":"1","kind":"mail","html":"<p>Hi &amp; bye</p><br>there 3 < 5"}"#
    #expect(try read(mail, by: file) == [#"{"id":"1","text":"Hi & bye\n\nthere 3 < 5"}"#])
    #expect(try read(#"{"id":"1"}"#, by: file) == [#"{"id":"1","text":"none"}"#])
  }

  @Test(arguments: [
    ("<p>a</p><p>b</p>", "a\\nb"), ("a<br><br>b", "a\\n\\nb"), ("1 < 2 > 0", "1 < 2 > 0"),
    ("<style>x</style>a<!-- b -->c", "ac"), ("&lt;b&gt; &#65;&#x42; &nope; &", "<b> AB &nope; &"),
    ("za\u{17C}&oacute;&#322;\u{107}", "za\u{17C}ó\u{142}\u{107}"),
    ("<a href='x'>link</a>", "link"),
    ("<b", "<b"), ("<!-- never", "<!-- never"),
  ])
  func `HTML becomes the words in it`(_ html: String, _ text: String) throws {
    let made = try read(
      #"{"h":"\#(html)"}"#, by: "messages:\n  - request: {id: \"'1'\", text: h | plain_text}\n")
    #expect(made == [#"{"id":"1","text":"\#(text)"}"#])
  }

  @Test func `HTML that never ends costs no more than its length`() throws {
    for piece in ["<", "<a ", "<!--", "&", "<style>", "</"] {
      let long = String(repeating: piece, count: 200_000 / piece.count)
      let made = try read(
        #"{"h":"\#(long)"}"#, by: "messages:\n  - request: {id: \"'1'\", text: h | plain_text}\n")
      #expect(made.count == 1)
    }
  }

  @Test(arguments: [
    (#"1690000000"#, "unix_time", "2023-07-22T04:26:40Z"),
    (#""1690000000123""#, "unix_time", "2023-07-22T04:26:40Z"),
    (#""2014-07-24 12:16:47""#, "local_time: 'Europe/Bucharest'", "2014-07-24T12:16:47+03:00"),
    (#""2026-10-25 02:30:00""#, "local_time: 'Europe/Warsaw'", "2026-10-25T02:30:00+01:00"),
    (#""2017-04-10""#, "local_time: 'Europe/Bucharest'", "2017-04-10T00:00:00+03:00"),
    (#""2017-03-22T16:28:02Z""#, "local_time: 'Europe/Warsaw'", "2017-03-22T16:28:02Z"),
    (#""2025-06-25T23:12:12.019Z""#, "day", "2025-06-25"),
    (#"5900"#, "cents", "59.00"), (#""7""#, "cents", "0.07"), (#"-150"#, "cents", "-1.50"),
    (#""Order #18334 late""#, "match: '#([0-9]+)'", "18334"),
  ])
  func `filters turn other ways to write into ours`(
    _ value: String, _ filter: String, _ wanted: String
  ) throws {
    let made = try read(
      #"{"v":\#(value)}"#,
      by: "messages:\n  - request: {id: \"'1'\", text: \"v | \(filter)\"}\n")
    #expect(made == [#"{"id":"1","text":"\#(wanted)"}"#])
  }

  @Test func `an offset is that of the clock's own moment, also when clocks change`() throws {
    // Clocks in Warsaw go from 2:00 to 3:00 on 29 March 2026.
    for (clock, offset) in [("01:59:59", "+01:00"), ("03:00:00", "+02:00")] {
      let made = try read(
        #"{"v":"2026-03-29 \#(clock)"}"#,
        by: "messages:\n  - request: {id: \"'1'\", text: \"v | local_time: 'Europe/Warsaw'\"}\n")
      #expect(made == [#"{"id":"1","text":"2026-03-29T\#(clock)\#(offset)"}"#])
    }
  }

  @Test func `calls keep types, leave out what is not there, and never lack a value in words`()
    throws
  {
    let adapter = try adapter(
      """
      settings: {app: A1}
      messages: [{request: {id: id, text: text}, context: {room: room}}]
      calls:
        reply:
          - call: POST /{{ settings.app }}/rooms/{{ context.room }}
            body: {text: "{{ reply.text }}", room: "{{ context.room }}", note: "{{ context.note }}",
                   silent: false, tags: [a, "{{ escalation.queue }}"]}
        hand_off:
          - {when: escalation.priority == "high", call: "PUT /rooms/{{ context.room }}"}
      """)
    let response = try document(
      #"{"action":"escalate","reply":{"text":"Hi"},"escalation":{"queue":"q","priority":"high"}}"#)
    let calls = try adapter.calls(
      for: response, to: .nothing, context: .object(["room": .integer(7)]))
    #expect(
      calls.map(\.shown) == [
        #"{"body":{"room":7,"silent":false,"tags":["a","q"],"text":"Hi"},"call":"POST /A1/rooms/7"}"#,
        #"{"call":"PUT /rooms/7"}"#,
      ])
    #expect(throws: CallFault.self) {
      try adapter.calls(for: response, to: .nothing, context: .nothing)
    }
  }

  @Test func `a faulty file is refused with each fault at its place`() {
    let found = faults(
      """
      messages:
        - request: {id: id, text: "text | nonsense"}
          autor: kind
      orders:
        - order: {items: {each: lines, of: {sku: line.sku}}}
      calls:
        reply: [{call: "POST /{{ reply.text"}]
      """)
    #expect(found.contains { $0.hasPrefix("Adapters/mine.yaml:4:") && $0.contains("nonsense") })
    #expect(found.contains { $0.hasPrefix("Adapters/mine.yaml:5:") && $0.contains("autor") })
    #expect(found.contains { $0.hasPrefix("Adapters/mine.yaml:7:") && $0.contains("'each'") })
    #expect(found.contains { $0.hasPrefix("Adapters/mine.yaml:9:") })
  }
}
