import Foundation
import Platform
import TestSupport
import Testing

@Suite("A pager")
struct PagerTests {
  @Test("is given the whole text", arguments: [1, 4096, 65_537, 1 << 20])
  func pagerIsGivenTheWholeText(count: Int) async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .exitCode(0)) { [path = folder("a") as String, count] in
      let text = [UInt8](repeating: UInt8(ascii: "a"), count: count)
      let pager = try Pager(command: "cat >'\(path)'")
      try pager.write(text)
      guard pager.finish().isEmpty, !pager.hasQuit else { exit(2) }
    }
    #expect(try Data(contentsOf: URL(filePath: folder("a") as String)).count == count)
  }

  @Test(
    "gives the text back if it reads none of it",
    arguments: ["exec /none/such", "false", "exit 0", "sleep 1; false", "'"]
  )
  func pagerThatReadsNothingGivesTextBack(command: String) async throws {
    for count in [10, 5000, 60_000, 1 << 20] {
      await #expect(processExitsWith: .exitCode(0), "\(count)") { [command, count = count as Int] in
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: count)
        let pager = try Pager(command: "exec 2>/dev/null; " + command)
        try pager.write(text)
        guard pager.finish() == text else { exit(2) }
      }
    }
  }

  @Test("may quit amid the text, and does not end the process that writes")
  func pagerMayQuitEarly() async {
    await #expect(processExitsWith: .exitCode(0)) {
      for count in [5000, 1 << 20] {
        let pager = try Pager(command: "head -c 3 >/dev/null")
        for _ in 0..<4 { try pager.write([UInt8](repeating: UInt8(ascii: "a"), count: count)) }
        guard pager.finish().isEmpty, count < 1 << 20 || pager.hasQuit else { exit(2) }
      }
    }
  }

  @Test("leaves the keyboard's signals as they were")
  func signalsAreAsTheyWere() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      // As a shell starts a program, whatever the test was started by.
      Foundation.signal(SIGINT, SIG_DFL)
      var all = sigset_t()
      sigfillset(&all)
      sigprocmask(SIG_UNBLOCK, &all, nil)
      let pager = try Pager(command: "cat >/dev/null")
      raise(SIGINT)
      _ = pager.finish()
      raise(SIGINT)
    }
  }

  @Test("a terminal's size is told by terminals alone")
  func sizeIsOfTerminals() throws {
    let folder = try TemporaryFolder()
    let file = try OpenFile(creating: folder("a"), permissions: 0o600)
    #expect(file.descriptor.terminalSize == nil)
  }

  @Test("styles stand between marks, become commands, and are taken out again")
  func stylesBecomeCommands() {
    let bytes =
      Array("a\u{1B}[31m ".utf8) + [TextStyle.alarm.mark] + Array("é".utf8) + [TextStyle.endMark]
      + Array("\n".utf8)
    let escaped = TerminalText.shown(bytes, isEscaped: true)
    #expect(String(decoding: escaped, as: UTF8.self) == "a\\x1b[31m \u{1B}[1;31mé\u{1B}[m\n")
    #expect(TerminalText.withoutStyles(escaped) == Array("a\\x1b[31m é\n".utf8))
    let plain = TerminalText.shown(bytes, isEscaped: false)
    #expect(TerminalText.withoutStyles(plain) == Array("a é\n".utf8))
    for text in ["\u{1B}", "\u{1B}[", "\u{1B}[3", "\u{1B}[3K", "\u{1B}]m", "plain"] {
      #expect(TerminalText.withoutStyles(Array(text.utf8)) == Array(text.utf8))
    }
  }
}
