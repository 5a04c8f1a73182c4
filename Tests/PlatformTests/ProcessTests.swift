import Foundation
import Platform
import TestSupport
import Testing

@Suite("Processes")
struct ProcessTests {
  private func child(_ script: String) throws -> ChildProcess {
    try ChildProcess(program: "/bin/sh", name: "sh", arguments: ["-c", script])
  }

  @Test("a child gives its output line by line, but for one that was cut off")
  func childGivesItsLines() throws {
    var child = try child("echo first; echo; printf 'no end'; exit 3")
    var lines: [String] = []
    while let line = child.nextLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    #expect(lines == ["first", ""])
    #expect(child.wait() == .status(3))
  }

  @Test("a signal that ends a child is told from an exit")
  func signalIsToldFromExit() throws {
    let child = try child("kill -BUS $$")
    guard case .signal(let signal) = child.wait() else {
      Issue.record("no signal")
      return
    }
    #expect("\(FatalSignals.name(signal))" == "SIGBUS")
  }

  @Test("a program that is not there cannot be started")
  func missingProgram() {
    let error = #expect(throws: SystemError.self) {
      _ = try ChildProcess(program: "/none", name: "none", arguments: [])
    }
    #expect(error?.description == "/none: No such file or directory; end some other programs")
  }

  @Test("a fatal signal ends a process with status 1, and without the file it was writing")
  func fatalSignal() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .exitCode(1)) { [path = folder("a") as String] in
      FatalSignals.explain("stopped by ", "\n")
      let writer = try FileWriter(path: path)
      try writer.write([65])
      raise(SIGBUS)
    }
    #expect(try folder.names.isEmpty)
  }

  @Test("the usual end by a signal can be restored")
  func restoredSignal() async {
    await #expect(processExitsWith: .signal(SIGBUS)) {
      FatalSignals.explain("stopped by ", "\n")
      FatalSignals.restoreDefaults()
      raise(SIGBUS)
    }
  }
}
