/// The steps of the tutorials, one after the other.
guard CommandLine.arguments.count == 3 else { fatalError("usage: Example LEDGER EVENTS") }
let path = CommandLine.arguments[1]
try makeLedger(at: path, from: CommandLine.arguments[2])
try askAStatement(of: path)
try recordAFiling(in: path)
try keepEvidence(of: path)
verifyEveryByte(of: path)
