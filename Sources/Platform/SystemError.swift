import Glibc

/// A call of the operating system that failed.
public struct SystemError: Error, Hashable, Sendable {
  /// Why it failed, as `errno` gives it: see ``ErrorNumber``.
  public let code: CInt

  /// The C function that failed, for example `"open"`.
  public let function: String

  /// The file or folder that it failed on; `nil` where the call has none.
  public let path: String?

  /// What a person can do about it; `nil` where only the caller can know it.
  public let remedy: String?

  /// A failed call.
  ///
  /// - Parameters:
  ///   - code: What `errno` held after the call.
  ///   - function: The C function.
  ///   - path: The file or folder.
  ///   - remedy: What a person can do, in the imperative, without a full stop.
  public init(code: CInt, function: String, path: String? = nil, remedy: String? = nil) {
    (self.code, self.function, self.path, self.remedy) = (code, function, path, remedy)
  }

  /// What the operating system calls the failure, for example `No space left on device`.
  public var message: String {
    // The text belongs to the C library and is copied at once.
    unsafe String(cString: strerror(code))
  }
}

extension SystemError: CustomStringConvertible {
  /// Where, what went wrong, and what to do about it where that is known.
  public var description: String {
    "\(path ?? function): \(message)" + (remedy.map { "; \($0)" } ?? "")
  }
}

/// The values of `errno` that this program distinguishes.
public enum ErrorNumber {
  /// No space is left on the device.
  public static var noSpace: CInt { ENOSPC }

  /// The user's quota of disk space is used up.
  public static var quotaExceeded: CInt { EDQUOT }

  /// The file would become larger than the process may make it.
  public static var fileTooLarge: CInt { EFBIG }

  /// The file system is mounted for reading only.
  public static var readOnlyFileSystem: CInt { EROFS }

  /// The permissions of the file or of its folder forbid it.
  public static var permissionDenied: CInt { EACCES }

  /// The system forbids it, whatever the permissions are.
  public static var notPermitted: CInt { EPERM }

  /// What is asked for is in use.
  public static var busy: CInt { EBUSY }

  /// There is no such file or folder.
  public static var noSuchFile: CInt { ENOENT }

  /// Something of that name is there already.
  public static var fileExists: CInt { EEXIST }

  /// There is not so much memory or address space.
  public static var noMemory: CInt { ENOMEM }

  /// An argument of the call has no meaning.
  public static var invalidArgument: CInt { EINVAL }

  /// The device failed to read or to write.
  public static var inputOutput: CInt { EIO }

  /// It cannot be had now, and the call was not to wait.
  public static var wouldBlock: CInt { EAGAIN }
}

/// Repeats a call for as long as a signal interrupts it.
///
/// - Returns: What the call returned; below zero if it failed, and `errno` has the reason.
@inline(__always)
func uninterrupted<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    guard result < 0, errno == EINTR else { return result }
  }
}
