import Ledger

/// The tutorial "Keeping evidence".
func keepEvidence(of path: String) throws {
  let ledger = try Ledger(path: path, access: .readOnly)

  let key = try SigningKey(name: "example.com/ledger")
  let checkpoint = try ledger.read { view in
    try view.checkpoint(origin: "example.com/ledger", signedWith: key)
  }
  print("a checkpoint of \(checkpoint.treeHead.size) events")

  let kept = try KeptCheckpoint(text: checkpoint.text)
  let verifier = try VerifierKey(text: key.verifierText)
  guard try verifier.hasSigned(kept) else { return }
  try ledger.read { view in try view.requireGrowth(from: kept) }
  print("the ledger has only grown since")
}

/// The last step of it, which no ledger may be open for.
func verifyEveryByte(of path: String) {
  switch Ledger.verification(path: path) {
  case .sound(let found): print("every byte was read: \(found.treeHead.size) events are sound")
  case .damaged(let error), .refused(let error): print("not sound: \(error.message)")
  }
}
