import ArgumentParser

// The help of options that several commands have.

extension ArgumentHelp {
  /// The reason for an amendment or a retirement.
  static let reason: ArgumentHelp = "Why: stays in the ledger for good."

  /// `--no-wait`.
  static let noWait: ArgumentHelp = "Fail at once if another process is writing."

  /// `--concept`, which narrows a list.
  static let onlyFacts = ArgumentHelp("Only facts that these words name.", valueName: "words")

  /// `--origin`, of checkpoints that are made.
  static let checkpointOrigin = ArgumentHelp(
    "What the checkpoint calls the ledger. Default: a name from its first event.",
    valueName: "name"
  )

  /// `--recorded-at`.
  static let recordedAt = ArgumentHelp(
    "What the ledger had recorded then: a number of events, a day or a time. Default: everything.",
    valueName: "sequence-or-time"
  )

  /// `--instance-only`.
  static let instanceOnly: ArgumentHelp =
    "Read a report whose schema or linkbases are missing; tells which."

  /// `--published`, of a filing.
  static let published = ArgumentHelp(
    "When it was published: a day or a time, UTC.",
    valueName: "date-or-time"
  )

  /// `--output`, where it ends in one file of bytes.
  static let outputFile = ArgumentHelp("Write to this file.", valueName: "file")
}
