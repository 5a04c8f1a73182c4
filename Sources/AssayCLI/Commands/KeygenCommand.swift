import ArgumentParser
import Glibc
import Merkle

/// The command `assay keygen`.
struct KeygenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keygen",
    abstract: "Make a key that signs checkpoints; print its public half.",
    discussion: """
      The private half goes into a file that only you can read, and is never overwritten. The public \
      half, the verifier key, is for everybody who checks signatures (C2SP signed-note, Ed25519).
      """
  )

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write the private key to this new file.", valueName: "file")
  )
  var path: String

  @Option(help: "The name of the key, without spaces and plus signs.")
  var name = "assay"

  private func makeKey() throws -> NoteSigner {
    do {
      return try NoteSigner(name: name)
    } catch let error as NoteError {
      throw ValidationError("--name: \(error)")
    }
  }

  func run() throws {
    let signer = try makeKey()
    let descriptor = unsafe open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw FileFailure(path: path, errno: errno, remedy: "name a new file that can be written")
    }
    let bytes = Array("\(signer.encoded)\n".utf8)
    let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    let isWritten = count == bytes.count && fsync(descriptor) == 0
    let code = errno
    guard close(descriptor) == 0, isWritten else {
      unsafe unlink(path)
      throw FileFailure(path: path, errno: code, remedy: "make room for it")
    }
    try Output(path: nil).write(Array("\(signer.verifier.encoded)\n".utf8))
  }
}
