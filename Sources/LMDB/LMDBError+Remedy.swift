import CLMDB
import Platform

extension LMDBError {
  /// What to do about it, in whole sentences; `nil` where the message of the
  /// code is enough.
  public var remedy: String? {
    code < 0 ? libraryRemedy : systemRemedy
  }

  private var libraryRemedy: String? {
    switch code {
    case MDB_MAP_FULL:
      "The data file has reached the size of its map: grow the map, then write again."
    case MDB_MAP_RESIZED:
      "Another process enlarged the data file: end every transaction here, then begin again."
    case MDB_READERS_FULL:
      "Every reader slot is taken: stop a program that reads this file, then try again."
    case MDB_TXN_FULL:
      "The transaction changes too much at once: write it in smaller parts."
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_CURSOR_FULL, MDB_PAGE_FULL:
      "The data file is damaged: restore it from a backup."
    case MDB_PANIC:
      "An earlier write failed half-way: close the environment and open it again."
    case MDB_INVALID, MDB_VERSION_MISMATCH:
      "The data file or its lock file was made by another program or version."
    case MDB_NOTFOUND where isTableMissing:
      "The file was made by another program, or is not set up yet: open it for writing once."
    case MDB_INCOMPATIBLE:
      "The table was made by another program, in another way: use another file."
    case MDB_DBS_FULL:
      "Raise the limit of open tables in the options."
    case MDB_KEYEXIST:
      "A key to append must be greater than every key in its table."
    case MDB_BAD_VALSIZE:
      "A key is 1 to 511 bytes long."
    case MDB_BAD_TXN:
      "An earlier call on this transaction failed: begin a new one."
    default: nil
    }
  }

  private var systemRemedy: String? {
    switch code {
    case ErrorNumber.noSpace, ErrorNumber.quotaExceeded:
      "The disk is full, and nothing of this transaction was kept: free some space, then try again."
    case ErrorNumber.fileTooLarge:
      "The file would pass the file size limit: raise the limit (ulimit -f), then try again."
    case ErrorNumber.readOnlyFileSystem:
      "The file system is read-only: open the file for reading, or copy it elsewhere."
    case ErrorNumber.permissionDenied, ErrorNumber.notPermitted:
      "This user or this environment may not do that: check the owner and the permissions of the"
        + " file, of its lock file and of their folder, or open it for reading only."
    case ErrorNumber.busy where function == "Environment.init":
      "This process has the file open already: use that environment."
    case ErrorNumber.busy:
      "End every transaction of this process, then try again."
    case ErrorNumber.noSuchFile:
      "The folder does not exist: create it first."
    case ErrorNumber.noMemory:
      "There is not so much address space: lower the map size in the options, or raise the limit"
        + " (ulimit -v)."
    case ErrorNumber.inputOutput:
      "The disk reports an error: check it, then open the file again and see what it holds."
    case ErrorNumber.wouldBlock where isWriterBusy:
      "Another process is writing to the file: try again, or wait for it."
    case ErrorNumber.wouldBlock where isNumberClash:
      "A process with the number of this one, \(ThisProcess.identifier), has the file open in another "
        + "container: LMDB tells processes apart by their numbers. Let one of them have another "
        + "number: run it under an init process or from a shell, or let the containers share their "
        + "process numbers."
    case ErrorNumber.wouldBlock:
      "Another process is opening the file: try again."
    default: nil
    }
  }
}
