import Foundation
import Testing

@Suite("Names, numbers of processes and full disks")
struct NameTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  @Test("a ledger with two names is refused by every command, and says what to do")
  func hardLink() throws {
    let shell = try assay.shell(
      """
      ln test.assay second.assay; echo '{"type":"entity","entity":"x:1","name":"One"}' >e.jsonl
      for f in test second; do
        for c in stats bs verify "append e.jsonl" "backup copy.assay" rebuild
        do assay $c -f $f.assay; echo status $?; done
      done
      rm second.assay; assay append e.jsonl; assay verify | head -1
      """
    )
    let statuses = shell.output.lines.filter { $0.hasPrefix("status") }
    #expect(statuses == Array(repeating: "status 1", count: 12), "\(shell.output)")
    #expect(shell.output.contains("the file has 2 names (hard links)"))
    #expect(shell.output.lines.last?.hasPrefix("sound: ") == true, "\(shell.output)")
  }

  @Test("a process of another container with the same number is named as the reason")
  func sameProcessNumber() throws {
    // Where LMDB notes a process: a lock on the byte of its number.
    try assay.write(
      """
      import fcntl, os, subprocess, sys
      ready, go = os.pipe(), os.pipe()
      child = os.fork()
      if child == 0:
          os.close(go[1])
          os.read(go[0], 1)
          os.execvp("assay", ["assay"] + sys.argv[1:])
      lock = open("test.assay-lock", "r+b")
      fcntl.lockf(lock, fcntl.LOCK_EX, 1, child)
      os.write(go[1], b"x")
      print("status", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """,
      to: "clash.py"
    )
    let shell = try assay.shell(
      "assay stats >first.txt; python3 clash.py stats; python3 clash.py bs"
    )
    let statuses = shell.output.lines.filter { $0.hasPrefix("status") }
    #expect(statuses == ["status 1", "status 1"], "\(shell.output)")
    #expect(shell.output.contains("has the file open in another container"), "\(shell.output)")
    #expect(!shell.output.contains("is opening the file"), "\(shell.output)")
  }

  @Test("a disk that becomes full is told with the path, and the file is cut back")
  func fullDisk() throws {
    let shell = try assay.shell(
      """
      for n in $(seq 20000); do echo '{"type":"entity","entity":"x:'$n'","name":"Company '$n'"}'; done >e.jsonl
      stat -c %s test.assay >before; export TMPDIR=$PWD
      (ulimit -f 1500; assay append e.jsonl); echo status $?
      stat -c %s test.assay | cmp - before && echo same
      assay verify | head -1
      """
    )
    #expect(shell.output.contains("test.assay: File too large"), "\(shell.output)")
    #expect(shell.output.lines.contains("status 1") && shell.output.lines.contains("same"))
    #expect(shell.output.lines.last?.hasPrefix("sound: ") == true, "\(shell.output)")
  }
}
