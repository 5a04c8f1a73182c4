import Foundation

/// The steps of the tutorials, one after the other.
guard CommandLine.arguments.count == 3 else {
  print("usage: Example LEDGER EVENTS")
  exit(64)
}
let path = CommandLine.arguments[1]
try makeLedger(at: path, from: CommandLine.arguments[2])
try askAStatement(of: path)
try recordAFiling(in: path)
try keepEvidence(of: path)
verifyEveryByte(of: path)
