import Testing

@Suite("An append that is interrupted") struct InterruptionTests {
  @Test("says that nothing was recorded, and records nothing")
  func interruptionIsExplained() throws {
    let assay = try Assay()
    let outcome = try assay.shell(
      """
      python3 - <<'END'
      import signal, subprocess, time
      signal.signal(signal.SIGINT, signal.SIG_DFL)
      signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
      run = subprocess.Popen(["assay", "append", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
      time.sleep(2)
      run.send_signal(signal.SIGINT)
      print(run.communicate()[1].decode(), run.returncode)
      END
      ls
      """
    )
    #expect(
      outcome.output.contains("assay: interrupted; nothing was recorded"),
      "\(outcome.output)"
    )
    #expect(outcome.output.contains(" -2") && !outcome.output.contains("test.assay"))
  }
}
