import Intake
import Ledger

extension LedgerError {
  /// What is wrong, where, and what to do, with the command line's commands and options.
  var commandText: String { text(\.commandWords) }
}

extension ImportError {
  /// What is wrong, where, and what to do, with the options that say what is lacking.
  var commandText: String {
    guard !lacking.isEmpty else { return description }
    guard lacking != [.taxonomy] else {
      return "\(self), or read the report without it: --instance-only"
    }
    return "\(self), with \(lacking.map { "--\($0.rawValue)" }.joined(separator: " and "))"
  }
}

extension LedgerError.Remedy {
  /// What to do, with the command line's commands and options.
  var commandWords: String {
    switch self {
    case .appendEvents: "append events first: assay append Events"
    case .boundRecordedAt(let bounds):
      "give --recorded-at from \(bounds.lowerBound) to \(bounds.upperBound), or a time"
    case .nameEntity(let names): "name one with --entity: \(names.joined(separator: ", "))"
    case .nameEvent: "give a sequence or a leaf hash from: assay history FACT"
    case .listClaims(let words):
      words.isEmpty
        ? "list the claims with: assay facts --all"
        : "list its facts with: assay facts --all \(words)"
    case .listFacts(let entity): "see what is: assay facts --entity \(entity)"
    case .listEntities: "list the entities with: assay stats"
    case .listEvents(let type): "list what is recorded with: assay log --type \(type)"
    case .seeHistory(let words): "see: assay history \(words)"
    case .leaveOutSpan: "leave --span out to see what is reported"
    case .useGeneralLayout: "leave --layout out, or see what there is: assay statement --list"
    case .leaveOutOperatingUnit: "leave --unit out"
    case .giveQuarterEnd: "give the end of the new quarter with --as-of"
    case .exchangeCheckpoints: "give the older checkpoint with --since"
    case .exportLines: "write the lines with: assay export -o FILE"
    case .rebuildTables: "make its tables again: assay rebuild"
    case .upgradeFile(let path): "copy it to a new file with: assay upgrade \(path) NEW"
    case .nameAnotherFile: "name a ledger with -f"
    case .createLedger: "append events to make it, or name another with -f"
    case .tryAgain: "try again, or leave out --no-wait to wait for it"
    case .acceptClock: "set the clock, or say that it is right with --accept-clock"
    case .requestCosignature:
      "name the ledger with -f, or ask its keeper for: assay prove --since LAST --checkpoint NEW "
        + "-O add-checkpoint"
    default: description
    }
  }
}
