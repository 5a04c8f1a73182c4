import Ledger
import Platform

/// A check of a ledger file that runs in a process of its own, so that a damaged file or disk cannot
/// end this one.
///
/// The other process is this program again, with options that its help does not show.
enum VerificationProcess {
  /// Checks a ledger file in a process of its own.
  ///
  /// - Parameter progress: Told now and then how far it has come.
  static func run(
    path: String,
    checkpoint: TreeHead? = nil,
    progress: (_ stage: String, _ done: Int, _ of: Int) -> Void = { _, _, _ in }
  ) throws -> VerificationFinding {
    var arguments = ["verify", "--scan", "--ledger", path]
    if let checkpoint { arguments += ["--scan-from", "\(checkpoint.size):\(checkpoint.root)"] }
    var child = try ChildProcess(name: "assay", arguments: arguments)
    var reader = VerificationReader()
    while let line = child.nextLine() { reader.read(line, progress: progress) }
    switch child.wait() {
    case .signal(let signal): return reader.finish("was ended by \(FatalSignals.name(signal))")
    case .status(let status): return reader.finish("ended with status \(status)")
    }
  }

  /// Checks a ledger file in this process, and writes what it finds.
  static func serve(path: String, checkpoint: TreeHead?) throws {
    FatalSignals.restoreDefaults()
    let output = try Output(path: nil)
    try Ledger.writeVerification(path: path, checkpoint: checkpoint, to: output.write)
  }

  /// The figures of a ledger file that must be sound.
  @discardableResult
  static func requireSound(_ path: String) throws -> SoundLedger {
    switch try run(path: path) {
    case .sound(let ledger): return ledger
    case .damaged(var damage):
      damage.place.file = path
      throw damage
    case .refused(let error): throw error
    }
  }
}
