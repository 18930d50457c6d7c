import Evaluation
import Foundation
import Odzew
import Testing

@Suite struct AccuracyTests {
  private func result(
    _ labels: [String], _ read: [String], _ confidence: Double = 0.9, answered: Bool = true
  ) -> Accuracy.Result {
    Accuracy.Result(
      text: "x", locale: "pl", labels: labels, read: read, confidence: confidence,
      isAnswered: answered, isLanguageRight: true)
  }

  @Test func `what is right, wrongly answered and off topic is counted`() {
    let accuracy = Accuracy([
      result(["parcel_location"], ["parcel_location"]),
      result(["invoice"], ["parcel_location"]),
      result(["invoice"], ["parcel_location"], 0.4, answered: false),
      result(["invoice", "exchange"], ["exchange"], 0.95),
      result(["out_of_scope"], [], 0, answered: false),
      result(["out_of_scope"], ["invoice"], 0.3, answered: false),
      result(["out_of_scope"], ["invoice"]),
    ])
    #expect(accuracy.total == 7 && accuracy.right == 4 && accuracy.wronglyAnswered == 2)
    #expect(accuracy.offTopic == (answered: 1, total: 3))
    #expect(
      accuracy.confusions.map { "\($0.label) \($0.read) \($0.count)" } == [
        "invoice parcel_location 2", "out_of_scope invoice 1",
      ])
    #expect(accuracy.scores["parcel_location"]?.precision == 1.0 / 3)
    #expect(accuracy.scores["invoice"]?.recall == 0)
    let surest = accuracy.calibration.bins[9]
    #expect(surest.count == 4 && surest.right == 2)
  }

  @Test func `messages are read as their file has them, and a fault names its line`() throws {
    let good = #"{"text":"Gdzie jest paczka?","locale":"pl","intents":["parcel_location"]}"#
    let messages = try LabelledMessage.read(Data((good + "\n\n" + good).utf8))
    #expect(messages.map(\.intents) == [["parcel_location"], ["parcel_location"]])
    for bad in ["{", #"{"text":"x","locale":"pl"}"#, #"{"text":"x","locale":"pl","intents":[]}"#] {
      let fault = #expect(throws: LabelledMessage.Fault.self) {
        try LabelledMessage.read(Data((good + "\n" + bad).utf8))
      }
      #expect(fault?.line == 2)
    }
  }

  @Test func `an intent that the bot does not have is a fault, and no miss`() throws {
    let bot = try CaseTests.bot.get()
    let line = #"{"text":"Gdzie jest paczka?","locale":"pl","intents":["parcel_locaton"]}"#
    let fault = #expect(throws: LabelledMessage.Fault.self) {
      try LabelledMessage.read(Data(line.utf8), of: bot)
    }
    #expect(
      fault?.message == "there is no intent 'parcel_locaton'; did you mean 'parcel_location'?")
  }
}
