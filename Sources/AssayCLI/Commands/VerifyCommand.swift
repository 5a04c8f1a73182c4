import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay verify`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "verify")

  @OptionGroup var trusted: TrustedCheckpoint

  @Flag(help: .hidden)
  var scan = false

  @Option(help: .hidden)
  var scanFrom: TreeHeadArgument?

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    try output.format().requireCharts([])
    let path = ledger.resolvedPath
    if scan {
      return try VerificationProcess.serve(path: path, checkpoint: scanFrom?.treeHead)
    }
    guard ledger.exists else { throw ledger.missing }
    let checked = try trusted.read()
    let treeHead = checked?.kept.treeHead
    let line = ProgressLine("verify", "rows")
    let finding = try VerificationProcess.run(
      path: path,
      checkpoint: treeHead
    ) { stage, done, total in
      line?.show(done, of: total, stage)
    }
    line?.clear()
    switch finding {
    case .sound(let ledger):
      if let checked { try trusted.check(checked, isOf: ledger.origin) }
      let report = VerificationReport(
        ledger,
        grownFrom: treeHead,
        signer: checked?.signer,
        cosigners: checked?.cosigners
      )
      try output.write { try $0(report.bytes(as: output.shownFormat)) }
    case .damaged(var damage):
      if output.format() != .text {
        let report = VerificationReport(damage, remedy: damage.remedy?.commandWords ?? "")
        try output.write { try $0(report.bytes(as: output.shownFormat)) }
      }
      damage.place.file = path
      throw damage
    case .refused(let error): throw error
    }
  }
}

/// `--scan-from`: a number of events and a root.
struct TreeHeadArgument: ExpressibleByArgument {
  let treeHead: TreeHead

  init?(argument: String) {
    let parts = argument.split(separator: ":")
    guard parts.count == 2, let size = UInt64(parts[0]) else { return nil }
    treeHead = TreeHead(size: size, root: String(parts[1]))
  }
}
