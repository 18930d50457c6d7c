internal import ArgumentParser
internal import Foundation
internal import Store

/// Whose data a command is about.
struct SubjectOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The buyer's identity at the sending system.", valueName: "id"))
  var buyer: String?

  @Option(help: ArgumentHelp("One conversation, where the buyer has no identity.", valueName: "id"))
  var conversation: String?

  func validate() throws {
    guard (buyer == nil) != (conversation == nil) else {
      throw ValidationError("name either '--buyer ID' or '--conversation ID'")
    }
  }

  var subject: DataSubject { buyer.map(DataSubject.buyer) ?? .conversation(conversation ?? "") }
}

/// Everything that is kept of one buyer.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes everything that a state file keeps of one buyer, as JSON.",
    discussion: """
      Conversations, requests, responses, orders and consents (GDPR, Articles 15 and 20).

      Example:
        odzew export --state shop.odzew --buyer anna_k > anna.json
      """)

  @OptionGroup var state: StateOptions
  @OptionGroup var subject: SubjectOptions

  func run() throws {
    let store = try state.open()
    do throws(StoreError) {
      let export = try store.export(subject.subject)
      try? Terminal.write(export + Data("\n".utf8))
    } catch {
      throw StateOptions.failure(error)
    }
  }
}

/// The end of everything that is kept of one buyer.
struct Forget: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Erases what a state file keeps of one buyer, and records that it was done.",
    discussion: """
      Conversations, requests, responses, orders and consents are erased, from the file's free \
      pages too (GDPR, Article 17). That the buyer wants no more messages is kept, without its \
      wording: otherwise that wish would be broken. The audit trail holds digests only and stays \
      whole.

      Example:
        odzew forget --state shop.odzew --buyer anna_k
      """)

  @OptionGroup var state: StateOptions
  @OptionGroup var subject: SubjectOptions

  @Option(
    help: ArgumentHelp("A fixed clock (RFC 3339).", valueName: "time"),
    transform: BotOptions.moment)
  var now: Date?

  func run() throws {
    let store = try state.open()
    do throws(StoreError) {
      let erased = try store.forget(subject.subject, at: now ?? Date())
      Terminal.note(
        "erased: \(count(erased.conversations, "conversation")), "
          + "\(count(erased.orders, "order")), \(count(erased.consents, "consent"))")
    } catch {
      throw StateOptions.failure(error)
    }
  }
}
