import Commerce
import Dialogue
import Foundation
import GRDB
import Odzew
import Store
import Testing

private let now = Date(timeIntervalSince1970: 1_795_000_000)

@Suite final class SQLiteStoreTests {
  private let path = FileManager.default.temporaryDirectory
    .appending(path: "\(UUID().uuidString).odzew").path

  deinit {
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + ending)
    }
  }

  private func open() throws -> SQLiteStore { try SQLiteStore(path: path, bot: "version") }

  /// Answers one line with a text that counts how often anybody was asked.
  private func answer(
    _ line: String, in store: SQLiteStore,
    _ change: @escaping (inout Conversation) -> Void = { _ in },
    asked: @escaping (Request, StoredOrders) -> String = { _, _ in "" }
  ) throws -> String {
    let bytes = Data(line.utf8)
    let request = try Request(json: bytes)
    let answer = try store.answer(to: request, line: bytes, at: now) {
      request, conversation, orders in
      let count = conversation.transcript.count
      conversation.add("turn", by: .buyer, at: now)
      change(&conversation)
      return Response(
        InvalidRequest(.internal, "\(count) \(asked(request, orders))", id: request.id), line: 1)
    }
    return String(decoding: answer, as: UTF8.self)
  }

  private func bytes() -> Data {
    ["", "-wal", "-shm"].reduce(into: Data()) { all, ending in
      all += (try? Data(contentsOf: URL(filePath: path + ending))) ?? Data()
    }
  }

  @Test func `the same request gets the same bytes again, after a restart too`() throws {
    let first = try open()
    let one = try answer(#"{"id":"1","conversation":"c","text":"a"}"#, in: first)
    try first.commit()
    #expect(try answer(#"{"id":"1","conversation":"c","text":"b"}"#, in: first) == one)
    try first.commit()
    let second = try open()
    #expect(try answer(#"{"id":"1","conversation":"c","text":"c"}"#, in: second) == one)
    #expect(try answer(#"{"id":"2","conversation":"c","text":"d"}"#, in: second).contains("\"1 "))
  }

  @Test func `a new file is for its owner alone, and one that is there is opened as it is`() throws
  {
    func permissions(_ ending: String = "") throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path + ending)[.posixPermissions] as? Int
    }
    let store = try open()
    _ = try answer(#"{"id":"1","conversation":"c","text":"a"}"#, in: store)
    try store.commit()
    #expect(try permissions() == 0o600)
    #expect(try permissions("-wal") == 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(try open().audit().count == 1)
    #expect(try permissions() == 0o640)
  }

  @Test func `a file that another program holds is told, and nothing of the message is kept`()
    throws
  {
    let store = try open()
    let line = #"{"id":"1","conversation":"c","text":"a"}"#
    let other = try DatabaseQueue(path: path)
    try other.inTransaction(.exclusive) { _ in
      #expect(throws: StoreError.self) { try answer(line, in: store) }
      return .rollback
    }
    // The same message once more is the first of its conversation.
    #expect(try answer(line, in: store).contains("\"0 "))
    try store.commit()
  }

  @Test func `what a request would be answered from is what it is answered from`() throws {
    let store = try open()
    let request = try Request(json: Data(#"{"id":"2","conversation":"c","text":"b"}"#.utf8))
    #expect(try store.outlook(for: request)?.conversation == Conversation())
    _ = try answer(#"{"id":"1","conversation":"c","text":"a"}"#, in: store)
    #expect(try store.outlook(for: request)?.conversation.transcript.count == 1)
    _ = try answer(#"{"id":"2","conversation":"c","text":"b"}"#, in: store)
    #expect(try store.outlook(for: request) == nil)
    try store.commit()
  }

  @Test func `the trail is gone through in its order, with the texts that belong to its links`()
    throws
  {
    let store = try open()
    let lines = [
      #"{"id":"1","conversation":"c","text":"a","sent_at":"2026-11-20T10:00:00Z"}"#,
      #"{"id":"1","conversation":"d","text":"b","sent_at":"2026-11-19T10:00:00Z"}"#,
      #"{"id":"2","conversation":"c","text":"c","sent_at":"2026-11-21T10:00:00Z"}"#,
    ]
    for line in lines { _ = try answer(line, in: store) }
    try store.commit()
    func texts(since moment: Double) throws -> [String] {
      var found: [String] = []
      try store.forEachExchange(since: Date(timeIntervalSince1970: moment)) { exchange in
        found.append(exchange.request.map { String(decoding: $0, as: UTF8.self) } ?? "gone")
      }
      return found
    }
    #expect(try texts(since: 0) == lines)
    // 20 November 2026, 10:00 in UTC counts itself.
    #expect(try texts(since: 1_795_168_800) == [lines[0], lines[2]])
    #expect(try store.story(ofLink: 3).map(\.entry.number) == [1, 3])
    #expect(try store.story(ofLink: 4).isEmpty)
    _ = try store.forget(.conversation("c"), at: now)
    #expect(try texts(since: 0) == ["gone", lines[1], "gone", "gone"])
    // The same identity once more is no text of the old link.
    _ = try answer(#"{"id":"1","conversation":"c","text":"other"}"#, in: store)
    try store.commit()
    #expect(try texts(since: 0).prefix(3) == ["gone", lines[1], "gone"])
  }

  @Test func `what was not committed is not there after a crash`() throws {
    var store: SQLiteStore? = try open()
    _ = try answer(#"{"id":"1","conversation":"c","text":"a"}"#, in: try #require(store))
    store = nil
    let again = try open()
    #expect(try answer(#"{"id":"1","conversation":"c","text":"a"}"#, in: again).contains("\"0 "))
    #expect(try again.audit().count == 1)
  }

  @Test func `an order is kept as it was sent, and what arrives late does not undo it`() throws {
    let store = try open()
    func order(_ status: String, id: String, at time: String) -> String {
      #"{"id":"\#(id)","type":"order","sent_at":"\#(time)","order":{"number":"A-1","status":"\#(status)","buyer":{"id":"b"}}}"#
    }
    _ = try answer(order("shipped", id: "1", at: "2026-11-20T10:00:00Z"), in: store)
    _ = try answer(order("paid", id: "2", at: "2026-11-19T10:00:00Z"), in: store)
    let seen = try answer(
      #"{"id":"3","conversation":"c","text":"a"}"#, in: store,
      asked: { _, orders in
        (OrderNumber("a-1").flatMap(orders.order)?.status.rawValue ?? "none")
          + " \(orders.orders(of: "b").count) \(orders.orders(of: "x").count)"
      })
    #expect(seen.contains("shipped 1 0"))
  }

  @Test func `failed proofs add up over conversations`() throws {
    let store = try open()
    for conversation in ["c", "d"] {
      _ = try answer(
        #"{"id":"1","conversation":"\#(conversation)","text":"a"}"#, in: store,
        { $0.failedProofsByOrder["A-1", default: 0] += 2 })
    }
    let seen = try answer(
      #"{"id":"1","conversation":"e","text":"a"}"#, in: store,
      asked: { _, orders in
        "\(OrderNumber("A-1").map(orders.failedProofs) ?? 0) proofs"
      })
    #expect(seen.contains("4 proofs"))
  }

  @Test func `a buyer who is forgotten leaves nothing but the wish to be left alone`() throws {
    let store = try open()
    _ = try answer(
      #"{"id":"1","text":"my secret lamp","buyer":{"id":"anna_kowalska"}}"#, in: store,
      { conversation in
        conversation.note(
          Circumstances.Consent(
            .unsolicited, channel: "email", isGranted: false, at: now, evidence: "STOP lamp"))
        conversation.note(
          Circumstances.Consent(.review, channel: "email", isGranted: true, at: now))
      })
    _ = try answer(
      #"{"id":"2","type":"order","order":{"number":"LAMP-1","status":"paid","buyer":{"id":"anna_kowalska"}}}"#,
      in: store)
    try store.commit()
    #expect(
      String(decoding: try store.export(.buyer("anna_kowalska")), as: UTF8.self).contains("LAMP-1"))
    let erased = try store.forget(.buyer("anna_kowalska"), at: now)
    #expect(erased.conversations == 1 && erased.orders == 1 && erased.consents == 1)
    let left = String(decoding: bytes(), as: UTF8.self)
    #expect(!left.contains("anna_kowalska") && !left.contains("lamp") && !left.contains("LAMP-1"))
    let report = try store.audit()
    #expect(report.faults.isEmpty && report.count == 3)
    let seen = try answer(
      #"{"id":"1","conversation":"new","text":"a","buyer":{"id":"anna_kowalska"}}"#, in: store,
      asked: { request, _ in "\(request.circumstances.consents.map(\.isGranted))" })
    #expect(seen.contains("[false]"))
  }

  @Test func `a conversation without a known buyer is forgotten with its words`() throws {
    let store = try open()
    _ = try answer(
      #"{"id":"1","conversation":"c77","text":"my secret lamp"}"#, in: store,
      { conversation in
        conversation.note(Circumstances.Event(.optOut, at: now))
        conversation.note(
          Circumstances.Consent(
            .unsolicited, channel: nil, isGranted: false, at: now, evidence: "STOP lamp"))
      })
    try store.commit()
    _ = try store.forget(.conversation("c77"), at: now)
    let left = String(decoding: bytes(), as: UTF8.self)
    #expect(!left.contains("lamp") && !left.contains("c77"))
  }

  @Test func `a changed link shows, and so does a changed answer`() throws {
    let store = try open()
    for id in 1...3 { _ = try answer(#"{"id":"\#(id)","conversation":"c","text":"a"}"#, in: store) }
    try store.commit()
    #expect(try store.audit().faults == [])
    #expect(try store.story(of: "c").map(\.entry.request) == ["1", "2", "3"])
    try tamper("UPDATE audit SET action = 'reply' WHERE number = 2")
    #expect(try store.audit().faults == ["2: has been changed"])
    try tamper("DELETE FROM audit WHERE number = 2")
    #expect(
      try store.audit().faults.prefix(2) == [
        "3: 1 links before it are missing", "3: does not follow the link before it",
      ])
    try tamper("UPDATE answers SET response = '{}' WHERE request = '1'")
    #expect(try store.audit().faults.contains("a kept response is not the one that was given"))
  }

  /// Changes the file behind the store's back, as a person with the command `sqlite3` could.
  private func tamper(_ sql: String) throws {
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }

  @Test func `a file that is no state file is told from one that is`() throws {
    try Data("this is no database at all, only a text".utf8).write(to: URL(filePath: path))
    let error = #expect(throws: StoreError.self) { try open() }
    #expect(
      error?.description
        == "the state '\(path)' cannot be used: it is no state file or is damaged; restore it from a backup"
    )
  }
}
