import Testing

@Suite("What is said of layouts that cannot be used")
struct LayoutCommandTests {
  @Test(
    "a layout of a filing where none was imported, a name with --list, and an instance of two filings are refused"
  )
  func unusableLayoutsAreRefused() throws {
    let assay = try Assay.withEvents()
    let filed = try assay.run("bs", "--layout", "filed")
    #expect(filed.status == 1)
    #expect(
      filed.errors.contains(
        "no filing known then prints balance-sheet of cik:0000719413; leave --layout out, or see what "
          + "there is: assay statement --list"
      )
    )
    let neither = try assay.run("statement")
    #expect(neither.status == 64)
    #expect(
      neither.errors.contains("give the name of a statement, or --list to see which there are")
    )
    #expect(try assay.run("statement", "balance-sheet", "--list").status == 64)
    let two = try assay.run("import", "xbrl", "a", "b", "--instance", "c.xml")
    #expect(two.status == 64)
    #expect(two.errors.contains("--instance is of one filing: import it alone"))
  }
}
