import Console
import Foundation
import Testing

@Suite struct ChatCommandTests {
  private func read(_ line: String) -> String {
    do throws(ChatCommand.Unknown) {
      let (command, argument) = try ChatCommand.read(line)
      return "\(command.rawValue): \(argument ?? "–")"
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("/order ZAM-2026-1001", "order: ZAM-2026-1001"),
    ("/ORDER", "order: –"),
    ("/as agent  Już sprawdzam. ", "as: agent  Już sprawdzam."),
    ("/as agent Dzień dobry\njuż sprawdzam", "as: agent Dzień dobry\njuż sprawdzam"),
    ("/exlpain", "there is no command '/exlpain'; did you mean '/explain'?"),
    ("/chan", "there is no command '/chan'; did you mean '/channel'?"),
    ("/nonsense", "there is no command '/nonsense'; /help lists them all"),
    ("/", "there is no command '/'; /help lists them all"),
  ])
  func `a line becomes a command`(_ line: String, _ expected: String) {
    #expect(read(line) == expected)
  }

  @Test func `every command is in the help`() {
    for command in ChatCommand.allCases {
      #expect(ChatCommand.list.contains("  /\(command.rawValue)"), "\(command)")
    }
    #expect(ChatCommand.list.split(separator: "\n").count == ChatCommand.allCases.count)
  }

  @Test func `commands and what stands behind them are completed, messages are not`() {
    func words(_ line: String) -> [String] {
      ChatCommand.completions(of: line) { $0 == .order ? ["ZAM-2", "ZAM-1", "X"] : [] }
    }
    #expect(words("/o") == ["/order"])
    #expect(words("/n") == ["/new", "/notice"])
    #expect(words("/order zam") == ["ZAM-1", "ZAM-2"])
    #expect(words("/order ").count == 3)
    #expect(words("/order ZAM-1 ").isEmpty && words("/explain ").isEmpty)
    #expect(words("gdzie").isEmpty && words("").isEmpty)
  }
}

@Suite struct ChatClockTests {
  private let wall = Date(timeIntervalSince1970: 1_700_000_000)
  private let warsaw = TimeZone(identifier: "Europe/Warsaw") ?? .gmt
  /// Friday, 2026-11-20, 10:00 in Warsaw.
  private let start = Date(timeIntervalSince1970: 1_795_165_200)

  private func moved(_ texts: String...) -> String {
    var clock = ChatClock(at: start, in: warsaw)
    do throws(ChatClock.Fault) {
      for text in texts { try clock.move(text, at: wall) }
    } catch {
      return "\(error)"
    }
    return clock.text(at: wall)
  }

  @Test func `the clock is moved by a time or to a time`() {
    #expect(moved() == "Fri 2026-11-20 10:00")
    #expect(moved("+3d") == "Mon 2026-11-23 10:00")
    #expect(moved("+2h", "+90m") == "Fri 2026-11-20 13:30")
    #expect(moved("+1w") == "Fri 2026-11-27 10:00")
    #expect(moved("2026-11-24T09:00") == "Tue 2026-11-24 09:00")
    #expect(moved("2026-11-24 09:00:30") == "Tue 2026-11-24 09:00")
    #expect(moved("2026-11-24") == "Tue 2026-11-24 10:00")
    #expect(moved("17:15") == "Fri 2026-11-20 17:15")
    #expect(moved("2026-11-20T12:00:00Z") == "Fri 2026-11-20 13:00")
  }

  @Test func `summer begins between two times of the same clock`() {
    #expect(moved("2027-03-28T04:00") == "Sun 2027-03-28 04:00")
  }

  @Test func `it goes forwards only, and only by what can be read`() {
    #expect(moved("09:00") == "backwards" && moved("2026-11-19") == "backwards")
    for text in ["", "later", "+", "+d", "+-3d", "+3x", "25:00", "+99999999999d", "2026-02-30"] {
      #expect(moved(text) == "unreadable", "\(text)")
    }
  }

  @Test func `without a moment of its own it runs with the wall's`() {
    var clock = ChatClock(at: nil, in: .gmt)
    #expect(clock.now(at: wall.addingTimeInterval(0.7)) == wall)
    #expect((try? clock.move("+1h", at: wall)) != nil)
    #expect(clock.now(at: wall.addingTimeInterval(60)) == wall.addingTimeInterval(3660))
    clock.reset()
    #expect(clock.now(at: wall) == wall)
  }
}
