import Commerce
import Diagnostics
import Foundation
import Language
import Liquid
import Replies
import Testing

/// `docs/reference/variables.md` against what templates are proved with.
@Suite struct VariablePageTests {
  private static let headings = ["The bot's", "The buyer's and the order's", "The conversation's"]

  @Test func `every variable is described with its type, and none that does not exist`() throws {
    let zone = try #require(TimeZone(identifier: "Europe/Warsaw"))
    let variables = ReplyVariables(
      seller: ["NAME": "Kubek"], facts: ["NAME": .text("5")], carriers: [:],
      calendar: BusinessCalendar(zone: zone), currency: "PLN")
    let shapes = variables.shape(in: try #require(LocaleTag("pl")))
    var known: Set<String> = []
    func add(_ members: [String: Shape.Member], _ owner: String) {
      for (name, member) in members {
        let path = owner + name
        let type = path == "facts.NAME" ? "as it is written" : Self.name(of: member.shape)
        known.insert("\(path) | \(type) | \(member.isCertain ? "always" : "maybe")")
        if case .object(let inner) = member.shape { add(inner, path + ".") }
      }
    }
    // What templates always have, they have; the page says the same of the buyer and the order.
    add(shapes, "")
    let page = try MarkdownPage("docs/reference/variables.md")
    let rows = Self.headings.flatMap(page.rows).map {
      "\($0.codes(0)[0]) | \($0.cells[1]) | \($0.cells[2])"
    }
    #expect(Set(rows).symmetricDifference(known).sorted() == [])
  }

  @Test func `lists hold what the page says`() throws {
    let zone = try #require(TimeZone(identifier: "Europe/Warsaw"))
    let variables = ReplyVariables(
      seller: [:], facts: [:], carriers: [:], calendar: BusinessCalendar(zone: zone), currency: nil)
    let shapes = variables.shape(in: try #require(LocaleTag("pl")))
    guard case .object(let order)? = shapes["order"]?.shape else {
      Issue.record("the order is no object")
      return
    }
    for (list, only) in [("items", "item"), ("shipments", "shipment")] {
      #expect(order[list]?.shape == order[only].map { Shape.list($0.shape) })
    }
  }

  @Test func `what states make certain is what the page says`() throws {
    let rows = try MarkdownPage("docs/reference/variables.md").rows(under: "What is certain where")
    let everywhere = try #require(rows.first).codes(1)
    var said: [String: [String]] = [:]
    for row in rows.dropFirst() { for state in row.codes(0) { said[state] = row.codes(1) } }
    for state in OrderState.allCases {
      let paths = said.removeValue(forKey: state.rawValue) ?? everywhere
      #expect(Set(paths) == TemplateUse.certain(where: state), "\(state.rawValue)")
    }
    #expect(said.isEmpty, "these are no states: \(said.keys.sorted())")
  }

  private static func name(of shape: Shape) -> String {
    switch shape {
    case .text: "text"
    case .number: "number"
    case .flag: "yes/no"
    case .day: "day"
    case .moment: "time"
    case .amount: "amount"
    case .list: "list"
    case .object: "object"
    case .anything: "anything"
    }
  }
}
