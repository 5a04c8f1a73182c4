import ArgumentParser
import Facts
import Intake
import Ledger
import Platform

/// The command `assay new profile`.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "new profile")

  @Argument(help: "A release, HTML or plain text, or a full submission that holds it.")
  var file: String

  @Option(
    help: ArgumentHelp("The company's identifier, such as cik:0000719413.", valueName: "entity")
  )
  var entity: String

  @Option(
    help: ArgumentHelp(
      "The company's name. Default: the ledger's, or a submission's.",
      valueName: "name"
    )
  )
  var name: String?

  @Option(
    help: ArgumentHelp(
      "The profile's name, and the prefix of the company's own concepts. Default: of the name.",
      valueName: "profile"
    )
  )
  var profile: String?

  @Option(help: ArgumentHelp("The form under which releases are filed.", valueName: "form"))
  var form: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Write to this file: .json for review, .jsonl for lines. Default: standard output.",
      valueName: "file"
    )
  )
  var path: String?

  @OptionGroup var overwriting: ForceOption
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard entity.split(separator: ":").count == 2 else {
      throw ValidationError(
        "\"\(entity)\" is no identifier: give its scheme, too, such as cik:0000719413"
      )
    }
    if let profile, profile.isEmpty || !profile.utf8.allSatisfy({ Self.isPlain($0) }) {
      throw ValidationError(
        "--profile is \"\(profile)\": give a word of letters, digits and hyphens"
      )
    }
  }

  func run() throws {
    let ledger = try ledger.openIfThere()
    let document = try SourceDocument(reading: file)
    let definition = try definition(of: document, in: ledger)
    let word = profile ?? Self.word(definition)
    let shipped = try ["balance-sheet", "operations", "cash-flow"].compactMap { name in
      try Ledger.statement(name, of: definition.entity, in: ledger)
    }
    let subject = ProfileDrafter.Subject(entity: definition, profile: word, form: form)
    let recorded = try RecordedConcepts(of: definition.entity, in: ledger)
    let draft = try ProfileDrafter.draft(document, subject, KnownCaptions(shipped), recorded)
    let isArray = path.map { !$0.hasSuffix(".jsonl") } ?? true
    let output = try Output(path: path, replacing: overwriting.replacement)
    try output.write(Array((isArray ? draft.array : draft.lines).utf8))
    try output.finish()
    for line in draft.summary { Console.note(line) }
    guard !draft.doubts.isEmpty else { return }
    Console.note("to be reviewed:")
    for doubt in draft.doubts { Console.note("  \(doubt)") }
  }

  private func definition(of document: SourceDocument, in ledger: Ledger?) throws
    -> EntityDefinition
  {
    if let known = try Ledger.entity(entity, in: ledger) { return known }
    let told = try document.filers.first { $0.entity == entity }
    return EntityDefinition(
      entity: entity,
      name: name ?? told?.name ?? entity,
      fiscalYearEnd: told?.fiscalYearEnd
    )
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte.isLetterOrDigit || byte == UInt8(ascii: "-")
  }

  /// The first word of an entity's name, in small letters; where the name is not known, or not in plain
  /// letters, the identifier: `cik-0000719413`.
  private static func word(_ definition: EntityDefinition) -> String {
    let identifier = String(
      decoding: definition.entity.utf8.map { isPlain($0) ? $0 : UInt8(ascii: "-") },
      as: UTF8.self
    )
    guard definition.name != definition.entity else { return identifier }
    let words = definition.name.lowercased().split { !$0.isLetter && !$0.isNumber }
    let first = words.first { $0 != "the" && !$0.allSatisfy(\.isNumber) }
    return first.flatMap { $0.utf8.allSatisfy(isPlain) ? String($0) : nil } ?? identifier
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    0x61...0x7A ~= self || 0x41...0x5A ~= self || 0x30...0x39 ~= self
  }
}
