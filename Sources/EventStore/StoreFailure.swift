import LMDB

/// Why the file of a ledger could not be opened, read or written, apart from what it holds.
public enum StoreFailure: Hashable, Sendable {
  /// There is no such file.
  case missing

  /// Another process writes to it.
  case busy

  /// It holds what LMDB does not write; the text says where, and what to do.
  case damaged(String)

  /// It is no data file of LMDB; the text says what it is, and what to do.
  case foreign(String)

  /// The machine failed; the text says how, and what to do.
  case machine(String)

  /// The failure that LMDB or the operating system reported; `nil` for any other error.
  public init?(_ error: any Error) {
    switch error {
    case let error as DataFileError:
      switch error.code {
      case .missing: self = .missing
      case .empty, .truncated, .damaged: self = .damaged("\(error)")
      case .foreign, .unsupportedVersion, .notAFile: self = .foreign("\(error)")
      case .danglingLink, .severalNames, .openByAnotherName: self = .machine("\(error)")
      }
    case let error as DamagedPage: self = .damaged("\(error)")
    case let error as LMDBError where error.isWriterBusy: self = .busy
    case let error as LMDBError:
      self = error.isDamage ? .damaged("\(error)") : .machine("\(error)")
    default: return nil
    }
  }
}
