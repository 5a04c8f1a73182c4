/// What is wrong with a page, in the words of ``DamagedPage``.
enum PageProblem {
  static let isNotInFile = "the file has no such page"
  static let endsBefore = "the file ends before it"
  static let isFreeAndUsed = "it is listed as free, and used"
  static let isOfAnotherKind = "it is not the kind of page that belongs there"
  static let tableRecord = "the record of a table is damaged"
  static let freeList = "a list of free pages is damaged"
  static let freeFromTheFutureOn = "pages are free from the future on"

  static func isNumbered(_ number: UInt64) -> String { "it says that it is page \(number)" }

  static func beginsNoValue(byteCount: Int) -> String {
    "it does not begin a value of \(byteCount) bytes"
  }
}
