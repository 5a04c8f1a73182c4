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

  @Test(
    "a user who ends a process leaves no file that is not whole",
    arguments: [
      SIGHUP, SIGINT, SIGTERM, SIGPIPE,
    ]
  )
  func endingSignal(number: CInt) async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .signal(number)) { [path = folder("a") as String, number] in
      // As a shell starts a program, whatever the test was started by.
      Foundation.signal(number, SIG_DFL)
      var all = sigset_t()
      sigfillset(&all)
      sigprocmask(SIG_UNBLOCK, &all, nil)
      FatalSignals.removeLeftovers()
      let writers = try (0..<3).map { try FileWriter(path: "\(path)\($0)") }
      for writer in writers { try writer.write([65]) }
      raise(number)
    }
    #expect(try folder.names.isEmpty)
  }

  @Test("a signal that is ignored, as nohup does, stays ignored")
  func ignoredSignal() async {
    await #expect(processExitsWith: .exitCode(7)) {
      Foundation.signal(SIGHUP, SIG_IGN)
      FatalSignals.removeLeftovers()
      raise(SIGHUP)
      exit(7)
    }
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
