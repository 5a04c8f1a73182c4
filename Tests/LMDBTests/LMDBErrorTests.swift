import CLMDB
import Foundation
import Testing

@testable import LMDB

@Suite("LMDB errors")
struct LMDBErrorTests {
  @Test(
    "an error says what kind it is",
    arguments: [
      (ENOSPC, true, false), (EDQUOT, true, false), (EFBIG, true, false),
      (EROFS, false, true), (EACCES, false, true), (EPERM, false, true),
      (EIO, false, false), (MDB_MAP_FULL, false, false),
    ]
  )
  func errorSaysWhatKindItIs(code: CInt, isDiskFull: Bool, isReadOnly: Bool) {
    let error = LMDBError(code: code, function: "mdb_txn_commit")
    #expect(error.isDiskFull == isDiskFull)
    #expect(error.isReadOnly == isReadOnly)
    #expect(error.isMapFull == (code == MDB_MAP_FULL))
  }

  @Test("every code that a caller can meet has a remedy")
  func everyCodeThatCallerCanMeetHasRemedy() {
    let codes = [
      MDB_MAP_FULL, MDB_MAP_RESIZED, MDB_READERS_FULL, MDB_TXN_FULL, MDB_CORRUPTED,
      MDB_PAGE_NOTFOUND, MDB_CURSOR_FULL, MDB_PAGE_FULL, MDB_PANIC, MDB_INVALID,
      MDB_VERSION_MISMATCH, MDB_INCOMPATIBLE, MDB_DBS_FULL, MDB_KEYEXIST, MDB_BAD_VALSIZE,
      MDB_BAD_TXN, ENOSPC, EDQUOT, EFBIG, EROFS, EACCES, EPERM, EBUSY, ENOENT, ENOMEM, EIO, EAGAIN,
    ]
    for code in codes {
      let error = LMDBError(code: code, function: "mdb_put")
      #expect(error.remedy != nil, "\(code)")
      #expect(error.remedy?.hasSuffix(".") == true, "\(code)")
      #expect(error.description.hasSuffix(error.remedy ?? "-"))
    }
  }

  @Test("a code without a remedy is told as it is")
  func noRemedy() {
    #expect(
      LMDBError(code: MDB_NOTFOUND, function: "mdb_get").description
        == "mdb_get: MDB_NOTFOUND: No matching key/data pair found (-30798)"
    )
  }
}
